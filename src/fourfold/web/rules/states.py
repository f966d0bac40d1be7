"""The states of a proposed change, and the steps between them: every pair has its answer here."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.home import WrongUseError


@dataclass(frozen=True)
class State:
    """One state: its word, its colour, and whether it is the end."""

    key: str
    words: str
    colour: str


@dataclass(frozen=True)
class Step:
    """One step: its words on a button, and whether it is for the proposer or for a second person."""

    key: str
    words: str
    by_proposer: bool


STATES = {
    one.key: one
    for one in (
        State("proposed", "Awaits approval", "yellow"),
        State("approved", "Approved", "green"),
        State("refused", "Refused", "red"),
        State("withdrawn", "Withdrawn", "grey"),
    )
}
STEPS = {
    one.key: one
    for one in (
        Step("approve", "Approve this change", by_proposer=False),
        Step("refuse", "Refuse this change", by_proposer=False),
        Step("withdraw", "Withdraw this change", by_proposer=True),
    )
}
NEXT: dict[str, dict[str, str]] = {
    "proposed": {"approve": "approved", "refuse": "refused", "withdraw": "withdrawn"},
    "approved": {},
    "refused": {},
    "withdrawn": {},
}
"""State by state, the steps that may be taken and where each leads. A change that was approved is not undone: another
one is proposed."""


def state_after(state: str, step: str) -> str:
    """Return the state that a step leads to; raises WrongUseError for a step that may not be taken there."""
    if step not in NEXT[state]:
        raise WrongUseError(
            f"This change is {STATES[state].words.lower()}: it can no longer be decided or withdrawn.",
            "Propose another change if the rule should be different.",
        )
    return NEXT[state][step]


def can_step(state: str, step: str) -> bool:
    """Return whether a step may be taken from a state."""
    return step in NEXT[state]
