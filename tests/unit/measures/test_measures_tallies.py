"""Tallies: measures that are counted in one reading come out as each would by itself."""

from dataclasses import replace
from datetime import date, datetime

import narwhals as nw
import pytest

from fourfold.measures.figure import FigureName
from fourfold.measures.measure import Rules, Statistic
from fourfold.measures.period import Period
from fourfold.measures.registry import REGISTRY
from fourfold.records import (
    CaseEvent,
    Crime,
    FraudReport,
    PersonRole,
    ProgrammeCase,
    ProtectActivity,
    Staffing,
)
from measure_records import figures_of

CLASSES = ("28E", "30C", "34B", "39", "45", "48", "104", None)
"""Burglary, robbery, thefts, shop-workers and a crime whose class is not known."""


def records():
    """Return months of records of every kind of row: some of a class, some blank, some of nobody's."""
    months = [date(2021, month, 1 + 9 * third) for month in (1, 2, 4) for third in range(3)]
    pairs = [*((day, code) for day in months for code in CLASSES), (date(2021, 5, 3), "28E")]
    crimes = [
        {
            "crime_ref": f"C{at}",
            "recorded_on": day,
            "ho_code": code,
            "district": ("North", "South", None)[at % 3],
            "business_related": (True, False, None)[at % 3],
            "premises_type": ("shop", None)[at % 2],
            "status": ("open", "cancelled")[at % 7 == 0],
        }
        for at, (day, code) in enumerate(pairs)
    ]
    roles = [{"crime_ref": f"C{at}", "organisation_name": ("Shop", None)[at % 2]} for at in range(0, 72, 3)]
    reports = [
        {"reported_on": day, "loss_gbp": (None, 0.0, 12.5)[at % 3], "nfib_code": ("NFIB1D", None)[at % 2]}
        for at, (day, _) in enumerate(pairs)
    ]
    events = [
        {
            "happened_at": datetime(2021, 2, at + 1),
            "operation": ("Cantil", None)[at % 2],
            "suspect_ref": ("S1", "S2", None)[at % 3],
        }
        for at in range(9)
    ]
    posts = [{"on": day, "impressions": (None, 10, 25)[at % 3]} for at, day in enumerate(months)]
    staff = [{"month": date(2021, 1, 1), "funded_fte": 2.5, "filled_fte": None}]
    cases = [{"referred_on": day, "started_on": day} for day in months]
    return {
        Crime: crimes,
        PersonRole: roles,
        FraudReport: reports,
        CaseEvent: events,
        ProtectActivity: posts,
        Staffing: staff,
        ProgrammeCase: cases,
    }


@pytest.fixture(scope="module")
def counts():
    return figures_of(records(), RULES.on).counts


RULES = Rules(date(2022, 1, 31))
COUNTABLE = [
    name
    for name, measure in REGISTRY.items()
    if measure.record in records() and not (measure.unset and measure.unset(RULES))
]


SHARE = replace(
    REGISTRY["quality.crime.premises_type"], name="made.here", where=lambda rules: nw.col("ho_code") == "34B"
)
"""A share of some rows only, which no shipped measure is unless a force sets a rule."""


@pytest.mark.parametrize(
    "measure", [*(REGISTRY[name] for name in COUNTABLE), SHARE], ids=lambda one: one.name
)
def test_a_tally_is_what_the_rows_of_its_figure_come_to(counts, measure):
    for asked in (
        FigureName(measure.name, Period.parse("2021")),
        FigureName(measure.name, Period.parse("2021-02")),
    ):
        asked = asked.with_slice(force="here")
        rows = counts.rows(measure, asked, asked.period).collect().to_polars()
        tallies = counts.tallies_in(measure, asked, asked.period)
        assert sum(tally.records for tally in tallies) == rows.height
        if measure.column:
            assert sum(tally.blank for tally in tallies) == rows[measure.column].null_count()
        if measure.statistic in (Statistic.SUM, Statistic.LEVEL):
            assert sum(tally.counted for tally in tallies) == rows[measure.column].sum()
        elif measure.part is not None:
            held = counts.rows(measure, asked, asked.period).filter(measure.part(counts.rules)).collect()
            assert sum(tally.counted for tally in tallies) == len(held)
        else:
            assert sum(tally.counted for tally in tallies) == rows.height


def test_the_records_of_this_test_fall_into_most_measures(counts):
    some = [name for name in COUNTABLE if counts.cells(REGISTRY[name], ("force",))]
    assert len(some) >= 0.8 * len(COUNTABLE) > 20


def test_the_order_of_dimensions_is_the_order_asked_for(counts):
    by_force = counts.cells(REGISTRY["crime.all"], ("force", "district"))
    by_district = counts.cells(REGISTRY["crime.all"], ("district", "force"))
    assert by_force == {(force, district): months for (district, force), months in by_district.items()}
    assert ("here", "North") in by_force


def test_a_month_without_any_record_of_a_measure_has_no_tally(counts):
    months = counts.cells(REGISTRY["crime.robbery"], ("force",))[("here",)]
    assert set(months) == {date(2021, 1, 1), date(2021, 2, 1), date(2021, 4, 1)}


@pytest.mark.parametrize(("by", "together"), [(("district", "force"), True), (("force", "lsoa_code"), False)])
def test_measures_are_tallied_together_but_not_by_a_dimension_of_many_values(counts, by, together):
    tallied = counts._tally_like(REGISTRY["crime.all"], by)
    assert ("crime.burglary" in tallied) is together
    assert tallied["crime.all"]
