"""One pass over one Markdown text: what it holds as blocks, footnotes, figures and unknown references."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from fourfold.home import WrongUseError
from fourfold.measures.figure import Figure
from fourfold.measures.words import say_interval, say_number
from fourfold.products.document import (
    Block,
    Bullets,
    FigureLink,
    Footnote,
    Heading,
    Inline,
    Inlines,
    NoteMark,
    Notice,
    Paragraph,
    Table,
    Text,
)

Resolve = Callable[[str], Figure | None]

_REFERENCE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")
# A footnote runs on over the lines that follow, until a blank one or one that begins something else.
_NOTE_TOLD = re.compile(
    r"^[ ]{0,3}\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?![ \t]*$|[ ]{0,3}(?:\[\^|[-*+•#|>]|\d{1,3}[.)]\s)).*)*)",
    re.MULTILINE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NUMBERED = re.compile(r"^\s{0,3}(\d{1,3})[.)]\s+\S")
_CAPTION = re.compile(r"^(?:table(?:\s+\d+)?\s*:\s*|:\s+)", re.IGNORECASE)
_TABLE_NOTE = re.compile(r"^(?:notes?|source)\s*:", re.IGNORECASE)
# A held reference travels through the Markdown parser as one character run of the private-use area,
# so that brackets, underscores and bars inside a figure's name are never taken for marks.
_HELD = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True)
class UnknownReference:
    """A figure that the text names and the resolver does not know; `hint` is the nearest name, or ''."""

    name: str
    hint: str = ""


@dataclass(frozen=True)
class RawHeading(Heading):
    """A heading with its depth as written (1 for `#`), before it is settled into levels 2 and 3."""

    depth: int = 2


@dataclass
class Reading:
    """One pass over one text: what is held out of the parser's way, and what was found."""

    resolve: Resolve
    known_names: tuple[str, ...]
    note_prefix: str
    held: list[Inline] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)
    unknown: list[UnknownReference] = field(default_factory=list)
    notes: list[Footnote] = field(default_factory=list)
    last_typed: int = 0
    heading: str = ""

    def read(self, text: str) -> list[Block]:
        plain = _COMMENT.sub("", text.replace("\r\n", "\n").replace("\ufeff", ""))
        plain = re.sub(r"^(\s*)[•▪●]\s+", r"\1- ", plain, flags=re.MULTILINE)
        told = [(key, re.sub(r"\s*\n\s*", " ", words).strip()) for key, words in _NOTE_TOLD.findall(plain)]
        body = self._hold(_NOTE_TOLD.sub("", plain))
        self.notes = [Footnote(self.note_prefix + key, self._inline_text(words)) for key, words in told]
        tree = SyntaxTreeNode(_parser().parse(_part_numbered(body)))
        return _join_captions([block for node in tree.children for block in self._blocks(node)], self)

    def _hold(self, text: str) -> str:
        def reference(found: re.Match[str]) -> str:
            return self._keep(self._figure(found.group(1)))

        def mark(found: re.Match[str]) -> str:
            return self._keep(NoteMark(self.note_prefix + found.group(1)))

        return _NOTE_MARK.sub(mark, _REFERENCE.sub(reference, text))

    def _keep(self, inline: Inline) -> str:
        self.held.append(inline)
        return f"\ue000{len(self.held) - 1}\ue001"

    def _figure(self, reference: str) -> Inline:
        """A figure's value, or what stands behind a bar: its `interval`, or one of its parts by name."""
        name, _, aspect = (piece.strip() for piece in reference.partition("|"))
        try:
            figure = self.resolve(name)
        except WrongUseError:
            figure = None
        if figure is None:
            near = difflib.get_close_matches(name, self.known_names, n=1, cutoff=0.6)
            self.unknown.append(UnknownReference(name, near[0] if near else ""))
            return Text("{{" + reference + "}}")
        words = aspect_words(figure, aspect)
        if words is None:
            parts = ", ".join(("interval", *(part for part, _ in figure.parts)))
            self.unknown.append(UnknownReference(reference, f"{name}| with one of: {parts}"))
            return Text("{{" + reference + "}}")
        self.figures.setdefault(figure.name, figure)
        return FigureLink(figure.name, words)

    def _inline_text(self, words: str) -> Inlines:
        tree = SyntaxTreeNode(_parser().parseInline(self._hold(words)))
        return self.inlines(tree.children[0]) if tree.children else ()

    def inlines(self, node: SyntaxTreeNode, strong: bool = False, emphasis: bool = False) -> Inlines:
        found: list[Inline] = []
        for child in node.children:
            if child.type in ("strong", "em"):
                found += self.inlines(child, strong or child.type == "strong", emphasis or child.type == "em")
            elif child.type in ("softbreak", "hardbreak"):
                found.append(Text(" ", strong, emphasis))
            elif child.type == "link" or (child.children and child.type == "inline"):
                found += self.inlines(child, strong, emphasis)
            else:
                found += self._restore(child.content, strong, emphasis)
        return _merge(found)

    def _restore(self, words: str, strong: bool, emphasis: bool) -> Iterator[Inline]:
        for place, part in enumerate(_HELD.split(words)):
            if place % 2:
                yield self.held[int(part)]
            elif part:
                yield Text(part, strong, emphasis)

    def _blocks(self, node: SyntaxTreeNode) -> Iterator[Block]:
        if node.type == "heading":
            self.heading = _plain(self.inlines(node))
            yield RawHeading(self.heading, 2, int(node.tag[1]))
        elif node.type == "ordered_list":
            yield from self._ordered(node)
        elif node.type == "bullet_list":
            yield from self._bullets(list(node.children))
        elif node.type == "blockquote":
            content = [self.inlines(child) for child in node.children if child.type == "paragraph"]
            yield Notice("caution", _merge([part for words in content for part in (*words, Text(" "))][:-1]))
        elif node.type == "table":
            yield self._table(node)
        elif node.type == "paragraph":
            yield self._paragraph(self.inlines(node))
        elif node.content.strip():
            yield Paragraph(tuple(self._restore(node.content.strip(), False, False)))

    def _paragraph(self, content: Inlines) -> Paragraph:
        # `13\. text` reaches us as a plain paragraph: the number was still typed as a paragraph's.
        if content and isinstance(content[0], Text) and (typed := _NUMBERED.match(content[0].text)):
            self.last_typed = int(typed.group(1))
            rest = re.sub(r"^\s*\d{1,3}[.)]\s+", "", content[0].text)
            return Paragraph((replace(content[0], text=rest), *content[1:]), self.last_typed)
        return Paragraph(content)

    def _ordered(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """An ordered list: the paper's numbered paragraphs, a list inside one of them, or one after the other."""
        listed: list[SyntaxTreeNode] = []
        previous = 0
        for item in node.children:
            typed = int(item.info or 0)
            carries_on = typed == self.last_typed + 1 and typed != previous + 1
            starts_list = not previous and (typed <= self.last_typed or self._after_colon(node, typed))
            if starts_list or (listed and not carries_on):
                listed.append(item)
            else:
                yield from self._bullets(listed)
                listed = []
                yield from self._numbered_item(item, typed)
            previous = typed
        yield from self._bullets(listed)

    def _numbered_item(self, item: SyntaxTreeNode, typed: int) -> Iterator[Block]:
        self.last_typed = max(typed, self.last_typed + 1)
        number: int | None = self.last_typed
        for child in item.children:
            if child.type == "paragraph":
                yield Paragraph(self.inlines(child), number)
                number = None
            else:
                yield from self._blocks(child)

    def _after_colon(self, node: SyntaxTreeNode, typed: int) -> bool:
        """A numbered list that a colon leads in is a list, unless it carries on the paragraphs' numbers."""
        before = node.previous_sibling
        led_in = before is not None and _plain(self.inlines(before)).rstrip().endswith(":")
        return led_in and not (self.last_typed and typed == self.last_typed + 1)

    def _bullets(self, items: list[SyntaxTreeNode]) -> Iterator[Block]:
        """Bullets, inner lists flattened; a table or quotation inside a bullet stands after it."""
        gathered: list[Inlines] = []
        for block in (part for item in items for part in self._item(item)):
            if isinstance(block, tuple):
                gathered.append(block)
                continue
            if gathered:
                yield Bullets(tuple(gathered))
                gathered = []
            yield block
        if gathered:
            yield Bullets(tuple(gathered))

    def _item(self, item: SyntaxTreeNode) -> Iterator[Inlines | Block]:
        own = [child for child in item.children if child.type == "paragraph"]
        words = [part for child in own for part in (*self.inlines(child), Text(" "))]
        yield _merge(words[:-1])
        for child in item.children:
            if child.type in ("bullet_list", "ordered_list"):
                for inner in child.children:
                    yield from self._item(inner)
            elif child.type != "paragraph":
                yield from self._blocks(child)

    def _table(self, node: SyntaxTreeNode) -> Table:
        rows = [[cell for cell in row.children] for part in node.children for row in part.children]
        header = tuple(_plain(self.inlines(cell)) for cell in rows[0])
        body = tuple(tuple(self.inlines(cell) for cell in row) for row in rows[1:])
        align = "".join(_alignment(cell, column, body) for column, cell in enumerate(rows[0]))
        return Table(self.heading or "Table", header, body, align, row_headers=align[:1] == "l")


def aspect_words(figure: Figure, aspect: str) -> str | None:
    """Say a figure's value, its `interval` or one of its parts; None for an aspect it does not have."""
    if not aspect:
        return figure.words
    if aspect == "interval":
        return say_interval(figure) or "no interval"
    part = figure.part(aspect)
    if part is None:
        return None
    return say_number(part, "GBP" if figure.unit == "GBP" else "", 0 if float(part).is_integer() else 1)


def _parser() -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .disable(["code", "html_block", "html_inline"])
    )


