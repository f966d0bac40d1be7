"""What happened in a case: contact, arrest, bail, charge, parades, hearings."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy
import polars as pl

from fourfold.records.base import Record, choice, instant, text


class CaseEvent(Record):
    """One event of one crime's history.

    Comes from the crime-system extract's contact and case logs (`vocabulary/case_events.csv` lists
    the event types).
    What is missing: contact made but not written down; a missing event is not an event that did not
    happen. Only a contact log vouched complete (`log_complete_to`) or an explicit `not_done` says so.
    How it misleads: `happened_at` may be long before `recorded_at`; `known_at` is when the force
    learnt of it, where that differs; an unknown event type is kept as told in `event_type_raw`.
    """

    table: ClassVar[str] = "case_event"
    key: ClassVar[tuple[str, ...]] = ("event_id",)
    event_date: ClassVar[str] = "recorded_at"
    rule_words: ClassVar[dict[str, str]] = {
        "recorded_before_told": "the event is recorded after the day the file was read",
    }

    event_id = text(nullable=False)
    crime_ref = text(nullable=False)
    force = text(nullable=False)
    event_type_raw = text(nullable=False)
    event_type = text()
    about_event_id = text()
    victim_ref = text()
    suspect_ref = text()
    happened_at = instant()
    known_at = instant()
    recorded_at = instant(nullable=False)
    officer_ref = text()
    unit = text()
    operation = text()
    result = choice("done", "not_done")

    @dy.rule()
    def recorded_before_told(cls) -> pl.Expr:
        return pl.col("recorded_at").dt.date() <= pl.col("told_at").dt.date()
