"""The groups of records that figures tell apart: each claim's groups add up to the rows of its slice."""

from collections import Counter
from datetime import date, datetime

import narwhals as nw
import pytest

from fourfold.measures.figure import FigureName
from fourfold.measures.overlap import Claim, Kind, groups_of
from fourfold.measures.period import Period
from fourfold.measures.registry import REGISTRY
from fourfold.records import CaseEvent, Crime, FraudReport
from measure_records import figures_of

YEAR, FEBRUARY = Period.parse("2021"), Period.parse("2021-02")
HERE = (("force", "here"),)
NORTH = (("district", "North"), *HERE)


@pytest.fixture(scope="module")
def counts():
    days = [date(2021, month, day) for month in (1, 2, 3) for day in range(1, 25)]
    crimes = [
        {
            "recorded_on": day,
            "ho_code": ("28E", "34B", "45", None)[at % 4],
            "district": ("North", "South", None)[at % 3],
            "premises_type": ("shop", None)[at % 2],
        }
        for at, day in enumerate(days)
    ]
    reports = [{"reported_on": day, "loss_gbp": (None, 0.0, 9.0)[at % 3]} for at, day in enumerate(days)]
    arrests = [
        {"happened_at": datetime(2021, 2, day), "operation": "Cantil", "suspect_ref": suspect}
        for day, suspect in enumerate(("S1", "S2", "S1", None, "S3", "S2"), 1)
    ]
    return figures_of({Crime: crimes, FraudReport: reports, CaseEvent: arrests}).counts


def rows_of(counts, claim):
    """Count the rows of a claim by reading them, without any grouping."""
    measure = REGISTRY[claim.measure]
    rows = counts.rows(measure, FigureName(claim.measure, claim.period, claim.slice), claim.period)
    amount = nw.col(measure.column) if measure.column else None
    if claim.kind is Kind.PART:
        rows = rows.filter(measure.part(counts.rules))
    elif claim.kind is Kind.STATED:
        rows = rows.filter(amount > 0)
    elif claim.kind is Kind.NONE:
        rows = rows.filter(amount == 0)
    elif claim.kind is Kind.MISSING:
        rows = rows.filter(amount.is_null())
    elif claim.kind is Kind.DISTINCT:
        rows = rows.filter(~amount.is_null()).select(measure.column).unique()
    return len(rows.collect())


CLAIMS = [
    Claim(measure, of, period, kind)
    for measure, kinds in {
        "crime.all": (Kind.ROWS,),
        "crime.burglary": (Kind.ROWS,),
        "crime.robbery": (Kind.ROWS,),
        "quality.crime.premises_type": (Kind.PART, Kind.ROWS),
        "fraud.loss": (Kind.ROWS, Kind.STATED, Kind.NONE, Kind.MISSING),
        "cantil.arrests": (Kind.ROWS, Kind.DISTINCT),
    }.items()
    for kind in kinds
    for of in (HERE, NORTH)
    for period in (YEAR, FEBRUARY)
    if of == HERE or "district" in REGISTRY[measure].dimensions
]


def test_the_groups_of_a_claim_add_up_to_its_rows(counts):
    for groups in groups_of(counts, CLAIMS):
        for claim, number in zip(groups.claims, groups.counts, strict=True):
            assert number == rows_of(counts, claim), claim


def test_no_two_groups_lie_in_the_same_claims(counts):
    for groups in groups_of(counts, CLAIMS):
        patterns = {column.tobytes() for column in groups.holds.T}
        assert len(patterns) == groups.holds.shape[1]


def test_a_reader_is_not_taken_to_know_that_every_report_states_an_amount():
    stated = [{"reported_on": date(2021, 2, day), "loss_gbp": 9.0} for day in range(1, 9)]
    counts = figures_of({FraudReport: stated}).counts
    claims = [Claim("fraud.loss", HERE, FEBRUARY, kind) for kind in (Kind.STATED, Kind.ROWS)]
    (groups,) = groups_of(counts, claims)
    assert groups.counts.tolist() == [8, 8]
    assert sorted(groups.sizes) == [0, 8]  # a group for those that do not, though there are none


def test_all_marks_of_one_view_fit_into_one_number():
    marks = Counter()
    for measure in REGISTRY.values():
        marks[measure.view, measure.on] += (measure.where is not None) + (measure.part is not None)
    assert 0 < max(marks.values()) <= 62
