"""Duties with their time limits as policy states them, each edition with the days on which it holds.

A duty is data: an entry in `policy/victims_code.yaml` or `policy/local_duties.yaml`, or in the force's
own policy folder. Nothing here knows a duty by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from fourfold import policy
from fourfold.home import WrongUseError
from fourfold.policy import PolicyValue

SUBJECTS = ("victim", "suspect", "case")
FILES = ("victims_code.", "local_duties.")
LIMIT_UNITS = ("working_day", "calendar_day", "calendar_month", "none_stated", "as_soon_as_possible")
FAR = date.max


@dataclass(frozen=True)
class Duty:
    """One edition of one duty.

    subject: to or about whom it is owed (victim, suspect, or the case as a whole). limits: None where
    none is stated. unset: in words, what the force has not set and the duty needs; empty where nothing
    lacks. codes: Home Office classes it is confined to, None for all. See policy/victims_code.yaml.
    """

    rule: str
    title: str
    kind: str
    right: str
    subject: str
    duty_holder: str
    starts: tuple[str, ...]
    starts_about: tuple[str, ...]
    first_only: bool
    counted_from: str
    satisfied_by: tuple[str, ...]
    recurs: bool
    lifted_by: tuple[str, ...]
    only_where: tuple[str, ...]
    days_after_need: int | None
    extended_by: tuple[str, ...]
    extension: int | None
    paused_by: tuple[str, ...]
    resumed_by: tuple[str, ...]
    limit_standard: int | None
    limit_enhanced: int | None
    limit_of_subject: str
    unit: str
    unset: str
    codes: tuple[str, ...] | None
    force: str | None
    valid_from: date
    valid_to: date
    source: str
    status: str
    note: str

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


def duties(overrides: Path | None = None) -> tuple[Duty, ...]:
    """Return every edition of every duty, in the order of the policy files, oldest edition first.

    overrides: the force's own policy folder. Raises WrongUseError for an entry that no clock can follow.
    """
    names = [name for name in policy.names(overrides) if name.startswith(FILES)]
    found = [edition for name in names for edition in editions(name, overrides)]
    faults = [fault for duty in found for fault in faults_of(duty)]
    if faults:
        raise WrongUseError("Duties cannot be followed:\n" + "\n".join(faults), "\nMend the policy files.")
    return tuple(found)


def titles(overrides: Path | None = None) -> dict[str, str]:
    """Return the title of each duty by its rule, that of the newest edition."""
    return {duty.rule: duty.title for duty in duties(overrides)}


def editions(name: str, overrides: Path | None) -> list[Duty]:
    """Return the editions of one duty; a limit kept elsewhere that changes makes a new edition too."""
    values = policy.history(name, overrides)
    elsewhere = {part for value in values for key in ELSEWHERE if (part := value.value.get(key))}
    dated = [*values, *(value for part in sorted(elsewhere) for value in policy.history(part, overrides))]
    begins = sorted({day for value in dated for day in boundaries(value)})
    found: list[Duty] = []
    for begin, following in zip(begins, [*begins[1:], None], strict=True):
        held = _on(name, begin, overrides)
        if held is not None:
            end = following - timedelta(days=1) if following else FAR
            found.append(duty_of(held, begin, end, overrides))
    return found


ELSEWHERE = ("limit_from", "only_codes_of")
"""Parts of a duty that name another policy entry, where a force sets what is its own to set."""


def boundaries(value: PolicyValue) -> list[date]:
    """Return the days on which something else may begin to hold."""
    return [value.valid_from, *([value.valid_to + timedelta(days=1)] if value.valid_to else [])]


def duty_of(held: PolicyValue, begin: date, end: date, overrides: Path | None) -> Duty:
    told: dict[str, Any] = held.value
    limit = _on(told["limit_from"], begin, overrides) if told.get("limit_from") else None
    scope = _on(told["only_codes_of"], begin, overrides) if told.get("only_codes_of") else None
    lacking = [
        f"{part}: {one.words if one else 'nothing set for this day'}"
        for part, one in ((told.get("limit_from"), limit), (told.get("only_codes_of"), scope))
        if part and (one is None or not one.is_set)
    ]
    return Duty(
        rule=held.name.partition(".")[2],
        title=held.title,
        kind=str(told["kind"]),
        right=str(told["right"]),
        subject=str(told.get("subject", "victim")),
        duty_holder=str(told["duty_holder"]),
        first_only=bool(told.get("first_only", False)),
        days_after_need=told.get("days_after_need"),
        counted_from=str(told["counted_from"]),
        recurs=bool(told.get("recurs", False)),
        extension=told.get("extension"),
        limit_standard=limit.value if limit else told["limit_standard"],
        limit_enhanced=limit.value if limit else told["limit_enhanced"],
        limit_of_subject=str(told.get("limit_of_subject", "")),
        unit=str(told["unit"]),
        unset="; ".join(lacking),
        codes=tuple(scope.value) if scope is not None and scope.is_set else None,
        force=told.get("force"),
        valid_from=begin,
        valid_to=end,
        source=held.source,
        status=held.status,
        note=held.note,
        **{part: tuple(told.get(key, ())) for part, key in EVENT_PARTS.items()},
    )


EVENT_PARTS = {
    "starts": "starts",
    "starts_about": "starts_about",
    "satisfied_by": "satisfied_by",
    "lifted_by": "lifted_by",
    "only_where": "audited_where",
    "extended_by": "extended_by",
    "paused_by": "paused_by",
    "resumed_by": "resumed_by",
}
"""Parts of a duty that are lists of events, by the word that policy has for them."""


def faults_of(duty: Duty) -> list[str]:
    """Say in words why no clock could follow a duty."""
    found = []
    if duty.subject not in SUBJECTS:
        found.append(f"the subject must be one of {', '.join(SUBJECTS)}, and is {duty.subject}.")
    if duty.unit not in LIMIT_UNITS:
        found.append(f"the unit must be one of {', '.join(LIMIT_UNITS)}, and is {duty.unit}.")
    for word, limit in (("standard", duty.limit_standard), ("enhanced", duty.limit_enhanced)):
        if limit is not None and (not isinstance(limit, int) or limit < 1):
            found.append(f"the {word} limit must be a whole number from 1, and is {limit}.")
    if bool(duty.paused_by) != bool(duty.resumed_by):
        found.append("paused_by and resumed_by need each other.")
    if duty.starts and not duty.satisfied_by:
        found.append("it has a start and nothing that satisfies it.")
    return [f"- {duty.rule}: {fault}" for fault in found]


def _on(name: str, day: date, overrides: Path | None) -> PolicyValue | None:
    return next((value for value in policy.history(name, overrides) if value.holds_on(day)), None)
