"""The states of a duty as words with a colour, and the lists that a duty stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fourfold.web.ui.environment import written_date
from fourfold.web.victims_code.models import FAR_OFF

DAYS_IN_A_WEEK = 7
STATES: dict[str, tuple[str, str]] = {
    "met_in_time": ("Met in time", "green"),
    "met_late": ("Met late", "orange"),
    "not_met": ("Not met", "red"),
    "running": ("Running", "blue"),
    "not_recorded": ("Not recorded", "yellow"),
    "not_applicable": ("Not applicable", "grey"),
    "not_set": ("No limit set", "grey"),
    "gone": ("No longer told", "grey"),
}
"""Every state of the clocks, and one for a clock whose start the lake does not tell any more."""
UNKNOWN = ("not_recorded", "not_set")
"""States of an open duty of which nobody can tell whether it was met, or by which day it is due."""
WAITING = ("Being worked out", "purple")


def state_words(state: str) -> str:
    """Return a state in words."""
    return STATES.get(state, (state.replace("_", " ").capitalize(), "grey"))[0]


@dataclass(frozen=True)
class Tag:
    """A state as a word with a colour."""

    word: str
    colour: str
    day: str = ""


def state_tag(state: str) -> Tag:
    """Return the tag of a state."""
    return Tag(*STATES.get(state, (state_words(state), "grey")))


def list_tag(state: str, due_on: date | None, today: date) -> Tag:
    """Return the list on which an open duty stands today: late, due today, due, cannot tell.

    As worklists.victims_code has it: one that ran when the records were last told and whose day has passed
    since is late, for the desk must ask.
    """
    day = "" if due_on in (None, FAR_OFF) else written_date(due_on)
    # Of those that no limit is set for, the desk takes up only what no calendar gives a day.
    if state in UNKNOWN:
        return Tag("Cannot tell", "yellow", day)
    if state == "not_met" or (state == "running" and due_on is not None and due_on < today):
        return Tag("Late", "red", day)
    if state == "running" and due_on == today:
        return Tag("Due today", "orange", day)
    if state == "running" and due_on is not None and due_on < today + timedelta(days=DAYS_IN_A_WEEK):
        return Tag("Due this week", "teal", day)
    if state == "running":
        return Tag("Due later", "blue", day)
    return Tag(*STATES.get(state, (state_words(state), "grey")), day)
