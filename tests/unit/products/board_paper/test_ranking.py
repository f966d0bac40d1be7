"""The greatest rises, and which of them are more than chance among all compared."""

from datetime import date

import pytest
from paper_in_small import BEFORE, NOW, paper_of

from fourfold.measures.figure import State
from fourfold.products.board_paper.publishing import hidden
from fourfold.products.board_paper.ranking import greatest_rises
from fourfold.products.board_paper.tables import Comparison, Row
from fourfold.records import FraudReport
from measure_records import each_month

PERIODS = Comparison(NOW, BEFORE)
SENT = each_month("2020-01..2021-12", "reported_on", nfib_code=None)


def spread(code, before, now, month=None):
    """Reports of a code: so many a month in each year, or all in one month."""
    rows = []
    for year, number in ((2020, before), (2021, now)):
        for index in range(number):
            rows.append({"reported_on": date(year, month or index % 12 + 1, 3), "nfib_code": code})
    return rows


def rises(*rows, most=5, least=20, prepare=lambda paper: None):
    paper = paper_of({FraudReport: [*SENT, *(row for some in rows for row in some)]})
    prepare(paper)
    base = paper.name("fraud.reports@now")
    codes = sorted({row["nfib_code"] for some in rows for row in some})
    kinds = [Row(code, base.with_slice(nfib_code=code)) for code in codes]
    return greatest_rises(paper, kinds, PERIODS, most, least, 0.05)


def test_greatest_first_falls_and_small_bases_left_out():
    found = rises(
        spread("A", 40, 60),
        spread("B", 40, 90),
        spread("C", 90, 40),
        spread("D", 19, 90),
        spread("E", 40, 40),
    )
    assert [(rise.row.words, rise.change.words) for rise in found] == [("B", "+125.0%"), ("A", "+50.0%")]
    assert len(rises(spread("A", 40, 60), spread("B", 40, 90), most=1)) == 1
    assert rises(spread("D", 19, 90)) == []


def test_chance_among_many_does_not_stand_out():
    # 60 to 85 has p = 0.046 alone; among five compared that is one false alarm in the making.
    alone = rises(spread("A", 60, 85))
    assert alone[0].stands_out
    among = rises(spread("A", 60, 85), *(spread(code, 60, 60) for code in "BCDE"))
    assert [(rise.row.words, rise.stands_out) for rise in among] == [("A", False)]


def test_a_rise_that_falls_into_one_month_does_not_stand_out_and_its_interval_agrees():
    # 30 more in one month of twelve: 90 against 60 has p = 0.02 by chance alone.
    lumped = spread("A", 60, 60) + [{"reported_on": date(2021, 3, 9), "nfib_code": "A"}] * 30
    (rise,) = rises(lumped)
    assert rise.change.words == "+50.0%"
    assert rise.change.lower < 0
    assert not rise.stands_out


@pytest.mark.parametrize("now", [120, 200])
def test_a_kind_that_the_paper_hides_has_no_place_in_the_ranking(now):
    def hide(paper):
        change = paper.name("fraud.reports.change[nfib_code=A]@now~before")
        paper.keep(hidden(paper.figures.get(change)))

    found = rises(spread("A", 40, now), spread("B", 40, 60), prepare=hide)
    assert [rise.row.words for rise in found] == ["B"]
    assert all(rise.change.state is State.KNOWN for rise in found)


def test_looking_for_the_greatest_does_not_print_the_others():
    paper = paper_of({FraudReport: [*SENT, *spread("A", 40, 60)]})
    row = Row("A", paper.name("fraud.reports[nfib_code=A]@now"))
    greatest_rises(paper, [row], PERIODS, 5, 20, 0.05)
    assert paper.figures_used == {}
