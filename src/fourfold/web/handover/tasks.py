"""The background work between lake and register, and enqueueing it once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from fourfold.home import DataProblemError
from fourfold.pipeline.refresh import refresh
from fourfold.web.handover.carrying import carry
from fourfold.web.handover.taking_up import take_up


@task()
def carry_outbox() -> int:
    """Carry the decisions that wait in the outbox into the lake."""
    return carry(settings.HOME)


@task()
def bring_up_to_date() -> list[str]:
    """Carry decisions, run the stages that have something new, and let the desks take up what they list.

    Returns the desks that took something up. With nothing loaded there is nothing to do.
    """
    carry(settings.HOME)
    try:
        refresh(settings.HOME)
    except DataProblemError:
        return []
    return take_up(settings.HOME)


@task()
def take_up_lists() -> list[str]:
    """Let the desks take up what a refresh at the terminal has listed."""
    return take_up(settings.HOME)


REST_AFTER_FAILURE = timedelta(minutes=1)


def enqueue_once(wanted: Any) -> bool:
    """Enqueue a task unless one like it waits already or has just failed; return whether it was.

    One that runs does not count: it may have looked before the work came.
    """
    alike = DBTaskResult.objects.filter(task_path=wanted.module_path)
    failed_since = timezone.now() - REST_AFTER_FAILURE
    if (
        alike.filter(status=TaskResultStatus.READY).exists()
        or alike.filter(status=TaskResultStatus.FAILED, finished_at__gte=failed_since).exists()
    ):
        return False
    wanted.enqueue()
    return True
