"""Averages and totals of stated amounts, and how many records state none or do not say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from fourfold.measures.counting import Counts
from fourfold.measures.figure import Figure, State
from fourfold.measures.registry import Asked
from fourfold.statistics import average

AVERAGES: dict[str, Callable[[NDArray[np.float64]], average.Average]] = {
    "mean": average.mean,
    "median": average.median,
    "trimmed_mean": average.trimmed_mean,
}


def of_amount(counts: Counts, asked: Asked, blank: Figure) -> Figure:
    """Averages are over amounts above 0; 0 is stated as none, and a blank is missing: three different things."""
    assert asked.suffix is not None
    kind = asked.suffix.name
    amounts = counts.amounts(asked.measure, asked.name)
    stated = amounts[amounts > 0]
    missing = int(np.isnan(amounts).sum())
    numbers = {"stated": len(stated), "none": int((amounts == 0).sum()), "missing": missing}
    if kind in numbers:
        number = numbers[kind]
        return replace(
            blank, value=float(number), n=number, missing=missing, parts=(("all", float(len(amounts))),)
        )
    blank = replace(blank, n=len(stated), missing=missing)
    if not len(stated):
        return replace(blank, state=State.NOT_STATED, why="no report states an amount above £0")
    return averaged(blank, stated, kind)


def averaged(blank: Figure, stated: NDArray[np.float64], kind: str) -> Figure:
    """Return a figure with one average, total or share of the amounts, which are all above 0."""
    if kind == "total":
        return replace(blank, value=float(stated.sum()))
    if kind == "largest_share":
        largest = average.largest_share(stated)
        parts = (("largest", largest.largest), ("total", largest.total))
        return replace(blank, value=100 * largest.value, parts=parts)
    found = AVERAGES[kind](stated)
    # A loss cannot lie below zero; a symmetric interval on a heavy tail can.
    return replace(blank, value=found.value, lower=max(found.lower, 0.0), upper=found.upper)
