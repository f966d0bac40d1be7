"""Operation Cantil, the Crime Free Programme, Protect work, posts and open data: records in, figures out."""

from datetime import UTC, date, datetime

import pytest

from fourfold.measures.figure import State
from fourfold.records import (
    CaseEvent,
    Crime,
    Outcome,
    ProgrammeCase,
    Property,
    ProtectActivity,
    Staffing,
    StopSearch,
    StreetCrime,
    StreetOutcome,
)
from measure_records import each_month, figures_of, months


def at(day, hour=12, **also):
    when = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return {"happened_at": when, "recorded_at": when, **also}


def sent(period="2021"):
    return [at(month, event_type="victim_updated") for month in months(period)]


def test_cantil_counts_different_suspects_and_not_arrests():
    rows = [
        at(date(2021, 3, 1), operation="Cantil", suspect_ref="A", crime_ref="car"),
        at(date(2021, 9, 1), operation="Cantil", suspect_ref="A", crime_ref="car"),
        at(date(2021, 4, 1), operation="Cantil", suspect_ref="B", crime_ref="shop"),
        at(date(2021, 4, 1), operation="Cantil", suspect_ref=None, crime_ref="car"),
        at(date(2021, 4, 1), operation=None, suspect_ref="C", crime_ref="car"),
        at(date(2021, 4, 1), operation="Cantil", suspect_ref="D", event_type="bailed"),
    ]
    crimes = [
        {"crime_ref": ref, "ho_code": code, "recorded_on": date(2021, 1, 1)}
        for ref, code in (("car", "48"), ("shop", "46"))
    ]
    figures = figures_of({CaseEvent: [*sent(), *rows], Crime: crimes})
    arrests = figures.get("cantil.arrests[force=here]@2021")
    assert (arrests.value, arrests.n, arrests.missing) == (
        2,
        3,
        1,
    )  # suspects, arrests that name one, that name none
    assert figures.get("cantil.arrests_car_crime[force=here]@2021").value == 1


def test_an_arrest_late_on_the_last_day_of_march_counts_on_london_s_calendar():
    # 23.30 UTC on 31 March 2021 is half past midnight on 1 April in London.
    row = at(date(2021, 3, 31), operation="Cantil", suspect_ref="A")
    row["happened_at"] = datetime(2021, 3, 31, 23, 30, tzinfo=UTC)
    figures = figures_of({CaseEvent: [*sent(), row]})
    assert figures.get("cantil.arrests[force=here]@2021-03").value == 0
    assert figures.get("cantil.arrests[force=here]@2021-04").value == 1


def test_arrests_for_car_crime_are_not_known_without_the_crimes():
    figures = figures_of({CaseEvent: [*sent(), at(date(2021, 3, 1), operation="Cantil", suspect_ref="A")]})
    none = figures.get("cantil.arrests_car_crime[force=here]@2021")
    assert (none.state, none.why) == (State.MISSING, "no crime records are loaded")


def test_cars_recovered_are_cars_and_recovered():
    rows = [
        {"recovered_on": date(2021, 1, 1)},
        {"recovered_on": date(2021, 12, 1)},
        {"recovered_on": date(2021, 6, 1), "kind": "phone"},
        {"recovered_on": date(2021, 6, 1), "operation": "Guardian"},
        {"recovered_on": None, "status": "stolen"},
    ]
    assert figures_of({Property: rows}).get("cantil.cars[force=here]@2021").value == 2


def test_offences_taken_into_consideration_by_class_and_by_the_day_of_the_outcome():
    crimes = [
        {"crime_ref": ref, "ho_code": code, "recorded_on": date(2020, 1, 1)}
        for ref, code in (("home", "28E"), ("firm", "30C"), ("unknown", None))
    ]
    rows = [
        {"subject_ref": ref, "outcome_on": date(2021, 5, 1), "programme": "Crime Free"}
        for ref in ("home", "firm", "unknown", "not in the extract")
    ]
    rows += [
        {"subject_ref": "home", "outcome_on": date(2021, 5, 1), "programme": None},
        {
            "subject_ref": "home",
            "outcome_on": date(2021, 5, 1),
            "programme": "Crime Free",
            "outcome_type": "1",
        },
        {"subject_ref": "home", "outcome_on": date(2021, 1, 1), "outcome_type": "18"},
        {"subject_ref": "home", "outcome_on": date(2021, 12, 1), "outcome_type": "18"},
    ]
    figures = figures_of({Crime: crimes, Outcome: rows})
    assert figures.get("crime_free.burglaries_resolved[force=here]@2021").value == 1
    # Of a class that is not known nobody can say that it was not a residential burglary.
    assert figures.get("crime_free.others_resolved[force=here]@2021").value == 1


CASES = [
    {"started_on": date(2019, 5, 1), "ended_on": date(2021, 1, 1), "ended_as": "completed"},
    {"started_on": date(2019, 6, 1)},  # still on it
    {"started_on": date(2019, 7, 1), "ended_on": date(2019, 9, 1), "ended_as": "breached"},
    {"started_on": date(2019, 7, 1), "ended_on": date(2020, 9, 1), "ended_as": "breached"},  # after follow-up
    {"started_on": date(2019, 8, 1), "reoffended_on": date(2020, 7, 31)},  # a day before the year was over
    {"started_on": date(2019, 8, 1), "reoffended_on": date(2020, 8, 1)},
    {"started_on": date(2021, 6, 1)},  # not followed for a year yet
    {"started_on": None},
    {"started_on": date(2019, 8, 1), "programme": "Offender to Rehab"},
]


def programme(policy=None):
    rows = [{"referred_on": date(2019, 4, 1), **case} for case in CASES]
    return figures_of({ProgrammeCase: rows}, policy=policy, on=date(2021, 12, 31))


