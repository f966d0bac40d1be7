"""A view over a paper for the checks: its sentences, tables, footnotes and figures with their places.

A unit is one numbered paragraph with all that belongs to it: the unnumbered paragraphs, bullets, tables
and charts that follow until the next number or heading. Where nothing is numbered, every paragraph is a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from fourfold.measures.figure import Figure
from fourfold.products.board_paper.checks.context import CheckContext
from fourfold.products.board_paper.checks.finding import Finding, Severity
from fourfold.products.board_paper.checks.number_patterns import Kind
from fourfold.products.board_paper.checks.quantities import LinkSpan, Quantity, find_quantities
from fourfold.products.board_paper.checks.sentences import split_sentences
from fourfold.products.board_paper.checks.time_words import TimeMention, find_times
from fourfold.products.document import Document, Table


@dataclass(frozen=True)
class Passage:
    """A run of text that stands by itself: a paragraph, a bullet, a cell, a footnote, a heading."""

    kind: str
    """paragraph, bullet, cell, caption, notice, heading, footnote or title."""
    text: str
    place: str
    paragraph: int | None
    section: str
    unit: int
    order: int
    links: tuple[LinkSpan, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return find_quantities(self.text, self.links)

    @cached_property
    def times(self) -> tuple[TimeMention, ...]:
        return find_times(self.text)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(Sentence(self, start, end) for start, end in split_sentences(self.text))


@dataclass(frozen=True)
class Sentence:
    """One sentence of a passage; `start` and `end` are characters of the passage."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(q for q in self.passage.quantities if self.start <= q.start < self.end)

    @cached_property
    def times(self) -> tuple[TimeMention, ...]:
        return tuple(t for t in self.passage.times if self.start <= t.start < self.end)

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(q.figure for q in self.quantities if q.figure is not None)

    def of_kind(self, *kinds: Kind) -> tuple[Quantity, ...]:
        return tuple(q for q in self.quantities if q.kind in kinds)

    def before(self, quantity: Quantity) -> str:
        """The sentence's words before a number."""
        return self.passage.text[self.start : quantity.start]

    def after(self, quantity: Quantity) -> str:
        return self.passage.text[quantity.end : self.end]


@dataclass(frozen=True)
class TableView:
    """A table, or the table that says what a chart shows, with each cell as a passage."""

    table: Table
    cells: tuple[tuple[Passage, ...], ...]
    place: str
    paragraph: int | None
    section: str
    unit: int
    order: int

    @property
    def words(self) -> str:
        """All words of the table, caption and note included."""
        cells = " | ".join(cell.text for row in self.cells for cell in row)
        return " | ".join((self.table.caption, *self.table.header, cells, self.table.note))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        inside = [q for row in self.cells for cell in row for q in cell.quantities]
        around = find_quantities(" | ".join((self.table.caption, *self.table.header, self.table.note)))
        return (*inside, *around)


@dataclass(frozen=True)
class PaperText:
    """A paper as the checks read it."""

    document: Document
    context: CheckContext
    passages: tuple[Passage, ...]
    tables: tuple[TableView, ...]

    @cached_property
    def figures(self) -> dict[str, Figure]:
        return {figure.name: figure for figure in self.document.figures}

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """Paragraphs, bullets, notices and footnotes: what is written in sentences."""
        return tuple(p for p in self.passages if p.kind in ("paragraph", "bullet", "notice", "footnote"))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for passage in self.prose for sentence in passage.sentences)

    @cached_property
    def units(self) -> dict[int, tuple[Passage, ...]]:
        found: dict[int, list[Passage]] = {}
        for passage in self.passages:
            if passage.kind in ("paragraph", "bullet", "notice"):
                found.setdefault(passage.unit, []).append(passage)
        return {unit: tuple(passages) for unit, passages in found.items()}

    def unit_tables(self, unit: int) -> tuple[TableView, ...]:
        return tuple(table for table in self.tables if table.unit == unit)

    def notes_of(self, passages: Iterable[Passage]) -> tuple[Passage, ...]:
        """The footnotes that the passages mark."""
        keys = {key for passage in passages for key in passage.notes}
        return tuple(p for p in self.passages if p.kind == "footnote" and set(p.notes) & keys)

    def near_passages(self, passage: Passage) -> tuple[Passage, ...]:
        """A passage's unit, its footnotes, its section's notices, the paragraphs and sections it points to."""
        own = self.units.get(passage.unit, ()) if passage.unit else ()
        own = own if passage in own else (*own, passage)
        if passage.kind == "footnote":
            own = (
                *own,
                *(p for p in self.passages if p.kind != "footnote" and set(p.notes) & set(passage.notes)),
            )
        notices = (p for p in self.passages if p.kind == "notice" and p.section == passage.section)
        return (*own, *self.notes_of(own), *notices, *self._pointed_to(own))

    def near_words(self, passage: Passage) -> str:
        """All words by which a statement may be made clear: `near_passages` and the unit's tables."""
        if passage.order not in self._near_words:
            self._near_words[passage.order] = self._join_near(passage)
        return self._near_words[passage.order]

    @cached_property
    def _near_words(self) -> dict[int, str]:
        return {}

    def _join_near(self, passage: Passage) -> str:
        words = [near.text for near in self.near_passages(passage)]
        return " \n ".join((*words, *(table.words for table in self.unit_tables(passage.unit))))

    def _pointed_to(self, passages: tuple[Passage, ...]) -> Iterator[Passage]:
        words = " ".join(passage.text for passage in passages)
        numbers = {int(n) for found in _PARAGRAPHS.findall(words) for n in re.findall(r"\d+", found)}
        titles = {s.key for s in self.document.sections if len(s.title) > 4 and _points_at(s.title, words)}
        units = {p.unit for p in passages}
        for passage in self.passages:
            if passage.unit in units or passage.kind not in ("paragraph", "bullet", "notice"):
                continue
            if (passage.paragraph is not None and passage.paragraph in numbers) or passage.section in titles:
                yield passage

    def finding(
        self,
        check: str,
        at: Passage | Sentence | TableView,
        words: str,
        next_step: str,
        *,
        severity: Severity = "error",
        figure: str | None = None,
        quote: str = "",
    ) -> Finding:
        """Make a finding at a passage, a sentence or a table."""
        place = at.passage if isinstance(at, Sentence) else at
        said = quote or (at.text if isinstance(at, (Sentence, Passage)) else "")
        order = place.order * 10_000 + (at.start if isinstance(at, Sentence) else 0)
        return Finding(check, severity, place.place, figure, words, next_step, place.paragraph, said, order)


_PARAGRAPHS = re.compile(r"\bparagraphs?\s+(\d+(?:(?:,\s*|\s+and\s+|\s+to\s+|\s*-\s*)\d+)*)", re.IGNORECASE)


def _points_at(title: str, words: str) -> bool:
    lead = (
        r"(?:see|under|in|note on|section)\s+(?:the\s+)?(?:section\s+|note\s+)?(?:on\s+|"
        r"called\s+)?[\"'“‘]?"
    )
    return re.search(lead + re.escape(title), words, re.IGNORECASE) is not None
