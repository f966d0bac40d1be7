"""From a figure back to its records, with what must not be seen masked or counted only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from fourfold.measures.counting import MONTH
from fourfold.measures.figure import Figure, FigureName, State
from fourfold.measures.registry import Asked, understand
from fourfold.measures.views import Frame
from fourfold.measures.words import say_interval
from fourfold.pipeline.opening import Opened
from fourfold.products.board_paper.publishing import hidden, published
from fourfold.records import RECORDS, Batch
from fourfold.records.base import Kept, Sensitivity, sensitivity_of

MASK = "(masked)"
FILE = "file"
"""The column of a trace that names the file a row came from; `file_row` beside it is the row there."""


@dataclass(frozen=True)
class Trace:
    """A figure and the records behind it.

    `rows` holds the first of them, personal columns masked, or is None where only their number (or not
    even that) may be told; `count` is how many there are, None where that is hidden too. `key` names the
    columns that tell two rows apart, `hints` say what in the name may be a slip.
    """

    figure: Figure
    count: int | None
    rows: pl.DataFrame | None
    why_no_rows: str = ""
    key: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

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
        told += [("Records", self.records_words)]
        told += [("Hint", hint) for hint in self.hints]
        return told

    @property
    def records_words(self) -> str:
        """Say how many records there are and how many are shown, or why that is not told."""
        if self.count is None:
            return self.why_no_rows
        shown = 0 if self.rows is None else self.rows.height
        if self.count == 0:
            return f"0: {self.why_no_rows}"
        return f"{self.count:,}" if shown == self.count else f"{self.count:,}, of which {shown:,} are shown"

    def to_json(self) -> dict[str, Any]:
        """Return the trace as plain values."""
        rows = [] if self.rows is None else self.rows.to_dicts()
        return {
            "figure": self.figure.to_json(),
            "count": self.count,
            "rows": rows,
            "why_no_rows": self.why_no_rows,
            "hints": list(self.hints),
        }


def trace(opened: Opened, name: FigureName, threshold: int | None, most: int = 20) -> Trace:
    """Return what stands behind a figure; `most` rows of each period are shown, and all of them counted.

    Under `threshold` records neither number nor rows are told, unless the data are public already.
    """
    asked = understand(name)
    figure = opened.figures.get(name)
    shown = published(figure, threshold, asked.measure.already_public)
    if not opened.figures.counts.is_loaded(asked.measure):
        return Trace(shown, 0, None, figure.why)
    periods = [period for period in (name.period, name.baseline) if period is not None]
    rows = [opened.figures.counts.rows(asked.measure, name, period) for period in periods]
    numbers = [int(frame.select(nw.len()).collect().item()) for frame in rows]
    few = threshold is not None and any(0 < number < threshold for number in numbers)
    if shown.state is State.SUPPRESSED or (few and asked.measure.rows_are_of_people):
        return Trace(
            hidden(shown), None, None, f"not told: the figure rests on fewer than {threshold} of them"
        )
    if not sum(numbers):
        return Trace(shown, 0, None, figure.why or "there are none")
    first = pl.concat([first_rows(frame, asked, most) for frame in rows], how="diagonal")
    key = tuple(column for column in asked.measure.record.key if column in first.columns)
    return Trace(shown, sum(numbers), with_files(opened, masked(first, asked)), key=key)


def first_rows(rows: Frame, asked: Asked, most: int) -> pl.DataFrame:
    """Return the first rows of a figure by their key, with the columns a reader may be shown."""
    columns = [name for name in rows.collect_schema().names() if name != MONTH]
    order = [name for name in asked.measure.record.key if name in columns]
    chosen = rows.select(columns).sort(*order) if order else rows.select(columns)
    return pl.DataFrame(chosen.head(most).collect(backend="polars").to_native())


def masked(rows: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    """Mask what is personal or sensitive; a missing value stays missing, so that masking hides no gap."""
    return rows.with_columns(
        pl.when(pl.col(name).is_not_null()).then(pl.lit(MASK)).alias(name)
        for name in rows.columns
        if is_masked(name, asked.measure.record)
    )


def is_masked(column: str, record: type[Kept]) -> bool:
    """Say whether a column is personal or sensitive in the record, or in any whose columns a view may join."""
    holders: list[type[Kept]] = (
        [record] if column in record.columns() else [one for one in RECORDS if column in one.columns()]
    )
    return any(sensitivity_of(one, column) is not Sensitivity.OPEN for one in holders)


def with_files(opened: Opened, rows: pl.DataFrame) -> pl.DataFrame:
    """Add the name of the file each row came from, looked up by its batch."""
    batches = opened.lake.scan(Batch.table, opened.manifest)
    if batches is None or "batch_id" not in rows.columns:
        return rows
    files = batches.select("batch_id", pl.col("file").alias(FILE)).unique("batch_id").collect()
    return rows.drop(FILE, strict=False).join(files, on="batch_id", how="left", maintain_order="left")
