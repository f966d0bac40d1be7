"""A paper as a Word file that can be worked on: real headings, running paragraph numbers, real footnotes."""

from __future__ import annotations

import io
from typing import Any

from fourfold.products.document import Document
from fourfold.products.render.layout import lay_out
from fourfold.products.render.pdf import LONGEST_TABLE_BESIDE
from fourfold.products.render.pictures import Pictures
from fourfold.products.render.walk import Plain
from fourfold.products.render.word_frame import add_footnotes, save, set_header_and_footer, set_properties
from fourfold.products.render.word_styles import NUMBERED_LIST, add_numbering, restart_at, set_styles
from fourfold.products.render.word_xml import Writer, element, link, run, words

_NOTICE_COLOURS = {"made_up": "8A3B7D", "missing": "505A5F", "caution": "A83800"}
_PAGE = {"width": 11906, "height": 16838, "side": 1253, "top": 1360, "bottom": 1250}
"""A4 and its margins in twentieths of a point."""


def render_word(document: Document, pictures: Pictures | None = None) -> bytes:
    """Return `document` as a Word file, the same bytes for the same document.

    pictures: charts already drawn, where the paper takes several forms at once.
    Raises DataProblemError where the paper links to a figure or marks a note that it does not hold.
    """
    import docx

    paper = lay_out(document, behind=LONGEST_TABLE_BESIDE, brief=True)
    file = docx.Document()
    set_styles(file, paper["language"])
    set_properties(file, paper, document.made_from.to)
    page = file.sections[0]
    page.page_width, page.page_height = _twips(_PAGE["width"]), _twips(_PAGE["height"])
    page.left_margin = page.right_margin = _twips(_PAGE["side"])
    page.top_margin, page.bottom_margin = _twips(_PAGE["top"]), _twips(_PAGE["bottom"])
    set_header_and_footer(file, paper["marking"])
    _Body(file, pictures or Pictures()).write(paper)
    return save(file)


def _twips(length: int) -> Any:
    from docx.shared import Twips

    return Twips(length)


class _Body:
    """Writes the text of a paper into an empty Word file, block by block."""

    def __init__(self, file: Any, pictures: Pictures) -> None:
        self.file = file
        self.pictures = pictures
        self.writer = Writer()
        self.end = file.element.body.sectPr
        self.numbering = add_numbering(file)
        self.list_id = NUMBERED_LIST
        self.last_number = 0

    def add(self, *made: Any) -> None:
        """Put elements at the end, before the section's own settings, which must stay last."""
        for item in made:
            self.end.addprevious(item)

    def paragraph(
        self, style: str, runs: list[Any], anchor: str = "", properties: tuple[Any, ...] = ()
    ) -> None:
        self.add(self.writer.paragraph(style, runs, anchor=anchor, properties=properties))

    def write(self, paper: Plain) -> None:
        self.paragraph("Normal", words(paper["force_name"], strong=True))
        self.paragraph("Title", words(paper["title"]))
        if paper["subtitle"]:
            self.paragraph("Subtitle", words(paper["subtitle"]))
        sections = paper["sections"] + paper["appendices"]
        self.contents(sections)
        for at, section in enumerate(sections):
            new_page = (element("pageBreakBefore"),) if at == 0 or section is paper["appendices"][0] else ()
            self.paragraph("Heading1", words(section["title"]), section["anchor"], new_page)
            for block in section["blocks"]:
                self.block(block)
        add_footnotes(self.file, paper["notes"], self.writer)

    def contents(self, sections: list[Plain]) -> None:
        """Write a table of contents that is right as it stands and that Word can bring up to date."""
        self.paragraph("TOCHeading", words("Contents"))
        begin = element("r", element("fldChar", fldCharType="begin"))
        instruction = element("instrText")
        instruction.text = ' TOC \\o "1-1" \\n \\h \\z '
        opening = [begin, element("r", instruction), element("r", element("fldChar", fldCharType="separate"))]
        for at, section in enumerate(sections):
            end = [element("r", element("fldChar", fldCharType="end"))] if at == len(sections) - 1 else []
            entry = link(section["anchor"], section["title"])
            self.paragraph("TOC1", [*(opening if at == 0 else []), entry, *end])

    def block(self, block: Plain) -> None:
        kind = block["is"]
        if kind == "paragraph":
            self.text(block)
        elif kind == "heading":
            self.paragraph(f"Heading{block['level']}", words(block["text"]), block["anchor"])
        elif kind == "bullets":
            for item in block["items"]:
                indent = element("ind", left=927, hanging=360)
                self.paragraph("ListBullet", self.writer.runs(item), properties=(indent,))
        elif kind == "notice":
            self.notice(block)
        elif kind == "table":
            self.table(block)
        elif kind == "chart":
            self.chart(block)
        else:
            for entry in block["entries"]:
                self.figure(entry)

    def text(self, block: Plain) -> None:
        runs = self.writer.runs(block["runs"])
        if block["number"] is None:
            self.paragraph("Normal", runs)
            return
        if block["number"] != self.last_number + 1:
            self.list_id = restart_at(self.numbering, block["number"])
        self.last_number = block["number"]
        place = element("numPr", element("ilvl", val=0), element("numId", val=self.list_id))
        self.paragraph("Numbered", runs, block["anchor"], (place,))

    def notice(self, block: Plain) -> None:
        colour = _NOTICE_COLOURS[block["kind"]]
        line = element("pBdr", element("left", val="single", sz=32, space=8, color=colour))
        runs = [*words(f"{block['word']}: ", strong=True), *self.writer.runs(block["runs"])]
        self.paragraph("Notice", runs, properties=(line,))

    def table(self, table: Plain) -> None:
        caption = [*words(f"{table['label']}. ", strong=True), *words(table["caption"])]
        self.paragraph("Caption", caption, table["anchor"])
        self.add(self.writer.table(table))
        self.paragraph("TableNote", words(table["note"]))

    def chart(self, chart: Plain) -> None:
        caption = [*words(f"{chart['label']}. ", strong=True), *words(chart["caption"])]
        self.paragraph("Caption", caption, chart["anchor"])
        png = self.pictures.png(chart["spec"])
        across = int.from_bytes(png[16:20], "big") / 2
        # 640 units of a chart fill the text's width, so that the letters of all charts are of one size.
        width = _twips(round(min(across / 640, 1) * 9400))
        picture = self.file.add_picture(io.BytesIO(png), width=width)
        properties = picture._inline.docPr
        properties.set("descr", chart["alt"])
        properties.set("title", f"{chart['label']}. {chart['caption']}")
        properties.set("name", chart["label"])
        if chart["table"] is None:
            self.paragraph("TableNote", [link(chart["table_anchor"], chart["table_words"])])
        else:
            self.table(chart["table"])

    def figure(self, entry: Plain) -> None:
        self.paragraph("FigureEntry", words(f"{entry['title']}: {entry['value']}"), entry["anchor"])
        self.paragraph("FigureName", words(entry["name"]))
        runs: list[Any] = []
        for term, said in entry["facts"]:
            runs += [*([run("  ·  ")] if runs else []), *words(f"{term}: ", strong=True), *words(said)]
        for at, place in enumerate(entry["places"]):
            runs += [run(", ") if at else run("  ·  "), *([] if at else words("Printed in: ", strong=True))]
            runs.append(link(place["anchor"], place["words"]))
        self.paragraph("FigureFacts", runs)
