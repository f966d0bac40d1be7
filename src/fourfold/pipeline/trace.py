"""From a figure back to its records, with what must not be seen masked or counted only."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from fourfold.measures.counting import MONTH
from fourfold.measures.figure import Figure, FigureName, State
from fourfold.measures.period import Period
from fourfold.measures.registry import Asked, understand
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
    return Trace(shown, count, masked(rows, asked) if rows is not None else None, "" if count else "there are none")


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
    personal = [name for name in rows.columns if name in known and sensitivity_of(record, name) is not Sensitivity.OPEN]
    return rows.with_columns(
        pl.when(pl.col(name).is_not_null()).then(pl.lit(MASK)).alias(name) for name in personal
    )
