"""What is settled for all forms at once: numbers, links that lead somewhere, each chart drawn once."""

from dataclasses import replace

import pytest
from sample import sample

from fourfold.home import DataProblemError
from fourfold.products.document import FigureLink, NoteMark, Paragraph, Section, Table, Text
from fourfold.products.render import RENDERERS, pictures, render_all
from fourfold.products.render.characters import clean, split_by_direction
from fourfold.products.render.layout import lay_out


def _with(*blocks):
    return replace(sample(3), sections=(Section("s", "S", blocks),))


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (Paragraph((FigureLink("fraud.none@2021", "7"),), 1), "prints fraud.none@2021"),
        (Paragraph((NoteMark("nowhere"),), 1), "marks the footnote 'nowhere'"),
        (Table("Uneven", ("A", "B"), (((Text("1"),),),)), "'Uneven' has 1 cells, its header 2"),
    ],
)
def test_a_paper_with_a_link_to_nowhere_is_not_printed(block, said):
    with pytest.raises(DataProblemError, match=said):
        lay_out(_with(block))


def test_anchors_stay_apart_where_two_things_are_called_the_same():
    paper = lay_out(_with(Paragraph((Text("a"),), 1), Paragraph((Text("b"),), 1)))
    assert [block["anchor"] for block in paper["sections"][0]["blocks"]] == ["paragraph-1", "paragraph-1-2"]


def test_what_the_paper_was_made_from_is_said_once_where_asked():
    def made_from(brief: bool) -> list[bool]:
        appendix = next(
            a for a in lay_out(sample(3), brief=brief)["appendices"] if a["anchor"] == "section-figures"
        )
        return [
            any(term == "Made from" for term, _ in entry["facts"])
            for entry in appendix["blocks"][1]["entries"]
        ]

    assert made_from(False) == [True] * 5
    assert made_from(True) == [False, True, False, False, False]  # only the one made from another manifest


def test_each_chart_is_drawn_once_for_all_three_forms(monkeypatch):
    drawn: list[str] = []
    draw = pictures.to_svg
    monkeypatch.setattr(pictures, "to_svg", lambda spec: (drawn.append(spec), draw(spec))[1])
    files = render_all(sample(3))
    assert list(files) == list(RENDERERS) == ["html", "pdf", "docx"]
    assert len(drawn) == len(set(drawn)) == 2


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("a\x00b\x1fc", "abc"),
        ("line\nend\ttab", "line end tab"),
        ("\ud800x\ufffe", "x"),
        ("Zoë 王", "Zoë 王"),
    ],
)
def test_characters_that_no_format_allows_are_dropped(told, kept):
    assert clean(told) == kept


def test_two_right_to_left_words_are_one_run_and_numbers_after_them_are_not():
    assert split_by_direction("by רחל כהן (12)") == [("by ", False), ("רחל כהן", True), (" (12)", False)]
