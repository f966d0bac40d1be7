"""How numbers, years and sentences of running text are read."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.products.board_paper.checks.quantities import find_quantities
from fourfold.products.board_paper.checks.sentences import split_sentences
from fourfold.products.board_paper.checks.time_words import find_times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13,331 to 15,555 (+16.7%)", [("count", 13331), ("count", 15555), ("percent", 16.7)]),
        (
            "+16.7%, 95% interval 14.2% to 19.2%",
            [("percent", 16.7), ("interval level", 0), ("interval bound", 0)],
        ),
        ("+16.7% (+5.0% to +29.5%)", [("percent", 16.7), ("interval bound", 0)]),
        ("5% lower (3,105 to 2,950)", [("percent", 5), ("count", 3105), ("count", 2950)]),
        ("down by 2 percentage points", [("percentage points", 2)]),
        (
            "sixty-five per cent; two thirds of cases; two in three",
            [("percent", 65), ("fraction", 66.7), ("fraction", 66.7)],
        ),
        ("£2.1m and £4,599.00", [("money", 2100000), ("money", 4599)]),
        ("1.2 million people and 400k views", [("count", 1200000), ("count", 400000)]),
        ("all twelve of 12 returns; 785 suspects", [("count", 12), ("count", 12), ("count", 785)]),
        ("aged 70 years or over; the 41- 50-year-old bracket", [("age", 0), ("age", 0)]),
        ("within 5 working days or 24 hours", [("duration", 0), ("duration", 0)]),
        ("Covid-19 on the M6 under NFIB1A and 52B", [("label", 0)] * 4),
        ("38.8 per 1,000", [("number", 38.8), ("label", 0)]),
        ("in 2021, in 2019/20, on 4 March 2022", [("time", 0)] * 3),
        ("2000 reports in 2000", [("count", 2000), ("time", 0)]),
    ],
)
def test_numbers_are_told_apart(text: str, expected: list[tuple[str, float]]) -> None:
    found = [(str(quantity.kind), round(quantity.value, 1)) for quantity in find_quantities(text)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("in 2021", "year", date(2021, 1, 1), date(2021, 12, 31)),
        ("in 2019/20", "financial_year", date(2019, 4, 1), date(2020, 3, 31)),
        ("in 2019/2020", "financial_year", date(2019, 4, 1), date(2020, 3, 31)),
        ("the year to March 2021", "year_to", date(2020, 4, 1), date(2021, 3, 31)),
        ("year ending 31 December 2021", "year_to", date(2021, 1, 1), date(2021, 12, 31)),
        ("April 2019 to March 2020", "month", date(2019, 4, 1), date(2020, 3, 31)),
        ("in February 2020", "month", date(2020, 2, 1), date(2020, 2, 29)),
        ("the Equality Act 2010", "title", None, None),
        ("Office for National Statistics (2020)", "title", None, None),
        ("on 4 March 2022", "day", None, None),
    ],
)
def test_times_are_read(text: str, kind: str, first: date | None, last: date | None) -> None:
    assert [(time.kind, time.first, time.last) for time in find_times(text)] == [(kind, first, last)]


def test_two_whole_years_with_a_dash_are_two_years_and_with_a_stroke_one() -> None:
    assert [time.kind for time in find_times("in 2020 and 2021")] == ["year", "year"]
    assert [time.kind for time in find_times("in 2020–2021")] == ["year", "year"]
    assert [time.kind for time in find_times("between 2020-2021")] == ["year", "year"]
    assert [time.kind for time in find_times("in 2020/2021")] == ["financial_year"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One sentence. Another one.", 2),
        ("See para. 12 and s. 149, e.g. the Act. Then stop.", 2),
        ("Mr. J. Smith and Supt. Green met. They agreed.", 2),
        ("It cost £4.5m. No. 5 is next.", 2),
        ("Losses fell by 4.6%. Why? Nobody knows! It is so.", 4),
        ("Bullets, notes etc. The next sentence.", 2),
        ("“Quoted.” The rest.", 2),
        ("", 0),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count


@given(st.text(alphabet="aB1 .,%£()-–/\n“”'0 9:;", max_size=80))
def test_any_text_can_be_read_and_nothing_overlaps(text: str) -> None:
    found = find_quantities(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    spans = split_sentences(text)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert "".join(text[a:b] for a, b in spans).replace(" ", "").replace("\n", "") == text.replace(
        " ", ""
    ).replace("\n", "")
