"""Percentages and percentage changes with no counts where their reader is."""

from __future__ import annotations

from collections.abc import Iterator

from fourfold.products.board_paper.checks.evidence import is_backed, is_change, is_target
from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.number_patterns import Kind
from fourfold.products.board_paper.checks.paper_text import PaperText, Passage, TableView
from fourfold.products.board_paper.checks.quantities import Quantity

NEXT_STEP = "Print the counts beside it: both numbers of a change, the number and the whole of a share."


def check_percentage_without_counts(paper: PaperText) -> Iterator[Finding]:
    """Find percentages whose counts are in neither the paragraph or bullet, its footnote nor its table."""
    for sentence in paper.sentences:
        bare = [
            q
            for q in sentence.of_kind(Kind.PERCENT)
            if not is_target(sentence, q) and not is_backed(paper, sentence, q)
        ]
        if bare:
            said = ", ".join(sentence.passage.text[q.start : q.end].strip() for q in bare)
            kind = "change" if is_change(sentence, bare[0]) else "percentage"
            words = (
                f"{said}: the counts behind this {kind} do not stand here; it misleads where they are few."
            )
            yield paper.finding(
                "percentage_without_counts", sentence, words, _next_step(bare[0]), figure=bare[0].link
            )
    for table in paper.tables:
        yield from _check_table(paper, table)


def _next_step(quantity: Quantity) -> str:
    """Name the figure's own counts where it has them, so that they need only be printed."""
    parts = quantity.figure.parts if quantity.figure else ()
    named = ", ".join(
        f"{name.replace('_', ' ')} {value:,.0f}" for name, value in parts if float(value).is_integer()
    )
    return f"{NEXT_STEP} The figure's own: {named}." if named else NEXT_STEP


def _check_table(paper: PaperText, table: TableView) -> Iterator[Finding]:
    """A row of percentages needs a count in the row, in its column, or in the caption, a head or the note."""
    if any(q.kind is Kind.COUNT for q in table.quantities if not _in_cells(table, q)):
        return
    siblings = [t for t in paper.unit_tables(table.unit) if t is not table]
    if any(q.kind is Kind.COUNT for other in siblings for q in other.quantities):
        return
    lead = any(
        q.kind is Kind.COUNT for passage in paper.units.get(table.unit, ()) for q in passage.quantities
    )
    for row in table.cells:
        percents = [(cell, q) for cell in row[1:] for q in cell.quantities if q.kind is Kind.PERCENT]
        counted = any(q.kind is Kind.COUNT for cell in row[1:] for q in cell.quantities) or _column_counts(
            table, row
        )
        shares_only = all(not _is_signed(cell, q) for cell, q in percents)
        if percents and not counted and not (lead and shares_only):
            words = f"The row '{row[0].text.strip()}' gives percentages and no counts."
            cell, first = percents[0]
            yield paper.finding(
                "percentage_without_counts",
                table,
                words,
                _next_step(first),
                figure=first.link,
                quote=cell.text,
            )
            return


def _in_cells(table: TableView, quantity: Quantity) -> bool:
    return any(quantity is q for row in table.cells for cell in row for q in cell.quantities)


def _column_counts(table: TableView, row: tuple[Passage, ...]) -> bool:
    """The table is laid on its side: the columns of this row's percentages hold counts in other rows."""
    columns = [c for c, cell in enumerate(row) if c and any(q.kind is Kind.PERCENT for q in cell.quantities)]
    return all(
        any(
            c < len(other) and any(q.kind is Kind.COUNT for q in other[c].quantities) for other in table.cells
        )
        for c in columns
    )


def _is_signed(cell: Passage, quantity: Quantity) -> bool:
    if quantity.figure is not None:
        return quantity.figure.unit == "percent_change"
    return cell.text[quantity.start] in "+-−"
