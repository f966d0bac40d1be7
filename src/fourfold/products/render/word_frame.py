"""What stands around the text of a Word file: header, footer, footnotes, properties, fixed bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fourfold.products.render.walk import Plain
from fourfold.products.render.word_xml import Writer, element, run


def set_header_and_footer(document: Any, marking: str) -> None:
    """Put the marking at the head and foot of each page, with the page's number and how many there are."""
    section = document.sections[0]
    section.header.paragraphs[0]._p.append(run(marking))
    footer = section.footer.paragraphs[0]._p
    footer.get_or_add_pPr().append(
        element(
            "tabs",
            element("tab", val="clear", pos=4320),
            element("tab", val="clear", pos=8640),
            element("tab", val="center", pos=4700),
            element("tab", val="right", pos=9400),
        )
    )
    tab = element("r", element("tab"))
    footer.extend(
        [
            tab,
            run(marking),
            element("r", element("tab")),
            run("Page "),
            _field("PAGE"),
            run(" of "),
            _field("NUMPAGES"),
        ]
    )


def _field(instruction: str) -> Any:
    return element("fldSimple", run("1"), instr=f" {instruction} ")


def add_footnotes(document: Any, notes: Sequence[Plain], writer: Writer) -> None:
    """Add Word's own footnotes, numbered as the paper numbers them."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.oxml import serialize_part_xml
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    root = element("footnotes")
    for note_id, kind in ((-1, "separator"), (0, "continuationSeparator")):
        empty = element("p", element("pPr", element("spacing", after=0)), element("r", element(kind)))
        root.append(element("footnote", empty, type=kind, id=note_id))
    for note in notes:
        own_mark = element(
            "r", element("rPr", element("rStyle", val="FootnoteReference")), element("footnoteRef")
        )
        body = writer.paragraph("FootnoteText", [own_mark, run(" "), *writer.runs(note["runs"])])
        root.append(element("footnote", body, id=note["number"]))
    blob = serialize_part_xml(root)
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    settings = document.settings.element
    marks = element("footnotePr", element("footnote", id=-1), element("footnote", id=0))
    place = next(iter(settings.xpath("./w:endnotePr | ./w:compat")), None)
    settings.append(marks) if place is None else place.addprevious(marks)


def set_properties(document: Any, paper: Plain, to: str) -> None:
    """Put title, language and a date that depends on nothing but the paper: the last day its data reach."""
    core = document.core_properties
    core.title, core.subject, core.author = paper["title"], paper["subtitle"], paper["force_name"]
    core.language, core.comments, core.keywords = paper["language"], "", paper["marking"]
    core.last_modified_by, core.revision = paper["force_name"], 1
    found = re.match(r"(\d{4})-(\d\d)", to)
    core.created = core.modified = (
        datetime(int(found[1]), int(found[2]), 1) if found else datetime(2000, 1, 1)
    )


def save(document: Any) -> bytes:
    """Return the file's bytes with the clock's marks taken out of the archive."""
    first, last = io.BytesIO(), io.BytesIO()
    document.save(first)
    with zipfile.ZipFile(first) as told, zipfile.ZipFile(last, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in told.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            kept.writestr(entry, told.read(name))
    return last.getvalue()
