"""The HTML form: whole, in order, asking nothing of other hosts, every link with its target."""

import itertools
import re
from dataclasses import replace

import pytest
from lxml import html as lxml_html
from sample import ABSENT, ARABIC_NAME, FEW, FIGURES, HEBREW_NAME, sample

from fourfold.products.render.html import inline_svg, render_html


@pytest.fixture(scope="module")
def text() -> str:
    return render_html(sample())


@pytest.fixture(scope="module")
def page(text):
    return lxml_html.document_fromstring(text)


def test_it_has_a_language_a_title_a_skip_link_and_the_marking_at_both_ends(page):
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == "How the force prevents fraud (OFFICIAL (made-up data))"
    skip = page.xpath("//body/a[1]")[0]
    assert page.get_element_by_id(skip.get("href")[1:]).tag == "main"
    for end in ("header", "footer"):
        assert "OFFICIAL (made-up data)" in page.find(f".//{end}").text_content()


def test_nothing_is_asked_of_any_host(text, page):
    assert not page.xpath("//script | //link | //img | //iframe | //object | //*[@src] | //*[@srcset]")
    assert all(link.startswith("#") for link in page.xpath("//@href"))
    assert not re.search(r"url\((?!#)|@import|https?:|[\"'(]//", text)


def test_every_id_is_used_once_and_every_link_has_its_target(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = [link[1:] for link in page.xpath("//@href")]
    assert set(links) <= set(ids)
    labels = " ".join(page.xpath("//@aria-labelledby")).split()
    assert set(labels) <= set(ids)


def test_every_figure_has_an_entry_and_its_links_lead_there(page):
    names = [code.text_content() for code in page.xpath("//div[@class='entry']//code")]
    assert names == [figure.name for figure in FIGURES]
    link = next(a for a in page.xpath("//p//a[@class='figure']") if a.text == "+16.7%")
    entry = page.get_element_by_id(link.get("href")[1:]).text_content()
    for said in (
        "Change in dating scams: +16.7%",
        "+9.2% to +24.6% (95%)",
        "1,155 records",
        "3 records that should say it and do not",
        "calendar year 2020",
        "The counting rules changed in April 2021.",
        "manifest m-000041, policy p-7c1d, vocabulary v-99ab, code 0.1.0+5f2e",
        "made up",
        "paragraph 1",
    ):
        assert said in entry


def _entry(page, name: str) -> str:
    return next(e.text_content() for e in page.xpath("//div[@class='entry']") if name in e.text_content())


def test_a_suppressed_figure_shows_no_count_at_all(page):
    entry = _entry(page, FEW)
    assert "too few to publish" in entry
    assert "4,177" not in entry
    assert "4177" not in entry


def test_a_missing_figure_says_why_and_nothing_reads_as_zero(page):
    entry = _entry(page, ABSENT)
    assert "not available" in entry
    assert "No file covers October 2019 to March 2020." in entry
    assert entry.count("not counted") == 2


def test_headings_go_down_one_step_at_a_time_from_a_single_first(page):
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_paragraph_numbers_run_through(page):
    assert [p.text_content() for p in page.xpath("//*[@class='count']")] == ["1.", "2.", "3.", "4."]


def test_tables_have_captions_and_scopes(page):
    for table in page.xpath("//table"):
        assert table.findtext("caption/strong")
        assert all(cell.get("scope") in ("col", "row") for cell in table.xpath(".//th"))
        assert len(table.xpath("./thead/tr")) == 1
    assert len(page.xpath("//table[@id='table-1']/tbody/tr")) == 120


def test_charts_have_a_name_a_description_and_their_numbers_beside_them(page):
    pictures = page.xpath("//*[local-name()='svg']")
    assert len(pictures) == 2
    for picture in pictures:
        assert picture.get("role") == "img"
        assert picture.findtext("title")
        assert picture.findtext("desc")
        assert not picture.xpath(".//*[@aria-roledescription or @role]")
    assert len(page.xpath("//figure/details//table")) == 2


def test_notes_are_numbered_by_first_mark_and_link_back_to_each(page):
    notes = page.xpath("//ol[@class='notes']/li")
    assert ["Counted as" in notes[0].text_content(), "never sent" in notes[1].text_content()] == [True, True]
    assert len(notes[0].xpath(".//a[starts-with(@href, '#note-1-mark')]")) == 2
    assert "No mark in the text leads here." in page.get_element_by_id("section-other-notes").text_content()


def test_a_notice_is_a_word_not_a_colour_alone(page):
    words = [word.text for word in page.xpath("//div[@role='note']//strong[@class='word']")]
    assert words == ["Made-up data", "Missing", "Caution"]


def test_text_is_never_read_as_markup(text):
    assert "&lt;b&gt;not bold&lt;/b&gt;" in text
    assert "Median loss &lt;stated&gt;" in text
    assert "\x07" not in text


def test_markup_in_a_title_or_in_the_words_of_a_figure_is_shown_not_obeyed():
    figure = replace(FIGURES[0], source="<script>1</script>")
    told = replace(sample(3), title="<script>2</script>", marking="<b>3</b>", figures=(figure, *FIGURES[1:]))
    page = lxml_html.document_fromstring(render_html(told))
    assert not page.xpath("//script")
    assert not page.xpath("//header//b")
    assert page.find(".//h1").text == "<script>2</script>"


def test_the_ids_of_two_charts_cannot_meet():
    svg = '<svg width="9" viewBox="0 0 9 9"><clipPath id="clip0"/><g clip-path="url(#clip0)"/></svg>'
    made = inline_svg(svg, {"anchor": "chart-7", "label": "Chart 7", "caption": "A & B", "alt": r"a \1 <b>"})
    assert '<clipPath id="chart-7-clip0"/><g clip-path="url(#chart-7-clip0)"/>' in made
    assert '<title id="chart-7-title">Chart 7: A &amp; B</title>' in made
    assert r'<desc id="chart-7-desc">a \1 &lt;b&gt;</desc>' in made


def test_names_from_right_to_left_are_kept_apart_from_what_follows(page):
    assert [bdi.text for bdi in page.xpath("//p//bdi")] == [HEBREW_NAME, ARABIC_NAME]


def test_findings_of_the_checks_are_listed(page):
    assert "share read as volume" in page.get_element_by_id("section-findings").text_content()


def test_the_same_paper_gives_the_same_text(text):
    assert render_html(sample()) == text
