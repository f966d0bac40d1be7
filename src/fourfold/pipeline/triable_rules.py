"""The rules that may be tried out and changed at a desk. A new one takes its place in `TRIABLE` and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from fourfold import policy
from fourfold.home import Home
from fourfold.pipeline.what_if import try_fraud_triage
from fourfold.pipeline.what_if_result import WhatIf
from fourfold.policy import PolicyValue
from fourfold.vocabulary.nfib import normalise_nfib

Kind = Literal["whole_number", "number", "text", "codes"]


@dataclass(frozen=True)
class Criterion:
    """One value of a rule that may be changed. `name` is its policy name; an empty value takes the criterion out.

    `low` and `high` bound a number; `known_code` turns what was typed into a code, None where it is none.
    """

    name: str
    label: str
    hint: str
    kind: Kind
    low: float = 0
    high: float = 1_000_000
    known_code: Callable[[str], str | None] | None = None

    @property
    def key(self) -> str:
        """The name within its policy file."""
        return self.name.partition(".")[2]


@dataclass(frozen=True)
class TriableRule:
    """A rule that may be tried out: its criteria, what it is for, and the function that tries it.

    `faults(values)` returns what is wrong with values that are each right by themselves, by policy name.
    """

    key: str
    title: str
    what: str
    definitions: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    try_out: Callable[[Home, Mapping[str, Any], date], WhatIf]
    faults: Callable[[Mapping[str, Any]], dict[str, str]]

    def in_force(self, home: Home, on: date) -> dict[str, PolicyValue]:
        """Return the value of each criterion that holds on a day, by policy name."""
        return {one.name: policy.value_on(one.name, on, home.policy) for one in self.criteria}

    def coming(self, home: Home, on: date) -> list[tuple[Criterion, PolicyValue]]:
        """Return the values that are set already and begin after a day, the next first."""
        found = [
            (one, value)
            for one in self.criteria
            for value in policy.history(one.name, home.policy)
            if value.overridden and value.valid_from > on
        ]
        return sorted(found, key=lambda pair: pair[1].valid_from)


def fraud_triage_faults(values: Mapping[str, Any]) -> dict[str, str]:
    """A threshold is read on one scale, and a rule without any criterion would refer nobody."""
    if values["fraud_triage.risk_score_at_least"] is not None and not values["fraud_triage.risk_score_scale"]:
        return {"fraud_triage.risk_score_scale": "Enter the scale on which the risk score is read"}
    deciding = ("romance_codes", "age_at_least", "risk_score_at_least")
    if all(values[f"fraud_triage.{name}"] in (None, []) for name in deciding):
        return {
            "fraud_triage.age_at_least": "Keep at least one criterion: without any, nobody would be referred"
        }
    return {}


FRAUD_TRIAGE = TriableRule(
    key="fraud_triage",
    title="Which fraud victims are referred to victim care",
    what="Any one criterion is enough. Each week's fraud victims are filtered by this rule; who meets no criterion is "
    "not referred, and who cannot be judged for want of data is listed as cannot tell.",
    definitions=(
        "A referral is one person, however many reports they made, counted in the week of their first report in the "
        "period that meets a criterion. Weeks run from Monday to Sunday; means and peaks are of whole weeks.",
        "Cannot tell: no report of the person meets a criterion, and at least one cannot be judged for want of an "
        "age, a code or a comparable risk score. They are listed for somebody to look, and are not in the hours.",
        "Reports of one person are joined by exact keys (whole name with date of birth, e-mail or phone).",
        "Ranges in brackets are 95% intervals. Those of a mean are widened where weeks vary more than chance.",
    ),
    criteria=(
        Criterion(
            "fraud_triage.romance_codes",
            "Codes of romance fraud",
            "NFIB codes whose victims are referred whatever their age, with commas between them, for example NFIB1D",
            "codes",
            known_code=normalise_nfib,
        ),
        Criterion(
            "fraud_triage.age_at_least",
            "Age from which a victim is referred",
            "In years. Leave it empty to refer nobody for their age alone",
            "whole_number",
            high=120,
        ),
        Criterion(
            "fraud_triage.risk_score_at_least",
            "Risk score from which a victim is referred",
            "Leave it empty to refer nobody for their score alone",
            "number",
        ),
        Criterion(
            "fraud_triage.risk_score_scale",
            "Scale of the risk score",
            "As the weekly list names it. Scores on another scale cannot be judged",
            "text",
        ),
    ),
    try_out=try_fraud_triage,
    faults=fraud_triage_faults,
)

TRIABLE: dict[str, TriableRule] = {rule.key: rule for rule in (FRAUD_TRIAGE,)}
