"""Carrying the outbox into the lake, some hundred decisions at a time."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone

from fourfold.home import Home
from fourfold.pipeline.desk_decisions import take_decisions
from fourfold.web.handover.models import OutboxDecision

AT_ONCE = 5_000
GATHERING = timedelta(seconds=15)
"""Decisions wait this long for company: each load of the lake is a version of its own."""

FIELDS = (
    "decision_id", "kind", "subject", "subject_ref", "value", "reason", "role", "unit", "made_by", "made_at",
)  # fmt: skip

log = logging.getLogger("fourfold.web.handover")


def is_due() -> bool:
    """Return whether a decision has waited long enough to be carried."""
    oldest = OutboxDecision.objects.filter(carried_at__isnull=True).order_by("made_at").first()
    return oldest is not None and oldest.made_at <= timezone.now() - GATHERING


def carry(home: Home) -> int:
    """Carry every waiting decision into the lake and return how many.

    They are marked after the lake has them: a carrier that dies between carries them again, which changes
    nothing there. A decision that breaks a rule stands in quarantine, and is told of in the log by number
    alone. Raises CouldNotRunError where another load holds the lake.
    """
    carried = 0
    while True:
        waiting = list(OutboxDecision.objects.filter(carried_at__isnull=True)[:AT_ONCE])
        if not waiting:
            return carried
        result = take_decisions(home, [{name: getattr(row, name) for name in FIELDS} for row in waiting])
        if result.quarantined:
            log.error("%d decisions of the desks stand in quarantine", result.quarantined)
        OutboxDecision.objects.filter(pk__in=[row.pk for row in waiting]).update(carried_at=timezone.now())
        carried += len(waiting)
