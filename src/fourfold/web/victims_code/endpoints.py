"""Duties to victims for programs: the same duties, masked the same and trailed the same as on the pages."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from ninja import Field, Header, Query, Router, Schema
from ninja.errors import HttpError
from ninja.responses import Status
from pydantic import ConfigDict

from fourfold.home import WrongUseError
from fourfold.pipeline.duty_crime import may_be_about
from fourfold.web.ui.access import by_token
from fourfold.web.ui.cursors import ROWS, Cursor, Limit, page_of_rows
from fourfold.web.victims_code.actions import recording
from fourfold.web.victims_code.actions.changing import SavedAlreadyError
from fourfold.web.victims_code.crime import CrimeDuty, CrimePage
from fourfold.web.victims_code.listing import ORDERS, ShownDuty, chosen, shown
from fourfold.web.victims_code.models import DutyRow
from fourfold.web.victims_code.scope import RECORDS, SEES, SeenCrime, seen_crime, visible_duties
from fourfold.web.victims_code.views.crime import page_of, trail_opened
from fourfold.web.victims_code.views.worklist import trail_list

router = Router(tags=["Duties"])
ACCESS = {
    "list_duties": by_token("see_duties", *SEES),
    "get_duties_of_crime": by_token("see_duties", *SEES),
    "record_duty": by_token("record_duties", *RECORDS),
}
DutyState = Literal[
    "met_in_time", "met_late", "not_met", "running", "not_recorded", "not_applicable", "not_set", "gone"
]
CrimeRef = Annotated[
    str, Query(min_length=1, max_length=120, pattern=r"^[^\x00]+$", description="The crime's reference.")
]


class DutyLine(Schema):
    """One duty that somebody must see to. No name is among it."""

    key: str = Field(description="What tells one duty from every other.")
    rule: str
    title: str
    crime: str
    subject: str
    subject_ref: str
    unit: str
    officer_ref: str | None
    started_on: date | None
    due_on: date | None = Field(description="Null where no limit is stated.")
    is_enhanced: bool
    state: DutyState
    due_list: str = Field(description="The list on which it stands today, in words.")
    why: str
    settles: str
    is_being_worked_out: bool = Field(description="Something was recorded that no refresh has judged yet.")
    is_escalated: bool


class DutyPage(Schema):
    """Some of the duties, the first due first; `next` leads on, null at the end."""

    items: list[DutyLine]
    next: str | None


class LogEntry(Schema):
    """One event of the crime's log; people by reference."""

    event_id: str
    event_type: str
    words: str
    at: datetime | None
    recorded_at: datetime
    victim_ref: str | None
    is_not_done: bool


class DutiesOfCrime(Schema):
    """Every duty of one crime as it stands this moment, and its log, newest first."""

    crime: str
    unit: str
    duties: list[DutyLine]
    log: list[LogEntry]


class NewRecord(Schema):
    """That a duty was done, or was not. Who it was done for is the duty's own."""

    model_config = ConfigDict(extra="forbid")

    crime: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00]+$")]
    duty: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="`key` of the duty.")]
    result: Literal["done", "not_done"]
    event_type: Annotated[
        str,
        Field(
            max_length=60,
            pattern=r"^[a-z_]*$",
            description="What was done; empty: the first that meets the duty.",
        ),
    ] = ""
    on: date = Field(description="The day, not after today.")
    note: Annotated[str, Field(max_length=4000, pattern=r"^[^\x00]*$")] = ""


class Recorded(Schema):
    """The duty that was recorded on; it is being worked out until the next refresh."""

    duty: str
    crime: str


def _line(one: ShownDuty) -> dict[str, Any]:
    row = one.row
    same = ("key", "rule", "subject", "subject_ref", "started_on", "is_enhanced", "state", "is_escalated")
    return {name: getattr(row, name) for name in same} | {
        "title": one.title,
        "crime": row.case_ref,
        "unit": row.unit.code,
        "officer_ref": row.officer_ref or None,
        "due_on": one.due_on,
        "due_list": one.tag.word,
        "why": one.why,
        "settles": one.settles,
        "is_being_worked_out": one.is_waiting,
    }


def _of_crime(one: CrimeDuty, unit: str) -> dict[str, Any]:
    clock = one.clock
    same = (
        "rule",
        "subject",
        "subject_ref",
        "started_on",
        "due_on",
        "state",
        "why",
        "settles",
        "officer_ref",
    )
    return {name: clock[name] for name in same} | {
        "key": one.key,
        "title": one.title,
        "crime": clock["case_ref"],
        "unit": unit,
        "is_enhanced": bool(clock["is_enhanced"]),
        "due_list": one.tag.word,
        "is_being_worked_out": one.is_waiting,
        "is_escalated": one.row is not None and one.row.is_escalated,
    }


