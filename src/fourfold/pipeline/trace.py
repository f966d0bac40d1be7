"""From a figure back to its records, with what must not be seen masked or counted only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from fourfold.measures.counting import MONTH
from fourfold.measures.figure import Figure, FigureName, State
from fourfold.measures.period import Period
from fourfold.measures.registry import Asked, understand
from fourfold.measures.words import say_interval
from fourfold.pipeline.opening import Opened
from fourfold.records.base import Sensitivity, sensitivity_of

MASK = "(masked)"


@dataclass(frozen=True)
class Trace:
    """A figure and the records behind it.

    `rows` holds the first of them, personal columns masked, or is None where only their number (or not
    even that) may be told; `count` is how many there are, None where that is hidden too.
    """

    figure: Figure
    count: int | None
    rows: pl.DataFrame | None
    why_no_rows: str = ""

    def lines(self) -> list[tuple[str, str]]:
        """Return what a reader is told of the figure, label by label."""
        figure = self.figure
        told = [("Figure", figure.name), ("Title", figure.title), ("Value", figure.words)]
        told += [("Interval", f"{say_interval(figure)} ({figure.level:.0%})")] if say_interval(figure) else []
        told += [
            (name.replace("_", " ").capitalize(), f"{value:,.4g}")
            for name, value in figure.parts
            if value < 1
        ]
        told += [
            (name.replace("_", " ").capitalize(), f"{value:,.0f}")
            for name, value in figure.parts
            if value >= 1
        ]
        told += [("Not stated in", f"{figure.missing:,} records")] if figure.missing is not None else []
        told += [("Why", figure.why)] if figure.why else []
        told += [("Period", figure.period_words)]
        told += [("Baseline", figure.baseline_words)] if figure.baseline_words else []
        told += [("Definition", figure.definition), ("Source", figure.source)]
        told += [("Caveat", caveat) for caveat in figure.caveats]
        origin = figure.origin
        versions = f"manifest {origin.manifest}, policy {origin.policy}, vocabulary {origin.vocabulary}, code {origin.code}"
        told += [("Made from", versions + (" (made-up data)" if figure.made_up else ""))]
        told += [("Records", f"{self.count:,}" if self.count is not None else self.why_no_rows)]
        return told

    def to_json(self) -> dict[str, Any]:
        """Return the trace as plain values."""
        rows = [] if self.rows is None else self.rows.to_dicts()
        return {
            "figure": self.figure.to_json(),
            "count": self.count,
            "rows": rows,
            "why_no_rows": self.why_no_rows,
        }

    def table(self) -> str:
        """Return the rows as text: the columns that hold anything, one record after another."""
        if self.rows is None:
            return ""
        blocks = []
        for number, row in enumerate(self.rows.iter_rows(named=True), start=1):
            said = "; ".join(f"{name} {value}" for name, value in row.items() if value is not None)
            blocks.append(f"{number:>4}. {said}")
        return "\n".join(blocks)


def trace(opened: Opened, name: FigureName, threshold: int | None, most: int = 20) -> Trace:
    """Return what stands behind a figure; `most` rows are shown, and all of them counted."""
    from fourfold.products.board_paper.publishing import published

    asked = understand(name)
    figure = opened.figures.get(name)
    shown = published(figure, threshold, asked.measure.already_public)
    if shown.state is State.SUPPRESSED:
        return Trace(shown, None, None, f"the figure rests on fewer than {threshold} records")
    if not opened.figures.counts.is_loaded(asked.measure):
        return Trace(shown, 0, None, figure.why)
    frames = [rows_in(opened, asked, period) for period in (name.period, name.baseline) if period is not None]
    count = sum(frame.height for frame in frames)
    rows = pl.concat([frame.head(most) for frame in frames], how="diagonal") if count else None
    return Trace(
        shown, count, masked(rows, asked) if rows is not None else None, "" if count else "there are none"
    )


def rows_in(opened: Opened, asked: Asked, period: Period) -> pl.DataFrame:
    """Return the rows of a figure in one period, with the columns a reader may be shown."""
    rows = opened.figures.counts.rows(asked.measure, asked.name, period)
    columns = [name for name in rows.collect_schema().names() if name != MONTH]
    native = rows.select(columns).collect(backend="polars").to_native()
    return pl.DataFrame(native).sort([name for name in asked.measure.record.key if name in columns])


def masked(rows: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    """Mask what is personal or sensitive; a missing value stays missing, so that masking hides no gap."""
    record = asked.measure.record
    known = record.columns()
    personal = [
        name
        for name in rows.columns
        if name in known and sensitivity_of(record, name) is not Sensitivity.OPEN
    ]
    return rows.with_columns(
        pl.when(pl.col(name).is_not_null()).then(pl.lit(MASK)).alias(name) for name in personal
    )
