"""Writing a decision to the outbox, in the transaction that takes it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.handover.models import OutboxDecision
from fourfold.web.trail.recording import Doer, Permission


def decide(
    kind: str,
    *,
    subject: str,
    subject_ref: str,
    value: Mapping[str, Any],
    by: Doer,
    answer: Permission,
    reason: str = "",
) -> OutboxDecision:
    """Put one decision into the outbox and return it.

    `kind` and `subject` are words of the record `desk_decision` (`assessment`, `person`); `subject_ref` its
    key; `value` plain values, dates as ISO text; `answer` the permission by which it was taken. The trail
    entry is the caller's. Raises WrongUseError outside a transaction: a decision that could stand without
    reaching the lake, or reach it without standing, is worth nothing.
    """
    if not connection.in_atomic_block:
        raise WrongUseError(
            "A decision is put into the outbox inside the transaction that takes it.",
            "Use transaction.atomic().",
        )
    decision: OutboxDecision = OutboxDecision.objects.create(
        decision_id=uuid.uuid4().hex,
        kind=kind,
        subject=subject,
        subject_ref=subject_ref,
        value=dict(value),
        reason=reason.strip(),
        role=answer.role,
        unit=answer.unit,
        made_by=str(by.pk),
        made_at=timezone.now(),
    )
    return decision


def is_on_its_way(subject: str, subject_ref: str) -> bool:
    """Return whether a decision about this subject has not reached the lake yet: what rests on it is not worked out."""
    waiting: bool = OutboxDecision.objects.filter(
        subject=subject, subject_ref=subject_ref, carried_at__isnull=True
    ).exists()
    return waiting
