"""Recording that a duty was done, or was not; vouching for the contact log. Each is a decision that goes to the lake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.pipeline.desk_events import WITHDRAWN
from fourfold.web.accounts.models import Unit
from fourfold.web.ui.environment import written_date
from fourfold.web.victims_code.actions.changing import Change, changing
from fourfold.web.victims_code.models import FAR_OFF, DutyEvent, DutyRow
from fourfold.web.victims_code.told import BLANK_FOR_NONE, COPIED

LONDON = ZoneInfo("Europe/London")
END_OF_DAY = time(23, 59)
NOT_DONE = "not_done"
LOG_COMPLETE = "log_complete_to"


@dataclass(frozen=True)
class Told:
    """What happened, as somebody tells it: a type of event with its words, when, and about which event.

    `happened_at` has its offset. `about_event_id` is empty where the code list lets the event be about nothing
    that started the duty.
    """

    event_type: str
    words: str
    happened_at: datetime
    about_event_id: str = ""


def moment(day: date, at: time | None, now: datetime) -> datetime:
    """Return the moment that a day and perhaps a time name, never after now.

    Without a time it is the end of that day: the limits count days, and an event tied to nothing answers only
    what began before it.
    """
    told = datetime.combine(day, at or END_OF_DAY, tzinfo=LONDON)
    return min(told, now.astimezone(LONDON))


def record_duty(
    *, clock: Mapping[str, Any], key: str, unit: str, told: Told, is_done: bool, note: str, by: Any,
    seen: int | None, form_key: str = "",
) -> None:  # fmt: skip
    """Record that a duty was done, or that it was not.

    clock: the clock's columns as pipeline.duty_crime gives them. Raises WrongUseError for a moment to come.
    """
    if told.happened_at > timezone.now():
        raise WrongUseError("The moment is still to come.", "Give one that has passed.")
    with changing(
        clock["case_ref"], unit=unit, by=by, act="duty_recorded", key=key, seen=seen, form_key=form_key
    ) as change:
        words = f"{told.words}, {written_date(told.happened_at)}"
        decision = change.record_event(value_of(clock, told, is_done), note)
        change.say(
            "done" if is_done else NOT_DONE, words if is_done else f"Not done: {words}", note, decision
        )
        change.told = {"event": told.event_type, "result": "done" if is_done else NOT_DONE}
        await_judgement(change, clock, unit, decision)


def value_of(clock: Mapping[str, Any], told: Told, is_done: bool) -> dict[str, Any]:
    """Return what the decision says; who it was done for is always named, or it would answer nobody's duty."""
    who = {"victim": "victim_ref", "suspect": "suspect_ref"}[clock["subject"]]
    return {
        "event_type": told.event_type,
        "about_event_id": told.about_event_id or None,
        who: clock["subject_ref"],
        "happened_at": told.happened_at.isoformat(timespec="seconds"),
        "result": "done" if is_done else NOT_DONE,
    }


def await_judgement(change: Change, clock: Mapping[str, Any], unit: str, decision: str) -> None:
    """Have the duty's row say that it is being worked out; a duty that nobody had to see to gets a row."""
    # Worked out this moment, a clock does not tell the groups of its crime; the next taking up does.
    copied = {name: clock.get(name) for name in COPIED}
    copied |= {name: copied[name] or "" for name in BLANK_FOR_NONE}
    row, _ = DutyRow.objects.get_or_create(
        key=change.key,
        defaults=copied
        | {
            "due_on": clock["due_on"] or FAR_OFF,
            "unit": Unit.objects.get(code=unit),
            "listed_on": timezone.localdate(change.at),
        },
    )
    DutyRow.objects.filter(pk=row.pk).update(decision=decision, is_open=True, settled_at=None)


def vouch(
    *, case_ref: str, unit: str, until: date, note: str, by: Any, seen: int | None, form_key: str = ""
) -> None:
    """Vouch that a crime's contact log is complete up to the end of a day; raises WrongUseError for today or later.

    What the log does not have up to then was not done: that is what the vouching says.
    """
    if until >= timezone.localdate():
        raise WrongUseError(
            "That day has not ended.", "Vouch up to the end of yesterday, or of an earlier day."
        )
    ends = datetime.combine(until + timedelta(days=1), time.min, tzinfo=LONDON)
    value = {"event_type": LOG_COMPLETE, "happened_at": ends.isoformat(timespec="seconds"), "result": "done"}
    with changing(case_ref, unit=unit, by=by, act="log_vouched", seen=seen, form_key=form_key) as change:
        decision = change.record_event(value, note)
        change.say(
            "vouched", f"Contact log vouched complete to the end of {written_date(until)}", note, decision
        )
        change.told = {"until": until.isoformat()}
        unclear = Q(state="not_recorded", due_on__lte=until) | Q(state="not_recorded", due_on=FAR_OFF)
        DutyRow.objects.filter(unclear, case_ref=case_ref, is_open=True).update(decision=decision)


def withdraw(*, event: DutyEvent, unit: str, why: str, by: Any, seen: int | None, form_key: str = "") -> None:
    """Take back what was recorded here by mistake; both stay in the history, and the next refresh leaves it out.

    event: an entry of the desk's history with a decision. Raises WrongUseError where it was taken back already.
    """
    with changing(
        event.case_ref, unit=unit, by=by, act="record_withdrawn", key=event.key, seen=seen, form_key=form_key
    ) as change:
        if DutyEvent.objects.filter(pk=event.pk, is_withdrawn=True).exists():
            raise WrongUseError("This was taken back already.", "Look at the crime again.")
        decision = change.record_event({"decision_id": event.decision}, why, WITHDRAWN)
        DutyEvent.objects.filter(pk=event.pk).update(is_withdrawn=True)
        change.say("withdrawn", f"Taken back: {event.words}", why, decision)
        rows = DutyRow.objects.filter(case_ref=event.case_ref)
        rows = rows.filter(key=event.key) if event.key else rows.filter(is_open=True)
        rows.update(decision=decision, is_open=True, settled_at=None)