@router.get("/duties", response=DutyPage, summary="List duties to victims that somebody must see to")
def list_duties(
    request: Any,
    list: Literal["late", "today", "week", "later", "unknown", "working", "escalated", "all", "settled"]
    | None = None,
    rule: Annotated[str, Query(max_length=60, pattern=r"^[^\x00]*$")] = "",
    unit: Annotated[str, Query(max_length=40, pattern=r"^[^\x00]*$")] = "",
    officer: Annotated[str, Query(max_length=60, pattern=r"^[^\x00]*$")] = "",
    enhanced: bool = False,
    after: Cursor = "",
    limit: Limit = ROWS,
) -> dict[str, Any]:
    """List the duties that the person may see, the first due first; without a list, those late or still to be done."""
    asked = {"list": list or "", "rule": rule, "unit": unit, "officer": officer, "enhanced": enhanced}
    today, visible = timezone.localdate(), visible_duties(request.answer)
    found = chosen(visible, asked, today).select_related("unit")
    page = page_of_rows(found, ORDERS["due"], after, limit, visible)
    rows = [row for row in page.items if isinstance(row, DutyRow)]
    trail_list(request, asked, [row.case_ref for row in rows], token=request.auth.pk)
    return {"items": [_line(one) for one in shown(rows, today)], "next": page.next}


@router.get("/duties/of-crime", response=DutiesOfCrime, summary="Every duty of one crime as it stands now")
def get_duties_of_crime(request: Any, crime: CrimeRef) -> dict[str, Any]:
    """Answer with one crime's duties, what was recorded a moment ago among it. Names are not among it."""
    seen, page = _opened(request, crime, "see_duties", "crime")
    return {
        "crime": crime,
        "unit": seen.unit,
        "duties": [_of_crime(one, seen.unit) for one in page.duties],
        "log": [
            {
                "event_id": one.event_id,
                "event_type": one.event_type,
                "words": one.words,
                "at": one.at,
                "recorded_at": one.recorded_at,
                "victim_ref": one.victim_ref or None,
                "is_not_done": one.is_denied,
            }
            for one in page.entries
        ],
    }


def _opened(request: Any, ref: str, act: str, which: str) -> tuple[SeenCrime, CrimePage]:
    crime = seen_crime(request, ref, act)
    page = page_of(request, crime)
    trail_opened(request, crime, page, which, token=request.auth.pk)
    return crime, page


@router.post("/duties/records", response={201: Recorded}, summary="Record that a duty was done, or was not")
def record_duty(
    request: Any,
    told: NewRecord,
    idempotency_key: Annotated[
        str,
        Header(alias="Idempotency-Key", max_length=32, pattern=r"^[A-Za-z0-9_-]*$",
               description="A word of your own for this record: sent again, it is not written again (409)."),
    ] = "",
) -> Status[dict[str, str]]:  # fmt: skip
    """Record it; the next refresh judges it like any event of the log."""
    crime, page = _opened(request, told.crime, "record_duties", "record")
    duty = page.duty(told.duty)
    if duty is None or duty.duty is None:
        raise Http404
    if not duty.is_recordable:
        raise HttpError(409, "Nothing can be recorded on this duty as it stands.")
    allowed = (*duty.duty.satisfied_by, *duty.duty.lifted_by)
    event = told.event_type or allowed[0]
    if event not in allowed or (told.result == "not_done" and event not in duty.duty.satisfied_by):
        raise HttpError(422, f"This duty is met by: {', '.join(allowed)}.")
    if told.on > timezone.localdate() or (duty.clock["started_on"] and told.on < duty.clock["started_on"]):
        raise HttpError(422, "The day must lie between the day the duty began and today.")
    start, started_by = str(duty.clock["start_event_id"]), str(duty.clock["started_by"])
    is_tied = any(one.event_id == start for one in page.entries) and may_be_about(
        settings.HOME, event, started_by
    )
    own = f"{request.user.pk}/{told.crime}/{told.duty}/{idempotency_key}"
    try:
        recording.record_duty(
            clock=duty.clock,
            key=duty.key,
            unit=crime.unit,
            told=recording.Told(
                event, page.words.get(event, event), recording.moment(told.on, None, timezone.now()),
                start if is_tied else "",
            ),
            is_done=told.result == "done",
            note=told.note,
            by=request.user,
            seen=None,
            form_key=hashlib.sha256(own.encode()).hexdigest()[:32] if idempotency_key else "",
        )  # fmt: skip
    except (SavedAlreadyError, WrongUseError) as error:
        raise HttpError(409, str(error)) from error
    return Status(201, {"duty": duty.key, "crime": crime.case_ref})