def test_success_without_a_definition_has_no_number_and_says_why():
    success = programme().get("crime_free.success[force=here]@2019-04..2021-06")
    assert (success.state, success.value, success.n) == (State.NOT_STATED, None, None)
    assert success.why == (
        "success is not defined: the force must set a definition, a denominator and a follow-up time"
    )
    assert success.definition.endswith("Success is not defined.")


def test_success_by_the_force_s_definition_is_of_all_who_started_and_could_be_followed(tmp_path):
    (tmp_path / "definitions.yaml").write_text(
        "programme_success.crime_free:\n  title: Success\n  values:\n    - from: 2018-01-01\n"
        "      value: {label: no offence in a year, ended_as: [completed], follow_up_months: 12}\n"
        "      source: Here Police\n      status: our choice\n"
    )
    success = programme(tmp_path).get("crime_free.success[force=here]@2019-04..2021-06")
    assert (success.part("part"), success.part("whole"), success.n) == (4, 6, 6)
    assert "no offence in a year" in success.definition
    assert success.lower < success.value < success.upper
    started = programme(tmp_path).get("crime_free.started[force=here]@2019-04..2021-06")
    assert started.value == 7


def test_reach_adds_up_what_posts_and_events_state():
    rows = [
        {"on": date(2021, 1, 4), "impressions": 1200},
        {"on": date(2021, 2, 4), "impressions": 800, "campaign": "romance"},
        {"on": date(2021, 12, 4), "kind": "event", "attendance": 30},
    ]
    figures = figures_of({ProtectActivity: rows})
    impressions = figures.get("protect.impressions[force=here]@2021")
    assert (impressions.value, impressions.n, impressions.missing, impressions.words) == (2000, 2, 1, "2,000")
    assert figures.get("protect.activities[force=here]@2021").value == 3
    assert figures.get("protect.impressions[campaign=romance,force=here]@2021").value == 800
    assert any("does not say how much crime was prevented" in caveat for caveat in impressions.caveats)


def test_reach_that_nobody_states_is_not_nought():
    rows = [{"on": date(2021, 1, 4), "kind": "event"}, {"on": date(2021, 12, 4), "impressions": None}]
    figures = figures_of({ProtectActivity: rows})
    unsaid = figures.get("protect.attendance[force=here]@2021")
    assert (unsaid.state, unsaid.value, unsaid.missing) == (State.NOT_STATED, None, 2)
    assert figures.get("protect.attendance[force=here]@2021-06").value == 0  # no activity at all in June


def test_a_change_of_reach_over_two_months_has_no_interval_of_chance():
    rows = [
        {"on": date(2020, 1, 4), "impressions": 100_000},
        {"on": date(2021, 2, 4), "impressions": 120_000},
    ]
    change = figures_of({ProtectActivity: rows}).get("protect.impressions.change[force=here]@2021-02~2020-01")
    assert (change.words, change.lower, change.upper) == ("+20.0%", None, None)
    assert any("no interval" in caveat for caveat in change.caveats)


def test_posts_are_a_monthly_average_and_a_blank_makes_them_a_floor():
    rows = [
        {"month": month, "unit": unit, "funded_fte": fte, "filled_fte": fte - 1}
        for month in months("2021-01..2021-02")
        for unit, fte in (("ECU", 10.0), ("ECVCU", 4.0))
    ]
    figures = figures_of({Staffing: rows})
    assert figures.get("staffing.funded[force=here]@2021-01..2021-02").words == "14.0"
    assert figures.get("staffing.filled[force=here,unit=ECU]@2021-01..2021-02").value == 9
    rows[0]["filled_fte"] = None
    floor = figures_of({Staffing: rows}).get("staffing.filled[force=here,unit=ECU]@2021-01..2021-02")
    assert (floor.value, floor.n, floor.missing) == (4.5, 1, 1)
    assert any("floor" in caveat for caveat in floor.caveats)
    unsaid = figures_of({Staffing: rows}).get("staffing.seconded_in[force=here]@2021-01..2021-02")
    assert unsaid.state is State.NOT_STATED


def test_open_data_count_rows_that_repeat_to_the_letter():
    rows = each_month("2021-01..2021-02", "month", crime_type="Burglary", lsoa_code="E1")
    figures = figures_of(
        {
            StreetCrime: rows * 3 + each_month("2021-01", "month", crime_type="Robbery"),
            StreetOutcome: each_month("2021-01", "month") * 2,
            StopSearch: each_month("2021-01", "month", kind="Vehicle search"),
        }
    )
    assert figures.get("open.crimes[force=here]@2021-01").value == 4
    assert figures.get("open.crimes[crime_type=Burglary,force=here]@2021-01..2021-02").value == 6
    share = figures.get("open.crimes.share[crime_type=Burglary,force=here]@2021-01")
    assert (share.part("part"), share.part("whole")) == (3, 4)
    assert figures.get("open.outcomes[force=here]@2021-01").value == 2
    assert figures.get("open.searches[force=here,kind=Vehicle search]@2021-01").value == 1


@pytest.mark.parametrize(("field", "part"), [("premises_type", 1), ("victim_at_work", 2), ("mo_text", 0)])
def test_completeness_takes_false_as_filled_in_and_blank_as_unknown(field, part):
    rows = each_month("2021-01", "recorded_on", premises_type="shop", victim_at_work=True)
    rows += each_month("2021-01", "recorded_on", victim_at_work=False) + each_month("2021-01", "recorded_on")
    figure = figures_of({Crime: rows}).get(f"quality.crime.{field}[force=here]@2021-01")
    assert (figure.part("part"), figure.part("whole"), figure.n) == (part, 3, 3)
