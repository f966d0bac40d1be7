"""A paper context over a few records, and what a reader can read off everything it prints."""

from __future__ import annotations

from datetime import date

from fourfold.measures.figure import Figure
from fourfold.measures.period import Period
from fourfold.products.board_paper.context import PaperContext
from fourfold.products.document import FigureLink, Table, Text
from measure_records import figures_of

NOW, BEFORE = Period.parse("2021"), Period.parse("2020")


def paper_of(tables, threshold=5, **more) -> PaperContext:
    """A paper of force `here` for 2021 against 2020."""
    return PaperContext(
        force="here",
        force_name="Here Police",
        to=date(2021, 12, 1),
        now=NOW,
        before=BEFORE,
        baseline=Period.parse("2019-04..2020-03"),
        baseline_words="before Covid",
        figures=figures_of(tables, on=date(2021, 12, 31), **more),
        threshold=threshold,
    )


def words(table: Table) -> list[list[str]]:
    """The cells of a table as they are printed."""
    return [["".join(said(one) for one in cell) for cell in row] for row in table.rows]


def said(inline) -> str:
    assert isinstance(inline, Text | FigureLink)
    return inline.text if isinstance(inline, Text) else inline.words


def numbers_printed(paper: PaperContext) -> dict[str, Figure]:
    """The figures of the appendix that tell anything."""
    return {
        name: one for name, one in paper.figures_used.items() if one.value is not None or one.parts or one.n
    }
