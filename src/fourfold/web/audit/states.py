"""The states of a sample and of a crime in it, and every step that may or may not be taken in each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from fourfold.home import WrongUseError


class State(StrEnum):
    """Where a sample stands."""

    PLANNED = "planned"
    """What it is drawn from is known; allocation and number are still open."""
    DRAWN = "drawn"
    BEING_READ = "being_read"
    """Given out. It says nothing of whether anybody has read anything yet."""
    READ = "read"
    """Every crime has been read by everybody it was given to, and every difference is settled."""
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        return STATE_WORDS[self.value]

    @property
    def colour(self) -> str:
        return STATE_COLOURS[self.value]


STATE_WORDS = {
    "planned": "Planned",
    "drawn": "Drawn",
    "being_read": "Being read",
    "read": "Read",
    "approved": "Findings approved",
    "withdrawn": "Withdrawn",
}
STATE_COLOURS = {
    "planned": "grey",
    "drawn": "blue",
    "being_read": "light-blue",
    "read": "yellow",
    "approved": "green",
    "withdrawn": "grey",
}


class Step(StrEnum):
    """What may be done with a sample."""

    PLAN = "plan"
    """Choose allocation and number, and look at the margins."""
    DRAW = "draw"
    GIVE = "give"
    READ = "read"
    """Read a crime, put it out of scope, settle a difference."""
    FINISH = "finish"
    """The last crime is read."""
    APPROVE = "approve"
    SEND_BACK = "send_back"
    """Have crimes read again, with a reason."""
    ACT = "act"
    """Set, change or end an action."""
    WITHDRAW = "withdraw"


STEPS: Mapping[State, Mapping[Step, State]] = {
    State.PLANNED: {
        Step.PLAN: State.PLANNED,
        Step.DRAW: State.DRAWN,
        Step.WITHDRAW: State.WITHDRAWN,
    },
    State.DRAWN: {Step.GIVE: State.BEING_READ, Step.WITHDRAW: State.WITHDRAWN},
    State.BEING_READ: {
        Step.GIVE: State.BEING_READ,
        Step.READ: State.BEING_READ,
        Step.FINISH: State.READ,
        Step.WITHDRAW: State.WITHDRAWN,
    },
    State.READ: {
        Step.APPROVE: State.APPROVED,
        Step.SEND_BACK: State.BEING_READ,
        Step.ACT: State.READ,
        Step.WITHDRAW: State.WITHDRAWN,
    },
    State.APPROVED: {Step.ACT: State.APPROVED},
    State.WITHDRAWN: {},
}
"""For each state, the steps that may be taken in it and the state each leads to; what is not named is refused."""

REFUSALS: Mapping[State, str] = {
    State.PLANNED: "This sample is planned and not drawn yet. Draw it first.",
    State.DRAWN: "This sample is drawn and not given out yet. Give its crimes to readers first.",
    State.BEING_READ: "This sample is being read. That comes when every crime has been read and every difference settled.",
    State.READ: "Every crime of this sample has been read. Sign the findings off, or send crimes back to be read again.",
    State.APPROVED: "The findings of this sample are approved. They stand as they are.",
    State.WITHDRAWN: "This sample was withdrawn. Plan another.",
}


class CrimeState(StrEnum):
    """Where one crime of a sample stands. It moves on only when everybody it was given to has read it."""

    RESERVE = "reserve"
    """A replacement that has not been called up."""
    TO_READ = "to_read"
    TO_SETTLE = "to_settle"
    """Two have read it, and they differ."""
    READ = "read"
    OUT_OF_SCOPE = "out_of_scope"

    @property
    def words(self) -> str:
        return CRIME_WORDS[self.value]

    @property
    def colour(self) -> str:
        return CRIME_COLOURS[self.value]


CRIME_WORDS = {
    "reserve": "Replacement",
    "to_read": "To be read",
    "to_settle": "To be settled",
    "read": "Read",
    "out_of_scope": "Out of scope",
}
CRIME_COLOURS = {
    "reserve": "grey",
    "to_read": "blue",
    "to_settle": "orange",
    "read": "green",
    "out_of_scope": "purple",
}


class CrimeStep(StrEnum):
    """What may happen to one crime of a sample."""

    CALL_UP = "call_up"
    GIVE = "give"
    FINISH = "finish"
    DIFFER = "differ"
    SETTLE = "settle"
    RULE_OUT = "rule_out"
    AMEND = "amend"
    """Its only reader so far corrects what they handed in."""
    READ_AGAIN = "read_again"
    SETTLE_AGAIN = "settle_again"


CRIME_STEPS: Mapping[CrimeState, Mapping[CrimeStep, CrimeState]] = {
    CrimeState.RESERVE: {CrimeStep.CALL_UP: CrimeState.TO_READ},
    CrimeState.TO_READ: {
        CrimeStep.GIVE: CrimeState.TO_READ,
        CrimeStep.FINISH: CrimeState.READ,
        CrimeStep.DIFFER: CrimeState.TO_SETTLE,
        CrimeStep.RULE_OUT: CrimeState.OUT_OF_SCOPE,
        CrimeStep.AMEND: CrimeState.TO_READ,
    },
    CrimeState.TO_SETTLE: {
        CrimeStep.SETTLE: CrimeState.READ,
        CrimeStep.RULE_OUT: CrimeState.OUT_OF_SCOPE,
    },
    CrimeState.READ: {
        CrimeStep.AMEND: CrimeState.READ,
        CrimeStep.READ_AGAIN: CrimeState.TO_READ,
        CrimeStep.SETTLE_AGAIN: CrimeState.TO_SETTLE,
    },
    CrimeState.OUT_OF_SCOPE: {},
}
"""Out of scope is for good: another crime has taken its place in the order."""

CRIME_REFUSALS: Mapping[CrimeState, str] = {
    CrimeState.RESERVE: "This crime is a replacement and has not been called up.",
    CrimeState.TO_READ: "This crime has not been read by everybody it was given to.",
    CrimeState.TO_SETTLE: "This crime has been read by two who differ. Settle it together.",
    CrimeState.READ: "This crime has been read.",
    CrimeState.OUT_OF_SCOPE: "This crime is out of scope, and another has taken its place.",
}
LIVE = (CrimeState.TO_READ, CrimeState.TO_SETTLE)
"""A sample is read when none of its crimes is in one of these."""


class StepRefusedError(WrongUseError):
    """A step that the state of a sample or of a crime does not allow."""


def check_can(step: Step, state: State | str) -> State:
    """Return the state that a step leads to; raises StepRefusedError where it may not be taken."""
    now = State(state)
    if step not in STEPS[now]:
        raise StepRefusedError(REFUSALS[now])
    return STEPS[now][step]


def can(step: Step, state: State | str) -> bool:
    """Return whether a step may be taken in a state of a sample."""
    return step in STEPS[State(state)]


def check_crime(step: CrimeStep, state: CrimeState | str) -> CrimeState:
    """Return the state that a step of a crime leads to; raises StepRefusedError where it may not be taken."""
    now = CrimeState(state)
    if step not in CRIME_STEPS[now]:
        raise StepRefusedError(CRIME_REFUSALS[now])
    return CRIME_STEPS[now][step]
