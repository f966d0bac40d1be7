"""In which order people are helped when nothing tells them apart by day: the lower the number, the sooner."""

from __future__ import annotations

from collections.abc import Collection

LEVEL_NEEDS = {"visit": 0, "": 100, "support": 200, "contact": 300}
"""Nobody has judged a person without an assessment: they stand before all but those known to need most."""
OWN_LEVEL_NEED = 150
MOST_REASONS = 90


def need_of(level: str, rules: Collection[str], report_count: int) -> int:
    """Return the place of a case: by level of support, then by number of reasons, then by number of reports.

    Neither age nor any other characteristic enters, but for the reasons of the published referral rule.
    """
    said = min(len(rules), MOST_REASONS // 10) * 10 + min(report_count, 9)
    return LEVEL_NEEDS.get(level, OWN_LEVEL_NEED) + 99 - said
