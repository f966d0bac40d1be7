"""Decisions of the desks go into the lake once, with who and when, and a broken one is kept aside."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.desk_decisions import take_decisions
from fourfold.pipeline.intake import take_in
from fourfold.pipeline.refresh import refresh
from fourfold.records import Batch, DeskDecision, Quarantined

MADE_AT = datetime(2026, 3, 29, 1, 30, 15, 123456, tzinfo=UTC)


def decision(number: int, **told: Any) -> dict[str, Any]:
    return {
        "decision_id": f"{number:032x}",
        "kind": "assessment",
        "subject": "person",
        "subject_ref": "NFRC-1",
        "value": {"level": "enhanced", "words": 'said "no",\nthen yes', "none": None},
        "reason": "مريم asked",
        "role": "victim_care",
        "unit": "victim-care",
        "made_by": "7",
        "made_at": MADE_AT,
    } | told


def standing(home: Home) -> pl.DataFrame:
    frame = Lake(home.lake).scan(DeskDecision.table)
    assert frame is not None
    return frame.sort("decision_id").collect()


def test_a_decision_arrives_as_it_was_taken(home: Home) -> None:
    result = take_decisions(home, [decision(1), decision(2, reason="", role="", unit="")])
    assert (result.received, result.accepted, result.quarantined) == (2, 2, 0)
    first, second = standing(home).to_dicts()
    assert json.loads(first["value"]) == {"level": "enhanced", "none": None, "words": 'said "no",\nthen yes'}
    assert (first["made_at"], first["made_by"], first["reason"]) == (MADE_AT, "7", "مريم asked")
    assert (second["reason"], second["role"], second["unit"]) == (None, None, None)


def test_the_same_decisions_again_change_nothing_whatever_comes_with_them(home: Home) -> None:
    take_decisions(home, [decision(1)])
    again = take_decisions(home, [decision(1), decision(2)])
    assert (again.received, again.accepted, again.unchanged) == (2, 1, 1)
    assert standing(home).height == 2


def test_a_decision_nobody_could_read_again_is_set_aside_with_its_text(home: Home) -> None:
    result = take_decisions(
        home, [decision(1, value="not an object"), decision(2), decision(3, subject_ref="")]
    )
    assert (result.accepted, result.quarantined) == (1, 2)
    aside = Lake(home.lake).scan(Quarantined.table)
    assert aside is not None
    assert aside.sort("file_row").collect()["rule"].to_list() == [
        "value|not_an_object",
        "subject_ref|nullability",
    ]


def test_an_event_without_a_real_moment_and_an_audit_nobody_can_read_stop_no_refresh(home: Home) -> None:
    event = {"event_type": "victim_updated", "happened_at": "yesterday"}
    told = [
        decision(1, kind="case_event", subject="crime", value=event),
        decision(2, kind="audit_reading", subject="crime", value={"round": "first"}),
        decision(3, kind="audit_drawn", subject="audit", value={"sample_ref": "A1"}),
    ]
    assert take_decisions(home, told).quarantined == 3
    refresh(home)


def test_every_load_leaves_its_account(home: Home) -> None:
    take_decisions(home, [decision(1)])
    batches = Lake(home.lake).scan(Batch.table)
    assert batches is not None
    row = batches.collect().to_dicts()[0]
    assert (row["source"], row["received"], row["accepted"]) == ("desk", 1, 1)


def test_a_file_that_looks_like_decisions_is_refused(home: Home, tmp_path: Path) -> None:
    forged = tmp_path / "decisions.csv"
    told = decision(1)
    forged.write_text(
        ",".join(told) + "\n" + ",".join('"' + str(value).replace('"', '""') + '"' for value in told.values())
    )
    report = take_in(home, [forged], force="aldermere")
    assert len(report.refused) == 1
    assert Lake(home.lake).scan(DeskDecision.table) is None
