"""Tables of two periods: the small counts that are hidden, and what is hidden so that they stay so."""

from datetime import date

import pytest
from paper_in_small import BEFORE, NOW, paper_of, words

from fourfold.measures.figure import State
from fourfold.products.board_paper.tables import Comparison, Row, capital, comparison
from fourfold.records import Crime, StreetCrime
from measure_records import each_month

PERIODS = Comparison(NOW, BEFORE)
HIDDEN = "too few to publish"
EMPTY = each_month("2020-01..2021-12", "recorded_on", district="Elsewhere", ho_code="46")


def thefts(**districts):
    """Thefts from the person by district: before and now."""
    rows = list(EMPTY)
    for district, (before, now) in districts.items():
        for day, count in ((date(2020, 5, 5), before), (date(2021, 5, 5), now)):
            rows += [{"recorded_on": day, "district": district, "ho_code": "39"}] * count
    return rows


def table(threshold=5, with_total=True, measure="crime.theft_from_person", **districts):
    paper = paper_of({Crime: thefts(**districts)}, threshold)
    base = paper.name(f"{measure}@now")
    rows = [Row(district, base.with_slice(district=district)) for district in districts]
    total = Row("All", base) if with_total else None
    return paper, words(comparison(paper, "By district", "District", rows, PERIODS, total))


def test_a_row_has_both_counts_the_change_and_its_interval():
    _, (row,) = table(with_total=False, North=(100, 150))
    assert row[:4] == ["North", "100", "150", "+50.0%"]
    assert row[4].startswith("+")
    assert " to +" in row[4]


def test_a_small_count_is_hidden_with_its_change_and_nought_is_shown():
    _, rows = table(with_total=False, North=(100, 3), South=(0, 20), West=(4, 0))
    assert rows[0][1:] == ["100", HIDDEN, HIDDEN, "none"]
    assert rows[1][1:] == ["0", "20", "not stated", "none"]
    assert rows[2][1:] == [HIDDEN, "0", HIDDEN, "none"]


def test_a_second_row_is_hidden_where_the_total_would_give_the_first_away():
    paper, rows = table(North=(100, 3), South=(50, 60), West=(70, 80))
    assert [row[2] for row in rows] == [HIDDEN, HIDDEN, "80", "143"]  # 143 - 80 - 60 would be 3
    assert [row[1] for row in rows] == ["100", "50", "70", "220"]
    assert [row[3] for row in rows][:2] == [HIDDEN, HIDDEN]  # 50 and the change would give 60 away
    appendix = paper.figures_used[str(paper.name("crime.theft_from_person[district=South]@now"))]
    assert (appendix.value, appendix.n, appendix.parts) == (None, None, ())


def test_the_change_of_a_row_hidden_for_another_s_sake_tells_nothing_where_it_has_no_percentage():
    # None before: the change has no percentage, but its counts stood beside it.
    paper, rows = table(North=(100, 3), South=(0, 60), West=(70, 80))
    assert rows[1][1:] == ["0", HIDDEN, HIDDEN, "none"]
    change = paper.figures_used[str(paper.name("crime.theft_from_person.change[district=South]@now~before"))]
    assert (change.state, change.n, change.parts) == (State.SUPPRESSED, None, ())


def test_the_total_is_hidden_where_no_other_row_is_left_to_hide():
    # Five ones are hidden, and a total of five would say that each of them is one.
    _, rows = table(A=(0, 1), B=(0, 1), C=(0, 1), D=(0, 1), E=(0, 1))
    assert [row[2] for row in rows] == [HIDDEN] * 6
    _, (row, total) = table(A=(0, 3))
    assert (row[2], total[2]) == (HIDDEN, HIDDEN)


def test_a_small_total_is_hidden_itself():
    _, rows = table(A=(9, 2), B=(9, 1))
    assert [row[2] for row in rows] == [HIDDEN] * 3


def test_an_internal_paper_and_open_data_hide_nothing():
    _, rows = table(threshold=None, North=(100, 3), South=(50, 60))
    assert rows[0][2] == "3"
    months = each_month("2020-01..2021-12", "month")
    paper = paper_of({StreetCrime: [*months, {"month": date(2021, 5, 1), "crime_type": "Robbery"}]})
    base = paper.name("open.crimes@now")
    kinds = [Row(kind, base.with_slice(crime_type=kind)) for kind in ("Robbery", "Burglary")]
    found = words(comparison(paper, "Open", "Kind", kinds, PERIODS, Row("All", base)))
    assert [row[2] for row in found] == ["1", "12", "13"]


def test_what_is_not_loaded_is_not_available_and_never_suppressed():
    paper = paper_of({Crime: each_month("2021", "recorded_on", ho_code="39", district="North")})
    base = paper.name("crime.all@now")
    rows = words(
        comparison(
            paper, "x", "x", [Row("North", base.with_slice(district="North"))], PERIODS, Row("All", base)
        )
    )
    assert rows == [[one, "not available", "12", "not available", "none"] for one in ("North", "All")]


@pytest.mark.parametrize(("text", "said"), [("year to March", "Year to March"), ("", ""), ("2021", "2021")])
def test_a_heading_begins_with_a_capital(text, said):
    assert capital(text) == said
