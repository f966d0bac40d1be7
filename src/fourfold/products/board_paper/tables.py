"""Tables of figures: one row a kind, a count for each of two periods, and the change with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fourfold.measures.figure import FigureName, State
from fourfold.measures.period import Period
from fourfold.measures.words import say_interval
from fourfold.products.board_paper.context import PaperContext
from fourfold.products.board_paper.publishing import hidden, suppressed
from fourfold.products.document import FigureLink, Inlines, Table, Text


@dataclass(frozen=True)
class Row:
    """One row of a comparison: what it is called and the count it shows."""

    words: str
    name: FigureName


@dataclass(frozen=True)
class Comparison:
    """Two periods set side by side."""

    now: Period
    against: Period
    against_words: str = ""


def comparison(
    paper: PaperContext,
    caption: str,
    first_column: str,
    rows: Sequence[Row],
    periods: Comparison,
    total: Row | None = None,
    note: str = "",
    key: str = "",
) -> Table:
    """Return a table of counts in two periods with the change between them and its 95% interval.

    With a total, small counts are hidden together with a second row, so that none can be worked out from
    this table alone; `publishing.made_safe` looks at the whole paper.
    """
    if total is not None:
        hide_small(paper, rows, periods, total)
    lines = [line(paper, row, periods) for row in (*rows, *((total,) if total else ()))]
    header = (
        first_column,
        capital(periods.against_words or periods.against.words),
        capital(periods.now.words),
        "Change",
        "95% interval",
    )
    return Table(caption, header, tuple(lines), "lrrrr", note=note, key=key)


def line(paper: PaperContext, row: Row, periods: Comparison) -> tuple[Inlines, ...]:
    before, now = row.name.at(periods.against), row.name.at(periods.now)
    change = row.name.of(f"{row.name.measure}.change").at(periods.now, periods.against)
    counts = [paper.figure(before), paper.figure(now)]
    raw = paper.figures.get(change)
    if any(count.state is State.SUPPRESSED for count in counts) and raw.state is not State.MISSING:
        # The change and one count together would give the other count away.
        figure = paper.keep(hidden(raw))
    else:
        figure = paper.figure(change)
    links: list[Inlines] = [(FigureLink(one.name, one.words),) for one in (*counts, figure)]
    return ((Text(row.words),), *links, (Text(say_interval(figure) or "none"),))


def hide_small(paper: PaperContext, rows: Sequence[Row], periods: Comparison, total: Row) -> None:
    """Hide in each column what the printed total would otherwise give away, or the total with it."""
    if any(paper.is_public(row.name) for row in rows):
        return
    for period in (periods.against, periods.now):
        figures = [paper.figures.get(row.name.at(period)) for row in rows]
        hide_rows, hide_total = suppressed(figures, paper.threshold)
        whole = paper.figures.get(total.name.at(period))
        for figure, hide in zip((*figures, whole), (*hide_rows, hide_total), strict=True):
            if hide and figure.value is not None:
                paper.keep(hidden(figure))


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
