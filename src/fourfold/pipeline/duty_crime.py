"""One crime for the desk: its duties as they stand this moment, its people, and what its log says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from fourfold import vocabulary
from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.clocks import NEEDED, clocks_of_case, decisions_about, with_desk_events
from fourfold.records import CaseEvent, Crime, DeskDecision, PersonRole, Record
from fourfold.rules.clock_gaps import with_not_started
from fourfold.rules.clock_words import with_words
from fourfold.rules.duties import Duty
from fourfold.rules.rulebook import Rulebook, rulebook

NAMED = ("person_ref", "role", "first_names", "last_name", "organisation_name")
LABELS = "case_events"


@dataclass(frozen=True)
class CrimeDuties:
    """One crime: the row of the record crime (None where only events or people tell of it), clocks with
    `title`, `why` and `settles`, people (NAMED), and every event, those of the desks among them."""

    crime: Mapping[str, Any] | None
    clocks: list[dict[str, Any]]
    people: list[dict[str, Any]]
    events: list[dict[str, Any]]
    book: Rulebook


def crime_duties(
    home: Home, crime_ref: str, today: date, waiting: Sequence[Mapping[str, Any]] = ()
) -> CrimeDuties | None:
    """Return one crime with its duties as the lake tells them now, None where the lake knows no such crime.

    waiting: decisions of the desks about this crime that have not reached the lake: decision_id, kind, subject,
    subject_ref, value (JSON text), made_at (UTC). They are judged as if they had.
    """
    lake = Lake(home.lake)
    manifest = lake.current()

    def rows(record: type[Record], columns: Sequence[str]) -> pl.DataFrame:
        frame = lake.scan(record.table, manifest)
        found = record.create_empty().lazy() if frame is None else frame
        return found.filter(pl.col("crime_ref") == crime_ref).select(columns).collect()

    crimes = rows(Crime, [*NEEDED[Crime], "offence"])
    people, events = rows(PersonRole, [*NAMED, "force", "crime_ref"]), rows(CaseEvent, NEEDED[CaseEvent])
    if not (crimes.height or people.height or events.height):
        return None
    more = decisions_frame(waiting)
    told = lake.scan(DeskDecision.table, manifest)
    every = with_desk_events(events, crimes, decisions_about(crime_ref, told, more).lazy(), people)
    book = rulebook(home.policy, home.vocabulary)
    clocks = clocks_of_case(home, crime_ref, today, more)
    force = next(str(frame["force"][0]) for frame in (crimes, people, events) if frame.height)
    whole = with_not_started(clocks, book, force, today)
    return CrimeDuties(
        crime=crimes.to_dicts()[0] if crimes.height else None,
        clocks=with_words(whole, book).to_dicts(),
        people=people.sort("role", "person_ref").to_dicts(),
        events=every.sort(
            pl.coalesce("happened_at", "known_at", "recorded_at"), "event_id", descending=True
        ).to_dicts(),
        book=book,
    )


def decisions_frame(waiting: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Return decisions on their way in the columns by which events are made of them."""
    schema: dict[str, Any] = {
        **dict.fromkeys(("decision_id", "kind", "subject", "subject_ref", "value"), pl.String),
        "made_at": pl.Datetime("us", "UTC"),
    }
    return pl.DataFrame([dict(one) for one in waiting], schema=schema)


def unit_of_crime(home: Home, crime_ref: str) -> str | None:
    """Return the unit that the lake names for a crime, '' where it names none, None for a crime it does not know."""
    lake = Lake(home.lake)
    manifest = lake.current()
    for record, column in ((Crime, pl.col("unit")), (PersonRole, pl.lit("")), (CaseEvent, pl.lit(""))):
        frame = lake.scan(record.table, manifest)
        if frame is None:
            continue
        found = frame.filter(pl.col("crime_ref") == crime_ref).select(unit=column).head(1).collect()
        if found.height:
            return str(found["unit"][0] or "")
    return None


def duty_of(book: Rulebook, rule: str, day: date | None) -> Duty | None:
    """Return the edition of a duty that held on a day, else its newest."""
    editions = [duty for duty in book.duties if duty.rule == rule]
    held = [duty for duty in editions if day and duty.holds_on(day)]
    found = held or editions
    return found[-1] if found else None


def event_names(home: Home) -> dict[str, str]:
    """Return the words for each type of event."""
    return {row.code: row.name for row in vocabulary.load(LABELS, home.vocabulary).rows}


def may_be_about(home: Home, event_type: str, about: str) -> bool:
    """Return whether the code list lets an event of one type be about one of another."""
    for row in vocabulary.load(LABELS, home.vocabulary).rows:
        if row.code == event_type:
            return about in row.attributes["answers"].split("|")
    return False
