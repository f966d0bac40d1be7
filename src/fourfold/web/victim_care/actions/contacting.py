"""Reaching a victim: attempts, advice, materials, and when to call again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.ui.environment import written_date
from fourfold.web.victim_care.actions.changing import Change, changing
from fourfold.web.victim_care.actions.stocking import give_out
from fourfold.web.victim_care.catalogue import CHANNELS, RESULTS, TOPICS, entry, label
from fourfold.web.victim_care.dues import end_tasks
from fourfold.web.victim_care.models import CaseTask, ContactAttempt, Draft
from fourfold.web.victim_care.states import Step


def record_call(
    *,
    case: int,
    channel: str,
    result: str,
    by: Any,
    said: str = "",
    topics: Sequence[str] = (),
    materials: Mapping[str, int] | None = None,
    call_again_on: date | None = None,
    form_key: str = "",
) -> None:
    """Record one attempt to reach the victim with all that came of it: advice, materials, the next call.

    Raises StepRefusedError, SavedAlreadyError, or WrongUseError where stock does not suffice; then nothing is kept.
    """
    with changing(case, by=by, step=Step.WORK, act="contact_recorded", form_key=form_key) as change:
        _attempt(change, channel, result, said)
        _advise(change, topics)
        give_out(change, materials or {})
        if call_again_on is not None:
            _plan(change, call_again_on, channel, "")
        Draft.objects.filter(case=case, person=by, form="call").delete()


def give_advice(*, case: int, topics: Sequence[str], note: str, by: Any, form_key: str = "") -> None:
    """Record advice that was given."""
    with changing(case, by=by, step=Step.WORK, act="advice_recorded", form_key=form_key) as change:
        _advise(change, topics, note)


def send_materials(*, case: int, materials: Mapping[str, int], by: Any, form_key: str = "") -> None:
    """Give materials out of the unit's stock to a victim; raises WrongUseError where it does not suffice."""
    if not any(materials.values()):
        raise WrongUseError("Nothing was sent.", "Enter how many of a material to send.")
    with changing(case, by=by, step=Step.WORK, act="materials_sent", form_key=form_key) as change:
        give_out(change, materials)


def plan_contact(
    *, case: int, on: date, channel: str, about: str, by: Any, seen: int, form_key: str = ""
) -> None:
    """Agree a day on which the victim is contacted next."""
    with changing(case, by=by, step=Step.WORK, act="contact_planned", seen=seen, form_key=form_key) as change:
        _plan(change, on, channel, about)


def _attempt(change: Change, channel: str, result: str, said: str) -> None:
    told = entry(RESULTS, result)
    is_reached = bool(told.get("reached"))
    case = change.case
    ContactAttempt.objects.create(
        case=case, at=change.at, by=change.by, channel=channel, result=result, is_reached=is_reached
    )
    words = f"{label(CHANNELS, channel)}: {told['label'][0].lower()}{told['label'][1:]}"
    change.say("contact", words, said, {"channel": channel, "result": result})
    if is_reached:
        case.reached_at = case.reached_at or change.at
        end_tasks(case, ("first_contact",), change.at, "Reached")
    today = timezone.localdate(change.at)
    due = CaseTask.objects.filter(case=case, kind="call_back", ended_at=None, due_on__lte=today)
    due.update(ended_at=change.at, ended_words=words[:200])
    change.decide("contact_attempt", {"channel": channel, "result": result, "reached": is_reached})


def _advise(change: Change, topics: Sequence[str], note: str = "") -> None:
    if not topics:
        return
    named = ", ".join(label(TOPICS, topic) for topic in topics)
    change.say("advice", f"Advice given: {named}", note, {"topics": list(topics)})
    change.decide("advice_given", {"topics": list(topics)})


def _plan(change: Change, on: date, channel: str, about: str) -> None:
    today = timezone.localdate(change.at)
    if on < today:
        raise WrongUseError("The next contact must be today or later.", "Enter another day.")
    words = f"Contact again by {label(CHANNELS, channel).lower()}"
    CaseTask.objects.create(
        case=change.case,
        kind="call_back",
        words=words,
        due_on=on,
        source="The contact plan",
        made_at=change.at,
    )
    change.say("plan", f"Contact plan: {written_date(on)}, {label(CHANNELS, channel).lower()}", about)
    change.decide("contact_planned", {"on": on.isoformat(), "channel": channel})
