"""What the record tells of one crime, for the page of whoever was given it: people, narrative, events, clocks.

Read from the lake for one page at a time; nothing of it is kept in the register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from fourfold import vocabulary
from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.clocks import clocks_of_case
from fourfold.records import CaseEvent, Crime, PersonRole, Record
from fourfold.rules.clock_words import with_words
from fourfold.rules.rulebook import rulebook
from fourfold.web.ui.environment import written_date, written_time

SHOWN_ROLES = ("victim", "business_contact", "reporting")
ROLE_WORDS = {"victim": "Victim", "business_contact": "Business contact", "reporting": "Reported by"}
STATE_WORDS = {
    "met_in_time": ("Met in time", "green"),
    "met_late": ("Met late", "orange"),
    "not_met": ("Not met", "red"),
    "running": ("Running", "blue"),
    "not_recorded": ("Not recorded", "yellow"),
    "not_applicable": ("Not applicable", "grey"),
    "not_set": ("No limit set", "grey"),
}


@dataclass(frozen=True)
class Event:
    """One event of the record, in words; `was_not_done` where the log says that it was not."""

    words: str
    at: datetime | None
    day: str
    time: str
    was_not_done: bool

    @property
    def as_evidence(self) -> str:
        """The event as evidence is written: Acknowledgement sent, 4 March 2022."""
        return ", ".join(part for part in (self.words, self.day) if part)


@dataclass(frozen=True)
class Duty:
    """One duty as its clock has it."""

    rule: str
    title: str
    why: str
    state: str
    colour: str


@dataclass(frozen=True)
class Evidence:
    """All that a reader is shown of a crime; `crime` is empty where the lake does not have it any more."""

    crime: Mapping[str, Any] = field(default_factory=dict)
    people: Sequence[Mapping[str, Any]] = ()
    events: Sequence[Event] = ()
    duties: Sequence[Duty] = ()

    def duties_of(self, rules: Sequence[str]) -> list[Duty]:
        """Return the duties that a question is about."""
        return [one for one in self.duties if one.rule in rules]


def evidence_of(home: Home, crime_ref: str, force: str, today: date) -> Evidence:
    """Return what the record tells of one crime. The caller trails who read it."""
    lake = Lake(home.lake)
    crime = _rows(lake, Crime, crime_ref, force)
    if not crime:
        return Evidence()
    people = [one for one in _rows(lake, PersonRole, crime_ref, force) if one["role"] in SHOWN_ROLES]
    events = _rows(lake, CaseEvent, crime_ref, force)
    return Evidence(
        crime[0],
        [_person(one) for one in sorted(people, key=lambda one: SHOWN_ROLES.index(one["role"]))],
        [
            _event(home, one)
            for one in sorted(events, key=lambda one: one["happened_at"] or one["recorded_at"])
        ],
        _duties(home, crime_ref, today),
    )


def _rows(lake: Lake, record: type[Record], crime_ref: str, force: str) -> list[dict[str, Any]]:
    frame = lake.scan(record.table, lake.current())
    if frame is None:
        return []
    return frame.filter((pl.col("crime_ref") == crime_ref) & (pl.col("force") == force)).collect().to_dicts()


def _person(told: Mapping[str, Any]) -> dict[str, Any]:
    name = " ".join(str(part) for part in (told["first_names"], told["last_name"]) if part)
    return {
        "role": ROLE_WORDS[told["role"]],
        "name": told["organisation_name"] or name or "No name told",
        "age": told["age"],
        "enhanced": told["enhanced_ground"],
    }


def _event(home: Home, told: Mapping[str, Any]) -> Event:
    known = event_names(home.vocabulary).get(told["event_type"] or "")
    words = known or str(told["event_type_raw"])
    at = told["happened_at"]
    not_done = told["result"] == "not_done"
    return Event(
        words=f"{words}: said not done" if not_done else words,
        at=at,
        day=written_date(at),
        time=written_time(at),
        was_not_done=not_done,
    )


@lru_cache(maxsize=2)
def event_names(own: Path | None) -> dict[str, str]:
    """Return the name of each event of the case record."""
    return {row.code: row.name for row in vocabulary.load("case_events", own).rows}


def _duties(home: Home, crime_ref: str, today: date) -> list[Duty]:
    told = with_words(clocks_of_case(home, crime_ref, today), rulebook(home.policy, home.vocabulary))
    shown = told.filter(pl.col("subject") != "case").sort("started_on", "rule")
    return [
        Duty(row["rule"], row["title"] or row["rule"], row["why"], *STATE_WORDS[row["state"]])
        for row in shown.iter_rows(named=True)
    ]
