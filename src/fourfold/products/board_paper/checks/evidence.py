"""Which counts stand behind a percentage: where they are looked for, and when they are enough.

A percentage rests on counts if they are printed where its reader is: in the same paragraph or bullet, in
a footnote marked there, in the table or chart of the same paragraph, or (for a paragraph that leads in a
list) in the bullets below. An appendix alone is not enough. A share needs one of its counts; a change
needs both, so that a reader can see how small the numbers are. Counts belong to a percentage if the
percentage comes out of them, so that the counts of one thing do not stand in for those of another.
"""

from __future__ import annotations

from itertools import combinations

from fourfold.measures.figure import Figure
from fourfold.products.board_paper.checks.lexicon import CHANGE, compile_words
from fourfold.products.board_paper.checks.number_patterns import Kind
from fourfold.products.board_paper.checks.paper_text import PaperText, Passage, Sentence, TableView
from fourfold.products.board_paper.checks.quantities import Quantity

TARGET = compile_words(
    r"\b(?:targets?|thresholds?|goals?|standard|benchmark|requirement|trigger|limit|expectation|aims?|"
    r"hope|ambition|plan)\s+"
    r"(?!(?:\w+\s+){0,2}(?:met|missed|reached|achieved|hit|exceeded)\b)(?:(?:of|is|was|at|set|to|for|"
    r"remains?|stays?|be|reach|a|about)\s+){1,4}$|"
    r"\b(?:must|should|aims?\s+(?:to|for|at)|aiming\s+(?:to|for)|required\s+to|expected\s+to|if|unless|"
    r"rates? of (?:VAT|interest))\s+[^;%,]{0,40}$|"
    r"\b(?:asks?|asked|wants?|wanted|agreed|needs?|ought|is|are)\b[^;%]{0,30}\bto be\s+$|\b(?:VAT|"
    r"interest|inflation|tax)\s+(?:at|of|is|was|rate of)\s+$"
)
TARGET_AFTER = compile_words(
    r"^\s*(?:(?:compliance|completion)\s+)?(?:targets?|threshold|goal|"
    r"standard|benchmark|limit|tolerance|VAT|confidence)\b"
)
_CHANGE_BEFORE = compile_words(
    rf"\b{CHANGE}\b[^;%]{{0,60}}$|\bby\s+(?:about\s+|around\s+|some\s+|"
    rf"over\s+|almost\s+)?$"
)
_CHANGE_BRACKET = compile_words(rf"\b{CHANGE}\b[^;%\d]{{0,25}}\(\s*$")
_LEVEL_BEFORE = compile_words(
    r"\b(?:from|to|at|was|were|is|are|than|against|up|had|have|for|in)\s+(?:just\s+|only\s+|about\s+|"
    r"around\s+|over\s+|some\s+|been\s+)?$|\d\s*\($"
)
_LEVEL_AFTER = compile_words(r"^\s*(?:of|to)\b")
_CHANGE_AFTER = compile_words(rf"^\s*(?:{CHANGE}|more|fewer|less|higher|lower|up|down)\b")
_TABLE_WORDS = compile_words(
    r"\b(?:tables?|charts?|figures?)\b[^;]{0,30}\b(?:above|below|shows?|"
    r"gives?|sets? out)\b|\b(?:table|chart)\s+\d+\b|\bthe (?:table|chart)\b"
)
_ROUGHLY = compile_words(
    r"\b(?:about|around|almost|nearly|over|more than|some|roughly|approximately|"
    r"just under|up to)\s+$"
)
_ENOUGH_FOR_CHANGE = 2


def is_change(sentence: Sentence, quantity: Quantity) -> bool:
    """Say whether a percentage is a change between two counts and not a share of one."""
    if quantity.figure is not None:
        return quantity.figure.unit == "percent_change"
    text = sentence.passage.text[quantity.start : quantity.end]
    if text[:1] in "+-−" or _CHANGE_AFTER.search(sentence.after(quantity)):
        return True
    before = sentence.before(quantity)
    if _CHANGE_BRACKET.search(before) and not _LEVEL_AFTER.search(sentence.after(quantity)):
        return True
    if _LEVEL_BEFORE.search(before) or _LEVEL_AFTER.search(sentence.after(quantity)):
        return False
    return bool(_CHANGE_BEFORE.search(before))


