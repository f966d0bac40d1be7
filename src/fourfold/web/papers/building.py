"""Asking for work in the background: one piece at a time for a paper, with progress that can be left."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from fourfold.home import Home, WrongUseError
from fourfold.web.accounts.permission import check_may
from fourfold.web.papers.models import Paper, Run, RunKind, Stage
from fourfold.web.papers.states import check_can
from fourfold.web.trail.recording import record

SILENT = timedelta(minutes=10)
"""After this long without a sign of life a piece of work is taken for dead, and another may begin."""


class UnderWayError(WrongUseError):
    """A piece of work for this paper is under way."""

    def __init__(self, run: Run) -> None:
        super().__init__("Work on this paper is under way.", "Wait until it has ended.")
        self.run = run


def under_way(paper: Paper) -> Run | None:
    """Return the piece of work that is waiting or running for a paper, if any."""
    found: Run | None = paper.runs.filter(stage__in=[Stage.WAITING, Stage.RUNNING]).first()
    return found


def is_dead(run: Run) -> bool:
    """Say whether a piece of work has given no sign of life for so long that it must have been stopped."""
    return not run.is_over and timezone.now() - run.seen_at > SILENT


@transaction.atomic
def ask_for(*, paper: Paper, kind: str, by: Any) -> Run:
    """Have a paper built, or made again to verify it, in the background; return the work to be done.

    Raises UnderWayError where something is under way, WrongUseError where the paper's state forbids it.
    """
    from fourfold.web.papers.tasks import carry_out_run

    answer = check_may(by, "build_papers")
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    if kind == RunKind.BUILD:
        check_can("build", locked)
    elif not locked.build:
        raise WrongUseError("There is nothing to verify yet.", "Build the paper first.")
    standing = under_way(locked)
    if standing is not None and not is_dead(standing):
        raise UnderWayError(standing)
    if standing is not None:
        give_up(standing)
    now = timezone.now()
    try:
        with transaction.atomic():
            run: Run = Run.objects.create(paper=locked, kind=kind, asked_by=by, asked_at=now, seen_at=now)
    except IntegrityError as error:
        raise WrongUseError("Work on this paper is under way.", "Wait until it has ended.") from error
    record(
        f"paper_{kind}_asked",
        by=by,
        answer=answer,
        subject_kind="paper",
        subject_refs=[str(locked.pk)],
        detail={"run": run.pk},
    )
    run.task = str(carry_out_run.enqueue(run.pk).id)
    run.save(update_fields=["task"])
    return run


def give_up_interrupted(home: Home) -> None:
    """Mark as failed the work whose task was interrupted by the end of the worker; looked at every few seconds."""
    under_way = dict(
        Run.objects.filter(stage__in=[Stage.WAITING, Stage.RUNNING])
        .exclude(task="")
        .values_list("task", "pk")
    )
    if not under_way:
        return
    ended = DBTaskResult.objects.filter(id__in=list(under_way), status=TaskResultStatus.FAILED)
    for run in Run.objects.filter(pk__in=[under_way[str(key)] for key in ended.values_list("id", flat=True)]):
        give_up(run)


def give_up(run: Run) -> None:
    """Mark as failed a piece of work that was stopped from outside."""
    run.stage, run.ended_at = Stage.FAILED, timezone.now()
    run.what = "The work was stopped before it ended."
    run.next_step = "Start it again. If it stops again, ask the administrator whether the worker runs."
    run.save()
