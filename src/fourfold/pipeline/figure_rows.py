"""The records behind a figure, a page at a time, each column shown or masked as the reader may see it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import narwhals as nw
import polars as pl

from fourfold import policy
from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.measures.counting import MONTH
from fourfold.measures.figure import Figure, FigureName, State
from fourfold.measures.period import Period
from fourfold.measures.registry import Asked, understand
from fourfold.pipeline.opening import Opened, open_figures
from fourfold.pipeline.paper import unpack_overrides
from fourfold.pipeline.trace import MASK, with_files
from fourfold.pipeline.tracing import hints
from fourfold.products.board_paper.publishing import hidden, published
from fourfold.products.document import Document
from fourfold.records import RECORDS
from fourfold.records.base import Kept, Sensitivity, sensitivity_of

Shows = Callable[[type[Kept], str], bool]
"""Whether a reader may see a personal or sensitive column of a record in clear."""


@dataclass(frozen=True)
class FigureRows:
    """A figure, how many records stand behind it in each of its periods, and one page of them.

    `counts` has a number for each period (the figure's own, then its baseline), None where the number may
    not be told. `rows` is None where records are not shown at all; `masked` names the columns of `rows`
    whose values are not shown, `key` those that tell two rows apart.
    """

    figure: Figure
    asked: Asked
    periods: tuple[Period, ...]
    counts: tuple[int, ...] | None
    rows: pl.DataFrame | None = None
    key: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    why_no_rows: str = ""
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """Which rows are wanted: of the period or the baseline (0, 1), from which on, how many; None for none."""

    which: int = 0
    start: int = 0
    size: int = 50


def rows_of_figure(
    opened: Opened, name: FigureName, wanted: Wanted | None, shows: Shows, printed: Figure | None = None
) -> FigureRows:
    """Return a figure with a page of its records.

    printed: the figure as a paper prints it, which then stands in place of one worked out now; what the
    paper hides stays hidden. Raises WrongUseError for a name that asks for nothing there is.
    """
    asked = understand(name)
    threshold = threshold_of(opened)
    figure = printed or published(opened.figures.get(name), threshold, asked.measure.already_public)
    periods = tuple(period for period in (name.period, name.baseline) if period is not None)
    if not opened.figures.counts.is_loaded(asked.measure):
        return FigureRows(figure, asked, periods, (0,) * len(periods), why_no_rows=figure.why)
    frames = [opened.figures.counts.rows(asked.measure, name, period) for period in periods]
    counts = tuple(int(frame.select(nw.len()).collect().item()) for frame in frames)
    few = threshold is not None and any(0 < count < threshold for count in counts)
    if figure.state is State.SUPPRESSED or (few and asked.measure.rows_are_of_people):
        why = "The number is too small to be told: people might be recognised."
        return FigureRows(hidden(figure), asked, periods, None, why_no_rows=why)
    if wanted is None or not sum(counts):
        said = () if sum(counts) else hints(opened, asked)
        why = "" if sum(counts) else figure.why or "There are none."
        return FigureRows(figure, asked, periods, counts, why_no_rows=why, hints=said)
    which = min(wanted.which, len(frames) - 1)
    page = slice_of(frames[which], asked, wanted.start, wanted.size)
    masked = tuple(column for column in page.columns if not is_shown(column, asked.measure.record, shows))
    key = tuple(column for column in asked.measure.record.key if column in page.columns)
    rows = with_files(opened, mask(page, masked))
    return FigureRows(figure, asked, periods, counts, rows, key, masked)


def threshold_of(opened: Opened) -> int | None:
    """Return the least count of people's records that may be told, None where the force set none."""
    found = policy.value_on("disclosure.threshold_public", opened.rules.on, opened.rules.policy)
    return int(found.value) if found.is_set else None


def slice_of(rows: nw.LazyFrame[pl.LazyFrame], asked: Asked, start: int, size: int) -> pl.DataFrame:
    """Return `size` rows from the row `start` on, in the order of their key."""
    columns = [name for name in rows.collect_schema().names() if name != MONTH]
    order = [name for name in asked.measure.record.key if name in columns] or ["batch_id", "file_row"]
    chosen = rows.select(columns).sort(*order).to_native()
    return chosen.slice(start, size).collect()


def is_shown(column: str, record: type[Kept], shows: Shows) -> bool:
    """Say whether a column may be shown: open in every record it may come from, or let through by `shows`."""
    holders: list[type[Kept]] = (
        [record] if column in record.columns() else [one for one in RECORDS if column in one.columns()]
    )
    closed = [one for one in holders if sensitivity_of(one, column) is not Sensitivity.OPEN]
    return all(shows(one, column) for one in closed)


def mask(rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Mask columns; a missing value stays missing, so that masking hides no gap."""
    return rows.with_columns(
        pl.when(pl.col(name).is_not_null()).then(pl.lit(MASK)).alias(name) for name in columns
    )


@contextmanager
def opened_as_printed(home: Home, document: Document) -> Iterator[Opened]:
    """Open the lake as it was when a paper was made: its manifest, and the force's own values of that day."""
    source = document.made_from
    with tempfile.TemporaryDirectory() as folder:
        overrides = unpack_overrides(source, Path(folder))
        manifest = Lake(home.lake).manifests.read(source.manifest)
        opened = open_figures(home, Period.parse(source.to).end, manifest, overrides)
        opened.figures.made_up = source.made_up
        yield opened
