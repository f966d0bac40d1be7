"""Staff text and whole papers in Markdown, read into the blocks of the document model.

A figure is named in double braces (`{{fraud.reports@2021}}`, `{{fraud.reports@now}}`) and the caller's
resolver turns the name into a figure; `{{name|interval}}` prints its interval and `{{name|part}}` one of the
numbers it is made of, by that number's name. A footnote is marked `[^1]` and told as `[^1]: words`. A paragraph
number typed at the start (`13. The force ...`) is a paragraph number, never a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from fourfold.measures.figure import Figure
from fourfold.products.board_paper.markdown_reading import RawHeading, Reading, Resolve, UnknownReference
from fourfold.products.document import Block, Document, Footnote, Heading, MadeFrom, Paragraph, Section

__all__ = ["WHOLE_PAPER", "ParsedText", "Resolve", "UnknownReference", "parse_markdown", "parse_paper"]

WHOLE_PAPER = "paper"
"""The key under which a whole Markdown paper stands in `MadeFrom.staff_text`."""


@dataclass(frozen=True)
class ParsedText:
    """Markdown as blocks of the document model, with what its references came to."""

    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...] = ()
    figures: tuple[Figure, ...] = ()
    unknown: tuple[UnknownReference, ...] = ()
    next_number: int = 1

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(block.text for block in self.blocks if isinstance(block, Heading))


def parse_markdown(
    text: str,
    resolve: Resolve,
    first_number: int = 1,
    number_paragraphs: bool = True,
    *,
    known_names: Iterable[str] = (),
    note_prefix: str = "",
) -> ParsedText:
    """Read staff text into blocks, its paragraphs numbered from `first_number`.

    Where the writer typed paragraph numbers, the paragraphs that carry one are numbered anew in the same
    places and the others continue them; where nobody typed any, every paragraph is numbered. `resolve`
    turns a name as typed (aliases included) into a figure or None; `known_names` are searched for the
    nearest name; `note_prefix` goes before footnote keys so that two texts can stand in one paper.
    """
    reading = Reading(resolve, tuple(known_names), note_prefix)
    blocks = [_settle_heading(block, _shallowest(text)) for block in reading.read(text)]
    numbered = tuple(_renumber(blocks, first_number, number_paragraphs, keep_typed=False))
    last = max(
        (b.number for b in numbered if isinstance(b, Paragraph) and b.number), default=first_number - 1
    )
    return ParsedText(
        numbered, tuple(reading.notes), tuple(reading.figures.values()), tuple(reading.unknown), last + 1
    )


def parse_paper(text: str, resolve: Resolve, *, known_names: Iterable[str] = ()) -> Document:
    """Read a whole paper (`#` title, `##` sections, `###` headings) so that it can be checked.

    Typed paragraph numbers are kept, so that a finding names the paragraph as its writer does.
    """
    reading = Reading(resolve, tuple(known_names), "")
    title, sections, current, key, name = "", list[Section](), list[Block](), "opening", ""
    blocks = tuple(_renumber(reading.read(text), 1, True, keep_typed=True))
    for block in blocks:
        if isinstance(block, RawHeading) and block.depth == 1 and not title:
            title = block.text
        elif isinstance(block, RawHeading) and block.depth <= 2:
            if current or name:
                sections.append(Section(key, name, tuple(current)))
            current, name = [], block.text
            key = (
                f"{_slug(name)}"
                if _slug(name) not in {s.key for s in sections}
                else f"{_slug(name)}-{len(sections)}"
            )
        else:
            current.append(_settle_heading(block, 3))
    sections.append(Section(key, name, tuple(current)))
    made_from = MadeFrom("", "", "", "", "", "", "", staff_text=((WHOLE_PAPER, text),))
    return Document(
        title,
        "",
        "",
        "en-GB",
        made_from,
        tuple(sections),
        tuple(reading.notes),
        tuple(reading.figures.values()),
    )


def _renumber(blocks: Iterable[Block], first: int, wanted: bool, *, keep_typed: bool) -> Iterator[Block]:
    blocks = list(blocks)
    typed = any(isinstance(block, Paragraph) and block.number is not None for block in blocks)
    running = first
    for block in blocks:
        if not isinstance(block, Paragraph) or (typed and block.number is None):
            yield block
        elif not wanted:
            yield replace(block, number=None)
        elif typed and keep_typed:
            yield block
        else:
            yield replace(block, number=running)
            running += 1


def _settle_heading(block: Block, shallowest: int) -> Block:
    if not isinstance(block, RawHeading):
        return block
    return Heading(block.text, 2 if block.depth <= shallowest else 3)


def _shallowest(text: str) -> int:
    return min((len(found) for found in re.findall(r"^(#{1,6})\s", text, re.MULTILINE)), default=2)


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or "section"
