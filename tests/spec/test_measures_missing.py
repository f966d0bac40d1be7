"""Missing is missing: what was not sent is named and never nought, and a month that is not whole says so."""

from datetime import date, timedelta

import pytest

from fourfold.measures.figure import State
from fourfold.records import CaseEvent, Crime, FraudReport, ProgrammeCase, ProtectActivity, StreetCrime
from measure_records import each_month, figures_of


def crimes(*periods, **also):
    return [row for period in periods for row in each_month(period, "recorded_on", ho_code="46", **also)]


@pytest.mark.parametrize(
    ("loaded", "asked", "why"),
    [
        (("2021-01..2021-04", "2021-06..2021-12"), "2021", "not loaded: May 2021"),
        (("2021-03..2021-12",), "2021", "not loaded: January 2021 to February 2021"),
        (("2021-01..2021-10",), "2021", "not loaded: November 2021 to December 2021"),
        (
            ("2021-02..2021-03", "2021-06"),
            "2021-01..2021-06",
            "not loaded: January 2021, April 2021 to May 2021",
        ),
    ],
)
def test_months_that_were_not_sent_are_named(loaded, asked, why):
    figures = figures_of({Crime: crimes(*loaded)})
    for name in (f"crime.all[force=here]@{asked}", f"crime.burglary[force=here]@{asked}"):
        figure = figures.get(name)
        assert (figure.state, figure.value, figure.why, figure.words) == (
            State.MISSING,
            None,
            why,
            "not available",
        )


def test_both_periods_of_a_change_must_have_been_sent():
    figures = figures_of({Crime: crimes("2021", "2020-02..2020-12")})
    change = figures.get("crime.all.change[force=here]@2021~2020")
    assert (change.state, change.why, change.parts) == (State.MISSING, "not loaded: January 2020", ())


def test_a_month_with_other_records_but_none_of_the_slice_is_a_true_nought():
    figures = figures_of({Crime: crimes("2021", district="North")})
    for name in ("crime.robbery[force=here]@2021-05", "crime.all[district=South,force=here]@2021"):
        figure = figures.get(name)
        assert (figure.state, figure.value, figure.words) == (State.KNOWN, 0, "0")


def test_a_month_whose_only_crimes_were_cancelled_was_sent():
    figures = figures_of({Crime: crimes("2021-01") + crimes("2021-02", status="cancelled")})
    assert figures.get("crime.all[force=here]@2021-02").value == 0


def test_a_month_with_events_but_no_arrest_was_sent():
    rows = each_month("2021", "recorded_at", event_type="victim_updated")
    assert figures_of({CaseEvent: rows}).get("cantil.arrests[force=here]@2021").value == 0


def test_an_event_of_long_ago_does_not_make_its_month_sent():
    # Keyed in 2021, it happened in 2019: of 2019 nothing else was sent.
    rows = each_month("2021", "recorded_at", event_type="victim_updated")
    rows.append({"recorded_at": date(2021, 5, 1), "happened_at": date(2019, 5, 1), "operation": "Cantil"})
    assert figures_of({CaseEvent: rows}).get("cantil.arrests[force=here]@2019-05").state is State.MISSING


def test_a_force_or_a_table_that_is_not_loaded_is_said():
    figures = figures_of({Crime: crimes("2021")})
    assert figures.get("crime.all[force=there]@2021").why == "no crime records of this force are loaded"
    assert figures.get("fraud.reports[force=here]@2021").why == "no fraud report records are loaded"
    assert figures.get("fraud.loss.mean[force=here]@2021").state is State.MISSING


def test_a_figure_of_all_forces_needs_each_month_of_each():
    whole = figures_of({Crime: crimes("2021") + crimes("2021", force="there")})
    assert whole.get("crime.all@2021").value == 24
    gap = figures_of({Crime: crimes("2021") + crimes("2021-01..2021-11", force="there")})
    assert gap.get("crime.all@2021").why == "not loaded: December 2021"
    assert gap.get("crime.all[force=here]@2021").value == 12


def test_where_months_without_rows_are_ordinary_only_those_outside_the_table_are_missing():
    rows = [{"on": date(2021, 2, 3)}, {"on": date(2021, 11, 3)}]
    figures = figures_of({ProtectActivity: rows})
    assert figures.get("protect.activities[force=here]@2021-02..2021-11").value == 2
    assert figures.get("protect.activities[force=here]@2021-06").value == 0
    assert figures.get("protect.activities[force=here]@2021").why == "not loaded: January 2021, December 2021"
    assert figures.get("protect.activities[force=here]@2022").state is State.MISSING


def test_a_register_kept_from_the_start_has_nothing_before_its_first_case():
    rows = [{"referred_on": date(2018, 2, 1), "started_on": date(2018, 3, 1)}]
    rows.append({"referred_on": date(2018, 4, 1), "ended_on": date(2021, 12, 5), "ended_as": "withdrew"})
    figures = figures_of({ProgrammeCase: rows})
    assert figures.get("crime_free.started[force=here]@2017-11..2021-12").value == 1
    assert figures.get("crime_free.started[force=here]@2022-01").why == "not loaded: January 2022"


def daily(first, last, force="here"):
    days = (last - first).days + 1
    return [{"reported_on": first + timedelta(days=day), "force": force} for day in range(days)]


def test_a_last_month_that_is_not_whole_is_counted_and_says_to_which_day():
    figures = figures_of({FraudReport: daily(date(2021, 1, 1), date(2021, 12, 10))})
    year = figures.get("fraud.reports[force=here]@2021")
    said = "December 2021 is not whole: the records loaded end on 10 December 2021."
    assert (year.value, year.state) == (344, State.KNOWN)
    assert said in year.caveats
    assert said in figures.get("fraud.reports.change[force=here]@2021-07..2021-12~2021-01..2021-06").caveats
    assert not figures.get("fraud.reports[force=here]@2021-01..2021-11").caveats[1:]


def test_a_first_month_that_is_not_whole_says_from_which_day():
    figures = figures_of({FraudReport: daily(date(2021, 1, 19), date(2021, 12, 31))})
    caveats = figures.get("fraud.reports[force=here]@2021").caveats
    assert "January 2021 is not whole: the records loaded begin on 19 January 2021." in caveats
    assert not any("end on" in caveat for caveat in caveats)


def test_a_whole_month_of_sparse_records_is_not_called_unfinished():
    every_tenth = daily(date(2021, 1, 1), date(2021, 12, 27))[
        ::10
    ]  # the last on 27 December, then nine days' silence
    assert every_tenth[-1]["reported_on"] == date(2021, 12, 27)
    figures = figures_of({FraudReport: every_tenth})
    assert not any("not whole" in caveat for caveat in figures.get("fraud.reports[force=here]@2021").caveats)


def test_another_force_s_later_records_do_not_make_this_one_whole():
    rows = daily(date(2021, 1, 1), date(2021, 12, 10)) + daily(date(2021, 1, 1), date(2021, 12, 31), "there")
    figures = figures_of({FraudReport: rows})
    for name in ("fraud.reports[force=here]@2021", "fraud.reports@2021"):
        assert any("end on 10 December 2021" in caveat for caveat in figures.get(name).caveats)
    there = figures.get("fraud.reports[force=there]@2021").caveats
    assert not any("not whole" in caveat for caveat in there)


def test_published_months_have_no_days_and_are_never_called_unfinished():
    for loaded in ("2021", "2021-12"):
        figures = figures_of({StreetCrime: each_month(loaded, "month")})
        caveats = figures.get(f"open.crimes[force=here]@{loaded}").caveats
        assert not any("not whole" in caveat for caveat in caveats)
