"""From one state of a paper to the next: what may be done where, and in words why not."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fourfold.home import WrongUseError
from fourfold.web.papers.models import Paper, State

MOVES: Mapping[State, Mapping[str, State]] = MappingProxyType(
    {
        State.DRAFT: {"write": State.DRAFT, "build": State.BUILT, "throw_away": State.THROWN_AWAY},
        State.BUILT: {
            "write": State.DRAFT,
            "build": State.BUILT,
            "send": State.SENT,
            "throw_away": State.THROWN_AWAY,
        },
        State.SENT: {"approve": State.APPROVED, "send_back": State.SENT_BACK},
        State.SENT_BACK: {"write": State.DRAFT, "build": State.BUILT},
        State.APPROVED: {"supersede": State.SUPERSEDED},
        State.SUPERSEDED: {},
        State.THROWN_AWAY: {},
    }
)
"""For each state, what may be done in it and where that leads."""

ACTS = ("write", "build", "send", "approve", "send_back", "supersede", "throw_away")
OPEN_STATES = (State.DRAFT, State.BUILT, State.SENT, State.SENT_BACK)
"""States of a version that is still being worked on; there is at most one such version of a paper."""
READ_BY_ALL = (State.APPROVED, State.SUPERSEDED)
"""States in which everyone who reads papers may read it: it was approved."""
COLOURS: Mapping[str, str] = MappingProxyType(
    {
        State.DRAFT: "grey",
        State.BUILT: "blue",
        State.SENT: "yellow",
        State.SENT_BACK: "orange",
        State.APPROVED: "green",
        State.SUPERSEDED: "grey",
        State.THROWN_AWAY: "grey",
    }
)
WHY_NOT: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "write": ("Its text cannot be changed", "Ask for it to be sent back, or start a new version."),
        "build": ("It cannot be built again", "Ask for it to be sent back, or start a new version."),
        "send": ("It cannot be sent for approval", "Build it first; then send what was built."),
        "approve": ("It cannot be approved", "A paper is approved after it was sent for approval."),
        "send_back": ("It cannot be sent back", "A paper is sent back after it was sent for approval."),
        "supersede": ("It cannot be superseded", "Only an approved paper gives way to a later version."),
        "throw_away": ("It cannot be thrown away", "Only a paper that was never sent for approval can be."),
    }
)


def check_can(act: str, paper: Paper) -> State:
    """Return the state that `act` leads to; raises WrongUseError in words where the paper's state forbids it."""
    state = State(paper.state)
    if act not in MOVES[state]:
        what, step = WHY_NOT[act]
        raise WrongUseError(f"{what}: the paper is {state.label.lower()}.", step)
    return MOVES[state][act]


def can(act: str, paper: Paper) -> bool:
    """Say whether the paper's state lets `act` be done."""
    try:
        check_can(act, paper)
    except WrongUseError:
        return False
    return True


def check_can_send(paper: Paper) -> State:
    """As `check_can`, and only a paper whose checks find no error may go to approval."""
    after = check_can("send", paper)
    if paper.errors:
        found = "1 error" if paper.errors == 1 else f"{paper.errors:,} errors"
        raise WrongUseError(
            f"It cannot be sent for approval: its checks found {found}.",
            "Open the check results, mend the text, and build the paper again.",
        )
    return after


def check_can_throw_away(paper: Paper) -> State:
    """As `check_can`, and only a paper that was never sent: what somebody was asked to decide on stays."""
    after = check_can("throw_away", paper)
    if paper.sent_at is not None:
        what, step = WHY_NOT["throw_away"]
        raise WrongUseError(f"{what}: it was sent for approval once.", step)
    return after


def can_throw_away(paper: Paper) -> bool:
    """Say whether the paper may be thrown away."""
    try:
        check_can_throw_away(paper)
    except WrongUseError:
        return False
    return True


def can_send(paper: Paper) -> bool:
    """Say whether the paper may go to approval."""
    try:
        check_can_send(paper)
    except WrongUseError:
        return False
    return True
