"""What is due on a case and when: tasks with a limit, and the words and colours of due days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from fourfold import policy
from fourfold.home import CouldNotRunError
from fourfold.rules.working_days import working_day_after
from fourfold.web.ui.environment import written_date
from fourfold.web.victim_care.models import FAR_OFF, Case, CaseTask

FIRST_CONTACT = "Reach the victim"


@dataclass(frozen=True)
class Due:
    """A due day as a word with a colour."""

    word: str
    colour: str
    day: str = ""
    """The day in words, where it is still to come or gone by."""

    @property
    def words(self) -> str:
        """The word with the day it is about."""
        return f"{self.word} {self.day}" if self.word == "Due" else self.word


def due_state(due_on: date | None, today: date) -> Due:
    """Return how a due day stands today; without one, that no limit is set."""
    if due_on is None or due_on == FAR_OFF:
        return Due("No limit set", "grey")
    if due_on < today:
        return Due("Overdue", "red", written_date(due_on))
    if due_on == today:
        return Due("Due today", "orange")
    return Due("Due", "blue", written_date(due_on))


@dataclass(frozen=True)
class Limit:
    """A day by which something is due, None where no limit is set, and where the limit comes from."""

    due_on: date | None
    source: str


def first_contact_limit(today: date) -> Limit:
    """Return by when a case that is opened today is to be contacted first; the limit is the force's own, or none."""
    limit = policy.value_on("victim_care.first_contact_due_days", today, own_policy())
    return Limit(today + timedelta(days=int(limit.value)) if limit.is_set else None, limit.source[:300])


def first_contact_task(case: Case, at: datetime, limit: Limit) -> CaseTask:
    """Return the task, not saved, to reach the person first."""
    return CaseTask(
        case=case,
        kind="first_contact",
        words=FIRST_CONTACT,
        due_on=limit.due_on,
        source=limit.source,
        made_at=at,
    )


def await_first_contact(case: Case, at: datetime, limit: Limit) -> None:
    """Have the person reached first, where nobody has reached them and no task says so."""
    waiting = CaseTask.objects.filter(case=case, kind="first_contact", ended_at=None)
    if case.reached_at is None and not waiting.exists():
        first_contact_task(case, at, limit).save()


def support_referral_task(case: Case, at: datetime, found_on: date) -> CaseTask:
    """Return the task to refer to a support service: the limit of the Victims' Code from the day need is found."""
    duty = policy.value_on("victims_code.R04-REFER", found_on, own_policy())
    days = duty.value["limit_standard"]
    source = f"Code of Practice for Victims of Crime, right 4: {days} working days"
    try:
        due_on = working_day_after(found_on, int(days), settings.HOME.vocabulary)
    except CouldNotRunError:
        due_on, source = (
            None,
            f"{source}; the bank holidays of that year are not known, so no day can be given",
        )
    return CaseTask(
        case=case,
        kind="support_referral",
        words="Refer to a support service",
        due_on=due_on,
        source=source,
        made_at=at,
    )


def own_policy() -> Path:
    """Return the folder of the force's own policy values."""
    folder: Path = settings.HOME.policy
    return folder


def end_tasks(case: Case, kinds: tuple[str, ...], at: datetime, words: str) -> None:
    """End the waiting tasks of these kinds; an empty tuple ends all of them."""
    waiting = CaseTask.objects.filter(case=case, ended_at=None)
    if kinds:
        waiting = waiting.filter(kind__in=kinds)
    waiting.update(ended_at=at, ended_words=words[:200])


def set_due(case: Case) -> None:
    """Work out what is due next on a case from its waiting tasks; the case is not saved."""
    first: Any = (
        CaseTask.objects.filter(case=case, ended_at=None)
        .exclude(due_on=None)
        .order_by("due_on", "id")
        .first()
    )
    case.due_on = first.due_on if first else FAR_OFF
    case.due_words = first.words[:80] if first else ""
