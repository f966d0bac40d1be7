"""The words of the fraud desk: codes, kinds of victims, answers, and the rises that stand out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.conf import settings

from fourfold import policy
from fourfold.measures.figure import Figure
from fourfold.pipeline.desk_figures import Standing, forces_shown
from fourfold.policy.value import PolicyValue
from fourfold.statistics.multiplicity import benjamini_hochberg
from fourfold.vocabulary.nfib import nfib_codes

SPANS = {"year": "Twelve months", "quarter": "Three months"}
AGAINST = {"before": "The same months a year before", "pre_covid": "The year before Covid-19"}
KINDS = {"person": "Person", "organisation": "Organisation", "home": "Home"}
RECOVERY = {
    "code": "by its code",
    "reader": "as a reader confirmed",
    "cue": "by its words alone, nobody having read it",
}
ANSWERS = {"yes": "It is", "no": "It is not", "cannot_tell": "Cannot tell", "skipped": "Skipped"}
UNKNOWN = "unknown"


def code_words(code: str) -> str:
    """Return a fraud code in words."""
    if code == UNKNOWN:
        return "Code missing or on no list"
    known = nfib_codes(settings.HOME.vocabulary).get(code)
    return f"{known.name} ({code})" if known else code


def standing_policy(name: str) -> PolicyValue:
    """Return a policy value as it holds today."""
    from django.utils import timezone

    return policy.value_on(name, timezone.localdate(), settings.HOME.policy)


@dataclass(frozen=True)
class Trend:
    """One code with its count and change; `stands_out` is None where the change could not be tested."""

    code: str
    words: str
    count: Figure
    change: Figure
    adjusted: float | None
    stands_out: bool | None

    @property
    def is_rise(self) -> bool:
        return (self.change.value or 0) > 0


def trends(standing: Standing) -> list[Trend]:
    """Return every code, the greatest rise first.

    Which changes stand out holds the share of false alarms to what policy allows over all codes with enough reports
    before (Benjamini and Hochberg 1995); codes with fewer stand last, untested.
    """
    least, false_share = least_before(), float(standing_policy("fraud_rises.false_alarms_at_most").value)
    found = []
    for code in standing.values("code"):
        count, change = standing.get("code", code, "count"), standing.get("code", code, "change")
        if count is not None and change is not None:
            found.append((code, count, change))
    tested = [
        change.part("p") if (change.part("before") or 0) >= least and change.part("p") is not None else np.nan
        for _, _, change in found
    ]
    told = benjamini_hochberg(np.asarray(tested, dtype=np.float64), false_share) if found else None
    rows = []
    for place, (code, count, change) in enumerate(found):
        is_tested = told is not None and not np.isnan(told.adjusted[place])
        adjusted = float(told.adjusted[place]) if told is not None and is_tested else None
        stands_out = bool(told.rejected[place]) if told is not None and is_tested else None
        rows.append(Trend(code, code_words(code), count, change, adjusted, stands_out))
    return sorted(rows, key=lambda row: (row.stands_out is None, -(row.change.value or 0.0), row.code))


def greatest_rises(rows: list[Trend]) -> list[Trend]:
    """Return the greatest rises among the codes that were tested, as many as policy shows."""
    shown = int(standing_policy("fraud_rises.shown").value)
    return [row for row in rows if row.stands_out is not None and row.is_rise][:shown]


def least_before() -> int:
    """Return how many reports before make a percentage worth saying."""
    return int(standing_policy("paper.minimum_base_for_percentage").value)


def force_shown(asked: str) -> str:
    """Return the force asked for where there are figures of it, else the home's own, else the first there is."""
    forces = forces_shown(settings.HOME, "fraud")
    wanted = [asked, settings.HOME.settings.get("force", ""), *forces]
    return next((force for force in wanted if force in forces), "")
