"""Cases of victim care for programs: the same cases, masked the same and trailed the same as on the pages."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db import transaction
from django.utils import timezone
from ninja import Field, Header, Path, Router, Schema
from ninja.errors import HttpError
from ninja.responses import Status
from pydantic import ConfigDict

from fourfold.pipeline.trace import MASK
from fourfold.web.accounts.permission import may
from fourfold.web.trail.recording import record
from fourfold.web.ui.access import by_token
from fourfold.web.ui.cursors import ROWS, Cursor, Limit, page_of_rows
from fourfold.web.victim_care.actions.changing import SavedAlreadyError
from fourfold.web.victim_care.actions.noting import add_note
from fourfold.web.victim_care.listing import ORDERS, chosen
from fourfold.web.victim_care.models import Case, CaseEvent
from fourfold.web.victim_care.scope import SEES_CASES, is_masked, seen_case, visible_cases
from fourfold.web.victim_care.states import State, StepRefusedError
from fourfold.web.victim_care.views.worklist import trail_list

router = Router(tags=["Referrals"])
ACCESS = {
    "list_referrals": by_token("see_victims", *SEES_CASES),
    "get_referral": by_token("see_victims", *SEES_CASES),
    "add_referral_note": by_token("work_cases"),
}
SHOWN_EVENTS = 50
MASKED = ("date_of_birth", "phone", "email", "address", "postcode")
"""Columns hidden beside the name from whoever sees cases masked."""
CaseState = Annotated[str, Field(json_schema_extra={"enum": [state.value for state in State]})]
LARGEST_KEY = 2**53 - 1
Key = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="The case's number, `id` in the list.")]


class Reason(Schema):
    """Why the person is listed: the rule, in words."""

    rule: str
    words: str


class Officer(Schema):
    """Who works on the case."""

    id: int
    name: str


class ReferralLine(Schema):
    """One person listed for victim care. What may not be seen reads `(masked)`; what was not told is null."""

    id: int
    reference: str = Field(description="The reference of the person's oldest report, which stays.")
    name: str | None
    state: CaseState
    is_open: bool
    cannot_tell: bool = Field(
        description="No criterion was met and one could not be judged: somebody must look."
    )
    reasons: list[Reason]
    due_on: date | None
    due_words: str
    level: str
    officer: Officer | None
    unit: str
    district: str
    first_on: date
    last_on: date
    report_count: int
    watch_until: date | None
    version: int


class Report(Schema):
    """One report of the person."""

    report_ref: str
    reported_on: date
    nfib_code: str
    loss_gbp: Decimal | None


class Task(Schema):
    """Something that waits to be done, and where its limit comes from."""

    kind: str
    words: str
    due_on: date | None
    source: str


class Event(Schema):
    """One line of the timeline, newest first; `detail` is as somebody wrote it."""

    at: datetime
    kind: str
    words: str
    detail: str
    by: str | None = Field(description="Who did it; null where the system did.")


class ReferralWhole(ReferralLine):
    """One case with what working it needs, its waiting tasks and the last lines of its timeline."""

    date_of_birth: str | None
    phone: str | None
    email: str | None
    address: str | None
    postcode: str | None
    loss_gbp: Decimal | None = Field(
        description="The losses that the reports state, added; null where none does."
    )
    opened_at: datetime
    closed_at: datetime | None
    reports: list[Report]
    tasks: list[Task]
    events: list[Event]


class ReferralPage(Schema):
    """Some of the cases, the first due first; `next` leads on, null at the end."""

    items: list[ReferralLine]
    next: str | None


class NewNote(Schema):
    """A note on a case."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=5000, pattern=r"^[^\x00]*\S[^\x00]*$")]


class Noted(Schema):
    """The case after the note."""

    id: int
    version: int


def _line(case: Case, masked: bool) -> dict[str, Any]:
    same = {
        name: getattr(case, name)
        for name in ReferralLine.model_fields
        if name not in ("reference", "name", "reasons", "due_on", "officer", "unit")
    }
    return same | {
        "reference": case.person_id,
        "name": _shown(case.name, masked),
        "reasons": [{"rule": one["rule"], "words": one["words"]} for one in case.reasons],
        "due_on": case.due_on if case.is_due else None,
        "officer": {"id": case.officer.pk, "name": case.officer.name} if case.officer else None,
        "unit": case.unit.code,
    }


