"""What the worker does for the desk once a day."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from fourfold.web.victims_code.actions.escalating import escalate_due
from fourfold.web.victims_code.digests import make_digests


@task()
def begin_day() -> int:
    """Escalate what has waited too long, then make the digests of the day; return how many."""
    at = timezone.now()
    today = timezone.localdate(at)
    escalate_due(today, at)
    made: int = make_digests(today, at)
    return made
