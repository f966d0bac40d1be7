"""What Today says to a victim care officer."""

from __future__ import annotations

from typing import Any

from fourfold.web.ui.lines import Section


def lines_of_victim_care(request: Any) -> Section:
    return Section(
        "Victim care", [], "New referrals appear here once a weekly list of fraud victims has been taken in."
    )
