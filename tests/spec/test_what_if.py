"""Trying out the referral rule, as worked examples: a small table of reports in, the effect of a change out.

A referral is one person, counted in the week of the first report that meets a criterion. What cannot be judged is
never taken for a no, and a number nobody sent is never taken for nought.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fourfold.home import DataProblemError, Home
from fourfold.lake import Lake
from fourfold.measures.disparity import NOT_STATED, Moved, effect_by_group
from fourfold.pipeline.what_if import moves, try_fraud_triage
from fourfold.pipeline.what_if_people import judged_people, judged_reports
from fourfold.pipeline.what_if_result import WhatIf
from fourfold.pipeline.what_if_weeks import by_week, last_year_of
from fourfold.records import FraudReport
from fourfold.rules.fraud_triage import Criteria

TODAY = date(2022, 2, 10)
POLICY = {
    "fraud_triage": {"risk_score_at_least": 60, "risk_score_scale": "A to Z"},
    "local_limits": {"victim_care_hours_a_referral": 2.0, "victim_care_officer_hours_a_week": 3.0},
}
LINK_TYPES = {"record": pl.String, "record_ref": pl.String, "person_id": pl.String, "evidence": pl.String}
IN_FORCE = Criteria(("NFIB1D",), 70, 60, "A to Z")


def reports(*rows: dict[str, Any]) -> pl.DataFrame:
    """Reports by a woman of 40 that meet no criterion, but for what a row says otherwise."""
    usual = {
        "batch_id": "b",
        "file_row": 2,
        "told_at": datetime(2022, 2, 1, tzinfo=UTC),
        "source": "action_fraud",
        "reported_on": date(2021, 6, 7),
        "force": "aldermere",
        "nfib_code": "NFIB3A",
        "victim_type": "individual",
        "age": 40,
        "sex": "female",
        "ethnicity": "A1",
        "risk_score": 10.0,
        "risk_score_scale": "A to Z",
    }
    told = [{**usual, "report_ref": f"R{number}", **row} for number, row in enumerate(rows, start=1)]
    return pl.DataFrame(told, schema={name: column.dtype for name, column in FraudReport.columns().items()})


def home_with(
    folder: Path, told: pl.DataFrame, links: dict[str, str], staffing: list[dict[str, Any]]
) -> Home:
    """A home whose lake holds these reports, links (report to person) and posts."""
    home = Home(folder / "home")
    home.prepare()
    home.write_settings({"force": "aldermere"})
    for file, values in POLICY.items():
        lines = [
            f"{key}:\n  title: {key}\n  values:\n    - {{value: {value}, from: 2018-01-01, source: made up}}\n"
            for key, value in values.items()
        ]
        (home.policy / f"{file}.yaml").write_text("".join(lines), encoding="utf-8")
    rows = [{"record": "fraud_report", "record_ref": ref, "person_id": who} for ref, who in links.items()]
    with Lake(home.lake).load("test") as load:
        load.replace_all("fraud_report", told)
        load.replace_all("person_link", pl.DataFrame(rows, schema=LINK_TYPES))
        if staffing:
            fte = {f"{kind}_fte": pl.Float64 for kind in ("funded", "filled", "seconded_out", "seconded_in")}
            load.replace_all("staffing", pl.DataFrame(staffing, schema_overrides=fte))
    return home


def posts(month: date, filled: float | None, out: float | None = 0.0) -> dict[str, Any]:
    return {
        "unit": "Economic Crime Victim Care Unit",
        "role": "Victim care officer",
        "month": month,
        "force": "aldermere",
        "funded_fte": 6.0,
        "filled_fte": filled,
        "seconded_out_fte": out,
        "seconded_in_fte": 0.0,
    }


YEAR_ENDS = (
    {"report_ref": "FIRST", "reported_on": date(2021, 2, 1)},
    {"report_ref": "LAST", "reported_on": date(2022, 1, 31)},
)
EVERY_MONTH = tuple(
    {"report_ref": f"M{month}", "reported_on": date(2021, month, 15)} for month in range(2, 13)
)


def test_a_lower_age_brings_people_in_and_loses_nobody(tmp_path: Path) -> None:
    told = reports(
        *YEAR_ENDS,
        *EVERY_MONTH,
        {"age": 66, "sex": "male"},
        {"age": 71},
        {"age": None},
        {"nfib_code": "NFIB1D"},
    )
    found = try_fraud_triage(home_with(tmp_path, told, {}, []), {"fraud_triage.age_at_least": 65}, TODAY)
    assert (found.in_force.referred, found.tried.referred) == (2, 3)
    assert (found.in_force.cannot_tell, found.tried.cannot_tell) == (1, 1)
    assert found.moved == {
        "in_both": 2, "newly_in": 1, "newly_out": 0, "newly_unsure": 0, "no_longer_unsure": 0, "lost_from_sight": 0,
    }  # fmt: skip
    assert (found.first_on, found.last_on, found.people) == ("2021-02-01", "2022-01-31", 17)
    assert found.in_force.values["fraud_triage.age_at_least"] == "70 years"
    assert found.tried.values["fraud_triage.age_at_least"] == "65 years"
    assert WhatIf.from_plain(found.to_plain()) == found


def test_people_are_counted_and_not_reports(tmp_path: Path) -> None:
    told = reports(
        *YEAR_ENDS, *EVERY_MONTH,
        {"report_ref": "A", "age": 72}, {"report_ref": "B", "age": 72, "reported_on": date(2021, 6, 21)},
    )  # fmt: skip
    found = try_fraud_triage(home_with(tmp_path, told, {"A": "A", "B": "A"}, []), {}, TODAY)
    assert found.in_force.referred == found.tried.referred == 1
    assert [week.starts_on for week in found.weeks if week.in_force] == ["2021-06-07"]
    assert (found.in_force.peak, found.in_force.peak_starts_on) == (1, "2021-06-07")


def test_somebody_whom_no_rule_sees_any_more_is_counted_by_name(tmp_path: Path) -> None:
    told = reports(*YEAR_ENDS, {"age": 72}, {"age": 72, "risk_score": None})
    found = try_fraud_triage(home_with(tmp_path, told, {}, []), {"fraud_triage.age_at_least": 75}, TODAY)
    assert (found.moved["newly_out"], found.moved["newly_unsure"], found.moved["lost_from_sight"]) == (
        2,
        1,
        1,
    )


def test_a_criterion_taken_out_leaves_no_question_open(tmp_path: Path) -> None:
    told = reports(*YEAR_ENDS, {"risk_score": None}, {"nfib_code": None})
    home = home_with(tmp_path, told, {}, [])
    without_score = try_fraud_triage(home, {"fraud_triage.risk_score_at_least": None}, TODAY)
    assert (without_score.in_force.cannot_tell, without_score.tried.cannot_tell) == (2, 1)
    assert without_score.moved["lost_from_sight"] == 1  # listed as cannot tell until now, and then nowhere
    without_codes = try_fraud_triage(home, {"fraud_triage.romance_codes": []}, TODAY)
    assert (without_codes.tried.cannot_tell, without_codes.moved["lost_from_sight"]) == (1, 1)


def test_a_month_of_which_nothing_was_sent_is_not_a_month_without_referrals(tmp_path: Path) -> None:
    told = reports(*YEAR_ENDS, {"age": 72, "reported_on": date(2021, 6, 9)})
    found = try_fraud_triage(home_with(tmp_path, told, {}, []), {}, TODAY)
    assert "2021-06-01" not in found.months_not_sent
    assert "2021-07-01" in found.months_not_sent
    assert [week.in_force for week in found.weeks if week.starts_on == "2021-07-05"] == [None]


def test_hours_are_set_against_the_posts_that_are_there(tmp_path: Path) -> None:
    told = reports(*YEAR_ENDS, *EVERY_MONTH, *({"age": 72, "report_ref": f"O{n}"} for n in range(4)))
    months = [posts(date(2021, month, 1), 2.0, 0.5) for month in range(2, 13)] + [
        posts(date(2022, 1, 1), None)
    ]
    found = try_fraud_triage(home_with(tmp_path, told, {}, months), {"fraud_triage.age_at_least": 75}, TODAY)
    assert (found.capacity.posts, found.capacity.months_known, found.capacity.months) == (1.5, 11, 12)
    assert found.capacity.hours_a_week == 4.5
    assert (found.in_force.weeks_over, found.tried.weeks_over) == (
        1,
        0,
    )  # four referrals of two hours in one week
    assert found.in_force.hours_a_week == pytest.approx(2.0 * 4 / found.whole_weeks)


def test_what_the_force_has_not_set_is_said_and_not_guessed(tmp_path: Path) -> None:
    home = home_with(tmp_path, reports(*YEAR_ENDS, {"age": 72}), {}, [posts(date(2021, 6, 1), 2.0, None)])
    (home.policy / "local_limits.yaml").unlink()
    found = try_fraud_triage(home, {}, TODAY)
    assert found.capacity.hours_a_week is None
    assert found.capacity.posts is None
    assert found.in_force.hours_a_week is None
    assert found.in_force.weeks_over is None
    assert [words.rsplit(":", 1)[1] for words in found.capacity.unknown[:2]] == [
        " no working time set.",
        " no capacity set.",
    ]
    assert "Victim care officer in Economic Crime Victim Care Unit" in found.capacity.unknown[2]


def test_without_a_whole_month_there_is_nothing_to_try_on(tmp_path: Path) -> None:
    home = home_with(tmp_path, reports({"reported_on": date(2022, 2, 3)}), {}, [])
    with pytest.raises(DataProblemError, match="no whole month"):
        try_fraud_triage(home, {}, TODAY)


@pytest.mark.parametrize(
    ("days", "today", "expected"),
    [
        ([date(2021, 1, 1), date(2021, 12, 31)], date(2022, 1, 1), "2021"),
        ([date(2019, 1, 1), date(2021, 12, 25)], date(2022, 3, 1), "2021"),  # the last week has a report
        (
            [date(2019, 1, 1), date(2021, 12, 24)],
            date(2022, 3, 1),
            "2020-12..2021-11",
        ),  # the last list is still to come
        ([date(2019, 1, 1), date(2021, 12, 31)], date(2021, 12, 31), "2020-12..2021-11"),
        (
            [date(2021, 10, 5), date(2021, 12, 31)],
            date(2022, 1, 2),
            "2021-10..2021-12",
        ),  # reports begin in October
        ([date(2021, 12, 5)], date(2022, 1, 2), None),
        ([], date(2022, 1, 2), None),
    ],
)
def test_the_last_twelve_whole_months(days: list[date], today: date, expected: str | None) -> None:
    found = last_year_of(pl.Series(days, dtype=pl.Date), today)
    assert (str(found) if found else None) == expected


def people(*rows: tuple[str | None, str, int]) -> pl.DataFrame:
    told = [
        (f"P{place}-{n}", group, move)
        for place, (group, move, count) in enumerate(rows)
        for n in range(count)
    ]
    return Moved.validate(pl.DataFrame(told, schema=["person_id", "group", "move"], orient="row"))


def test_groups_have_rates_and_ratios_with_their_denominators() -> None:
    told = people(
        ("Female", "in_both", 20), ("Female", "newly_in", 10), ("Female", "in_neither", 70),
        ("Male", "in_both", 10), ("Male", "newly_out", 10), ("Male", "in_neither", 180),
        (None, "in_neither", 25),
    )  # fmt: skip
    missing, female, male = effect_by_group(told, ("Female", "Male"), 5)
    assert (missing.group, missing.people, missing.ratio_tried) == (NOT_STATED, 25, None)
    assert (female.people, female.in_force, female.tried, female.newly_in, female.newly_out) == (
        100,
        20,
        30,
        10,
        0,
    )
    assert female.rate_tried is not None
    assert female.rate_tried[0] == pytest.approx(0.3)
    assert female.ratio_in_force is not None
    assert female.ratio_in_force[0] == pytest.approx(0.2 / 0.1)
    assert female.ratio_tried is not None
    assert female.ratio_tried[0] == pytest.approx(0.3 / 0.05)
    assert male.ratio_tried is not None
    assert male.ratio_tried[0] == pytest.approx(0.05 / 0.3)


def test_a_small_count_is_kept_back_and_so_is_what_would_give_it_away() -> None:
    told = people(
        ("Female", "newly_in", 3), ("Female", "in_both", 30), ("Female", "in_neither", 60),
        ("Male", "newly_in", 40), ("Male", "in_both", 20), ("Male", "in_neither", 80),
        ("Other", "newly_in", 50), ("Other", "in_both", 25), ("Other", "in_neither", 90),
    )  # fmt: skip
    female, male, other = effect_by_group(told, ("Female", "Male", "Other"), 5)
    assert female.newly_in is None
    assert female.tried is None
    assert female.ratio_tried is None
    # The total of 93 who come in is printed: one more group must be silent, or 93 - 40 - 50 tells the three.
    assert sum(row.newly_in is None for row in (female, male, other)) >= 2


FACTS = st.fixed_dictionaries(
    {
        "reported_on": st.dates(date(2021, 3, 1), date(2021, 4, 30)),
        "person": st.integers(1, 6),
        "nfib_code": st.sampled_from(["NFIB1D", "NFIB3A", None]),
        "age": st.sampled_from([None, 40, 64, 65, 70, 90]),
        "victim_type": st.sampled_from(["individual", "individual", "organisation"]),
        "risk_score": st.sampled_from([None, 10.0, 55.0, 60.0, 99.0]),
        "risk_score_scale": st.sampled_from(["A to Z", "1 to 5", None]),
    }
)
RULES = st.builds(
    Criteria,
    st.sampled_from([("NFIB1D",), ("NFIB1D", "NFIB3A"), ()]),
    st.sampled_from([None, 65, 70]),
    st.sampled_from([None, 55, 60]),
    st.sampled_from(["A to Z", None]),
)


def said_by_hand(fact: dict[str, Any], rule: Criteria) -> str:
    """The rule once more, as plain questions about one report."""
    met, unsure = False, False
    if rule.romance_codes:
        met, unsure = fact["nfib_code"] in rule.romance_codes, fact["nfib_code"] is None
    if rule.age_at_least is not None and fact["victim_type"] == "individual":
        met = met or (fact["age"] is not None and fact["age"] >= rule.age_at_least)
        unsure = unsure or fact["age"] is None
    if rule.risk_score_at_least is not None:
        comparable = fact["risk_score"] is not None and rule.risk_score_scale in (
            None,
            fact["risk_score_scale"],
        )
        met = met or (comparable and fact["risk_score"] >= rule.risk_score_at_least)
        unsure = unsure or not comparable
    return "referred" if met else "cannot_tell" if unsure else "not_listed"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FACTS, min_size=1, max_size=25), RULES, RULES)
def test_a_plain_loop_over_the_reports_finds_the_same(
    facts: list[dict[str, Any]], one: Criteria, other: Criteria
) -> None:
    told = reports(*({name: value for name, value in fact.items() if name != "person"} for fact in facts))
    links = pl.DataFrame(
        {"record_ref": told["report_ref"], "person_id": [f"P{fact['person']}" for fact in facts]}
    )
    found = judged_people(judged_reports(told, links, one, other))
    states: dict[str, list[str]] = defaultdict(list)
    firsts: list[Counter[str]] = []
    for rule in (one, other):
        first: dict[int, date] = {}
        said: dict[int, set[str]] = defaultdict(set)
        for fact in sorted(facts, key=lambda fact: fact["reported_on"]):
            verdict = said_by_hand(fact, rule)
            said[fact["person"]].add(verdict)
            if verdict == "referred":
                first.setdefault(fact["person"], fact["reported_on"])
        for who in sorted(said):
            told_of = said[who]
            state = (
                "referred"
                if "referred" in told_of
                else "cannot_tell"
                if "cannot_tell" in told_of
                else "not_listed"
            )
            states[f"P{who}"].append(state)
        firsts.append(Counter((day - timedelta(days=day.weekday())).isoformat() for day in first.values()))
    rows = {
        who: [was, would_be]
        for who, was, would_be in found.select("person_id", "in_force", "tried").iter_rows()
    }
    assert rows == states
    period = last_year_of(pl.Series([date(2021, 3, 1), date(2021, 4, 30)]), date(2021, 6, 1))
    assert period is not None
    weeks = by_week(found, period, ())
    assert {week.starts_on: week.in_force for week in weeks if week.in_force} == dict(firsts[0])
    assert {week.starts_on: week.tried for week in weeks if week.tried} == dict(firsts[1])
    pairs = Counter(tuple(pair) for pair in states.values())
    counted = moves(found)
    assert counted["newly_in"] == sum(
        n for (was, now), n in pairs.items() if was != "referred" and now == "referred"
    )
    assert counted["lost_from_sight"] == sum(
        n for (was, now), n in pairs.items() if was != "not_listed" and now == "not_listed"
    )
