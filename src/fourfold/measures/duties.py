"""Compliance with duties as figures: what is recorded, and the bounds of what is not (source paper, 49 to 54)."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from fourfold.measures.measure import Measure, Rows, Rules, Statistic, Sums
from fourfold.measures.victims_code import COUNTED, LATE, MET, NOT_MET, NOT_RECORDED
from fourfold.records.compliance import ALL
from fourfold.records.derived import Clock

SOURCE = "Clocks worked out from the crime system's case events"
DUE = (
    "Of duties that fell due in the period, or began in it where no limit is stated; of two duties on one "
    "event the stricter. Not yet due, not applicable and not set stand outside."
)
NOT_DRAWN = (
    "Every duty recorded is counted and none is drawn, so no share of them has an interval from sampling."
)
GROUPS = "A crime counts in every offence group it belongs to, so the groups do not add up to all."
BOUNDS = "Not recorded is no breach and no pass. The truth lies between the strict and the best case, whatever was done."
RECORDED_ONLY = "It speaks only of the duties of which something is recorded; where much is not, it can be far from the truth."


def in_state(*states: str) -> Rows:
    """Count the clocks that stand in one of some states."""

    def where(rules: Rules) -> nw.Expr:
        return nw.col("state").is_in(list(states))

    return where


def sums(part: Sequence[str], of: Sequence[str] = ()) -> Sums:
    """Return where the same clocks stand counted: those of some states, part of those of others."""

    def total(states: Sequence[str]) -> nw.Expr:
        return nw.sum_horizontal(*states)

    whole = nw.col("offence_group") == ALL
    if not of:
        return Sums("duty_compliance", total(part), whole_slice=whole)
    return Sums("duty_compliance", total(of), total(part), whole)


def counted(name: str, title: str, definition: str, states: Sequence[str], *caveats: str) -> Measure:
    """Return a measure that counts the clocks of some states."""
    return Measure(
        name=f"duties.{name}",
        title=title,
        definition=f"{definition} {DUE}",
        view="duty_clocks",
        record=Clock,
        subject="victims_code",
        on="month",
        where=in_state(*states),
        dimensions=("rule", "unit", "offence_group", "subject"),
        overlapping=("offence_group",),
        sums=sums(states),
        is_whole=True,
        source=SOURCE,
        caveats=(NOT_DRAWN, GROUPS, *caveats),
        needs=("clock", "crime_group"),
        months_must_be_there=False,
    )


def share(
    name: str, title: str, definition: str, part: Sequence[str], of: Sequence[str], *caveats: str
) -> Measure:
    """Return a measure of the share that clocks of some states are of those of others."""
    base = counted(name, title, definition, of, *caveats)
    changed = {
        "statistic": Statistic.SHARE,
        "part": in_state(*part),
        "sums": sums(part, of),
        "unit": "percent",
        "decimals": 1,
    }
    return Measure(**{**base.__dict__, **changed})


def left_open() -> Measure:
    """Return the measure of judged clocks of which blank fields leave open whether they are in a group."""
    base = counted(
        "open_group",
        "judged duties whose offence group is left open",
        "Duties of crimes of which blank fields leave open whether they belong to the group.",
        COUNTED,
        "They are in no figure of that group, which is therefore a floor.",
    )
    changed = {
        "where": is_left_open,
        "dimensions": ("rule", "unit", "open_group", "subject"),
        "overlapping": ("open_group",),
        "sums": Sums("open_groups", nw.col("number"), whole_slice=nw.col("open_group") == ALL),
    }
    return Measure(**{**base.__dict__, **changed})


def is_left_open(rules: Rules) -> nw.Expr:
    return in_state(*COUNTED)(rules) & ~nw.col("open_group").is_null()


IN_TIME = "Duties met in time"

MEASURES = (
    counted(
        "judged", "duties that were due", "Duties met in time, met late, not met or not recorded.", COUNTED
    ),
    share(
        "recorded",
        "recorded compliance with duties",
        f"{IN_TIME} as a share of those recorded as met in time, met late or not met.",
        (MET,),
        (MET, LATE, NOT_MET),
        RECORDED_ONLY,
    ),
    share(
        "strict",
        "compliance with duties, strict",
        f"{IN_TIME} as a share of all that were due: what is not recorded is taken as not met.",
        (MET,),
        COUNTED,
        BOUNDS,
    ),
    share(
        "best",
        "compliance with duties, best case",
        f"{IN_TIME} and those not recorded, as a share of all that were due: what is not recorded is taken as met.",
        (MET, NOT_RECORDED),
        COUNTED,
        BOUNDS,
    ),
    share(
        "not_recorded",
        "duties not recorded",
        "Duties that were due of which nothing says whether they were met, as a share of all that were due.",
        (NOT_RECORDED,),
        COUNTED,
        BOUNDS,
    ),
    left_open(),
)
