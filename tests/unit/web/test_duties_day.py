"""What happens by itself: escalation after a set time, the digest of a morning, and working out what was recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duty_cases
import pytest
from django.urls import reverse
from duties_ground import MORNING, set_policy
from duty_cases import UNIT_CODE, row_of


def escalated() -> list[str]:
    from fourfold.web.victims_code.listing import IS_ESCALATED
    from fourfold.web.victims_code.models import DutyRow

    return sorted(DutyRow.objects.filter(IS_ESCALATED).values_list("case_ref", flat=True))


def escalate_on(moment: datetime) -> int:
    from fourfold.web.victims_code.actions.escalating import escalate_due

    return escalate_due(moment.date(), moment)


def test_without_a_time_set_nothing_is_escalated(duties: Any) -> None:
    assert escalate_on(MORNING + timedelta(days=400)) == 0
    assert escalated() == []


@pytest.mark.parametrize(
    ("days", "expected"), [(6, []), (7, ["C/2/21"]), (8, ["C/2/21"]), (10, ["C/2/21", "C/3/21"])]
)
def test_what_is_late_is_escalated_after_the_set_days_from_when_the_desk_had_it(
    days: int, expected: list[str], duties: Any
) -> None:
    """C/2 was late when the desk took it up on 4 January; C/3 becomes late after 7 January, and waits 7 days from then."""
    set_policy(duties, escalate_late_days=7)
    escalate_on(MORNING + timedelta(days=days))
    assert escalated() == expected


def test_what_nobody_can_tell_has_a_time_of_its_own(duties: Any) -> None:
    set_policy(duties, escalate_cannot_tell_days=3)
    escalate_on(MORNING + timedelta(days=3))
    assert escalated() == ["C/1/21", "C/4/21", "C/5/21", "C/6/21", "C/6/21", "C/8/21", "C/8/21"]


def test_it_is_escalated_once_and_stays_answered(duties: Any, make_person: Any) -> None:
    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.victims_code.actions.escalating import answer
    from fourfold.web.victims_code.models import DutyEvent

    set_policy(duties, escalate_late_days=0)
    assert escalate_on(MORNING) == 1
    assert escalate_on(MORNING) == 0
    answer(
        row=row_of("C/2/21"),
        decided="The sergeant rings",
        by=make_person(("offender_manager", UNIT_CODE)),
        seen=None,
    )
    assert escalate_on(MORNING + timedelta(days=1)) == 0
    assert escalated() == []
    told = list(DutyEvent.objects.order_by("pk").values_list("kind", "words", "detail"))
    assert told == [
        ("escalated", "Escalated: late for 0 days or more", ""),
        ("answered", "Escalation answered", "The sergeant rings"),
    ]
    assert TrailEntry.objects.filter(act="duties_escalated").count() == 1


def test_what_is_being_worked_out_is_not_escalated(duties: Any) -> None:
    from fourfold.web.victims_code.models import DutyRow

    DutyRow.objects.filter(case_ref="C/2/21").update(decision="d")
    set_policy(duties, escalate_late_days=0)
    assert escalate_on(MORNING) == 0


def test_people_escalate_and_answer_by_hand(duties: Any, browse: Callable[..., Any]) -> None:
    client = browse(("victim_care", UNIT_CODE))
    row = row_of("C/1/21")
    told = {"seen": "0", "form_key": "a", "why": "She rings daily"}
    escalate, answer = (
        reverse(f"victims_code:{page}", args=[row.key, "C/1/21"]) for page in ("escalate", "answer")
    )
    assert client.post(escalate, told).status_code == 302
    assert escalated() == ["C/1/21"]
    again = client.post(escalate, told | {"seen": "1", "form_key": "b"}).content.decode()
    assert "This duty is escalated already" in again
    page = client.get(reverse("victims_code:crime", args=["C/1/21"])).content.decode()
    assert "She rings daily" in page
    assert "Answer the escalation" in page
    assert client.post(answer, {"seen": "1", "form_key": "c", "decided": "Visit tomorrow"}).status_code == 302
    assert escalated() == []
    settled = client.post(answer, {"seen": "2", "form_key": "d", "decided": "Again"}).content.decode()
    assert "does not wait for an answer" in settled


def test_a_supervisor_is_told_on_today(duties: Any, browse: Callable[..., Any]) -> None:
    set_policy(duties, escalate_late_days=0, supervisors='{response-north: "SAM@force.example"}')
    escalate_on(MORNING)
    sam = browse(("offender_manager", UNIT_CODE), email="sam@force.example").get("/").content.decode()
    other = browse(("offender_manager", UNIT_CODE)).get("/").content.decode()
    assert "Escalated to you" in sam
    assert "Escalated to you" not in other
    assert "Escalated duties that wait for an answer" in other


def make(day: date, at: datetime) -> int:
    from fourfold.web.victims_code.digests import make_digests

    return make_digests(day, at)


def test_a_digest_is_made_once_a_day_for_each_unit(duties: Any) -> None:
    from fourfold.web.victims_code.models import Digest

    assert make(date(2022, 1, 4), MORNING) == 4
    assert make(date(2022, 1, 4), MORNING) == 0
    content = Digest.objects.get(unit__code=UNIT_CODE).content
    assert content["counts"] == {"escalated": 0, "late": 1, "today": 0, "week": 1, "unknown": 3}
    assert [one["officer_ref"] for one in content["officers"]] == ["AP1"]
    assert content["listed"]["late"] == [
        {
            "case_ref": "C/2/21",
            "title": "Tell the victim of an arrest",
            "due": "18 October 2021",
            "officer_ref": "AP1",
        }
    ]


def test_a_digest_stays_as_it_was_and_is_forgotten_after_its_time(duties: Any) -> None:
    from fourfold.web.victims_code.models import Digest

    make(date(2022, 1, 4), MORNING)
    make(date(2022, 4, 4), MORNING + timedelta(days=90))
    assert Digest.objects.filter(day=date(2022, 1, 4)).exists()
    make(date(2022, 4, 5), MORNING + timedelta(days=91))
    assert not Digest.objects.filter(day=date(2022, 1, 4)).exists()


def test_a_person_reads_the_digest_of_their_units_and_the_trail_names_its_crimes(
    duties: Any, browse: Callable[..., Any]
) -> None:
    from fourfold.web.trail.models import TrailEntry

    client = browse(("offender_manager", UNIT_CODE))
    assert "There is no digest of this day" in client.get("/victims-code/digest/").content.decode()
    make(date(2022, 1, 4), MORNING)
    page = client.get("/victims-code/digest/", follow=True).content.decode()
    assert "C/2/21" in page
    assert "Response South" not in page
    entry = TrailEntry.objects.first()
    assert (entry.act, entry.subject_refs) == ("digest_read", ["C/2/21", "C/3/21"])
    assert "Digest of 4 January 2022" in client.get("/").content.decode()
    assert client.get("/victims-code/digest/yesterday/").status_code == 404


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2022, 1, 4, 5, 59, tzinfo=UTC), 0),
        (datetime(2022, 1, 4, 6, 0, tzinfo=UTC), 1),
        (datetime(2022, 1, 3, 9, 0, tzinfo=UTC), 0),
        (datetime(2022, 1, 8, 9, 0, tzinfo=UTC), 0),
        (datetime(2022, 6, 6, 5, 30, tzinfo=UTC), 1),
        (datetime(2035, 1, 1, 9, 0, tzinfo=UTC), 1),
    ],
    ids=[
        "before the hour",
        "at the hour",
        "a bank holiday",
        "a Saturday",
        "summer time",
        "beyond the list of holidays",
    ],
)
def test_the_digest_is_asked_for_on_working_days_from_its_hour(
    moment: datetime, expected: int, duties: Any, at: Any, monkeypatch: Any
) -> None:
    from fourfold.web.victims_code import watching

    asked: list[Any] = []
    monkeypatch.setattr(watching, "enqueue_once", asked.append)
    at(moment)
    watching.watch_day(duties)
    assert len(asked) == expected


def test_what_was_recorded_is_worked_out_after_a_while_and_asked_for_once(
    duties: Any, at: Any, monkeypatch: Any, browse: Callable[..., Any]
) -> None:
    from fourfold.web.victims_code import watching

    asked: list[Any] = []
    monkeypatch.setattr(watching, "enqueue_once", asked.append)
    watching.watch_recorded(duties)
    client = browse(("offender_manager", UNIT_CODE))
    where = reverse("victims_code:record", args=[row_of("C/1/21").key, "C/1/21"])
    told = {
        "what": "not_done",
        "on_day": "20",
        "on_month": "10",
        "on_year": "2021",
        "seen": "0",
        "form_key": "k",
    }
    assert client.post(where, told).status_code == 302
    duty_cases.carry(duties)
    for minutes, expected in ((14, 0), (15, 1), (16, 1), (31, 2)):
        at(MORNING + timedelta(minutes=minutes))
        watching.watch_recorded(duties)
        assert len(asked) == expected, minutes


def test_the_day_begins_with_escalating(duties: Any) -> None:
    from fourfold.web.victims_code.models import Digest
    from fourfold.web.victims_code.tasks import begin_day

    set_policy(duties, escalate_late_days=0)
    assert begin_day.call() == 4
    assert Digest.objects.get(unit__code=UNIT_CODE).content["counts"]["escalated"] == 1
