"""The greatest rises among many kinds, with the share of false alarms among them held down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fourfold.measures.figure import Figure, FigureName
from fourfold.products.board_paper.context import PaperContext
from fourfold.products.board_paper.publishing import published
from fourfold.products.board_paper.tables import Comparison, Row
from fourfold.statistics.multiplicity import benjamini_hochberg


@dataclass(frozen=True)
class Rise:
    """One kind with its change; `stands_out` says that it is more than chance among all kinds compared."""

    row: Row
    change: Figure
    stands_out: bool


def greatest_rises(
    paper: PaperContext,
    rows: Sequence[Row],
    periods: Comparison,
    most: int,
    least_base: int,
    false_share: float,
) -> list[Rise]:
    """Return the kinds that rose most, greatest first, among those with enough reports to compare.

    A kind with fewer than `least_base` in the earlier period is left out: its percentage says nothing.
    `stands_out` holds the false discovery rate at `false_share` over all kinds compared (Benjamini and
    Hochberg 1995), by the p-value of each change, which allows for the months varying more than chance
    just as its interval does. A kind that the paper hides is not ranked: its place would tell of it.
    """
    compared: list[tuple[Row, Figure]] = []
    for row in rows:
        name = row.name.of(f"{row.name.measure}.change").at(periods.now, periods.against)
        change = may_be_ranked(paper, name)
        if change.value is not None and (change.part("before") or 0) >= least_base:
            compared.append((row, change))
    if not compared:
        return []
    p = np.asarray([change.part("p") for _, change in compared], dtype=np.float64)
    found = benjamini_hochberg(p, false_share)
    rises = [
        Rise(row, change, bool(stands_out))
        for (row, change), stands_out in zip(compared, found.rejected, strict=True)
        if (change.value or 0) > 0
    ]
    return sorted(rises, key=lambda rise: (-(rise.change.value or 0), rise.row.words))[:most]


def may_be_ranked(paper: PaperContext, name: FigureName) -> Figure:
    """Return a change as it may be published, without noting that the paper prints it."""
    standing = paper.figures_used.get(str(name))
    return standing or published(paper.figures.get(name), paper.threshold, paper.is_public(name))
