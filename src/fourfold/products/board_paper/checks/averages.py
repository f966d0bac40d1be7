"""Averages that are added up: the sum of two means is the mean of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from fourfold.measures.figure import Figure
from fourfold.products.board_paper.checks.finding import Finding
from fourfold.products.board_paper.checks.lexicon import TOTAL_LABEL, compile_words, is_denied
from fourfold.products.board_paper.checks.number_patterns import Kind
from fourfold.products.board_paper.checks.paper_text import PaperText, Passage, Sentence, TableView
from fourfold.products.board_paper.checks.quantities import Quantity

NEXT_STEP = (
    "Take the sum out. For all together give the mean over all records, or the means weighted by their "
    "counts, "
    "with the number of records."
)

_AVERAGE = (
    r"(?:averages?|medians?|mean (?:loss(?:es)?|values?|costs?|amounts?|figures?|times?)|"
    r"means(?= (?:of|for)\b))"
)
_AVERAGES = (
    r"(?:averages|medians|average (?:loss(?:es)|figures|values|amounts|costs)|mean losses|"
    r"(?:two|both) means)"
)
_FEW = r"(?:\S+\s+){0,4}?"
_SUMMED = tuple(
    compile_words(pattern)
    for pattern in (
        rf"\b(?:total|aggregate|cumulative|summed)\s+(?:of\s+)?(?:the\s+|both\s+|two\s+|these\s+|"
        rf"combined\s+)*{_AVERAGE}",
        rf"\bsum\s+of\s+(?:the\s+|both\s+|two\s+|these\s+|individual\s+|group\s+)*{_AVERAGE}",
        rf"\b(?:adding|summing|totalling|combining)\s+(?:up\s+|"
        rf"together\s+)?{_FEW}{_AVERAGE}[^;]*\b(?:gives?|makes?|to|and|yields?)\b",
        rf"\b(?:add|added|summed|totalled|put together)\s+(?:up\s+|together\s+)?{_FEW}{_AVERAGES}",
        rf"\b(?:{_AVERAGES}|averages?)\s+(?:\S+\s+){{0,6}}?(?:(?:are|is|were|be|being)\s+added\b|added\s+(?:up\s+|together|to)|summed|"
        rf"sums?\s+to|adds?\s+up\s+to|"
        r"total(?:s|led|ling)?\s+£|comes?\s+(?:together\s+)?to\s+a\s+(?:combined\s+)?total)",
    )
)
_AVERAGE_WORD = compile_words(
    r"\b(?:averages?|averaged|mean\s+(?:\w+\s+)?(?:loss|value|cost|amount|"
    r"time|day|week|hour|number|age|wait|length|delay)\w*|means?(?= of| for|\b\W*$)|medians?)\b"
)
_TOTAL_WORD = compile_words(
    r"\b(?:total\w*|combined|together|overall|altogether|sum|in all|joint|both|"
    r"added|plus|aggregate)\b"
)
_ON_AVERAGE = compile_words(r"^\s*(?:\w+\s+)?on average\b")
_POINTS_DOWN = compile_words(r"\b(?:below|following table|the table)\b")
_WEIGHTED = compile_words(r"\bweighted\b|\ball (?:records|victims|reports) (?:taken )?together\b")
_COUNT_COLUMN = compile_words(
    r"\b(?:number|count|counts|reports|records|victims|cases|offences|crimes|"
    r"n|people|total loss(?:es)?)\b"
)


def check_added_averages(paper: PaperText) -> Iterator[Finding]:
    """Find totals of averages in words, in running figures, in tables and in figures' own titles."""
    for passage in paper.prose:
        at = _said(passage) or _added_in_text(passage)
        if at:
            words = "Averages of different groups are added up; the sum is not an average of anything."
            yield paper.finding("added_averages", at, words, NEXT_STEP)
    for table in paper.tables:
        yield from _added_in_table(paper, table)
    yield from _titled(paper)


def _said(passage: Passage) -> Sentence | None:
    for sentence in passage.sentences:
        if any(pattern.search(sentence.text) for pattern in _SUMMED) and not is_denied(sentence.text):
            return sentence
    return None


def _added_in_text(passage: Passage) -> Sentence | None:
    """Two averages and their sum in one passage: the numbers give it away, whatever the words."""
    if not _AVERAGE_WORD.search(passage.text) or _WEIGHTED.search(passage.text):
        return None
    numbers = [q for q in passage.quantities if q.kind in (Kind.MONEY, Kind.NUMBER)]
    for one, other, whole in combinations(numbers, 3):
        for parts, total in (((one, other), whole), ((other, whole), one)):
            if not _is_sum([part.value for part in parts], total.value):
                continue
            if _follows(passage, numbers, one.start) or _ON_AVERAGE.search(passage.text[total.end :]):
                at = next(s for s in passage.sentences if s.start <= total.start < s.end)
                if _TOTAL_WORD.search(at.text) and not is_denied(at.text):
                    return at
    return None


def _follows(passage: Passage, numbers: list[Quantity], first: int) -> bool:
    """The last average word before the numbers has no other number between itself and them."""
    last = max((m.start() for m in _AVERAGE_WORD.finditer(passage.text) if m.start() < first), default=None)
    return last is not None and not any(last < number.start < first for number in numbers)


