"""Where each suspect of each crime stands."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy
import polars as pl

from fourfold.records.base import SENSITIVE, Record, text


class SuspectStatus(Record):
    """One suspect's standing in one crime: identified, circulated, arrested, removed.

    Comes from the crime-system extract.
    What is missing: the review and circulation dates of suspects nobody has reviewed; the limitation
    date is held only where a supervisor worked it out.
    How it misleads: "not arrested" may mean removed; `removed_reason` says why. The four factors
    (threat, harm, risk, vulnerability) are the reviewing supervisor's, not a computed score.
    """

    table: ClassVar[str] = "suspect_status"
    key: ClassVar[tuple[str, ...]] = ("crime_ref", "suspect_ref")
    event_date: ClassVar[str] = "identified_on"
    rule_words: ClassVar[dict[str, str]] = {
        "removed_with_reason": "the suspect is removed without a reason",
        "circulated_after_identified": "the suspect is circulated before being identified",
    }

    crime_ref = text(nullable=False)
    suspect_ref = text(nullable=False)
    force = text(nullable=False)
    identified_on = dy.Date(nullable=False)
    reviewed_on = dy.Date(nullable=True)
    evidence_to_arrest = dy.Bool(nullable=True)
    circulated_on = dy.Date(nullable=True)
    circulation_ref = text(metadata=SENSITIVE)
    last_attempt_on = dy.Date(nullable=True)
    bail = text()
    limitation_on = dy.Date(nullable=True)
    arrested_on = dy.Date(nullable=True)
    removed_on = dy.Date(nullable=True)
    removed_reason = text()
    threat = text()
    harm = text()
    risk = text()
    vulnerability = text()

    @dy.rule()
    def removed_with_reason(cls) -> pl.Expr:
        return pl.col("removed_on").is_null() | pl.col("removed_reason").is_not_null()

    @dy.rule()
    def circulated_after_identified(cls) -> pl.Expr:
        return pl.col("circulated_on") >= pl.col("identified_on")
