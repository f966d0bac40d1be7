"""The XML of Word written directly: python-docx takes minutes over tables that Word itself opens at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fourfold.products.render.characters import split_by_direction
from fourfold.products.render.walk import Plain

NAMESPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = f"{{{NAMESPACES['w']}}}"


def element(tag: str, *children: Any, **attributes: str | int) -> Any:
    """Return `<w:tag>` with `w:` attributes and children; None among the children is left out."""
    from docx.oxml.parser import oxml_parser

    own = {f"{W}{key}": str(value) for key, value in attributes.items()}
    made = oxml_parser.makeelement(f"{W}{tag}", own, NAMESPACES)
    made.extend([child for child in children if child is not None])
    return made


def run(
    text: str, *, strong: bool = False, emphasis: bool = False, style: str = "", right: bool = False
) -> Any:
    """Return one run of text; `right` marks words that run from right to left."""
    properties: list[Any] = []
    if style:
        properties.append(element("rStyle", val=style))
    if strong:
        properties += [element("b"), element("bCs")]
    if emphasis:
        properties += [element("i"), element("iCs")]
    if right:
        properties.append(element("rtl"))
    words = element("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", element("rPr", *properties) if properties else None, words)


def words(text: str, **marks: Any) -> list[Any]:
    """Return `text` as runs, each of one direction."""
    return [run(piece, right=right, **marks) for piece, right in split_by_direction(text)]


def link(anchor: str, text: str, style: str = "Hyperlink") -> Any:
    return element("hyperlink", *words(text, style=style), anchor=bookmark_name(anchor), history=1)


def bookmark_name(anchor: str) -> str:
    """Return an anchor as Word writes bookmarks: letters, digits and underlines, at most 40 of them."""
    name = anchor.replace("-", "_")
    if len(name) > 40:
        from hashlib import sha256

        name = f"{name[:27]}_{sha256(name.encode()).hexdigest()[:12]}"
    return name


class Writer:
    """Makes paragraphs and tables with ids that are each used once in the file."""

    def __init__(self) -> None:
        self._bookmarks = 0
        self.notes_marked: set[int] = set()

    def bookmark(self, anchor: str) -> list[Any]:
        """Return the start and end of a bookmark for `anchor`; none for an empty one."""
        if not anchor:
            return []
        self._bookmarks += 1
        name = bookmark_name(anchor)
        start = element("bookmarkStart", id=self._bookmarks, name=name)
        return [start, element("bookmarkEnd", id=self._bookmarks)]

    def runs(self, content: Iterable[Plain]) -> list[Any]:
        """Return running text: words, links to figures, marks of footnotes."""
        made: list[Any] = []
        for item in content:
            if item["is"] == "text":
                made += words(item["text"], strong=item["strong"], emphasis=item["emphasis"])
            elif item["is"] == "figure":
                made.append(link(item["anchor"], item["words"]))
            else:
                made += self._mark(item)
        return made

    def _mark(self, item: Plain) -> list[Any]:
        """Mark a footnote; its second mark is a reference to the first, for Word has each note once."""
        style = element("rPr", element("rStyle", val="FootnoteReference"))
        if item["first"]:
            start, end = self.bookmark(item["anchor"])
            return [start, element("r", style, element("footnoteReference", id=item["number"])), end]
        instruction = f" NOTEREF {bookmark_name(item['anchor'])} \\f \\h "
        number = run(str(item["number"]), style="FootnoteReference")
        return [element("fldSimple", number, instr=instruction)]

    def paragraph(
        self, style: str, runs: Iterable[Any], *, anchor: str = "", properties: Iterable[Any] = ()
    ) -> Any:
        opening = element("pPr", element("pStyle", val=style), *properties)
        return element("p", opening, *self.bookmark(anchor), *runs)

    def table(self, table: Plain) -> Any:
        """Return a table whose first row is a header that Word repeats on each page."""
        widths = _widths(table)
        settings = element(
            "tblPr",
            element("tblStyle", val="PaperTable"),
            element("tblW", w=sum(widths), type="dxa"),
            element("tblLayout", type="fixed"),
            element(
                "tblLook", firstRow=1, firstColumn=int(table["row_headers"]), noHBand=1, noVBand=1, val="04A0"
            ),
            element("tblCaption", val=f"{table['label']}. {table['caption']}"),
        )
        grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
        head = element("trPr", element("cantSplit"), element("tblHeader"))
        header = [words(cell, strong=True) for cell in table["header"]]
        rows = [element("tr", head, *self._cells(header, table["align"], widths))]
        for row in table["rows"]:
            cells = self._cells([self.runs(cell) for cell in row], table["align"], widths)
            rows.append(element("tr", element("trPr", element("cantSplit")), *cells))
        return element("tbl", settings, grid, *rows)

    def _cells(self, cells: list[list[Any]], align: list[str], widths: list[int]) -> list[Any]:
        made: list[Any] = []
        for runs, side, width in zip(cells, align, widths, strict=True):
            properties = [element("jc", val="right")] if side == "r" else []
            paragraph = self.paragraph("TableText", runs, properties=properties)
            made.append(element("tc", element("tcPr", element("tcW", w=width, type="dxa")), paragraph))
        return made


def _widths(table: Plain, whole: int = 9400) -> list[int]:
    """Return column widths by the longest text of each, in twentieths of a point, at most `whole` in all."""
    asked: list[int] = []
    for at, cell in enumerate(table["header"]):
        lengths = [
            sum(len(run.get("text", run.get("words", "1"))) for run in row[at]) for row in table["rows"]
        ]
        longest_word = max(map(len, cell.split()), default=1)
        asked.append(max(longest_word, *lengths, 4) * 105 + 230)
    # A long column gives way, a short one does not: numbers stay on one line.
    fair = whole
    while sum(min(width, fair) for width in asked) > whole and fair > 700:
        fair -= 50
    return [min(width, fair) for width in asked]
