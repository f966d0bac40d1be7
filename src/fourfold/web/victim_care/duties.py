"""The task list of a case: what belongs to it, and how each part stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fourfold.web.ui.environment import written_count, written_date
from fourfold.web.victim_care.catalogue import asks_romance_questions, level_label
from fourfold.web.victim_care.dues import due_state
from fourfold.web.victim_care.models import Case, CaseEvent, CaseTask, SharedReferral
from fourfold.web.victim_care.states import State, Step, can


@dataclass(frozen=True)
class Duty:
    """One part of working a case: words, the page it is done on, its state as a word with a colour, and a hint."""

    words: str
    slug: str
    state: str
    colour: str = ""
    hint: str = ""


def duties(
    case: Case,
    tasks: Sequence[CaseTask],
    kinds: dict[str, CaseEvent],
    attempts: int,
    referrals: Sequence[SharedReferral],
    nfib_codes: Sequence[str],
    today: date,
) -> list[Duty]:
    """Return the task list of a case; `kinds` holds the latest event of each kind, `tasks` those that wait."""
    if not can(Step.WORK, case.state):
        return []
    waiting = {task.kind: task for task in reversed(tasks)}
    made = [
        _reach(case, waiting.get("first_contact"), attempts, today),
        Duty("Assess vulnerability", "assess", level_label(case.level), "" if case.level else "blue"),
        _plan(waiting.get("call_back"), today),
        _done("Record advice", "advice", kinds.get("advice")),
        _done("Send materials", "materials", kinds.get("materials")),
        _refer(waiting.get("support_referral"), referrals, today),
    ]
    if asks_romance_questions(nfib_codes):
        made.append(
            _done("Romance-fraud questionnaire", "questionnaire", kinds.get("questionnaire"), "Not done")
        )
    until = case.watch_until
    watched = f"Until {written_date(until)}" if until and until >= today else "Not set"
    return [
        *made,
        Duty("Watch for being targeted again", "watch", watched),
        Duty("Close the case", "close", "Not closed"),
    ]


def _reach(case: Case, task: CaseTask | None, attempts: int, today: date) -> Duty:
    tried = (
        ""
        if not attempts
        else f"{written_count(attempts)} {'attempt' if attempts == 1 else 'attempts'} so far"
    )
    if case.reached_at:
        return Duty("Record a contact", "call", f"Reached {written_date(case.reached_at)}", "", tried)
    due = due_state(task.due_on if task else None, today)
    return Duty("Reach the victim", "call", due.words, due.colour, tried or "Not tried yet")


def _plan(task: CaseTask | None, today: date) -> Duty:
    if task is None:
        return Duty("Plan the next contact", "plan", "Nothing planned")
    due = due_state(task.due_on, today)
    return Duty("Plan the next contact", "plan", due.words, due.colour, task.words)


def _refer(task: CaseTask | None, referrals: Sequence[SharedReferral], today: date) -> Duty:
    words = "Refer to a partner"
    if task is not None:
        due = due_state(task.due_on, today)
        return Duty(words, "refer", due.words, due.colour, f"A need for support was found. {task.source}")
    if referrals:
        return Duty(words, "refer", f"Referred {written_date(referrals[0].at)}")
    return Duty(words, "refer", "Not referred")


def _done(words: str, slug: str, event: CaseEvent | None, otherwise: str = "None yet") -> Duty:
    return Duty(words, slug, written_date(event.at) if event else otherwise)


def state_hint(case: Case) -> str:
    """Return what somebody must decide before the case goes on, if anything."""
    if case.state == State.CANNOT_TELL:
        return "No criterion is met, and at least one could not be judged. Somebody must decide."
    if case.state == State.NEW_REPORT:
        return (
            "This case was closed, and something new came in. Somebody must decide whether to open it again."
        )
    return ""
