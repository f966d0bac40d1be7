"""Outcomes given to crimes and to fraud reports."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy
import polars as pl

from fourfold.records.base import Record, choice, text


class Outcome(Record):
    """One outcome of one crime or fraud report under the Home Office framework.

    Comes from the crime-system extract and from the fraud unit's case files.
    What is missing: outcomes not yet keyed at the month's end.
    How it misleads: an outcome belongs to the month it was given, the crime to the month it was
    recorded, so one never divides by the other without saying so; forces use sub-codes of their own
    (1A, 3A), kept in `outcome_raw`; an offence taken into consideration (4) is an admission, not an
    arrest.
    """

    table: ClassVar[str] = "outcome"
    key: ClassVar[tuple[str, ...]] = ("subject_ref", "outcome_no")
    event_date: ClassVar[str] = "outcome_on"
    rule_words: ClassVar[dict[str, str]] = {
        "given_before_told": "the outcome is dated after the day the file was read",
    }

    subject_ref = text(nullable=False)
    outcome_no = dy.Int64(nullable=False, min=1)
    force = text(nullable=False)
    subject = choice("crime", "fraud_report", nullable=False)
    outcome_raw = text(nullable=False)
    outcome_type = text()
    outcome_on = dy.Date(nullable=False)
    filed_on = dy.Date(nullable=True)
    programme = text()

    @dy.rule()
    def given_before_told(cls) -> pl.Expr:
        return pl.col("outcome_on") <= pl.col("told_at").dt.date()
