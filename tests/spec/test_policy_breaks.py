"""Which breaks and lockdowns a comparison crosses, as worked examples."""

from __future__ import annotations

from datetime import date

import pytest

from fourfold import vocabulary
from fourfold.home import WrongUseError
from fourfold.policy.breaks import all_breaks, breaks_between, lockdowns_between, related_subjects

WMP = "west-midlands"


def crossed(start: str, end: str, subject: str, force: str | None = WMP) -> list[str]:
    found = breaks_between(date.fromisoformat(start), date.fromisoformat(end), subject, force)
    return [one.name.removeprefix("series_breaks.") for one in found]


#   from          to            subject                 force                 breaks
CASES = [
    ("2019-04-01", "2020-03-31", "residential_burglary", WMP, []),
    ("2016-04-01", "2018-03-31", "residential_burglary", WMP, ["burglary_classes"]),
    ("2016-04-01", "2018-03-31", "neighbourhood_crime", WMP, ["burglary_classes"]),
    ("2016-04-01", "2018-03-31", "robbery", WMP, []),
    (
        "2022-04-01",
        "2024-03-31",
        "residential_burglary",
        WMP,
        ["counting_rules_2023", "residential_burglary_split"],
    ),
    ("2022-04-01", "2024-03-31", "business_burglary", WMP, ["counting_rules_2023"]),
    ("2020-01-01", "2021-12-31", "robbery", WMP, ["west_midlands_connect"]),
    ("2020-01-01", "2021-12-31", "robbery", "northumbria", []),
    ("2020-01-01", "2021-12-31", "robbery", None, []),
    ("2020-01-01", "2021-12-31", "fraud", WMP, []),
    ("2025-01-01", "2026-06-30", "fraud", WMP, ["report_fraud"]),
    ("2025-01-01", "2026-06-30", "romance_fraud", WMP, ["report_fraud"]),
    ("2012-04-01", "2014-03-31", "fraud_and_cyber", WMP, ["action_fraud"]),
    ("2019-01-01", "2019-12-31", "outcomes", WMP, ["outcome_22"]),
    ("2019-01-01", "2019-12-31", "street_crime", None, ["greater_manchester_gap"]),
    ("2019-01-01", "2019-12-31", "street_crime", "greater-manchester", ["greater_manchester_gap"]),
    ("2019-01-01", "2019-12-31", "street_crime", WMP, []),
    ("2024-01-01", "2024-12-31", "street_crime", None, ["greater_manchester_gap"]),
]


@pytest.mark.parametrize(("start", "end", "subject", "force", "names"), CASES)
def test_the_breaks_a_comparison_crosses(start, end, subject, force, names):
    assert crossed(start, end, subject, force) == names


def test_data_that_begin_on_the_day_of_a_break_do_not_cross_it():
    assert crossed("2017-04-01", "2018-03-31", "burglary") == []
    assert crossed("2017-03-31", "2018-03-31", "burglary") == ["burglary_classes"]
    assert crossed("2016-04-01", "2017-03-31", "burglary") == []
    assert crossed("2016-04-01", "2017-04-01", "burglary") == ["burglary_classes"]


def test_a_break_whose_day_is_not_public_marks_every_comparison_that_may_cross_it():
    connect = next(one for one in all_breaks() if one.name.endswith("connect"))
    assert (connect.day_is_known, connect.earliest, connect.latest) == (
        False,
        date(2021, 1, 1),
        date(2021, 12, 31),
    )
    assert crossed("2021-06-01", "2021-06-30", "robbery") == ["west_midlands_connect"]
    assert crossed("2021-12-31", "2022-12-31", "robbery") == []


def test_an_unknown_subject_is_an_error_and_not_a_clean_series():
    with pytest.raises(WrongUseError, match="Did you mean burglary"):
        crossed("2016-04-01", "2018-03-31", "burglery")


def test_a_subject_is_related_to_its_parts_and_wholes_and_not_to_its_siblings():
    related = related_subjects("burglary")
    assert {"residential_burglary", "neighbourhood_crime", "police_recorded_crime"} <= related
    assert not {"robbery", "fraud"} & related


def test_breaks_name_forces_of_the_list():
    forces = set(vocabulary.load("forces").codes())
    for one in all_breaks():
        assert set(one.forces or ()) <= forces
        assert one.source
        assert one.changed


def test_the_lockdowns_of_a_year():
    names = [one.name for one in lockdowns_between(date(2020, 1, 1), date(2020, 12, 31))]
    assert names == ["lockdowns.first", "lockdowns.second"]


#   from          to            how many
LOCKDOWN_EDGES = [
    ("2020-03-01", "2020-03-22", 0),
    ("2020-03-01", "2020-03-23", 1),
    ("2020-05-31", "2020-06-30", 1),
    ("2020-06-01", "2020-11-04", 0),
    ("2020-06-01", "2020-11-05", 1),
    ("2021-01-06", "2021-01-06", 1),
    ("2021-03-29", "2022-03-31", 0),
]


@pytest.mark.parametrize(("start", "end", "count"), LOCKDOWN_EDGES)
def test_a_lockdown_counts_from_its_first_day_to_its_last(start, end, count):
    assert len(lockdowns_between(date.fromisoformat(start), date.fromisoformat(end))) == count


def test_how_sure_the_lockdowns_are_is_told():
    statuses = [one.status for one in lockdowns_between(date(2020, 1, 1), date(2021, 12, 31))]
    assert statuses == ["partial", "from general knowledge", "from general knowledge"]
