"""Series breaks and lockdowns that a comparison crosses."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from fourfold.home import WrongUseError
from fourfold.policy.lookup import history, names, value_on
from fourfold.policy.value import PolicyValue


@dataclass(frozen=True)
class SeriesBreak:
    """A day, or a span where the day is not public, on which a series changed its meaning.

    `earliest` and `latest` are the same day where the day is known. A gap runs from `earliest` to
    `ends_on`, None where it had not ended when last seen. `forces` is None for all forces.
    """

    name: str
    title: str
    kind: Literal["break", "gap"]
    earliest: date
    latest: date
    ends_on: date | None
    subjects: tuple[str, ...]
    offence_groups: tuple[str, ...]
    forces: tuple[str, ...] | None
    widens: bool
    changed: str
    source: str
    status: str

    @property
    def day_is_known(self) -> bool:
        return self.earliest == self.latest

    def lies_between(self, start: date, end: date) -> bool:
        """Say whether data of `start` to `end`, both included, fall on both sides of it, or in a gap."""
        if self.kind == "gap":
            return self.earliest <= end and (self.ends_on is None or start <= self.ends_on)
        # Data that begin on the very day of the change lie wholly after it.
        return start < self.latest and self.earliest <= end

    def touches_force(self, force: str | None) -> bool:
        """Say whether it touches `force`; None asks about figures that add forces up."""
        if self.forces is None:
            return True
        return self.widens if force is None else force in self.forces


@dataclass(frozen=True)
class Lockdown:
    """A national stay-at-home order in England, first and last day included."""

    name: str
    title: str
    starts_on: date
    ends_on: date
    restrictions_eased_on: date
    source: str
    status: str


def breaks_between(
    start: date, end: date, subject: str, force: str | None, overrides: Path | None = None
) -> list[SeriesBreak]:
    """Return the breaks that a series or comparison of `start` to `end` crosses, earliest first.

    `subject` is a word of subjects.yaml: a break of a part touches the total and the other way round.
    `force` is a name as on data.police.uk, or None for a figure that adds forces up. Raises
    WrongUseError for an unknown subject, since no break found would look like none there is.
    """
    related = related_subjects(subject, overrides)
    return crossed(all_breaks(overrides), start, end, related, force)


def crossed(
    breaks: Iterable[SeriesBreak], start: date, end: date, related: Set[str], force: str | None
) -> list[SeriesBreak]:
    """Return those of some breaks that data of `start` to `end` cross, earliest first.

    `related` are the subjects of the data with all their parts and wholes; `force` as in `breaks_between`.
    """
    found = [
        one
        for one in breaks
        if one.lies_between(start, end) and one.touches_force(force) and related & set(one.subjects)
    ]
    return sorted(found, key=lambda one: (one.earliest, one.name))


def lockdowns_between(start: date, end: date, overrides: Path | None = None) -> list[Lockdown]:
    """Return the lockdowns with at least one day in `start` to `end`, both included, earliest first."""
    found = [_lockdown(value) for value in _values("lockdowns.", overrides)]
    return sorted(
        (one for one in found if one.starts_on <= end and start <= one.ends_on), key=lambda one: one.starts_on
    )


def all_breaks(overrides: Path | None = None) -> list[SeriesBreak]:
    """Return every series break, whatever its day.

    Raises WrongUseError for a force's own break whose subject is unknown or whose day is not bounded.
    """
    known = known_subjects(overrides)
    return [_break(value, known) for value in _values("series_breaks.", overrides)]


def known_subjects(overrides: Path | None = None) -> frozenset[str]:
    """Return every word of subjects.yaml."""
    parts = _parts(overrides)
    return frozenset(parts).union(*parts.values())


def related_subjects(subject: str, overrides: Path | None = None) -> frozenset[str]:
    """Return `subject` with all it is part of and all its parts, at any depth.

    Raises WrongUseError for a subject that subjects.yaml does not know.
    """
    parts, known = _parts(overrides), known_subjects(overrides)
    if subject not in known:
        near = difflib.get_close_matches(subject, sorted(known), n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(known))}."
        raise WrongUseError(f"There is no subject {subject}.", hint)
    wholes = {one: [whole for whole, of in parts.items() if one in of] for one in known}
    return frozenset({subject} | _reached(subject, parts) | _reached(subject, wholes))


def _parts(overrides: Path | None) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = value_on("subjects.parts", date.max, overrides).value
    return parts


def _reached(start: str, steps: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for step in steps.get(waiting.pop(), []):
            if step not in found:
                found.add(step)
                waiting.append(step)
    return found


def _values(prefix: str, overrides: Path | None) -> list[PolicyValue]:
    # A break is a fact of its own day: the newest statement about it counts, not the one held on a date.
    # `history` gives the force's own first, each oldest first.
    newest: list[PolicyValue] = []
    for name in names(overrides):
        if name.startswith(prefix):
            values = history(name, overrides)
            own = [value for value in values if value.overridden]
            newest.append((own or list(values))[-1])
    return [value for value in newest if value.is_set]


def _break(value: PolicyValue, known: frozenset[str]) -> SeriesBreak:
    told: dict[str, Any] = value.value
    day = told["day"]
    earliest, latest = (day, day) if day else (told.get("not_before"), told.get("not_after"))
    unknown = sorted(set(told["subjects"]) - known)
    if unknown or earliest is None or latest is None or told["kind"] not in ("break", "gap"):
        raise WrongUseError(
            f"{value.file}, {value.name}: the series break cannot be used.",
            "Its kind is break or gap; without a day it needs not_before and not_after; its subjects are "
            + f"words of subjects.yaml{' (unknown: ' + ', '.join(unknown) + ')' if unknown else ''}.",
        )
    return SeriesBreak(
        name=value.name,
        title=value.title,
        kind=told["kind"],
        earliest=earliest,
        latest=latest,
        ends_on=told.get("ends_on"),
        subjects=tuple(told["subjects"]),
        offence_groups=tuple(told["offence_groups"]),
        forces=None if told["forces"] == "all" else tuple(told["forces"]),
        widens=bool(told.get("widens", False)),
        changed=told["changed"],
        source=value.source,
        status=value.status,
    )


def _lockdown(value: PolicyValue) -> Lockdown:
    told: dict[str, Any] = value.value
    return Lockdown(
        name=value.name,
        title=value.title,
        starts_on=told["starts_on"],
        ends_on=told["ends_on"],
        restrictions_eased_on=told["restrictions_eased_on"],
        source=value.source,
        status=value.status,
    )
