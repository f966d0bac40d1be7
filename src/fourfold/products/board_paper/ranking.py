"""The greatest rises among many kinds, with the share of false alarms among them held down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fourfold.measures.figure import Figure
from fourfold.products.board_paper.context import PaperContext
from fourfold.products.board_paper.tables import Comparison, Row
from fourfold.statistics.change import p_value
from fourfold.statistics.multiplicity import benjamini_hochberg

LEAST_BASE = 20
"""A kind with fewer reports than this in the earlier period is left out: its percentage says nothing."""


@dataclass(frozen=True)
class Rise:
    """One kind with its change; `stands_out` says that it is more than chance among all kinds compared."""

    row: Row
    change: Figure
    stands_out: bool


def greatest_rises(
    paper: PaperContext, rows: Sequence[Row], periods: Comparison, most: int, least_base: int = LEAST_BASE
) -> list[Rise]:
    """Return the kinds that rose most, greatest first, among those with enough reports to compare.

    `stands_out` controls the false discovery rate at 5% over all kinds compared (Benjamini and
    Hochberg 1995), by the exact test of two counts.
    """
    compared: list[tuple[Row, Figure]] = []
    for row in rows:
        change = paper.figures.get(row.name.of(f"{row.name.measure}.change").at(periods.now, periods.against))
        if change.value is not None and (change.part("before") or 0) >= least_base:
            compared.append((row, change))
    if not compared:
        return []
    now = np.asarray([change.part("now") for _, change in compared])
    before = np.asarray([change.part("before") for _, change in compared])
    found = benjamini_hochberg(p_value(now, before))
    rises = [
        Rise(row, change, bool(stands_out))
        for (row, change), stands_out in zip(compared, found.rejected, strict=True)
        if (change.value or 0) > 0
    ]
    return sorted(rises, key=lambda rise: (-(rise.change.value or 0), rise.row.words))[:most]
