"""The states of a case, and every step that may or may not be taken in each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from fourfold.home import WrongUseError


class State(StrEnum):
    """Where a case stands."""

    CANNOT_TELL = "cannot_tell"
    """No criterion was met and one could not be judged: somebody must look."""
    NEW = "new"
    OPEN = "open"
    NEW_REPORT = "new_report"
    """Closed, and something new came in, mostly a report: somebody must decide whether to open it."""
    CLOSED = "closed"
    JOINED = "joined"
    """Found to be a person of another case, which goes on for both."""

    @property
    def words(self) -> str:
        return STATE_WORDS[self.value]

    @property
    def colour(self) -> str:
        return STATE_COLOURS[self.value]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do here."""
        return self not in (State.CLOSED, State.JOINED)


STATE_WORDS = {
    "cannot_tell": "Cannot tell",
    "new": "New",
    "open": "Being worked",
    "new_report": "New since closing",
    "closed": "Closed",
    "joined": "Joined to another case",
}
STATE_COLOURS = {
    "cannot_tell": "yellow",
    "new": "blue",
    "open": "light-blue",
    "new_report": "orange",
    "closed": "grey",
    "joined": "grey",
}


class Step(StrEnum):
    """What may be done on a case, by a person or at a taking up."""

    NOTE = "note"
    ASSIGN = "assign"
    WORK = "work"
    """Contact, advice, materials, assessment, plan, referral, questionnaire."""
    WATCH = "watch"
    TAKE_ON = "take_on"
    """Refer a person whom no criterion could judge."""
    SET_ASIDE = "set_aside"
    """Leave such a person out, with a reason."""
    CLOSE = "close"
    REOPEN = "reopen"
    LEAVE_CLOSED = "leave_closed"
    """Look at a new report and leave the case closed, with a reason."""
    REPORT_AGAIN = "report_again"
    """A new report of the person comes in."""
    BECOME_CLEAR = "become_clear"
    """What was missing is told, and a criterion is met."""
    JOIN = "join"
    PART = "part"
    """The reports are no longer taken for one person's."""


STEPS: Mapping[State, Mapping[Step, State]] = {
    State.CANNOT_TELL: {
        Step.NOTE: State.CANNOT_TELL,
        Step.ASSIGN: State.CANNOT_TELL,
        Step.TAKE_ON: State.NEW,
        Step.SET_ASIDE: State.CLOSED,
        Step.REPORT_AGAIN: State.CANNOT_TELL,
        Step.BECOME_CLEAR: State.NEW,
        Step.JOIN: State.JOINED,
    },
    State.NEW: {
        Step.NOTE: State.NEW,
        Step.ASSIGN: State.NEW,
        Step.WORK: State.OPEN,
        Step.WATCH: State.OPEN,
        Step.CLOSE: State.CLOSED,
        Step.REPORT_AGAIN: State.NEW,
        Step.BECOME_CLEAR: State.NEW,
        Step.JOIN: State.JOINED,
    },
    State.OPEN: {
        Step.NOTE: State.OPEN,
        Step.ASSIGN: State.OPEN,
        Step.WORK: State.OPEN,
        Step.WATCH: State.OPEN,
        Step.CLOSE: State.CLOSED,
        Step.REPORT_AGAIN: State.OPEN,
        Step.BECOME_CLEAR: State.OPEN,
        Step.JOIN: State.JOINED,
    },
    State.NEW_REPORT: {
        Step.NOTE: State.NEW_REPORT,
        Step.ASSIGN: State.NEW_REPORT,
        Step.REOPEN: State.OPEN,
        Step.LEAVE_CLOSED: State.CLOSED,
        Step.REPORT_AGAIN: State.NEW_REPORT,
        Step.BECOME_CLEAR: State.NEW_REPORT,
        Step.JOIN: State.JOINED,
    },
    State.CLOSED: {
        Step.NOTE: State.CLOSED,
        Step.WATCH: State.CLOSED,
        Step.REOPEN: State.OPEN,
        Step.REPORT_AGAIN: State.NEW_REPORT,
        Step.BECOME_CLEAR: State.NEW_REPORT,
        Step.JOIN: State.JOINED,
    },
    State.JOINED: {Step.PART: State.NEW},
}
"""For each state, the steps that may be taken in it and the state each leads to; what is not named is refused."""

REFUSALS: Mapping[State, str] = {
    State.CANNOT_TELL: "No criterion could be judged for this person yet. Take them on, or set them aside, first.",
    State.NEW: "This case is new: nobody has closed it or set it aside.",
    State.OPEN: "This case is being worked: nobody has closed it or set it aside.",
    State.NEW_REPORT: "This case was closed and there is a new report. Open it again, or leave it closed, first.",
    State.CLOSED: "This case is closed. Open it again first.",
    State.JOINED: "This case was joined to another. Work on that one.",
}


class StepRefusedError(WrongUseError):
    """A step that the state of a case does not allow."""


def check_can(step: Step, state: State | str) -> State:
    """Return the state that a step leads to; raises StepRefusedError where it may not be taken."""
    now = State(state)
    if step not in STEPS[now]:
        raise StepRefusedError(REFUSALS[now])
    return STEPS[now][step]


def can(step: Step, state: State | str) -> bool:
    """Return whether a step may be taken in a state."""
    try:
        check_can(step, state)
    except StepRefusedError:
        return False
    return True
