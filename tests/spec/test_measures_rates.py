"""Rates of residents: whose population, of which year, and everybody counted once."""

from datetime import date

import pytest

from fourfold.home import WrongUseError
from fourfold.measures.figure import State
from fourfold.records import Area, Crime, Population
from measure_records import each_month, figures_of

AREAS = [
    {"lsoa_code": "E1", "district": "North"},
    {"lsoa_code": "E2", "district": "North"},
    {"lsoa_code": "E3", "district": "South"},
]


def rates(population, areas=AREAS, crimes=12):
    rows = each_month("2021", "recorded_on", district="North")[:12] * (crimes // 12)
    return figures_of({Crime: rows, Area: areas, Population: population})


def people(*rows):
    return [dict(zip(("lsoa_code", "people", "year"), row, strict=False)) for row in rows]


WHOLE = people(("E1", 1000), ("E2", 2000), ("E3", 3000))


def test_a_rate_is_per_1_000_residents_with_the_year_of_the_population():
    rate = rates(WHOLE).get("crime.all.rate[district=North,force=here]@2021")
    assert (rate.value, rate.words) == (pytest.approx(4), "4.0 per 1,000 residents")
    assert (rate.part("count"), rate.part("people"), rate.part("population_year")) == (12, 3000, 2020)
    assert rate.definition.endswith("Population: residents in mid-2020.")
    # Garwood 1936: 12 events, 6.201 to 20.962.
    assert (rate.lower, rate.upper) == (pytest.approx(2.067, abs=1e-3), pytest.approx(6.987, abs=1e-3))
    assert rates(WHOLE).get("crime.all.rate[force=here]@2021").value == pytest.approx(2)


def split(rows, **by):
    """The same people divided by one dimension into halves, for example sex=("female", "male")."""
    (dimension, values), *_ = by.items()
    return [
        {**row, "people": row["people"] // len(values), dimension: value} for row in rows for value in values
    ]


def test_everybody_is_counted_once_however_the_population_is_divided():
    by_sex = split(WHOLE, sex=("female", "male"))
    by_age = split(WHOLE, age_band=("0-15", "16-64"))
    by_both = split(by_sex, age_band=("0-15", "16-64"))
    by_group = split(WHOLE, ethnic_group=("Asian", "Black", "Mixed", "Other", "White"))
    for population in (
        by_sex,
        by_age,
        by_both,
        by_group,
        WHOLE + by_sex,
        by_sex + by_age,
        by_both + by_age + by_group,
    ):
        rate = rates(population).get("crime.all.rate[district=North,force=here]@2021")
        assert rate.part("people") == 3000


def test_years_are_not_added_and_the_latest_up_to_the_period_counts():
    population = people(("E1", 1, 2019), ("E2", 1, 2019), ("E3", 1, 2019))
    population += people(("E1", 1000, 2020), ("E2", 2000, 2020), ("E3", 3000, 2020))
    population += people(("E1", 5, 2022), ("E2", 5, 2022), ("E3", 5, 2022))
    rate = rates(population).get("crime.all.rate[force=here]@2021")
    assert (rate.part("people"), rate.part("population_year")) == (6000, 2020)
    later = rates(people(("E1", 5, 2022), ("E2", 5, 2022), ("E3", 5, 2022))).get(
        "crime.all.rate[force=here]@2021"
    )
    assert later.part("population_year") == 2022  # none before: the definition names the year


def test_two_editions_of_the_same_ground_are_not_added():
    both = [{**area, "edition": edition} for area in AREAS for edition in ("2011", "2021")]
    population = [{**row, "people": row["people"] + 1, "edition": "2011"} for row in WHOLE]
    population += [{**row, "edition": "2021"} for row in WHOLE]
    assert (
        rates(population, both).get("crime.all.rate[force=here]@2021").part("people") == 6000
    )  # the later one


def test_a_population_with_an_area_missing_gives_no_rate_for_its_district_or_the_force():
    figures = rates(people(("E1", 1000), ("E3", 3000)))
    assert figures.get("crime.all.rate[district=North,force=here]@2021").state is State.MISSING
    assert figures.get("crime.all.rate[force=here]@2021").state is State.MISSING
    assert figures.get("crime.all.rate[district=South,force=here]@2021").value == 0


def test_without_a_population_there_is_no_rate_and_the_figure_says_so():
    rate = figures_of({Crime: each_month("2021", "recorded_on")}).get("crime.all.rate[force=here]@2021")
    assert (rate.state, rate.why) == (State.MISSING, "no whole population of this area is loaded")


def test_a_rate_cannot_be_sliced_by_what_residents_are_not_divided_by():
    with pytest.raises(WrongUseError, match="cannot be sliced by ho_code"):
        rates(WHOLE).get("crime.all.rate[force=here,ho_code=48]@2021")


def test_a_rate_of_part_of_a_year_is_over_those_months():
    rate = rates(WHOLE).get("crime.all.rate[district=North,force=here]@2021-01..2021-03")
    assert rate.value == pytest.approx(1)
    assert "over the whole period" in rate.definition
    assert rate.period_words == "January to March 2021"


def test_the_day_of_the_paper_does_not_change_a_rate():
    one = figures_of(
        {Crime: each_month("2021", "recorded_on"), Area: AREAS, Population: WHOLE}, on=date(2022, 1, 1)
    )
    other = figures_of(
        {Crime: each_month("2021", "recorded_on"), Area: AREAS, Population: WHOLE}, on=date(2025, 1, 1)
    )
    name = "crime.all.rate[force=here]@2021"
    assert one.get(name).value == other.get(name).value
