"""The duties as frames, ready to be joined with events: what starts each clock, and what answers it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl

from fourfold import vocabulary
from fourfold.rules.duties import SUBJECTS, Duty, duties
from fourfold.rules.working_days import WorkingDays, working_days

PARTS = {
    "done": "satisfied_by",
    "lifted": "lifted_by",
    "needed": "only_where",
    "extended": "extended_by",
    "paused": "paused_by",
    "resumed": "resumed_by",
}
"""What an event may be to a duty that has begun, with the part of the duty that lists such events."""

SUBJECT = pl.Enum(SUBJECTS)

RULE_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "edition": pl.UInt16,
    "rule": pl.String,
    "kind": pl.String,
    "subject": SUBJECT,
    "first_only": pl.Boolean,
    "from_known": pl.Boolean,
    "recurs": pl.Boolean,
    "days_after_need": pl.Int64,
    "is_conditional": pl.Boolean,
    "has_about": pl.Boolean,
    "limit_standard": pl.Int64,
    "limit_enhanced": pl.Int64,
    "limit_of_subject": pl.Boolean,
    "unit": pl.String,
    "extension": pl.Int64,
    "is_unset": pl.Boolean,
    "is_scoped": pl.Boolean,
    "is_code": pl.Boolean,
    "answered_by": pl.String,
    "of_force": pl.String,
    "valid_from": pl.Date,
    "valid_to": pl.Date,
}


@dataclass(frozen=True)
class Rulebook:
    """Every edition of every duty, numbered by its place in `duties`.

    events: every event type that any duty or the case record knows. rules: one row an edition
    (RULE_SCHEMA). starts: edition, event_type. answers: edition, event_type, part (a key of PARTS).
    about: edition, about_type, where the start must be about one of these. scope: edition, ho_code.
    ties: event_type, about_type: what an event of one type may be told about by the code list.
    """

    duties: tuple[Duty, ...]
    calendar: WorkingDays
    events: pl.Enum
    rules: pl.DataFrame
    starts: pl.DataFrame
    answers: pl.DataFrame
    about: pl.DataFrame
    scope: pl.DataFrame
    ties: pl.DataFrame


def rulebook(overrides: Path | None = None, own_vocabulary: Path | None = None) -> Rulebook:
    """Return the duties of policy as frames; made again only where a file of the force's own has changed.

    overrides: the force's own policy folder; own_vocabulary: that of its code lists. Raises WrongUseError
    for an entry that no clock can follow.
    """
    states = tuple(folder_state(folder) for folder in (overrides, own_vocabulary))
    return made(overrides, own_vocabulary, states)


def folder_state(folder: Path | None) -> tuple[tuple[str, int, int], ...]:
    """Return name, time of change and size of each file of a folder, in order; nothing where there is none."""
    if folder is None or not folder.is_dir():
        return ()
    files = (entry for entry in os.scandir(folder) if entry.is_file())
    stats = ((entry.name, entry.stat()) for entry in files)
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats))


@lru_cache(maxsize=8)
def made(overrides: Path | None, own_vocabulary: Path | None, states: object) -> Rulebook:
    """Make a rulebook; `states` is what its folders held, so that a change makes another."""
    every = duties(overrides)
    told = vocabulary.load("case_events", own_vocabulary)
    ties = [(row.code, about) for row in told.rows for about in row.attributes["answers"].split("|") if about]
    named = {event for duty in every for event in (*duty.starts, *duty.starts_about)}
    named |= {event for duty in every for part in PARTS.values() for event in getattr(duty, part)}
    events = pl.Enum(sorted(named | set(told.codes()) | {about for _, about in ties}))
    numbered = list(enumerate(every))
    schema: dict[str, pl.DataType | type[pl.DataType]] = {"edition": pl.UInt16, "event_type": events}
    rules = pl.DataFrame([rule_row(n, duty) for n, duty in numbered], schema=RULE_SCHEMA, orient="row")
    starts = [(number, event) for number, duty in numbered for event in duty.starts]
    answers = [
        (number, event, part)
        for number, duty in numbered
        for part, name in PARTS.items()
        for event in getattr(duty, name)
    ]
    about = [(number, event) for number, duty in numbered for event in duty.starts_about]
    scope = [(number, code) for number, duty in numbered for code in duty.codes or ()]
    return Rulebook(
        duties=every,
        calendar=working_days(own_vocabulary),
        events=events,
        rules=with_rivals(rules, every),
        starts=pl.DataFrame(starts, schema=schema, orient="row"),
        answers=pl.DataFrame(answers, schema={**schema, "part": pl.Enum(list(PARTS))}, orient="row"),
        about=pl.DataFrame(about, schema={"edition": pl.UInt16, "about_type": events}, orient="row"),
        scope=pl.DataFrame(scope, schema={"edition": pl.UInt16, "ho_code": pl.String}, orient="row"),
        ties=pl.DataFrame(ties, schema={"event_type": events, "about_type": events}, orient="row"),
    )


def rule_row(number: int, duty: Duty) -> tuple[object, ...]:
    """Return one edition as a row of RULE_SCHEMA."""
    return (
        number,
        duty.rule,
        duty.kind,
        duty.subject,
        duty.first_only,
        duty.counted_from == "known_at",
        duty.recurs,
        duty.days_after_need,
        bool(duty.only_where),
        bool(duty.starts_about),
        duty.limit_standard,
        duty.limit_enhanced,
        bool(duty.limit_of_subject),
        duty.unit,
        duty.extension,
        bool(duty.unset),
        duty.codes is not None,
        duty.right != "local",
        "+".join(sorted(duty.satisfied_by)),
        duty.force,
        duty.valid_from,
        duty.valid_to,
    )


def with_rivals(rules: pl.DataFrame, every: tuple[Duty, ...]) -> pl.DataFrame:
    """Say of each edition whether another duty begins on one of its events and is answered alike."""

    def rival(duty: Duty) -> bool:
        return any(
            other.rule != duty.rule
            and set(other.satisfied_by) == set(duty.satisfied_by)
            and set(other.starts) & set(duty.starts)
            for other in every
        )

    return rules.with_columns(pl.Series("has_rival", [rival(duty) for duty in every], dtype=pl.Boolean))
