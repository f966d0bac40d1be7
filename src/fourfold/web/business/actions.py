"""Writing down that a business was advised: a decision that reaches the lake as an event of its last crime."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.pipeline.desk_events import CASE_EVENT
from fourfold.pipeline.premises import ADVICE
from fourfold.web.accounts.permission import check_may
from fourfold.web.business.models import ListedPremises
from fourfold.web.handover.deciding import decide
from fourfold.web.handover.models import OutboxDecision
from fourfold.web.trail.recording import record

NOON = time(12)
"""The moment a day stands for where nobody says when."""


def advice_on_its_way(crime_refs: Iterable[str]) -> bool:
    """Return whether advice after any of these crimes has not reached the lake yet; no other decision of them counts."""
    waiting = OutboxDecision.objects.filter(kind=CASE_EVENT, subject="crime", carried_at__isnull=True)
    told = waiting.filter(subject_ref__in=list(crime_refs)).values_list("value", flat=True)
    return any(value.get("event_type") == ADVICE for value in told)


@transaction.atomic
def record_advice(*, premises: ListedPremises, crime_ref: str, on: date, what: str, by: Any) -> None:
    """Write down that advice on hardening these premises was given on a day, after one of their crimes.

    Raises NotAllowedError, and WrongUseError for a day that is still to come or lies before the crime was recorded.
    """
    answer = check_may(by, "record_advice")
    if on > timezone.localdate():
        raise WrongUseError("The day of the advice is still to come.", "Enter the day on which it was given.")
    at = timezone.make_aware(datetime.combine(on, NOON))
    value = {"event_type": ADVICE, "happened_at": at.isoformat(), "result": "done", "what": what}
    decide(CASE_EVENT, subject="crime", subject_ref=crime_ref, value=value, by=by, answer=answer, reason=what)
    record(
        "advice_recorded",
        by=by,
        answer=answer,
        subject_kind="premises",
        subject_refs=[premises.premises_id],
        detail={"crime": crime_ref, "on": on.isoformat()},
    )
