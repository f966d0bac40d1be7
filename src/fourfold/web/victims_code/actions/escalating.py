"""Escalating a duty to the supervisor of its unit: by itself after a set time, or by hand. People decide what follows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from fourfold.home import WrongUseError
from fourfold.web.trail.recording import record
from fourfold.web.ui.environment import written_count
from fourfold.web.victims_code import own_policy
from fourfold.web.victims_code.actions.changing import changing
from fourfold.web.victims_code.models import DutyEvent, DutyRow

BATCH = 2_000


@transaction.atomic
def escalate_due(today: date, at: datetime) -> int:
    """Escalate what has been late, or could not be told, for longer than the force has set; return how many.

    The days count from the due day, or from the day on which the desk took the duty up as it stands, whichever
    is later: nobody could act on it before. Where the force has set no time, nothing is escalated.
    """
    never = DutyRow.objects.filter(is_open=True, decision="", escalated_at=None)
    count = 0
    late = Q(state="not_met") | Q(state="running", due_on__lt=today)
    for name, which, words in (
        ("escalate_late_days", late, "late"),
        ("escalate_cannot_tell_days", Q(state="not_recorded"), "without a record"),
    ):
        days = own_policy.number(name, today)
        if days is None:
            continue
        # A duty without a limit has a due day far off, so that it is the taking up that counts.
        until = today - timedelta(days=days)
        listed_long = Q(listed_on__lte=until) & (Q(due_on__lte=until) | Q(due_on__gt=today))
        found = list(never.filter(which).filter(listed_long).values_list("pk", "key", "case_ref"))
        said = f"Escalated: {words} for {_many(days, 'day')} or more"
        for start in range(0, len(found), BATCH):
            part = found[start : start + BATCH]
            DutyRow.objects.filter(pk__in=[pk for pk, _, _ in part]).update(escalated_at=at, answered_at=None)
            DutyEvent.objects.bulk_create(
                DutyEvent(case_ref=ref, key=key, at=at, kind="escalated", words=said) for _, key, ref in part
            )
        count += len(found)
    if count:
        record(
            "duties_escalated",
            by=None,
            subject_kind="desk",
            subject_refs=["victims_code"],
            detail={"duties": count},
        )
    return count


def _many(count: int, word: str) -> str:
    return f"{written_count(count)} {word if count == 1 else word + 's'}"


def escalate(*, row: DutyRow, why: str, by: Any, seen: int | None, form_key: str = "") -> None:
    """Escalate one open duty by hand; raises WrongUseError where it is escalated already or settled."""
    with changing(
        row.case_ref, unit=str(row.unit.code), by=by, act="duty_escalated", key=row.key, seen=seen,
        form_key=form_key,
    ) as change:  # fmt: skip
        done = DutyRow.objects.filter(pk=row.pk, is_open=True).filter(
            Q(escalated_at=None) | Q(answered_at__gte=F("escalated_at"))
        )
        if not done.update(escalated_at=change.at, escalated_by=by, answered_at=None):
            raise WrongUseError("This duty is escalated already, or settled.", "Look at it again.")
        change.say("escalated", "Escalated to the supervisor", why)


def answer(*, row: DutyRow, decided: str, by: Any, seen: int | None, form_key: str = "") -> None:
    """Say what was decided about an escalated duty; raises WrongUseError where it is not escalated."""
    with changing(
        row.case_ref, unit=str(row.unit.code), by=by, act="escalation_answered", key=row.key, seen=seen,
        form_key=form_key,
    ) as change:  # fmt: skip
        waits = DutyRow.objects.filter(pk=row.pk, escalated_at__isnull=False, answered_at=None)
        if not waits.update(answered_at=change.at):
            raise WrongUseError("This duty does not wait for an answer.", "Look at it again.")
        change.say("answered", "Escalation answered", decided)
