"""Throwing a paper away that was started by mistake: with the reason, and never one that somebody was asked about."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import check_may
from fourfold.web.papers.approving import reason_in_words
from fourfold.web.papers.building import is_dead, under_way
from fourfold.web.papers.models import Paper, Step, StepKind
from fourfold.web.papers.states import check_can_throw_away
from fourfold.web.trail.recording import record


@transaction.atomic
def throw_away(*, paper: Paper, words: str, by: Any) -> Paper:
    """Throw a paper away; its row, text and history stay, and the next version is started without it.

    Raises WrongUseError for a paper that was ever sent for approval, one that is being worked on in the background,
    and a reason that says nothing.
    """
    answer = check_may(by, "build_papers")
    why = reason_in_words(words)
    locked: Paper = Paper.objects.select_for_update().get(pk=paper.pk)
    locked.state = check_can_throw_away(locked)
    run = under_way(locked)
    if run is not None and not is_dead(run):
        raise WrongUseError("Work on this paper is under way.", "Throw it away when that has ended.")
    locked.changed_at = timezone.now()
    locked.save(update_fields=["state", "changed_at"])
    Step.objects.create(
        paper=locked,
        kind=StepKind.THROWN_AWAY,
        words=why,
        sha256=locked.hashes.get("json", ""),
        by=by,
        at=locked.changed_at,
    )
    record(
        "paper_thrown_away",
        by=by,
        answer=answer,
        subject_kind="paper",
        subject_refs=[str(locked.pk)],
        why=why,
        detail={"force": locked.force, "to": f"{locked.to:%Y-%m}", "version": locked.number},
    )
    return locked
