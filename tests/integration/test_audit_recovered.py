"""An audit of the made-up force: drawn from the lake, read perfectly, carried through the desk's decisions, found."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from fourfold.home import DataProblemError, Home, WrongUseError
from fourfold.lake import Lake
from fourfold.measures.audit import SHARES, columns_of
from fourfold.measures.audit_sample import READINGS, Sample
from fourfold.measures.period import Period
from fourfold.pipeline import audit
from fourfold.pipeline.audit_decisions import drawn_value, reading_rows, reading_value, samples_in
from fourfold.pipeline.desk_decisions import take_decisions
from fourfold.pipeline.opening import open_figures
from fourfold.pipeline.refresh import refresh
from fourfold.records import DeskDecision
from fourfold.records.audit import AuditFinding
from fourfold.rules import audit_sample
from fourfold.rules.questionnaires import Questionnaire, questionnaire

QUARTER = Period(date(2021, 7, 1), date(2021, 9, 1))
NOON = datetime(2022, 1, 5, 12, tzinfo=UTC)
FORCE = "aldermere"


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    return questionnaire("victims_code", QUARTER.end)


@pytest.fixture(scope="module")
def frame(small_force: Path, asked: Questionnaire) -> audit.Frame:
    return audit.frame_of(Home(small_force), FORCE, QUARTER, asked)


@pytest.fixture(scope="module")
def truth(small_force: Path, asked: Questionnaire) -> dict[str, dict[str, str]]:
    """The answer that a perfect reader gives to each question of each crime, from what was planted."""
    told = pl.read_csv(small_force.parent / "files" / "truth" / "duties.csv", try_parse_dates=True)
    found: dict[str, dict[str, str]] = {}
    for question in asked.questions:
        states = told.filter(pl.col("rule").is_in(question.rules)).group_by("crime_ref").agg("state")
        found[question.question] = {ref: answer(set(state)) for ref, state in states.iter_rows()}
    return found


def answer(states: set[str]) -> str:
    """Return one answer for several duties: one breach is a breach, one blank leaves it open."""
    if states & {"late", "missed"}:
        return "not_met"
    if "unrecorded" in states:
        return "not_recorded"
    return "met" if "in_time" in states else "not_applicable"


def read(sample: Sample, crimes: pl.Series, truth: dict[str, dict[str, str]]) -> dict[str, dict[str, object]]:
    return {
        ref: reading_value(
            sample.questionnaire,
            sample_ref=sample.sample_ref,
            round="first",
            answers={key: {"answer": said.get(ref, "not_applicable")} for key, said in truth.items()},
        )
        for ref in crimes
    }


def drawn(frame: audit.Frame, n: int, seed: int, allocation: str = "equal") -> Sample:
    return audit.draw_sample(frame, audit.plan(frame.sizes, n, allocation), sample_ref=f"s{seed}", seed=seed)[
        0
    ]


def shares_of(frame: audit.Frame, said: dict[str, str]) -> dict[str, float]:
    answers = [said.get(ref, "not_applicable") for ref in frame.crimes["crime_ref"]]
    counts = {name: answers.count(name) for name in set(answers)}
    return {
        share: sum(counts.get(name, 0) for name in above) / max(sum(counts.get(name, 0) for name in below), 1)
        for share, (above, below) in SHARES.items()
    }


def test_the_frame_is_the_quarters_crimes_that_stand_each_in_one_group(frame, small_force):
    lake = Lake(Home(small_force).lake)
    crimes = lake.scan("crime", lake.current()).collect()
    mine = crimes.filter(pl.col("recorded_on").is_between(QUARTER.first, QUARTER.end))
    standing = mine.filter(pl.col("cancelled_on").is_null() & (pl.col("status") != "cancelled"))
    assert set(frame.crimes["crime_ref"]) == set(standing["crime_ref"])
    assert frame.cancelled == mine.height - standing.height > 0
    assert sum(frame.sizes) == frame.crimes.height > 100
    domestic = standing.filter(pl.col("domestic").fill_null(False))["crime_ref"]
    assert set(frame.crimes.filter(stratum="domestic")["crime_ref"]) == set(domestic)
    assert frame.crimes.select(pl.col("flags").list.contains(pl.col("stratum")).all()).item()
    assert frame.overlap["crimes"].sum() > 0


def test_a_quarter_without_crimes_says_what_to_do(small_force, asked):
    with pytest.raises(WrongUseError, match="no crime recorded in July to September 2031"):
        audit.frame_of(Home(small_force), FORCE, Period(date(2031, 7, 1), date(2031, 9, 1)), asked)


def test_a_sample_too_small_to_go_round_says_so(frame):
    with pytest.raises(WrongUseError, match="do not reach"):
        audit.plan(frame.sizes, 3, "equal")
    with pytest.raises(WrongUseError, match="equal, proportional, neyman"):
        audit.plan(frame.sizes, 60, "by eye")


def test_a_whole_population_read_perfectly_gives_the_truth_itself(frame, truth):
    sample = drawn(frame, frame.crimes.height, 1)
    values = read(sample, frame.crimes["crime_ref"], truth)
    rows = [row for ref, value in values.items() for row in reading_rows(ref, "anna", NOON, value)]
    found = audit.work_out(sample, pl.DataFrame(rows, schema=READINGS))
    for question, said in truth.items():
        row, right = found.finding(question), shares_of(frame, said)
        for share in SHARES:
            assert [row[column] for column in columns_of(share)] == pytest.approx([right[share]] * 3)


@pytest.mark.parametrize("allocation", audit_sample.ALLOCATIONS)
def test_samples_read_perfectly_contain_the_truth(frame, truth, allocation):
    held = []
    for seed in range(10):
        sample = drawn(frame, 60, seed, allocation)
        crimes = audit_sample.to_read(audit.drawn_of(sample))["crime_ref"]
        rows = [
            row
            for ref, value in read(sample, crimes, truth).items()
            for row in reading_rows(ref, "anna", NOON, value)
        ]
        found = audit.work_out(sample, pl.DataFrame(rows, schema=READINGS))
        for question, said in truth.items():
            row, right = found.finding(question), shares_of(frame, said)
            for share in ("recorded", "strict", "best_case", "not_recorded"):
                _, lower, upper = (row[column] for column in columns_of(share))
                held.append(lower is not None and lower - 1e-9 <= right[share] <= upper + 1e-9)
    assert len(held) == 10 * 5 * 4
    assert np.mean(held) >= 0.93


def test_findings_reach_the_lake_by_the_desks_decisions(small_force, truth, asked, tmp_path):
    shutil.copytree(small_force, tmp_path / "home")
    home = Home(tmp_path / "home")
    frame = audit.frame_of(home, FORCE, QUARTER, asked)
    sample, beside = audit.draw_sample(frame, audit.plan(frame.sizes, 40, "equal"), sample_ref="s1", seed=9)
    assert {"officer_ref", "unit", "flags", "inclusion_probability", "second_read"} <= set(beside.columns)
    gone = sample.crimes.filter(stratum="other")["crime_ref"][0]
    crimes = audit_sample.to_read(audit.drawn_of(sample), [gone])["crime_ref"]
    assert gone not in crimes
    values = read(sample, crimes, truth)
    values[gone] = reading_value(asked, sample_ref="s1", round="first", out_of_scope="restricted")
    take_decisions(home, [decision("d0", "audit_drawn", "audit", "s1", drawn_value(sample))])
    take_decisions(
        home,
        [
            decision(f"r{at}", "audit_reading", "crime", ref, value)
            for at, (ref, value) in enumerate(values.items())
        ],
    )
    refresh(home)
    assert published(home).is_empty(), "nobody has signed the findings off"
    take_decisions(home, [decision("a1", "audit_approved", "audit", "s1", {})])
    refresh(home)
    lake = Lake(home.lake)
    manifest = lake.current()
    rows = [row for ref, value in values.items() for row in reading_rows(ref, "anna", NOON, value)]
    at_once = audit.work_out(sample, pl.DataFrame(rows, schema=READINGS))
    found = published(home)
    assert found.equals(at_once.findings)
    force = found.filter(stratum="", question="acknowledged").row(0, named=True)
    assert (force["drawn"], force["read"], force["out_of_scope"]) == (40, 40, 1)
    (kept,) = samples_in(lake.scan(DeskDecision.table, manifest).collect())
    assert kept.frame_hash == frame.hash
    # the frame of the manifest it names is drawn in the same order again
    order = audit.whole_order(home, kept)
    assert (
        order.join(kept.crimes, on=["crime_ref", "stratum", "place", "second_read"]).height
        == kept.crimes.height
    )
    assert order.height == frame.crimes.height
    with pytest.raises(DataProblemError, match="cannot be made again"):
        audit.whole_order(home, replace(kept, frame_hash="0" * 64))

    take_decisions(home, [decision("w1", "audit_withdrawn", "audit", "s1", {})])
    refresh(home)
    assert published(home).is_empty(), "a sample that was withdrawn is in no figure"


def published(home: Home) -> pl.DataFrame:
    lake = Lake(home.lake)
    return lake.scan(AuditFinding.table, lake.current()).collect()


def decision(key: str, kind: str, subject: str, ref: str, value: dict[str, object]) -> dict[str, object]:
    return {
        "decision_id": key,
        "kind": kind,
        "subject": subject,
        "subject_ref": ref,
        "value": value,
        "made_by": "anna",
        "made_at": NOON,
    }


def test_a_home_without_decisions_has_no_findings(small_force):
    found = audit.audit_findings(open_figures(Home(small_force), date(2022, 1, 5)))
    AuditFinding.validate(found)
    assert found.is_empty()
