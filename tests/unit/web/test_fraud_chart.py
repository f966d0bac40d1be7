"""The charts of the fraud desk: what they draw and say, and what they leave out."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.urls import reverse

from fourfold.home import Home
from fourfold.pipeline.desk_figures import months_of
from fourfold.web.fraud.chart import LEAST_MONTHS, MONTHS_SHOWN, months_chart, rises_chart
from fraud_records import REPORTS, fraud_lake


def months(number: int) -> list[tuple[date, float]]:
    return [(date(2017 + place // 12, place % 12 + 1, 1), float(place)) for place in range(number)]


def test_the_line_is_named_and_says_lowest_highest_and_last_of_the_months_shown() -> None:
    drawn = months_chart(months(MONTHS_SHOWN + 4))
    assert drawn is not None
    assert '<svg role="img"' in drawn
    assert "Fraud and cyber reports by month" in drawn
    assert "Lowest 4 in May 2017, highest 39 in April 2020, 39 in April 2020." in drawn


def test_lockdowns_and_breaks_of_the_months_shown_are_marked_and_said() -> None:
    drawn = months_chart([(date(2020 + place // 12, place % 12 + 1, 1), 5.0) for place in range(24)])
    assert drawn is not None
    words = re.sub(r"<[^>]+>", " ", drawn)
    assert "Shaded: first national lockdown, second national lockdown, third national lockdown." in words
    assert "lockdown" not in (months_chart(months(24)) or "lockdown"), "2017 and 2018 had none"


def test_too_few_months_make_no_line_and_no_rise_makes_no_bars() -> None:
    assert months_chart(months(LEAST_MONTHS - 1)) is None
    assert rises_chart([]) is None


def test_a_month_that_was_not_sent_is_said_to_be_missing_and_is_no_nought(register: Any) -> None:
    from fourfold.web.fraud.views.overview import every_month

    told = [(date(2021, 1, 1), 5.0), (date(2021, 3, 1), 0.0)]
    assert every_month(told) == [(date(2021, 3, 1), 0.0), (date(2021, 2, 1), None), (date(2021, 1, 1), 5.0)]
    assert every_month([]) == []


def test_the_page_has_both_charts_and_the_months_in_numbers_and_leaves_the_month_under_way_out(
    web: Home, register: Any, browse: Any
) -> None:
    with fraud_lake(web):
        page = browse("analyst").get(reverse("fraud:overview")).content.decode()
        assert len(re.findall(r'<svg role="img"', page)) == 2
        of_december = sum(row["reported_on"] >= date(2021, 12, 1) for row in REPORTS)
        assert re.search(rf">December 2021</th><td[^>]*>{of_december}</td>", page)
        before = months_of(web, "fraud.reports", "aldermere", date(2021, 12, 1))
        assert before[-1][0] == date(2021, 11, 1)
