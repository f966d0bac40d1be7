"""A document laid out as a `PaperText`: every passage with its place, its unit and its links."""

from __future__ import annotations

from dataclasses import dataclass, field

from fourfold.measures.figure import Figure
from fourfold.products.board_paper.checks.context import CheckContext
from fourfold.products.board_paper.checks.paper_text import PaperText, Passage, TableView
from fourfold.products.board_paper.checks.quantities import LinkSpan
from fourfold.products.document import (
    Block,
    Bullets,
    Chart,
    Document,
    FigureLink,
    Heading,
    Inlines,
    NoteMark,
    Notice,
    Paragraph,
    Section,
    Table,
    Text,
)


def read_paper(document: Document, context: CheckContext) -> PaperText:
    """Lay out a document for the checks."""
    layout = _Layout({figure.name: figure for figure in document.figures}, document)
    layout.add("title", (Text(f"{document.title}. {document.subtitle}".strip(". ")),), place="the title")
    for section in document.sections:
        layout.section(section)
    for number, note in enumerate(document.footnotes, start=1):
        layout.unit, layout.paragraph, layout.section_key = 0, None, ""
        layout.add("footnote", note.content, place=f"footnote {number}", notes=(note.key,))
    return PaperText(document, context, tuple(layout.passages), tuple(layout.tables))


@dataclass
class _Layout:
    figures: dict[str, Figure]
    document: Document
    passages: list[Passage] = field(default_factory=list)
    tables: list[TableView] = field(default_factory=list)
    section_key: str = ""
    section_title: str = ""
    unit: int = 0
    last_unit: int = 0
    paragraph: int | None = None
    order: int = 0
    after_heading: bool = True

    def section(self, section: Section) -> None:
        self.section_key, self.section_title = section.key, section.title
        self._heading(section.title)
        for block in section.blocks:
            self._block(block)

    def _heading(self, title: str) -> None:
        self.unit, self.paragraph, self.after_heading = 0, None, True
        if title:
            self.add("heading", (Text(title),), place=f"heading '{title}'")

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._open_unit(block)
                self.add("paragraph", block.content)
            case Bullets():
                self._open_unit(None)
                for item in block.items:
                    self.add("bullet", item)
            case Table():
                self._table(block)
            case Chart():
                self.add(
                    "caption", (Text(f"{block.caption}. {block.alt}"),), place=f"chart '{block.caption}'"
                )
                self._table(block.table)
            case Notice():
                self.add("notice", block.content)
            case Heading():
                self._heading(block.text)

    def _open_unit(self, paragraph: Paragraph | None) -> None:
        """Begin a unit at a number, after a heading, and at every paragraph of a paper without numbers."""
        number = paragraph.number if paragraph else None
        unnumbered = paragraph is not None and self.paragraph is None and not self.after_heading
        if number is not None or unnumbered or self.unit == 0:
            self.last_unit += 1
            self.unit, self.paragraph = self.last_unit, number
        self.after_heading = False

    def _table(self, table: Table) -> None:
        if self.unit == 0:
            self._open_unit(None)
        self.order += 1
        order, place = self.order, f"table '{table.caption}'"
        place = f"{self._place()}, {place}" if self.paragraph is not None else place
        if table.caption:
            self.add("caption", (Text(table.caption),), place=place)
        rows = tuple(tuple(self.add("cell", cell, place=place) for cell in row) for row in table.rows)
        if table.note:
            self.add("caption", (Text(table.note),), place=place)
        self.tables.append(TableView(table, rows, place, self.paragraph, self.section_key, self.unit, order))

    def _place(self) -> str:
        if self.paragraph is not None:
            return f"paragraph {self.paragraph}"
        return f"section '{self.section_title}'" if self.section_title else "the opening"

    def add(self, kind: str, content: Inlines, *, place: str = "", notes: tuple[str, ...] = ()) -> Passage:
        text, links, marks = "", [], list(notes)
        for inline in content:
            match inline:
                case Text():
                    text += inline.text
                case FigureLink():
                    end = len(text) + len(inline.words)
                    links.append(LinkSpan(len(text), end, inline.figure, self.figures.get(inline.figure)))
                    text += inline.words
                case NoteMark():
                    marks.append(inline.note)
        self.order += 1
        where = place or self._place()
        passage = Passage(
            kind,
            text,
            where,
            self.paragraph,
            self.section_key,
            self.unit,
            self.order,
            tuple(links),
            tuple(marks),
        )
        self.passages.append(passage)
        return passage
