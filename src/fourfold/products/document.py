"""The document model: one paper as plain data, which three renderers turn into HTML, PDF and Word.

A paper is a tree of frozen dataclasses that becomes JSON and back without loss, in a fixed order, so
that the same input gives the same bytes. Numbers stand in it as `FigureLink`s by name; the figures
themselves are listed once in `Document.figures`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from fourfold.measures.figure import Figure


@dataclass(frozen=True)
class Text:
    """A run of words; `strong` and `emphasis` are marks of meaning, not of looks."""

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True)
class FigureLink:
    """A figure in running text or in a cell: its full name and the words printed for it."""

    figure: str
    words: str


@dataclass(frozen=True)
class NoteMark:
    """The mark of a footnote in running text; `note` is the footnote's key."""

    note: str


Inline = Text | FigureLink | NoteMark
Inlines = tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `number` runs through the whole paper, None where it is not numbered."""

    content: Inlines
    number: int | None = None


@dataclass(frozen=True)
class Bullets:
    items: tuple[Inlines, ...]


@dataclass(frozen=True)
class Table:
    """A table with one header row; the first column holds row headers where `row_headers` is set.

    `align` has one letter a column: `l` for words, `r` for numbers.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    align: str = ""
    row_headers: bool = True
    note: str = ""
    key: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart as a Vega-Lite specification in JSON, with words for those who do not see it.

    `table` says the same as the chart; every renderer prints it beside or behind the picture.
    """

    key: str
    caption: str
    alt: str
    spec: str
    table: Table


@dataclass(frozen=True)
class Notice:
    """Something the reader must see first: made-up data, missing data, a limit of the whole section."""

    kind: Literal["made_up", "missing", "caution"]
    content: Inlines


@dataclass(frozen=True)
class Heading:
    """A heading inside a section; level 2 stands below the section's own heading, 3 below that."""

    text: str
    level: Literal[2, 3] = 2


Block = Paragraph | Bullets | Table | Chart | Notice | Heading


@dataclass(frozen=True)
class Section:
    """One section of the paper; `key` is its name in the registry and its anchor."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Footnote:
    key: str
    content: Inlines


@dataclass(frozen=True)
class MadeFrom:
    """All that the paper was made from; `paper rebuild` needs nothing else but the lake."""

    force: str
    force_name: str
    to: str
    manifest: str
    policy: str
    vocabulary: str
    code: str
    overrides: tuple[tuple[str, str], ...] = ()
    """The force's own policy and vocabulary files, by relative name, whole."""
    staff_text: tuple[tuple[str, str], ...] = ()
    """The staff text by section key, whole."""
    made_up: bool = False


@dataclass(frozen=True)
class Document:
    """A whole paper."""

    title: str
    subtitle: str
    marking: str
    language: str
    made_from: MadeFrom
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...] = ()
    figures: tuple[Figure, ...] = ()
    findings: tuple[tuple[str, str, str, str], ...] = ()
    """What the paper's own checks found: severity, check, place, words."""

    def figure(self, name: str) -> Figure:
        """Return a figure by its full name; raises KeyError if the paper has none of that name."""
        for figure in self.figures:
            if figure.name == name:
                return figure
        raise KeyError(name)


KINDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        Text,
        FigureLink,
        NoteMark,
        Paragraph,
        Bullets,
        Table,
        Chart,
        Notice,
        Heading,
        Section,
        Footnote,
    )
}


def to_json(document: Document) -> str:
    """Return the document as JSON text: the same document gives the same bytes."""
    return json.dumps(_plain(document), ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Document:
    """Read a document back, equal to the one that was written; raises ValueError for another shape."""
    plain = json.loads(text)
    try:
        return Document(
            **{
                **plain,
                "made_from": MadeFrom(**{key: _tuples(value) for key, value in plain["made_from"].items()}),
                "sections": _built(plain["sections"]),
                "footnotes": _built(plain["footnotes"]),
                "figures": tuple(Figure.from_json(figure) for figure in plain["figures"]),
                "findings": _tuples(plain["findings"]),
            }
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is not a paper that Fourfold wrote: {error}") from error


def _plain(value: Any) -> Any:
    if isinstance(value, Figure):
        return value.to_json()
    if is_dataclass(value) and not isinstance(value, type):
        body = {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
        return {"is": type(value).__name__, **body} if type(value).__name__ in KINDS else body
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _built(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_built(item) for item in value)
    if isinstance(value, dict):
        return KINDS[value["is"]](**{key: _built(item) for key, item in value.items() if key != "is"})
    return value


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
