"""The referral rule of the source paper (paragraph 15), as worked examples: reports in, verdicts and list out.

Romance fraud, or aged 70 or over, or a high risk score. What cannot be judged is listed, never left away.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fourfold.link.exact_people import link_exactly
from fourfold.records import FraudReport
from fourfold.rules.fraud_triage import CRITERIA, judge
from fourfold.worklists.victim_care import victim_care

THRESHOLD = """
risk_score_at_least:
  title: Risk score from which a victim is referred
  values:
    - {value: 60, from: 2018-01-01, source: "A made-up force, policy of 1 January 2018", status: made up}
risk_score_scale:
  title: Its scale
  values:
    - {value: A to Z, from: 2018-01-01, source: "A made-up force, policy of 1 January 2018", status: made up}
"""


def reports(*rows: dict[str, Any]) -> pl.DataFrame:
    """Reports of a person born in 1980 who tells all, but for what a row says otherwise."""
    usual = {
        "batch_id": "b",
        "file_row": 2,
        "told_at": datetime(2022, 1, 3, tzinfo=UTC),
        "source": "action_fraud",
        "reported_on": date(2021, 6, 1),
        "force": "aldermere",
        "nfib_code": "NFIB3A",
        "victim_type": "individual",
        "date_of_birth": date(1980, 5, 5),
        "risk_score": 10.0,
        "risk_score_scale": "A to Z",
    }
    told = [{**usual, "report_ref": f"R{number}", **row} for number, row in enumerate(rows, start=1)]
    schema = {name: column.dtype for name, column in FraudReport.columns().items()}
    return pl.DataFrame(told, schema=schema)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    (tmp_path / "fraud_triage.yaml").write_text(THRESHOLD, encoding="utf-8")
    return tmp_path


def verdicts(policy: Path, **row: Any) -> tuple[str, ...]:
    return judge(reports(row), policy).select(CRITERIA).row(0)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, ("not_met", "not_met", "not_met")),
        ({"nfib_code": "NFIB1D"}, ("met", "not_met", "not_met")),
        ({"nfib_code": None}, ("cannot_tell", "not_met", "not_met")),
        ({"date_of_birth": date(1951, 6, 1)}, ("not_met", "met", "not_met")),  # 70 on the day of the report
        ({"date_of_birth": date(1951, 6, 2)}, ("not_met", "not_met", "not_met")),  # 70 on the day after
        ({"age": 70, "date_of_birth": None}, ("not_met", "met", "not_met")),
        (
            {"age": 69, "date_of_birth": date(1940, 1, 1)},
            ("not_met", "not_met", "not_met"),
        ),  # as stated goes first
        ({"date_of_birth": None}, ("not_met", "cannot_tell", "not_met")),
        ({"victim_type": "organisation", "date_of_birth": None}, ("not_met", "not_applicable", "not_met")),
        ({"risk_score": 60.0}, ("not_met", "not_met", "met")),
        ({"risk_score": 59.9}, ("not_met", "not_met", "not_met")),
        ({"risk_score": None}, ("not_met", "not_met", "cannot_tell")),
        ({"risk_score": 99.0, "risk_score_scale": "1 to 5"}, ("not_met", "not_met", "cannot_tell")),
        ({"risk_score": 99.0, "risk_score_scale": None}, ("not_met", "not_met", "cannot_tell")),
    ],
)
def test_each_criterion(policy: Path, told: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert verdicts(policy, **told) == expected


def test_a_threshold_that_is_not_set_decides_nothing(tmp_path: Path) -> None:
    assert verdicts(tmp_path, risk_score=None)[2] == "not_set"
    assert verdicts(tmp_path, risk_score=99.0)[2] == "not_set"


def test_a_rule_changed_in_mid_year_judges_only_its_own_days(tmp_path: Path) -> None:
    (tmp_path / "fraud_triage.yaml").write_text(
        """
age_at_least:
  title: Age from which a victim is referred
  values:
    - {value: 75, from: 2018-01-01, to: 2021-05-31, source: "Made up", status: made up}
    - {value: 65, from: 2021-06-01, source: "Made up", status: made up}
""",
        encoding="utf-8",
    )
    told = reports(
        {"age": 70, "reported_on": date(2021, 5, 31)}, {"age": 70, "reported_on": date(2021, 6, 1)}
    )
    assert judge(told, tmp_path)["aged"].to_list() == ["not_met", "met"]


def test_one_line_a_person_with_every_reason_in_words(policy: Path) -> None:
    person = {"first_names": "Ada", "last_name": "Quill", "date_of_birth": date(1940, 1, 1)}
    told = reports(
        {**person, "nfib_code": "NFIB1D"},
        {**person, "first_names": "ADA ", "reported_on": date(2021, 7, 1), "risk_score": 80.0},
        {"first_names": "Ben", "last_name": "Nobody"},
        {"first_names": "Cy", "last_name": "Unknown", "date_of_birth": None},
    )
    listed = victim_care(judge(told, policy), link_exactly(told))
    assert listed["subject_ref"].to_list() == ["R1", "R4"]
    assert listed["cannot_tell"].to_list() == [False, True]
    reasons = json.loads(listed["reasons"][0])
    assert [(one["rule"], one["evidence"]) for one in reasons] == [
        ("romance", ["R1"]),
        ("aged", ["R1"]),
        ("aged", ["R2"]),
        ("risk", ["R2"]),
    ]
    assert reasons[1]["words"] == "Aged 81 at the report"
    assert json.loads(listed["reasons"][1])[0]["words"] == "Neither age nor date of birth is stated"
    assert listed["first_on"][0] == date(2021, 6, 1)
    assert listed["last_on"][0] == date(2021, 7, 1)


def test_nobody_who_meets_a_criterion_or_cannot_be_judged_is_left_away(policy: Path) -> None:
    ages = [None, 20, 69, 70, 90]
    scores = [None, 10.0, 60.0]
    codes = [None, "NFIB1D", "NFIB3A"]
    rows = [
        {"age": age, "date_of_birth": None, "risk_score": score, "nfib_code": code}
        for age in ages
        for score in scores
        for code in codes
    ]
    told = reports(*rows)
    listed = victim_care(judge(told, policy), link_exactly(told))
    left_away = told.join(listed, left_on="report_ref", right_on="subject_ref", how="anti")
    assert left_away.height
    assert (
        left_away.select(
            (pl.col("age") < 70) & (pl.col("risk_score") < 60) & (pl.col("nfib_code") == "NFIB3A")
        )
        .to_series()
        .all()
    )


def test_a_report_dated_before_the_rule_is_listed_for_somebody_to_look(policy: Path) -> None:
    """Its day may be a slip for this year's: its victim must not be lost for it, nor keep others from being judged."""
    told = reports({"reported_on": date(2012, 6, 1), "nfib_code": "NFIB1D"}, {"nfib_code": "NFIB1D"})
    judged = judge(told, policy).sort("report_ref")
    assert judged.select(CRITERIA).rows()[0] == ("no_rule", "no_rule", "no_rule")
    assert judged["romance"].to_list()[1] == "met"
    listed = victim_care(judged, link_exactly(told)).sort("subject_ref")
    assert listed["cannot_tell"].to_list() == [True, False]
    assert json.loads(listed["reasons"][0]) == [
        {
            "rule": "day",
            "words": "The report is dated 1 June 2012, before the referral rule began: check its day",
            "evidence": ["R1"],
        }
    ]
