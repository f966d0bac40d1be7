"""The PDF form: tagged, titled, in English, with words for each picture, and the same bytes each time."""

import io

import pytest
from pypdf import PdfReader
from sample import ARABIC_NAME, HEBREW_NAME, sample

from fourfold.products.render import characters
from fourfold.products.render.characters import covered, replace_missing
from fourfold.products.render.pdf import render_pdf, replaced_characters


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(sample())


@pytest.fixture(scope="module")
def reader(pdf) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


@pytest.fixture(scope="module")
def pages(reader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_it_is_tagged_named_and_in_british_english(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (pypdf's own boolean)
    assert str(root["/Lang"]).lower() == "en-gb"
    assert reader.metadata.title == "How the force prevents fraud"
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712


def test_it_declares_pdf_ua_1(reader):
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


def _structure(node, found: list) -> list:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            _structure(child, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(node)
        if "/K" in node:
            _structure(node["/K"], found)
    return found


def test_every_picture_has_its_words_and_every_table_its_headers(reader):
    nodes = _structure(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], [])
    kinds = [node["/S"] for node in nodes]
    words = [str(node["/Alt"]) for node in nodes if node["/S"] == "/Figure"]
    assert words == [
        "A line that rises from 900 to 1,200; no data late in 2019.",
        "Online shopping leads with 2,510.",
    ]
    assert kinds.count("/Table") == 5  # findings, made from, the long one, and both charts' numbers
    assert kinds.count("/TH") == 5 + 2 + 2 + 4 + 2
    assert "/Note" in kinds
    assert "/H1" in kinds


def test_each_page_has_the_marking_and_its_number_of_how_many(pages):
    for number, page in enumerate(pages, 1):
        assert page.count("OFFICIAL (made-up data)") == 2
        assert f"Page {number} of {len(pages)}" in page


def test_a_long_table_repeats_its_header_on_each_page(pages):
    held = [page for page in pages if "Rose in the second half" in page]
    assert len(held) > 2
    assert all("What is known" in page for page in held)


def test_a_suppressed_figure_shows_no_count(pages):
    whole = " ".join(pages)
    assert "too few to publish" in whole
    assert "4,177" not in whole


def test_the_long_table_of_a_chart_stands_behind_and_the_short_one_beside(pages):
    behind = next(at for at, page in enumerate(pages) if "Data for chart 1. Fraud" in page)
    beside = next(at for at, page in enumerate(pages) if "Data for chart 2. Reports" in page)
    assert beside < behind
    assert any("Data for chart 1 as a table" in page for page in pages[:behind])


def test_what_the_typeface_lacks_is_replaced_and_reported(pages):
    replaced = replaced_characters(sample())
    assert set("王小明🎉") <= set(replaced)
    assert set(ARABIC_NAME) - {" "} <= set(replaced)
    assert not set(HEBREW_NAME) & set(replaced)
    assert "U+1F389 party popper" in pages[-1]


def test_only_glyphs_all_four_faces_have_count_as_covered():
    known = covered()
    assert all(ord(char) in known for char in "AZaz09£€–’ŁłΩЖ□→−")
    assert not any(ord(char) in known for char in "王م🎉✓")


def test_joiners_of_an_emoji_leave_no_mark_of_their_own():
    found: dict[str, int] = {}
    assert replace_missing("👩\u200d👧\ufe0f", found).replace("\u200d", "") == "□□"
    assert found == {"👩": 1, "👧": 1}


def test_a_flag_spelt_in_tags_is_one_mark():
    found: dict[str, int] = {}
    england = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    assert replace_missing(england, found) == "□"


def test_a_glyph_that_one_face_lacks_is_not_covered(monkeypatch):
    coverage = iter([{65, 66}, {65, 67}, {65, 66}, {65}])
    monkeypatch.setattr(characters, "_read_coverage", lambda font: next(coverage))
    assert characters.covered.__wrapped__() == {65}


def test_the_same_paper_gives_the_same_bytes(pdf):
    assert render_pdf(sample()) == pdf
