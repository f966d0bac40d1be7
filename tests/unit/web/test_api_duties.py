"""Duties to victims for programs: the same duties, held to the same units and trailed the same as on the pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from api_ground import Program, program_of
from duty_cases import UNIT_CODE, decisions_out, row_of


@pytest.fixture
def officer(duties: Any, make_person: Callable[..., Any]) -> Program:
    return program_of(make_person(("offender_manager", UNIT_CODE)))


def record(program: Program, **told: Any) -> Any:
    usual = {"crime": "C/1/21", "duty": row_of("C/1/21").key, "result": "done", "on": "2021-10-15"}
    headers = told.pop("headers", {})
    body = json.dumps(usual | told)
    return program.ask(
        "/api/duties/records", "POST", data=body, content_type="application/json", headers=headers
    )


def test_a_program_lists_the_duties_of_its_units(officer: Program) -> None:
    rows = list(officer.items("/api/duties?list=all"))
    assert [row["crime"] for row in rows] == ["C/1/21", "C/2/21", "C/6/21", "C/6/21", "C/3/21"]
    late = officer.ask("/api/duties?list=late").json()["items"][0]
    assert (late["due_list"], late["state"], late["due_on"], late["unit"]) == (
        "Late", "not_met", "2021-10-18", UNIT_CODE,
    )  # fmt: skip
    assert "said_not_done" not in late["why"]
    assert "25 October 2021" in late["why"]


def test_one_crime_comes_without_names_and_is_trailed(officer: Program) -> None:
    from fourfold.web.trail.models import TrailEntry

    answer = officer.ask("/api/duties/of-crime?crime=C/2/21")
    told = answer.json()
    assert {one["rule"] for one in told["duties"]} >= {"R06-ARREST", "R03-ACK"}
    assert [one["event_type"] for one in told["log"]] == ["victim_updated", "arrested"]
    assert not any(name in answer.content.decode() for name in ("Castleton", "Thornbury"))
    assert TrailEntry.objects.first().act == "duties_of_crime_opened"


def test_a_crime_of_another_unit_is_not_there(officer: Program) -> None:
    from fourfold.web.trail.models import TrailEntry

    assert officer.ask("/api/duties/of-crime?crime=C/4/21").status_code == 404
    assert TrailEntry.objects.first().act == "access_denied"
    assert record(officer, crime="C/4/21", duty=row_of("C/4/21").key).status_code == 404
    assert decisions_out() == []


def test_what_a_program_records_goes_out_once(officer: Program) -> None:
    for status in (201, 409):
        assert record(officer, headers={"Idempotency-Key": "mine"}).status_code == status
    assert decisions_out() == [{
        "event_type": "victim_updated", "about_event_id": "C/1/21/arrest", "victim_ref": "V1",
        "happened_at": "2021-10-15T23:59:00+01:00", "result": "done",
    }]  # fmt: skip
    told = officer.ask("/api/duties/of-crime?crime=C/1/21").json()
    duty = next(one for one in told["duties"] if one["rule"] == "R06-ARREST")
    assert (duty["state"], duty["is_being_worked_out"]) == ("met_in_time", True)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"event_type": "arrested"}, 422),
        ({"on": "2022-01-05"}, 422),
        ({"on": "2021-10-10"}, 422),
        ({"duty": "0" * 32}, 404),
        ({"result": "perhaps"}, 422),
    ],
)
def test_what_cannot_be_is_refused(told: dict[str, str], status: int, officer: Program) -> None:
    assert record(officer, **told).status_code == status
    assert decisions_out() == []


def test_a_page_of_the_list_leads_on(officer: Program) -> None:
    first = officer.ask("/api/duties?list=all&limit=2").json()
    second = officer.ask(f"/api/duties?list=all&limit=2&after={first['next']}").json()
    assert [row["crime"] for row in (*first["items"], *second["items"])] == [
        "C/1/21",
        "C/2/21",
        "C/6/21",
        "C/6/21",
    ]
    other = row_of("C/4/21").pk
    assert officer.ask(f"/api/duties?list=all&after={other}").status_code == 404, (
        "another unit's row leads nowhere"
    )
