"""What a rule that was tried out would have done: plain values, kept with a proposal as they were seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from fourfold.measures.disparity import GroupEffect, Limits


@dataclass(frozen=True)
class Week:
    """One week, Monday to Sunday, by the referrals of each rule; None where no report was sent."""

    starts_on: str
    is_whole: bool
    in_force: int | None
    tried: int | None


@dataclass(frozen=True)
class Side:
    """One of the two rules over the period. Counts are people; `a_week` is the mean of whole weeks with limits.

    `values` are the criteria in words by policy name. Hours are None where the force has set no working time
    or no capacity.
    """

    values: Mapping[str, str]
    referred: int
    cannot_tell: int
    a_week: Limits
    peak: int | None
    peak_starts_on: str | None
    hours_a_week: float | None
    weeks_over: int | None


@dataclass(frozen=True)
class CriterionEffect:
    """One criterion: people who meet it, and people of whom it cannot be told, under each rule."""

    title: str
    met_in_force: int
    met_tried: int
    cannot_tell_in_force: int
    cannot_tell_tried: int


@dataclass(frozen=True)
class Capacity:
    """The hours that the posts filled can give in a week, or why that is not known.

    `posts` is the mean over the months of which everything is stated (`months_known` of `months`).
    """

    unit: str
    roles: tuple[str, ...]
    posts: float | None
    months_known: int
    months: int
    hours_a_referral: float | None
    hours_an_officer: float | None
    hours_a_week: float | None
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class WhatIf:
    """Two rules over the same reports: what each refers, who moves, and what it asks of the officers.

    `moved` counts people by what happens to them: `in_both`, `newly_in`, `newly_out`, `newly_unsure` (listed
    as cannot tell only under the rule tried), `no_longer_unsure`, `lost_from_sight` (listed in any way under
    the rule in force and in no way under the one tried).
    """

    rule: str
    force: str
    first_on: str
    last_on: str
    tried_on: str
    manifest: str
    policy: str
    vocabulary: str
    code: str
    made_up: bool
    reports: int
    people: int
    organisations: int
    months_not_sent: tuple[str, ...]
    whole_weeks: int
    threshold: int
    in_force: Side
    tried: Side
    moved: Mapping[str, int]
    criteria: tuple[CriterionEffect, ...]
    weeks: tuple[Week, ...]
    groups: Mapping[str, tuple[GroupEffect, ...]]
    capacity: Capacity

    def to_plain(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        return asdict(self)

    @staticmethod
    def from_plain(told: Mapping[str, Any]) -> WhatIf:
        """Return what `to_plain` gave; raises TypeError for anything of another shape."""
        groups = {name: tuple(_effect(row) for row in rows) for name, rows in told["groups"].items()}
        capacity = dict(told["capacity"])
        capacity |= {name: tuple(capacity[name]) for name in ("roles", "unknown")}
        return WhatIf(
            **{
                **told,
                "months_not_sent": tuple(told["months_not_sent"]),
                "in_force": _side(told["in_force"]),
                "tried": _side(told["tried"]),
                "criteria": tuple(CriterionEffect(**one) for one in told["criteria"]),
                "weeks": tuple(Week(**one) for one in told["weeks"]),
                "groups": groups,
                "capacity": Capacity(**capacity),
            }
        )


def _side(told: Mapping[str, Any]) -> Side:
    return Side(**{**told, "a_week": tuple(told["a_week"])})


def _effect(told: Mapping[str, Any]) -> GroupEffect:
    pairs = ("rate_in_force", "rate_tried", "ratio_in_force", "ratio_tried")
    return GroupEffect(
        **{**told, **{name: tuple(told[name]) if told[name] is not None else None for name in pairs}}
    )
