"""A suppressed cell that a reader can work out from the total and the other cells."""

from __future__ import annotations

from collections.abc import Iterator

from fourfold.measures.figure import State
from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.lexicon import TOTAL_LABEL, compile_words
from fourfold.products.board_paper.checks.number_patterns import Kind
from fourfold.products.board_paper.checks.paper_text import PaperText, Passage, TableView

NEXT_STEP = "Suppress a second cell of the same row or column, or round the total and all cells to five."

_HIDDEN = compile_words(
    r"^\s*(?:too few to publish|suppressed|\*|\[c\]|\(c\)|c|x|<\s?\d+|fewer than "
    r"\w+|under (?:five|5|ten|10)|1 to 4|1-4)\s*$"
)
_ROUNDED_TO = 5


def check_suppressed_recoverable(paper: PaperText) -> Iterator[Finding]:
    """Find a row or column with a total, one hidden cell and every other cell printed."""
    for table in paper.tables:
        columns = range(1, len(table.table.header))
        total_rows = {i for i, row in enumerate(table.cells) if row and TOTAL_LABEL.search(row[0].text)}
        total_columns = {c for c in columns if TOTAL_LABEL.search(table.table.header[c])}
        down = [
            [(i in total_rows, row[c]) for i, row in enumerate(table.cells) if c < len(row)] for c in columns
        ]
        across = [[(c in total_columns, row[c]) for c in columns if c < len(row)] for row in table.cells]
        for line in (*down, *across):
            hidden = _recoverable(line)
            if hidden is not None:
                yield _finding(paper, table, hidden)
                break


def _recoverable(line: list[tuple[bool, Passage]]) -> Passage | None:
    """Return the one hidden cell of a line that its total gives away, or None."""
    totals = [_count(cell) for is_total, cell in line if is_total]
    parts = [cell for is_total, cell in line if not is_total]
    hidden = [cell for cell in parts if _is_hidden(cell)]
    shown = [_count(cell) for cell in parts if not _is_hidden(cell)]
    if len(totals) != 1 or totals[0] is None or len(hidden) != 1 or not shown or None in shown:
        return None
    values = [value for value in (*shown, totals[0]) if value is not None]
    rounded = all(value % _ROUNDED_TO == 0 for value in values)
    return None if rounded else hidden[0]


def _is_hidden(cell: Passage) -> bool:
    suppressed = any(link.figure is not None and link.figure.state is State.SUPPRESSED for link in cell.links)
    return suppressed or bool(_HIDDEN.search(cell.text))


def _count(cell: Passage) -> float | None:
    counts = [q.value for q in cell.quantities if q.kind is Kind.COUNT]
    return counts[0] if len(counts) == 1 else None


def _finding(paper: PaperText, table: TableView, cell: Passage) -> Finding:
    words = "One cell is suppressed and the total gives it away by subtraction."
    figure = cell.links[0].name if cell.links else None
    return paper.finding("suppressed_recoverable", table, words, NEXT_STEP, figure=figure, quote=cell.text)
