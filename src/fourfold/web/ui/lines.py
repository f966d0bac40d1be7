"""The lines of Today: each desk registers, when it starts, a function that makes its section for a role."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from fourfold.policy import OwnPolicyError


@dataclass(frozen=True)
class Line:
    """One thing to know or do: words, the list it opens, how many, and a state as a word with a colour."""

    words: str
    href: str
    count: int | None = None
    state: str = ""
    colour: str = "grey"


@dataclass(frozen=True)
class Section:
    """A heading of Today with its lines; `empty` says what would fill it."""

    heading: str
    lines: Sequence[Line]
    empty: str


POLICY_AT_FAULT = (
    "A file of the force’s own policy cannot be used, and this part rests on it. What is due here is not shown until it is "
    "mended: tell your administrator, who sees on their own page what is wrong."
)
MakeSection = Callable[[Any], Section | None]


def register_lines(role: str, make: MakeSection) -> None:
    """Have `make(request)` called for every person with `role` when they open Today; None makes no section.

    Call it from the `ready` of a desk's AppConfig; a role that does not exist fails Django's check.
    """
    standing = apps.get_app_config("ui").lines.setdefault(role, [])
    if make not in standing:
        standing.append(make)


def sections_for(role: str, request: Any) -> list[Section]:
    """Return the sections of a role, in the order they were registered."""
    made = (_made(make, request) for make in apps.get_app_config("ui").lines.get(role, []))
    return [section for section in made if section is not None]


def _made(make: MakeSection, request: Any) -> Section | None:
    """Return a section, or that the force's own policy keeps it away: the others are shown all the same."""
    try:
        return make(request)
    except OwnPolicyError:
        return Section("A part that cannot be shown now", [], POLICY_AT_FAULT)