def _part_numbered(text: str) -> str:
    """Set a blank line before each typed paragraph number: Markdown would run `14.` on into paragraph 13."""
    lines: list[str] = []
    last = 0
    for line in text.split("\n"):
        typed = _NUMBERED.match(line)
        if typed and (last == 0 or int(typed.group(1)) == last + 1):
            if lines and lines[-1].strip() and last:
                lines.append("")
            last = int(typed.group(1))
        lines.append(line)
    return "\n".join(lines)


def _join_captions(blocks: list[Block], reading: Reading) -> list[Block]:
    """Give each table the caption (`Table: words`) before or after it and the note (`Note: words`) after it."""
    joined: list[Block] = []
    for block in blocks:
        words = _plain(block.content).strip() if isinstance(block, Paragraph) else ""
        last = joined[-1] if joined else None
        if isinstance(block, Table) and isinstance(last, Paragraph) and _CAPTION.match(_plain(last.content)):
            joined[-1] = replace(block, caption=_CAPTION.sub("", _plain(last.content)).strip())
        elif isinstance(last, Table) and _CAPTION.match(words):
            joined[-1] = replace(last, caption=_CAPTION.sub("", words).strip())
        elif (
            isinstance(last, Table)
            and isinstance(block, Paragraph)
            and not block.number
            and _TABLE_NOTE.match(words)
        ):
            joined[-1] = replace(last, note=words)
        else:
            joined.append(block)
    return joined


def _alignment(cell: SyntaxTreeNode, column: int, body: tuple[tuple[Inlines, ...], ...]) -> str:
    if "right" in str(cell.attrs.get("style", "")):
        return "r"
    words = [_plain(row[column]).strip() for row in body if column < len(row)]
    return "r" if column and words and all(re.match(r"^[+\-£]?\d", word) for word in words if word) else "l"


def _merge(inlines: Iterable[Inline]) -> Inlines:
    merged: list[Inline] = []
    for inline in inlines:
        last = merged[-1] if merged else None
        if isinstance(inline, Text) and isinstance(last, Text) and _joins(last, inline):
            merged[-1] = replace(last, text=last.text + inline.text)
        else:
            merged.append(inline)
    return tuple(inline for inline in merged if not isinstance(inline, Text) or inline.text)


def _plain(inlines: Inlines) -> str:
    """The words of a run without its marks."""
    return "".join(
        part.text if isinstance(part, Text) else part.words if isinstance(part, FigureLink) else ""
        for part in inlines
    )


def _joins(last: Text, more: Text) -> bool:
    """Two runs of text are one where their marks are the same, or where the second is only space."""
    return (last.strong, last.emphasis) == (more.strong, more.emphasis) or not more.text.strip()