def is_target(sentence: Sentence, quantity: Quantity) -> bool:
    """Say whether a percentage is a rule or an aim and not something measured."""
    return bool(TARGET.search(sentence.before(quantity)) or TARGET_AFTER.search(sentence.after(quantity)))


def counts_near(paper: PaperText, passage: Passage) -> tuple[Quantity, ...]:
    """Return the counts printed where the reader of `passage` is."""
    found = list(_counts(passage.quantities))
    for note in paper.notes_of((passage,)):
        found += _counts(note.quantities)
    for table in tables_near(paper, passage):
        found += _counts(table.quantities)
    if passage.kind == "paragraph":
        for other in paper.units.get(passage.unit, ()):
            found += _counts(other.quantities) if other.kind == "bullet" else ()
    if passage.kind == "footnote":
        for other in paper.near_passages(passage):
            found += _counts(other.quantities) if other is not passage else ()
    return tuple(found)


def tables_near(paper: PaperText, passage: Passage) -> tuple[TableView, ...]:
    """The tables of a passage's own paragraph, and those of its section where its words point to one."""
    own = paper.unit_tables(passage.unit) if passage.unit else ()
    if _TABLE_WORDS.search(passage.text):
        return (*own, *(t for t in paper.tables if t.section == passage.section and t not in own))
    return own


def is_backed(paper: PaperText, sentence: Sentence, quantity: Quantity) -> bool:
    """Say whether a percentage stands on counts that its reader sees."""
    passage = sentence.passage
    near = counts_near(paper, passage)
    change = is_change(sentence, quantity)
    if quantity.figure is not None and quantity.figure.parts and _parts_printed(quantity.figure, near):
        return True
    if _comes_out(sentence, quantity, [abs(count.value) for count in near], change):
        return True
    if not change:
        return bool(near)
    # A figure's change may rest on rates or on days of unlike length: its own counts need not give it.
    linked = quantity.link is not None and len(_counts(sentence.quantities)) >= _ENOUGH_FOR_CHANGE
    return linked or _table_backs(paper, sentence, quantity)


def _counts(quantities: tuple[Quantity, ...]) -> list[Quantity]:
    return [q for q in quantities if q.kind is Kind.COUNT]


def _parts_printed(figure: Figure, near: tuple[Quantity, ...]) -> bool:
    """A figure's own counts are printed: both of a change, one of a share."""
    whole = {value for _, value in figure.parts if float(value).is_integer()}
    whole |= {float(figure.n)} if figure.n is not None else set()
    printed = {count.value for count in near} & whole
    wanted = _ENOUGH_FOR_CHANGE if figure.unit == "percent_change" else 1
    return len(printed) >= min(wanted, len(whole)) > 0


def _comes_out(sentence: Sentence, quantity: Quantity, counts: list[float], change: bool) -> bool:
    """Two of the counts give the percentage: as a change, a share, or one part of two."""
    percent = abs(quantity.value)
    room = 0.51 if percent.is_integer() else 0.06
    if _ROUGHLY.search(sentence.before(quantity)):
        room = 1.5
    for one, other in combinations(counts[:40], 2):
        small, large = sorted((one, other))
        if large <= 0:
            continue
        ways = [100 * (large - small) / large, 100 * (large - small) / small if small else 0.0]
        ways += (
            [] if change else [100 * small / large, 100 * one / (one + other), 100 * other / (one + other)]
        )
        if any(abs(way - percent) <= room for way in ways):
            return True
    return False


def _table_backs(paper: PaperText, sentence: Sentence, quantity: Quantity) -> bool:
    """A table of the same paragraph prints this percentage in a row with counts."""
    for table in tables_near(paper, sentence.passage):
        for row in table.cells:
            inside = [q for cell in row for q in cell.quantities]
            same = any(q.kind is Kind.PERCENT and abs(q.value - quantity.value) < 0.5 for q in inside)
            if same and any(q.kind is Kind.COUNT for q in inside):
                return True
    return False