def _added_in_table(paper: PaperText, table: TableView) -> Iterator[Finding]:
    grid = [[_value(cell) for cell in row] for row in table.cells]
    total_rows = [i for i, row in enumerate(table.cells) if row and TOTAL_LABEL.search(row[0].text)]
    for at in total_rows:
        others = [i for i in range(len(grid)) if i != at and i not in total_rows]
        for column in range(1, len(table.table.header)):
            values = [grid[i][column] if column < len(grid[i]) else None for i in others]
            total = grid[at][column] if column < len(grid[at]) else None
            if _all_sum(values, total) and _holds_averages(paper, table, at, column):
                yield _table_finding(paper, table, table.cells[at][0], table.cells[at][column])
                break
    yield from _added_in_columns(paper, table, grid)


def _added_in_columns(
    paper: PaperText, table: TableView, grid: list[list[float | None]]
) -> Iterator[Finding]:
    totals = [c for c, head in enumerate(table.table.header) if c and TOTAL_LABEL.search(head)]
    for column in totals:
        for at, row in enumerate(grid):
            others = [value for c, value in enumerate(row) if c and c not in totals]
            if (
                column < len(row)
                and _all_sum(others, row[column])
                and _holds_averages(paper, table, at, column)
            ):
                yield _table_finding(paper, table, table.cells[at][0], table.cells[at][column])
                break


def _table_finding(paper: PaperText, table: TableView, label: Passage, cell: Passage) -> Finding:
    words = (
        f"'{label.text.strip()}' ({cell.text.strip()}) is the sum of averages: as a total of "
        f"averages it means nothing."
    )
    figure = cell.links[0].name if cell.links else None
    return paper.finding(
        "added_averages", table, words, NEXT_STEP, figure=figure, quote=f"{label.text} {cell.text}"
    )


def _holds_averages(paper: PaperText, table: TableView, row: int, column: int) -> bool:
    """Say whether a cell's numbers are averages: by their figures, their heads, the caption, the text around."""
    figures = [
        q.figure
        for line in table.cells
        for q in (line[column].quantities if column < len(line) else ())
        if q.figure
    ]
    if figures:
        return all(is_average(figure) for figure in figures)
    head, label = table.table.header[column], table.cells[row][0].text
    if any(_AVERAGE_WORD.search(said) for said in (head, label, table.table.header[0])):
        return True
    if _COUNT_COLUMN.search(head) or any(_AVERAGE_WORD.search(other) for other in table.table.header):
        return False
    if any(
        _COUNT_COLUMN.search(line[0].text) and not TOTAL_LABEL.search(line[0].text)
        for line in table.cells
        if line
    ):
        return bool(_AVERAGE_WORD.search(table.table.caption))
    around = " ".join((table.table.caption, table.table.note, *_leading_in(paper, table)))
    kinds = [q.kind for line in table.cells for q in (line[column].quantities if column < len(line) else ())]
    return (
        bool(_AVERAGE_WORD.search(around))
        and bool(kinds)
        and all(k in (Kind.MONEY, Kind.NUMBER) for k in kinds)
    )


def _leading_in(paper: PaperText, table: TableView) -> Iterator[str]:
    """The words of the table's own paragraph, and of others of its section that point to a table below."""
    for passage in paper.prose:
        points = passage.section == table.section and _POINTS_DOWN.search(passage.text)
        if (passage.unit and passage.unit == table.unit) or (points and passage.order < table.order):
            yield passage.text


def is_average(figure: Figure) -> bool:
    """Say whether a figure is an average, by its measure and its title."""
    measure = figure.name.split("[")[0].split("@")[0].replace("_", " ").replace(".", " ")
    return bool(compile_words(r"\b(?:mean|average|median|trimmed)\b").search(f"{measure} {figure.title}"))


def _titled(paper: PaperText) -> Iterator[Finding]:
    for passage in paper.passages:
        for link in passage.links:
            figure = link.figure
            if figure is None:
                continue
            said = f"{figure.title}. {figure.definition}"
            if any(pattern.search(said) for pattern in _SUMMED) and not is_denied(said):
                words = f"The figure '{figure.title}' is defined as a total of averages."
                yield paper.finding("added_averages", passage, words, NEXT_STEP, figure=figure.name)


def _value(cell: Passage) -> float | None:
    numbers = [q for q in cell.quantities if q.kind in (Kind.MONEY, Kind.NUMBER, Kind.COUNT, Kind.RATE)]
    return numbers[0].value if len(numbers) == 1 else None


def _all_sum(values: list[float | None], total: float | None) -> bool:
    known = [value for value in values if value is not None]
    return total is not None and len(known) >= 2 and len(known) == len(values) and _is_sum(known, total)


def _is_sum(parts: list[float], total: float) -> bool:
    # A penny or a unit of rounding for each part; nothing is a sum where a part is nought.
    exact = all(value == round(value) for value in (*parts, total))
    room = len(parts) * (0.5 if exact else 0.0051) + 1e-6
    return all(part > 0 for part in parts) and abs(sum(parts) - total) <= room
