"""Taking up: what must be seen to comes once, what is settled leaves and keeps its history, nothing is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import duty_cases
import pytest
from duties_ground import set_policy
from duty_cases import UNIT_CODE, row_of


def rows(**wanted: Any) -> list[tuple[str, str, str]]:
    from fourfold.web.victims_code.models import DutyRow

    found = DutyRow.objects.filter(**wanted).order_by("case_ref", "subject_ref")
    return list(found.values_list("case_ref", "subject_ref", "state"))


EVERYTHING = [
    ("C/1/21", "V1", "not_recorded"), ("C/2/21", "V2", "not_met"), ("C/3/21", "V3", "running"),
    ("C/4/21", "V4", "not_recorded"), ("C/5/21", "V5", "not_recorded"), ("C/6/21", "V6", "not_recorded"),
    ("C/6/21", "W6", "not_recorded"), ("C/8/21", "V8", "not_recorded"), ("C/8/21", "W8", "not_recorded"),
]  # fmt: skip


def test_what_must_be_seen_to_is_taken_up_and_the_old_is_counted(duties: Any) -> None:
    from fourfold.web.victims_code.taking_up import standing_now

    assert rows() == EVERYTHING
    standing = standing_now()
    assert (standing.as_of, standing.since) == (date(2021, 12, 31), date(2020, 12, 31))
    assert standing.before == {UNIT_CODE: {"not_recorded": 2}}


def test_taken_up_twice_it_changes_nothing(duties: Any) -> None:
    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.victims_code.models import DutyRow

    before = list(DutyRow.objects.order_by("pk").values())
    entries = TrailEntry.objects.count()
    duty_cases.take(duties)
    assert list(DutyRow.objects.order_by("pk").values()) == before
    assert TrailEntry.objects.count() == entries


def test_with_no_clock_yet_nothing_happens(register: Any, tmp_path: Any) -> None:
    from fourfold.home import Home

    home = Home(tmp_path / "empty")
    home.prepare()
    duty_cases.take(home)
    assert rows() == []


def test_how_far_back_is_the_forces_own(fresh: Any) -> None:
    set_policy(fresh, taken_up_days=4000)
    duty_cases.take(fresh)
    assert ("C/7/18", "V7", "not_recorded") in rows()


def test_a_duty_that_runs_is_taken_up_whatever_its_age(fresh: Any) -> None:
    set_policy(fresh, taken_up_days=0)
    duty_cases.take(fresh)
    assert rows() == [("C/3/21", "V3", "running")]


def test_units_of_crimes_become_units_of_the_register(duties: Any) -> None:
    from fourfold.web.accounts.crime_units import unit_code
    from fourfold.web.accounts.models import Unit
    from fourfold.web.trail.models import TrailEntry

    names = dict(Unit.objects.values_list("code", "name"))
    assert names["response-north"] == "Response North"
    assert names["unit-not-told"] == "Unit not told"
    assert names[unit_code(duty_cases.LONG_UNIT)] == duty_cases.LONG_UNIT
    assert len(unit_code(duty_cases.LONG_UNIT)) <= 40
    assert TrailEntry.objects.filter(act="unit_added").count() == 4
    assert row_of("C/5/21").unit.code == "unit-not-told"


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("Response North", "response  north", True),
        ("Team of the Long Valley and Hills, part one", "Team of the Long Valley and Hills, part two", False),
        ("警察署", "交番", False),
        (None, "", True),
    ],
)
def test_two_units_share_a_code_only_where_they_are_one(
    one: str | None, other: str | None, are_same: bool
) -> None:
    from fourfold.web.accounts.crime_units import unit_code

    assert (unit_code(one) == unit_code(other)) is are_same


def record_done(make_person: Any, case_ref: str = "C/1/21", subject_ref: str = "") -> Any:
    """Record on a duty that it was done on 15 October 2021, and return its row."""
    from datetime import datetime

    from django.utils import timezone

    from fourfold.web.victims_code.actions.recording import LONDON, Told, record_duty
    from fourfold.web.victims_code.crime import crime_told

    row = row_of(case_ref, subject_ref=subject_ref)
    told = crime_told(case_ref, timezone.localdate())
    clock = next(
        one for one in told.clocks if one["rule"] == row.rule and one["subject_ref"] == row.subject_ref
    )
    happened = Told(
        "victim_updated", "Victim updated", datetime(2021, 10, 15, 12, tzinfo=LONDON), row.start_event_id
    )
    record_duty(
        clock=clock, key=row.key, unit=row.unit.code, told=happened, is_done=True, note="Rang",
        by=make_person(("offender_manager", row.unit.code)), seen=None,
    )  # fmt: skip
    return row


def test_what_was_recorded_is_worked_out_by_the_next_refresh_and_keeps_its_history(
    duties: Any, make_person: Any
) -> None:
    from fourfold.web.victims_code.models import DutyEvent

    row = record_done(make_person)
    assert row_of("C/1/21").decision != ""
    duty_cases.take(duties)
    assert row_of("C/1/21").is_open, "nothing has reached the lake"
    duty_cases.carry(duties)
    duty_cases.take(duties)
    assert row_of("C/1/21").decision != "", "the clocks do not rest on it yet"
    duty_cases.judge_again(duties)
    duty_cases.take(duties)
    settled = row_of("C/1/21")
    assert (settled.is_open, settled.state, settled.decision) == (False, "met_in_time", "")
    assert settled.done_on == date(2021, 10, 15)
    told = list(DutyEvent.objects.filter(key=row.key).order_by("pk").values_list("kind", "words"))
    assert told == [
        ("done", "Victim updated, 15 October 2021"),
        ("judged", "Worked out with what was recorded: met in time"),
    ]


def test_what_the_lake_refused_is_said_to_be(duties: Any, make_person: Any) -> None:
    from django.utils import timezone

    from fourfold.web.handover.models import OutboxDecision
    from fourfold.web.victims_code.models import DutyEvent

    record_done(make_person)
    OutboxDecision.objects.update(carried_at=timezone.now())
    duty_cases.take(duties)
    assert row_of("C/1/21").decision == ""
    assert "stands in quarantine" in DutyEvent.objects.get(kind="refused").words


def test_a_settled_duty_that_must_be_seen_to_again_comes_back(duties: Any, make_person: Any) -> None:
    from fourfold.web.victims_code.models import DutyRow

    DutyRow.objects.filter(case_ref="C/1/21").update(is_open=False, state="met_in_time")
    duty_cases.take(duties)
    back = row_of("C/1/21")
    assert (back.is_open, back.state, back.settled_at) == (True, "not_recorded", None)


def test_what_only_grew_old_leaves_unless_a_supervisor_has_yet_to_answer(duties: Any, at: Any) -> None:
    from django.utils import timezone

    from fourfold.web.victims_code.models import DutyRow

    DutyRow.objects.filter(case_ref="C/2/21").update(escalated_at=timezone.now())
    set_policy(duties, taken_up_days=1)
    duty_cases.take(duties)
    assert rows(is_open=True) == [("C/2/21", "V2", "not_met"), ("C/3/21", "V3", "running")]


def test_times_in_which_a_victim_may_act_are_nobodys_duty(duties: Any) -> None:
    from fourfold.pipeline.duties import windows
    from fourfold.web.victims_code.models import DutyRow

    assert "R06-VRR-REQ" in windows(duties)
    assert not DutyRow.objects.filter(rule__in=windows(duties)).exists()
