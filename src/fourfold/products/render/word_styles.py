"""The styles of a Word file and the list that its paragraph numbers run in."""

from __future__ import annotations

from typing import Any

from fourfold.products.render.word_xml import element

FACE = "Arial"
NUMBERED_LIST = 90
"""The id of the list that paragraph numbers run in; Word's own template uses lower ones."""

_PARAGRAPH_STYLES: tuple[tuple[str, str, int, bool, str, int, int], ...] = (
    # id, name, size in half points, bold, colour, space before and after in twentieths of a point
    ("Normal", "Normal", 22, False, "0B0C0C", 0, 160),
    ("Title", "Title", 52, True, "0B0C0C", 0, 120),
    ("Subtitle", "Subtitle", 26, False, "505A5F", 0, 360),
    ("Heading1", "heading 1", 34, True, "0B0C0C", 480, 180),
    ("Heading2", "heading 2", 26, True, "0B0C0C", 320, 140),
    ("Heading3", "heading 3", 22, True, "0B0C0C", 240, 120),
    ("Caption", "caption", 20, False, "0B0C0C", 280, 100),
    ("TableText", "Table text", 18, False, "0B0C0C", 40, 40),
    ("TableNote", "Table note", 18, False, "505A5F", 80, 240),
    ("Numbered", "Numbered paragraph", 22, False, "0B0C0C", 0, 160),
    ("Notice", "Notice", 22, False, "0B0C0C", 160, 200),
    ("FigureEntry", "Figure entry", 20, True, "0B0C0C", 200, 20),
    ("FigureName", "Figure name", 18, False, "505A5F", 0, 20),
    ("FigureFacts", "Figure facts", 18, False, "0B0C0C", 0, 120),
    ("FootnoteText", "footnote text", 18, False, "0B0C0C", 0, 40),
    ("TOCHeading", "TOC Heading", 28, True, "0B0C0C", 240, 120),
    ("TOC1", "toc 1", 22, False, "0B0C0C", 0, 80),
    ("Header", "header", 18, True, "0B0C0C", 0, 0),
    ("Footer", "footer", 18, True, "0B0C0C", 0, 0),
)
_KEEP_NEXT = frozenset(
    {"Heading1", "Heading2", "Heading3", "Caption", "FigureEntry", "FigureName", "TOCHeading"}
)
_OUTLINE = {"Heading1": 0, "Heading2": 1, "Heading3": 2, "FigureEntry": 1}


def set_styles(document: Any, language: str) -> None:
    """Put the paper's styles, in place of the template's, and the language of the whole file."""
    styles = document.styles.element
    for style_id, name, size, bold, colour, before, after in _PARAGRAPH_STYLES:
        for old in [old for old in styles.style_lst if old.styleId == style_id or old.name_val == name]:
            styles.remove(old)
        styles.append(_paragraph_style(style_id, name, size, bold, colour, before, after))
    # A template's character style that was tied to a paragraph style of that name is now tied to none.
    for tie in styles.xpath("./w:style/w:link"):
        tie.getparent().remove(tie)
    for style in _character_styles():
        styles.append(style)
    styles.append(_table_style())
    defaults = element(
        "rPr",
        element("rFonts", ascii=FACE, hAnsi=FACE, cs=FACE, eastAsia=FACE),
        element("sz", val=22),
        element("szCs", val=22),
        element("lang", val=language, eastAsia=language, bidi="he-IL"),
    )
    styles.remove(styles.find(element("docDefaults").tag))
    styles.insert(0, element("docDefaults", element("rPrDefault", defaults), element("pPrDefault")))


def _paragraph_style(
    style_id: str, name: str, size: int, bold: bool, colour: str, before: int, after: int
) -> Any:
    layout = element("pPr")
    if style_id in _KEEP_NEXT:
        layout.append(element("keepNext"))
    if style_id == "Notice":
        line = element("left", val="single", sz=32, space=8, color="505A5F")
        layout.append(element("pBdr", line))
        layout.append(element("shd", val="clear", color="auto", fill="F3F2F1"))
    layout.append(element("spacing", before=before, after=after, line=264, lineRule="auto"))
    if style_id == "Notice":
        layout.append(element("ind", left=220))
    if style_id in ("Header",):
        layout.append(element("jc", val="center"))
    if style_id in _OUTLINE:
        layout.append(element("outlineLvl", val=_OUTLINE[style_id]))
    looks = element("rPr", element("rFonts", ascii=FACE, hAnsi=FACE, cs=FACE))
    if bold:
        looks.extend([element("b"), element("bCs")])
    looks.extend([element("color", val=colour), element("sz", val=size), element("szCs", val=size)])
    based = None if style_id == "Normal" else element("basedOn", val="Normal")
    after_it = element("next", val="Normal") if style_id in _KEEP_NEXT else None
    style = element("style", element("name", val=name), based, after_it, element("qFormat"), layout, looks)
    return _identified(style, "paragraph", style_id)


def _identified(style: Any, kind: str, style_id: str) -> Any:
    from docx.oxml.ns import qn

    style.set(qn("w:type"), kind)
    style.set(qn("w:styleId"), style_id)
    if style_id == "Normal":
        style.set(qn("w:default"), "1")
    return style


def _character_styles() -> list[Any]:
    look = element("rPr", element("color", val="003078"), element("u", val="single"))
    hyperlink = element("style", element("name", val="Hyperlink"), look)
    raised = element("rPr", element("vertAlign", val="superscript"))
    mark = element("style", element("name", val="footnote reference"), raised)
    return [
        _identified(hyperlink, "character", "Hyperlink"),
        _identified(mark, "character", "FootnoteReference"),
    ]


def _table_style() -> Any:
    line: dict[str, str | int] = {"val": "single", "sz": 4, "space": 0, "color": "B1B4B6"}
    borders = element("tblBorders", element("bottom", **line), element("insideH", **line))
    edge = {"type": "dxa"}
    margins = element("tblCellMar", element("left", w=70, **edge), element("right", w=70, **edge))
    under = element(
        "tcPr", element("tcBorders", element("bottom", val="single", sz=12, space=0, color="0B0C0C"))
    )
    first = element("tblStylePr", under, type="firstRow")
    style = element("style", element("name", val="Paper table"), element("tblPr", borders, margins), first)
    return _identified(style, "table", "PaperTable")


def add_numbering(document: Any) -> Any:
    """Add the list that paragraph numbers run in and return the part that holds all lists."""
    numbering = document.part.numbering_part.element
    level = element(
        "lvl",
        element("start", val=1),
        element("numFmt", val="decimal"),
        element("lvlText", val="%1."),
        element("lvlJc", val="left"),
        element("pPr", element("ind", left=567, hanging=567)),
        ilvl=0,
    )
    abstract = element(
        "abstractNum", element("multiLevelType", val="singleLevel"), level, abstractNumId=NUMBERED_LIST
    )
    numbering.insert(0, abstract)
    numbering.append(element("num", element("abstractNumId", val=NUMBERED_LIST), numId=NUMBERED_LIST))
    return numbering


def restart_at(numbering: Any, number: int) -> int:
    """Return the id of a list that goes on from `number`, for a paper whose numbers leave some out."""
    list_id = max(int(found) for found in numbering.xpath("./w:num/@w:numId")) + 1
    override = element("lvlOverride", element("startOverride", val=number), ilvl=0)
    numbering.append(element("num", element("abstractNumId", val=NUMBERED_LIST), override, numId=list_id))
    return list_id
