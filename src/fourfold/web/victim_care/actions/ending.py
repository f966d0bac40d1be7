"""Taking a person on, setting one aside, closing a case and opening it again."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.victim_care.actions.changing import Change, changing
from fourfold.web.victim_care.catalogue import OUTCOMES, choices, label
from fourfold.web.victim_care.dues import (
    await_first_contact,
    end_tasks,
    first_contact_limit,
    first_contact_task,
)
from fourfold.web.victim_care.models import CaseTask, Draft
from fourfold.web.victim_care.states import Step

CLOSED_WORDS = "The case was closed"


def take_on(*, case: int, why: str, by: Any, seen: int, form_key: str = "") -> None:
    """Take on a person whom no criterion could judge."""
    with changing(
        case, by=by, step=Step.TAKE_ON, act="case_taken_on", seen=seen, form_key=form_key, reason=why
    ) as change:
        today = timezone.localdate(change.at)
        first_contact_task(change.case, change.at, first_contact_limit(today)).save()
        change.say("taken_on", "Taken on by decision of the officer", why)
        change.decide("referral_judged", {"taken_on": True})


def set_aside(*, case: int, why: str, by: Any, seen: int, form_key: str = "") -> None:
    """Leave out a person whom no criterion could judge."""
    with changing(
        case, by=by, step=Step.SET_ASIDE, act="case_set_aside", seen=seen, form_key=form_key, reason=why
    ) as change:
        _end(change, "not_referred")
        change.say("set_aside", "Looked at and not taken on", why)
        change.decide("referral_judged", {"taken_on": False})


def close(*, case: int, outcome: str, why: str, by: Any, seen: int, form_key: str = "") -> None:
    """Close a case with its outcome; what was still to be done ends with it and comes back if it is opened again."""
    with changing(
        case, by=by, step=Step.CLOSE, act="case_closed", seen=seen, form_key=form_key, reason=why
    ) as change:
        _end(change, outcome)
        change.say("closed", f"Closed: {label(OUTCOMES, outcome)}", why, {"outcome": outcome})
        change.decide("case_closed", {"outcome": outcome})


def reopen(*, case: int, why: str, by: Any, seen: int, form_key: str = "") -> None:
    """Open a closed case again, with the days that stood when it was closed."""
    with changing(
        case, by=by, step=Step.REOPEN, act="case_reopened", seen=seen, form_key=form_key, reason=why
    ) as change:
        kept = change.case
        end_tasks(kept, ("look_again",), change.at, "Opened again")
        CaseTask.objects.filter(case=kept, ended_at=kept.closed_at, ended_words=CLOSED_WORDS).update(
            ended_at=None, ended_words=""
        )
        # Somebody who was set aside has had no such task yet.
        await_first_contact(kept, change.at, first_contact_limit(timezone.localdate(change.at)))
        kept.outcome, kept.closed_at = "", None
        change.say("reopened", "Opened again", why)
        change.decide("case_reopened", {"reopened": True})


def leave_closed(*, case: int, why: str, by: Any, seen: int, form_key: str = "") -> None:
    """Leave a case closed after looking at what came in since."""
    with changing(
        case, by=by, step=Step.LEAVE_CLOSED, act="case_left_closed", seen=seen, form_key=form_key, reason=why
    ) as change:
        end_tasks(change.case, ("look_again", "targeted_again"), change.at, "Looked at, left closed")
        change.say("left_closed", "Looked at what came in, left closed", why)
        change.decide("case_left_closed", {"left_closed": True})


ENDED_BY_HAND = ("look_again", "targeted_again", "call_back")
"""Tasks that an officer marks as done; the others end when what they ask for is recorded."""


def end_task(*, case: int, task: int, words: str, by: Any, seen: int, form_key: str = "") -> None:
    """End one waiting task, saying what came of it."""
    with changing(
        case, by=by, step=Step.NOTE, act="task_ended", seen=seen, form_key=form_key, reason=words
    ) as change:
        found = CaseTask.objects.filter(pk=task, case=case, ended_at=None).first()
        if found is None:
            raise WrongUseError("That task is not waiting any more.")
        if found.kind not in ENDED_BY_HAND:
            raise WrongUseError(
                "That task ends by what it asks for.", f"{found.words}, and record it on the case."
            )
        found.ended_at, found.ended_words = change.at, words.strip()[:200] or "Done"
        found.save(update_fields=["ended_at", "ended_words"])
        change.say("task_ended", f"Done: {found.words}", words)
        change.decide("task_ended", {"task": found.kind})


def _end(change: Change, outcome: str) -> None:
    if outcome not in {key for key, _ in outcome_choices()}:
        raise WrongUseError("Choose an outcome.")
    change.case.outcome, change.case.closed_at = outcome, change.at
    end_tasks(change.case, (), change.at, CLOSED_WORDS)
    # What anybody typed and did not save goes with the case: it would stand in a form of another time.
    Draft.objects.filter(case=change.case).delete()


def outcome_choices() -> list[tuple[str, str]]:
    """Return the outcomes to choose from."""
    return choices(OUTCOMES)
