"""What an audit paper needs beside the findings, and how its shares are said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fourfold.measures.audit import columns_of
from fourfold.measures.audit_sample import Sample
from fourfold.measures.words import say_number
from fourfold.products.document import Inlines, MadeFrom, Text

ANSWER_WORDS = {
    "met": "Met",
    "not_met": "Not met",
    "not_recorded": "Not recorded",
    "not_applicable": "Not applicable",
    "out_of_scope": "Out of scope",
}
SHARE_WORDS = {
    "recorded": "Recorded compliance",
    "strict": "Strict",
    "best_case": "Best case",
    "not_recorded": "Not recorded",
}
ALLOCATION_WORDS = {
    "equal": "equal (as many from each group)",
    "proportional": "proportional (as large a share of each group)",
    "neyman": "Neyman (more where answers were expected to vary more)",
}
NOTHING = "cannot be worked out"
JOINED = "\u00a0"
"""A space at which no line breaks."""


@dataclass(frozen=True)
class Action:
    """What is to be done about a finding, by whom and when; `question` is the key of one, or empty."""

    words: str
    owner: str
    due_on: date | None = None
    question: str = ""
    state: str = "open"


@dataclass(frozen=True)
class About:
    """What a paper says of itself. overlap: stratum, other group, crimes; signed_off: by whom and when, in words."""

    force_name: str
    marking: str
    made_from: MadeFrom
    overlap: tuple[tuple[str, str, int], ...] = ()
    actions: tuple[Action, ...] = ()
    signed_off: str = ""


def say_share(row: Mapping[str, Any], share: str) -> str:
    """Say a share of a finding with its interval: 81.6% (76.0% to 86.3%)."""
    value, lower, upper = (row[column] for column in columns_of(share))
    if value is None:
        return NOTHING
    if lower == upper:
        return f"{percent(value)} (every{JOINED}crime{JOINED}read)"
    return f"{percent(value)} ({between(percent(lower), percent(upper))})"


def between(lower: str, upper: str) -> str:
    """Say an interval that no line breaks in two."""
    return f"{lower}{JOINED}to{JOINED}{upper}"


def percent(share: float) -> str:
    return say_number(100.0 * share, "percent", 1)


def points(share: float) -> str:
    """Say a difference of two shares in percentage points, with its sign."""
    return f"{100.0 * share:+.1f}".replace("-", "−")


def day(of: date) -> str:
    return f"{of.day} {of:%B %Y}"


def period_words(sample: Sample) -> str:
    return f"{day(sample.period_from)} to {day(sample.period_to)}"


def cells(*words: str) -> tuple[Inlines, ...]:
    return tuple((Text(one),) for one in words)


def counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def was(n: int) -> str:
    return "was" if n == 1 else "were"
