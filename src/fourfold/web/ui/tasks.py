"""What is known of background tasks: a line in the log for each, counters, and what an end of the worker left."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished, task_started
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

log = logging.getLogger("fourfold.web.tasks")

PLACE = re.compile(r'^\s+File "[^"]*", line \d+, in \S+$')
"""A line of a traceback that says where; the others say what, in the words of code or data."""

KEPT_FOR = timedelta(days=14)

STATES = {"READY": "waiting", "RUNNING": "running", "SUCCESSFUL": "done", "FAILED": "failed"}


def listen() -> None:
    """Write a line when a task begins and when it ends: its name, never what it was given or what it said."""
    task_started.connect(_began, dispatch_uid="log")
    task_finished.connect(_ended, dispatch_uid="log")


def _began(sender: Any, task_result: Any, **told: Any) -> None:
    log.info("task began", extra={"task": task_result.task.name})


def _ended(sender: Any, task_result: Any, **told: Any) -> None:
    took = (
        (task_result.finished_at - task_result.started_at).total_seconds()
        if task_result.started_at and task_result.finished_at
        else 0.0
    )
    told_of: dict[str, Any] = {
        "task": task_result.task.name,
        "state": STATES.get(task_result.status.name, "unknown"),
        "milliseconds": round(took * 1000, 1),
    }
    if task_result.errors:
        told_of["error"] = task_result.errors[0].exception_class_path
        _keep_places_only(task_result.id)
    log.log(logging.ERROR if task_result.errors else logging.INFO, "task ended", extra=told_of)


def _keep_places_only(task: str) -> None:
    """Take the words of an exception out of the register: they may quote a name or a row. Its places stay."""
    from django_tasks_db.models import DBTaskResult

    for failed in DBTaskResult.objects.filter(pk=task):
        lines = failed.traceback.splitlines()
        failed.traceback = "\n".join(line for line in lines if PLACE.match(line))
        failed.save(update_fields=["traceback"])


def forget_old() -> int:
    """Delete the results of tasks that ended more than two weeks ago; return how many."""
    from django_tasks_db.models import DBTaskResult

    ended, _ = DBTaskResult.objects.filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
    return int(ended)


def give_up_interrupted() -> int:
    """Set down as failed what an earlier worker was doing when it was ended; return how many tasks that were.

    One worker runs beside a register, so what runs when it starts is run by nobody.
    """
    from django_tasks_db.models import DBTaskResult

    given_up: int = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path="fourfold.web.ui.tasks.Interrupted",
        traceback="",
    )
    if given_up:
        log.warning("%d tasks were interrupted by the end of the worker", given_up)
    return given_up


class TasksCollector(Collector):
    """Counts the tasks in the register at each scrape, so that every process tells the same."""

    def collect(self) -> Iterator[Metric]:
        """Yield tasks by name and state, and how long the oldest has waited."""
        from django_tasks_db.models import DBTaskResult

        counted = GaugeMetricFamily(
            "fourfold_tasks", "Background tasks in the register, by name and state.", labels=["task", "state"]
        )
        rows = DBTaskResult.objects.order_by().values_list("task_path", "status").annotate(number=Count("id"))
        for path, status, number in rows:
            counted.add_metric([path.rpartition(".")[2], STATES[status]], number)
        yield counted
        oldest = DBTaskResult.objects.ready().aggregate(oldest=Min("enqueued_at"))["oldest"]
        waited = (timezone.now() - oldest).total_seconds() if oldest else 0.0
        yield GaugeMetricFamily(
            "fourfold_tasks_oldest_waiting_seconds",
            "How long the oldest task has waited to begin.",
            value=waited,
        )
