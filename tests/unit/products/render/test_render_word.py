"""The Word form, opened again with python-docx: headings, running numbers, notes, alternative text."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from sample import HEBREW_NAME, sample

from fourfold.products.document import Document, MadeFrom, Paragraph, Section, Text
from fourfold.products.render.word import render_word
from fourfold.products.render.word_xml import bookmark_name


@pytest.fixture(scope="module")
def content() -> bytes:
    return render_word(sample())


@pytest.fixture(scope="module")
def file(content):
    return docx.Document(io.BytesIO(content))


def _numbers(file) -> list[tuple[str, str]]:
    """Return each numbered paragraph's list and the first word of its text."""
    return [
        (p._p.pPr.numPr.numId.val, p.text.split()[0])
        for p in file.paragraphs
        if p.style.name == "Numbered paragraph"
    ]


def test_title_language_and_marking(file):
    assert file.core_properties.title == "How the force prevents fraud"
    assert file.core_properties.language == "en-GB"
    assert file.styles.element.xpath("./w:docDefaults//w:lang/@w:val") == ["en-GB"]
    section = file.sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL (made-up data)"
    assert "OFFICIAL (made-up data)" in section.footer.paragraphs[0].text
    fields = section.footer._element.xpath(".//w:fldSimple/@w:instr")
    assert [field.strip() for field in fields] == ["PAGE", "NUMPAGES"]


def test_headings_are_headings(file):
    found = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert found[:4] == [
        ("Heading 1", "Fraud: who was harmed & how"),
        ("Heading 2", "Loss"),
        ("Heading 3", "What was said"),
        ("Heading 1", "Names that try a renderer"),
    ]


def test_numbered_paragraphs_share_one_list_that_never_restarts(file):
    lists = {list_id for list_id, _ in _numbers(file)}
    assert len(_numbers(file)) == 4
    assert len(lists) == 1


def test_a_paper_that_leaves_numbers_out_goes_on_where_it_says():
    blocks = tuple(Paragraph((Text(f"p{number}"),), number) for number in (1, 2, 7, 8))
    made_from = MadeFrom("f", "F", "2021-12", "m", "p", "v", "c")
    paper = Document("T", "", "OFFICIAL", "en-GB", made_from, (Section("s", "S", blocks),))
    file = docx.Document(io.BytesIO(render_word(paper)))
    lists = [list_id for list_id, _ in _numbers(file)]
    assert lists[0] == lists[1] != lists[2] == lists[3]
    starts = file.part.numbering_part.element.xpath(f"./w:num[@w:numId='{lists[2]}']//w:startOverride/@w:val")
    assert starts == ["7"]


def test_each_table_repeats_its_header_row_and_sets_numbers_right(file):
    assert len(file.tables) == 5
    for table in file.tables:
        assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows].count(True) == 1
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    long = max(file.tables, key=lambda table: len(table._tbl.tr_lst))
    sides = [cell.xpath("string(./w:p/w:pPr/w:jc/@w:val)") for cell in long._tbl.tr_lst[5].tc_lst]
    assert sides == ["", "right", "right", "right", ""]


def test_pictures_have_words(file):
    words = [shape._inline.docPr.get("descr") for shape in file.inline_shapes]
    assert words == [
        "A line that rises from 900 to 1,200; no data late in 2019.",
        "Online shopping leads with 2,510.",
    ]


def test_every_link_and_field_leads_to_a_bookmark(file):
    body = file.element.body
    marks = body.xpath(".//w:bookmarkStart/@w:name")
    assert len(marks) == len(set(marks))
    assert all(len(mark) <= 40 for mark in marks)
    assert set(body.xpath(".//w:hyperlink/@w:anchor")) <= set(marks)
    references = [instr.split()[1] for instr in body.xpath(".//w:fldSimple/@w:instr") if "NOTEREF" in instr]
    assert references == ["note_1"]
    assert set(references) <= set(marks)


def test_long_anchors_stay_apart_within_the_forty_characters_word_allows():
    names = {bookmark_name("heading-" + "long-" * 12 + end) for end in ("a", "b")}
    assert len(names) == 2
    assert {len(name) for name in names} == {40}


def test_footnotes_are_words_own(content, file):
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/footnotes.xml"))
    texts = {note.get(qn("w:id")): "".join(note.itertext()).strip() for note in root}
    assert texts["1"] == "Counted as the Counting Rules of April 2021 say."
    assert texts["2"] == "The file for the second half was never sent."
    assert file.element.body.xpath(".//w:footnoteReference/@w:id") == ["1", "2"]


def test_a_name_from_right_to_left_is_marked_as_such(file):
    runs = [r for r in file.element.body.xpath(".//w:r[w:rPr/w:rtl]") if r.text == HEBREW_NAME]
    assert len(runs) == 1


def test_a_suppressed_figure_shows_no_count(file):
    whole = "\n".join(p.text for p in file.paragraphs)
    assert "Reports of hacking (extortion): too few to publish" in whole
    assert "4,177" not in whole


def test_the_same_paper_gives_the_same_bytes_and_no_clock(content):
    assert render_word(sample()) == content
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {1980}
