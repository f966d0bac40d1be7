"""One walk through a paper in reading order: what gets a number, an anchor and a link.

Each block becomes plain values (dictionaries, lists, text), which Jinja, typst and the Word writer read
alike, so that a table has one number and a note one mark in every form of the paper.
"""

from __future__ import annotations

import re
from typing import Any

from fourfold.home import DataProblemError
from fourfold.products.document import (
    Block,
    Bullets,
    Chart,
    Document,
    FigureLink,
    Heading,
    Inlines,
    Notice,
    Paragraph,
    Section,
    Table,
    Text,
)
from fourfold.products.render.characters import clean

Plain = dict[str, Any]

NOTICE_WORDS = {"made_up": "Made-up data", "missing": "Missing", "caution": "Caution"}


class Walk:
    """The state of one walk through a paper: what has been numbered, named and linked so far."""

    def __init__(self, document: Document, behind: int | None) -> None:
        self.footnotes = {note.key: note for note in document.footnotes}
        self.behind = behind
        self.behind_tables: list[Plain] = []
        self.note_numbers: dict[str, int] = {}
        self.note_marks: dict[str, list[str]] = {}
        self.places: dict[str, dict[str, str]] = {}
        self.printed: dict[Table, Plain] = {}
        self._in_notes = False
        self._counts: dict[str, int] = {}
        self._taken: set[str] = set()
        self.figures = {
            figure.name: self.anchor(f"figure-{number}") for number, figure in enumerate(document.figures, 1)
        }

    def count(self, kind: str) -> int:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return self._counts[kind]

    def anchor(self, wanted: str) -> str:
        """Return `wanted` as an anchor that nothing else in the paper has."""
        base = re.sub(r"[^A-Za-z0-9]+", "-", wanted).strip("-") or "place"
        name, extra = base, 1
        while name in self._taken:
            extra += 1
            name = f"{base}-{extra}"
        self._taken.add(name)
        return name

    def section(self, section: Section) -> Plain:
        anchor = self.anchor(f"section-{section.key}")
        title = clean(section.title)
        blocks = [self.block(block, title, anchor) for block in section.blocks]
        return {"anchor": anchor, "title": title, "blocks": blocks}

    def block(self, block: Block, title: str, section: str) -> Plain:
        match block:
            case Heading():
                anchor = self.anchor(f"heading-{block.text}")
                return {"is": "heading", "text": clean(block.text), "level": block.level, "anchor": anchor}
            case Paragraph():
                return self.paragraph(block, title, section)
            case Bullets():
                return {"is": "bullets", "items": [self.runs(item, title, section) for item in block.items]}
            case Notice():
                runs = self.runs(block.content, title, section)
                return {"is": "notice", "kind": block.kind, "word": NOTICE_WORDS[block.kind], "runs": runs}
            case Table():
                number = self.count("table")
                laid = self.table(block, f"Table {number}", self.anchor(f"table-{number}"))
                self.printed[block] = laid
                return laid
            case Chart():
                return self.chart(block)

    def paragraph(self, block: Paragraph, title: str, section: str) -> Plain:
        if block.number is None:
            return {
                "is": "paragraph",
                "number": None,
                "anchor": "",
                "runs": self.runs(block.content, title, section),
            }
        anchor = self.anchor(f"paragraph-{block.number}")
        runs = self.runs(block.content, f"paragraph {block.number}", anchor)
        return {"is": "paragraph", "number": block.number, "anchor": anchor, "runs": runs}

    def table(self, block: Table, label: str, anchor: str) -> Plain:
        width = len(block.header)
        align = (block.align + "l" * width)[:width]
        place = label[0].lower() + label[1:]
        for row in block.rows:
            if len(row) != width:
                raise DataProblemError(
                    f"A row of '{block.caption}' has {len(row)} cells, its header {width}.",
                    "Mend the section that writes this table.",
                )
        return {
            "is": "table",
            "anchor": anchor,
            "label": label,
            "caption": clean(block.caption),
            "header": [clean(cell) for cell in block.header],
            "align": list(align),
            "row_headers": block.row_headers,
            "rows": [[self.runs(cell, place, anchor) for cell in row] for row in block.rows],
            "note": clean(block.note),
        }

    def chart(self, block: Chart) -> Plain:
        number = self.count("chart")
        anchor = self.anchor(f"chart-{number}")
        standing = self.printed.get(block.table)
        # A table that stands just before its chart is not printed a second time.
        table = standing or self.table(
            block.table, f"Data for chart {number}", self.anchor(f"chart-{number}-data")
        )
        moved = standing is None and self.behind is not None and len(block.table.rows) > self.behind
        if moved:
            self.behind_tables.append(table)
        return {
            "is": "chart",
            "anchor": anchor,
            "label": f"Chart {number}",
            "caption": clean(block.caption),
            "alt": clean(block.alt),
            "spec": block.spec,
            "table": None if moved or standing else table,
            "table_anchor": table["anchor"],
            "table_words": f"The same in {table['label']}"
            if standing
            else f"Data for chart {number} as a table",
        }

    def runs(self, content: Inlines, place: str, anchor: str) -> list[Plain]:
        """Lay out running text that stands in `place` (words) at `anchor`."""
        out: list[Plain] = []
        for inline in content:
            if isinstance(inline, Text):
                text = clean(inline.text)
                out.append({"is": "text", "text": text, "strong": inline.strong, "emphasis": inline.emphasis})
            elif isinstance(inline, FigureLink):
                out.append(
                    {
                        "is": "figure",
                        "words": clean(inline.words),
                        "anchor": self._figure(inline.figure),
                        "name": inline.figure,
                    }
                )
                self.places.setdefault(inline.figure, {}).setdefault(anchor, place)
            else:
                out.append(self._note(inline.note))
        return out

    def _figure(self, name: str) -> str:
        if name not in self.figures:
            raise DataProblemError(
                f"The paper prints {name}, which is not among its figures.",
                "Add it where the section is made.",
            )
        return self.figures[name]

    def _note(self, key: str) -> Plain:
        if key not in self.footnotes or self._in_notes:
            why = "inside another footnote" if self._in_notes else "which it does not hold"
            raise DataProblemError(
                f"The paper marks the footnote '{key}', {why}.", "Mend it where the section is made."
            )
        marks = self.note_marks.setdefault(key, [])
        number = self.note_numbers.setdefault(key, len(self.note_numbers) + 1)
        mark = self.anchor(f"note-{number}-mark")
        marks.append(mark)
        return {
            "is": "note",
            "number": number,
            "anchor": f"note-{number}",
            "mark": mark,
            "first": len(marks) == 1,
        }

    def notes(self) -> list[Plain]:
        """Return the notes that are marked, in the order of their first marks."""
        self._in_notes = True
        laid: list[Plain] = []
        for key, number in self.note_numbers.items():
            anchor = self.anchor(f"note-{number}")
            runs = self.runs(self.footnotes[key].content, f"note {number}", anchor)
            laid.append({"number": number, "anchor": anchor, "runs": runs, "marks": self.note_marks[key]})
        return laid
