"""What a desk records about a duty counts like an event of the crime system."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from clock_records import FORCE, crime, event, frame, london, victim
from fourfold.pipeline.clocks import NEEDED, with_desk_events
from fourfold.records import CaseEvent, Crime, DeskDecision, PersonRole
from fourfold.rules.clocks import judge
from fourfold.rules.rulebook import rulebook

ARREST = event("2021-06-07 09:00", "arrested", id="S")


def decision(**told: Any) -> dict[str, Any]:
    value = {
        "event_type": "victim_updated",
        "about_event_id": "S",
        "victim_ref": "V1",
        **told.pop("value", {}),
    }
    return {
        "decision_id": "D1",
        "kind": "case_event",
        "subject": "crime",
        "subject_ref": "C1",
        "value": json.dumps(value),
        "made_by": "officer-1",
        "made_at": datetime(2021, 7, 1, 9, tzinfo=UTC),
        **told,
    }


def arrest_clock(*decisions: dict[str, Any]) -> dict[str, Any]:
    crimes = frame(Crime, [crime()]).select(NEEDED[Crime])
    events = frame(CaseEvent, [ARREST]).select(NEEDED[CaseEvent])
    told = with_desk_events(events, crimes, frame(DeskDecision, list(decisions)).lazy())
    reach = pl.DataFrame({"force": [FORCE], "as_of": [date(2021, 6, 30)]})
    people = frame(PersonRole, [victim()]).select(NEEDED[PersonRole])
    return judge(crimes, people, told, reach, rulebook()).filter(rule="R06-ARREST").to_dicts()[0]


def test_done_on_its_own_day_though_recorded_later():
    assert arrest_clock()["state"] == "not_recorded"
    done = decision(value={"happened_at": london("2021-06-14 23:30").isoformat()})
    found = arrest_clock(done)
    assert (found["state"], found["done_on"], found["done_event_id"]) == (
        "met_in_time",
        date(2021, 6, 14),
        "desk/D1",
    )
    with_offset = decision(value={"happened_at": "2021-06-15T00:30:00+01:00"})
    assert arrest_clock(with_offset)["state"] == "met_late"


@pytest.mark.parametrize(
    "told", ["2021-06-14T10:00+01:00", "2021-06-14 09:00Z", "20210614T090000+0000", "2021-W24-1T09:00Z"]
)
def test_a_moment_counts_in_each_form_that_the_door_lets_in(told):
    """One that could not be read would fall back on the day on which it was written down, and be late."""
    found = arrest_clock(decision(value={"happened_at": told}))
    assert (found["state"], found["done_on"]) == ("met_in_time", date(2021, 6, 14))


def test_a_moment_that_is_not_told_is_that_of_writing_it_down():
    assert arrest_clock(decision())["done_on"] == date(2021, 7, 1)


def test_said_not_to_be_done():
    refused = decision(value={"happened_at": "2021-06-20T09:00:00+00:00", "result": "not_done"})
    assert arrest_clock(refused)["state"] == "not_met"


def test_without_a_moment_it_counts_from_when_it_was_recorded():
    assert arrest_clock(decision())["done_on"] == date(2021, 7, 1)


def test_decisions_about_something_else_change_nothing():
    for other in ({"kind": "assessment"}, {"subject": "person"}, {"subject_ref": "C9"}):
        assert arrest_clock(decision(**other))["state"] == "not_recorded"
