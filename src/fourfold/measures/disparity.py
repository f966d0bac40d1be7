"""What a rule does to each group of people: who is in, who comes in or goes out, and how that compares.

The Equality Act 2010, section 149, asks that the effect of a rule on people with a protected characteristic
be known. It is measured here; no characteristic is a weight in anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import dataframely as dy
import numpy as np
import polars as pl

from fourfold.records.base import SENSITIVE, choice, text
from fourfold.statistics.disclosure import suppress_within_totals
from fourfold.statistics.interval import FloatArray
from fourfold.statistics.proportion import proportion
from fourfold.statistics.risk_ratio import risk_ratio

NOT_STATED = "Not stated"
MOVES = ("in_both", "newly_in", "newly_out", "in_neither")

Limits = tuple[float | None, float | None, float | None]
"""An estimate with its lower and upper limit; None for what cannot be said."""


class Moved(dy.Schema):
    """One person, one row: the group they are in (missing where it is not stated) and what a change does to them."""

    person_id = text(nullable=False)
    group = text(metadata=SENSITIVE)
    move = choice(*MOVES, nullable=False)


@dataclass(frozen=True)
class GroupEffect:
    """One group of people under two rules. A number that is None is kept back because it is small.

    `rate_*` is the share of the group's people who are in, `ratio_*` that share over the share of everybody
    else whose group is stated; both with their 95 % limits.
    """

    group: str
    people: int | None
    in_force: int | None
    tried: int | None
    newly_in: int | None
    newly_out: int | None
    rate_in_force: Limits | None
    rate_tried: Limits | None
    ratio_in_force: Limits | None
    ratio_tried: Limits | None


def effect_by_group(people: pl.DataFrame, order: Sequence[str], threshold: int) -> tuple[GroupEffect, ...]:
    """Return what a change does to each group, those not stated first, then the groups in `order`.

    people: rows of `Moved`. `threshold`: counts from 1 to under it are kept back, and what would give them
    away with them; the totals over all groups are taken to be printed. A group of nobody is left out.
    """
    told = people.select(pl.col("group").fill_null(NOT_STATED), "move").group_by("group", "move").len()
    held = {(group, move): count for group, move, count in told.iter_rows()}
    names = [
        name
        for name in dict.fromkeys((NOT_STATED, *order, *sorted({group for group, _ in held})))
        if any((name, move) in held for move in MOVES)
    ]
    if not names:
        return ()
    counts = np.array([[held.get((name, move), 0) for move in MOVES] for name in names], dtype=np.float64)
    shown = suppress_within_totals(counts, threshold).shown[:-1]
    compared = _compared(names, counts, shown)
    return tuple(_effect(name, shown[place], compared, place) for place, name in enumerate(names))


@dataclass(frozen=True)
class _Compared:
    """Each group's ratio under the rule in force and under the one tried; which of them may be told."""

    in_force: list[Limits]
    tried: list[Limits]
    may_tell: list[bool]


def _compared(names: list[str], counts: FloatArray, shown: FloatArray) -> _Compared:
    is_stated = np.array([name != NOT_STATED for name in names])
    everyone = counts[is_stated].sum(axis=0)
    rest = everyone - counts
    # The rest is known to a reader only where nothing in it is kept back: else a ratio would tell it.
    whole = not np.isnan(shown[~is_stated]).any()
    may_tell = [
        bool(stated and whole and not np.isnan(row).any())
        for stated, row in zip(is_stated, shown, strict=True)
    ]
    ratios = []
    for moves in ((0, 2), (0, 1)):
        part, other = counts[:, moves].sum(axis=1), np.maximum(rest[:, moves].sum(axis=1), 0)
        found = risk_ratio(part, counts.sum(axis=1), other, np.maximum(rest.sum(axis=1), other))
        ratios.append([_limits(*one) for one in zip(found.value, found.lower, found.upper, strict=True)])
    return _Compared(ratios[0], ratios[1], may_tell)


def _effect(name: str, shown: FloatArray, compared: _Compared, place: int) -> GroupEffect:
    both, newly_in, newly_out, _, people = (None if np.isnan(one) else int(one) for one in shown)
    in_force = None if both is None or newly_out is None else both + newly_out
    tried = None if both is None or newly_in is None else both + newly_in
    tells = compared.may_tell[place]
    return GroupEffect(
        group=name,
        people=people,
        in_force=in_force,
        tried=tried,
        newly_in=newly_in,
        newly_out=newly_out,
        rate_in_force=_rate(in_force, people),
        rate_tried=_rate(tried, people),
        ratio_in_force=compared.in_force[place] if tells else None,
        ratio_tried=compared.tried[place] if tells else None,
    )


def _rate(part: int | None, whole: int | None) -> Limits | None:
    if part is None or not whole:
        return None
    return _limits(*proportion(part, whole).floats())


def _limits(value: float, lower: float, upper: float) -> Limits:
    """Return plain numbers; what is not a number, or has no end, becomes None."""
    first, second, third = (float(one) if np.isfinite(one) else None for one in (value, lower, upper))
    return (first, second, third)