def _shown(value: Any, masked: bool) -> str | None:
    """Return a personal value as it may be shown; one that was not told stays missing, so that no gap is hidden."""
    if value in (None, ""):
        return None
    return MASK if masked else str(value)


@router.get("/referrals", response=ReferralPage, summary="List the cases of victim care",
            openapi_extra={"responses": {200: {"links": {
                "referral": {"operationId": "get_referral", "parameters": {"id": "$response.body#/items/0/id"}},
                "note": {"operationId": "add_referral_note", "parameters": {"id": "$response.body#/items/0/id"}},
            }}}})  # fmt: skip
def list_referrals(
    request: Any,
    state: Literal["new", "open", "new_report", "cannot_tell", "closed", "all"] | None = None,
    due: Literal["overdue", "today", "week", "none"] | None = None,
    rule: Literal["romance", "aged", "risk", "day"] | None = None,
    mine: bool = False,
    repeat: bool = False,
    watched: bool = False,
    after: Cursor = "",
    limit: Limit = ROWS,
) -> dict[str, Any]:
    """List the cases that the person may see, the first due first; without a state, the open ones."""
    asked: dict[str, Any] = {"state": state, "due": due, "rule": rule, "repeat": repeat, "watched": watched}
    if mine:
        asked["officer"] = str(request.user.pk)
    masked = is_masked(request.answer)
    visible = visible_cases(request.answer, request.user)
    found = chosen(visible, asked, timezone.localdate(), masked).prefetch_related("officer", "unit")
    page = page_of_rows(found, ORDERS["due"], after, limit, visible)
    cases = [case for case in page.items if isinstance(case, Case)]
    trail_list(request, asked | {"token": request.auth.pk}, [case.person_id for case in cases])
    return {"items": [_line(case, masked) for case in cases], "next": page.next}


@router.get("/referrals/{id}", response=ReferralWhole, summary="One case of victim care")
def get_referral(request: Any, id: Key) -> dict[str, Any]:
    """Answer with one case. Narratives and ethnicity are not among it."""
    case = seen_case(request, id)
    answer = may(request.user, "see_victims", unit=case.unit, why=request.why)
    masked = is_masked(answer)
    with transaction.atomic():
        record(
            "case_opened",
            by=request.user,
            answer=answer,
            subject_kind="person",
            subject_refs=[case.person_id],
            why=request.why,
            detail={"token": request.auth.pk},
        )
    events = CaseEvent.objects.filter(case=case).select_related("by").order_by("-at", "-id")[:SHOWN_EVENTS]
    return _line(case, masked) | {
        **{column: _shown(getattr(case, column), masked) for column in MASKED},
        "loss_gbp": case.loss_gbp,
        "opened_at": case.opened_at,
        "closed_at": case.closed_at,
        "reports": list(case.reports.all()),
        "tasks": list(case.tasks.filter(ended_at=None)),
        "events": [_event(event, masked) for event in events],
    }


def _event(event: CaseEvent, masked: bool) -> dict[str, Any]:
    return {
        "at": event.at,
        "kind": event.kind,
        "words": event.words,
        "detail": _shown(event.detail, masked) or "",
        "by": event.by.name if event.by else None,
    }


def _own_key(request: Any, case: Case, told: str) -> str:
    """Return the key of a note that nobody else's word, and none for another case, can use up."""
    own = f"{request.user.pk}/{case.pk}/{told}"
    return hashlib.sha256(own.encode()).hexdigest()[:32] if told else ""


@router.post("/referrals/{id}/notes", response={201: Noted}, summary="Write a note on a case")
def add_referral_note(
    request: Any,
    id: Key,
    note: NewNote,
    idempotency_key: Annotated[
        str,
        Header(alias="Idempotency-Key", max_length=32, pattern=r"^[A-Za-z0-9_-]*$",
               description="A word of your own for this note: sent again, it is not written again (409)."),
    ] = "",
) -> Status[dict[str, int]]:  # fmt: skip
    """Write a note; it stands on the timeline under the person's name."""
    case = seen_case(request, id, "work_cases")
    try:
        add_note(
            case=case.pk, text=note.text, by=request.user, form_key=_own_key(request, case, idempotency_key)
        )
    except (SavedAlreadyError, StepRefusedError) as error:
        raise HttpError(409, str(error)) from error
    case.refresh_from_db(fields=["version"])
    return Status(201, {"id": case.pk, "version": case.version})
