"""Actions that come of findings: who does what by when, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import NotAllowedError, check_may, may
from fourfold.web.audit.actions.changing import ChangedMeanwhileError, changing, use_form_key
from fourfold.web.audit.models import Action
from fourfold.web.audit.states import Step
from fourfold.web.trail.recording import record

OPEN, DONE, DROPPED = "open", "done", "dropped"
STATES = {OPEN: "Open", DONE: "Done", DROPPED: "Dropped"}


def set_action(
    *,
    sample: int,
    question: str,
    stratum: str,
    words: str,
    owner: Any,
    due_on: date,
    by: Any,
    form_key: str = "",
) -> Action:
    """Set an action: what is to be done about a finding, by whom, until when."""
    if due_on < timezone.localdate():
        raise WrongUseError("The day must be today or later.", "Enter another day.")
    if not may(owner, "read_findings"):
        raise WrongUseError("This person may not read findings.", "Choose somebody who may.")
    with changing(sample, by=by, step=Step.ACT, act="audit_action_set", form_key=form_key) as change:
        made: Action = Action.objects.create(
            sample=change.sample,
            question=question,
            stratum=stratum,
            words=words.strip(),
            owner=owner,
            due_on=due_on,
            made_by=by,
            made_at=change.at,
        )
        change.detail["action"] = made.pk
        change.say(f"Action {made.pk} set for {owner.name}")
    return made


@transaction.atomic
def end_action(
    *, action: int, state: str, words: str, by: Any, seen: int | None = None, form_key: str = ""
) -> None:
    """Say that an action is done, or dropped, and how: by its owner, or by whoever runs audits."""
    use_form_key(form_key)
    answer = check_may(by, "read_findings")
    locked = Action.objects.select_for_update().select_related("sample").get(pk=action)
    runs = may(by, "run_audits")
    if by.pk != locked.owner_id and not runs:
        raise NotAllowedError(runs, is_hidden=False)
    if seen is not None and seen != locked.version:
        raise ChangedMeanwhileError("This action")
    if locked.state != OPEN:
        raise WrongUseError(f"This action is {STATES[locked.state].lower()} already.")
    if state not in (DONE, DROPPED) or not words.strip():
        raise WrongUseError("Say what was done, or why the action is dropped.")
    locked.state, locked.ended_words, locked.ended_at = state, words.strip(), timezone.now()
    locked.version += 1
    locked.save()
    record(
        "audit_action_ended",
        by=by,
        answer=answer,
        subject_kind="audit",
        subject_refs=[locked.sample.ref],
        detail={"action": locked.pk, "state": state},
    )
