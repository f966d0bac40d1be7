"""People on a programme that turns offenders from crime."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy
import polars as pl

from fourfold.records.base import PERSONAL, Record, choice, text


class ProgrammeCase(Record):
    """One person's time on one programme (Crime Free Programme, Offender to Rehab).

    Comes from the programme team's own register.
    What is missing: what became of people after they left; nobody without a programme is in it, so
    nothing here says what would have happened otherwise.
    How it misleads: "successful" has no national definition. Success is told only with its definition,
    its denominator (starters, not completers) and its follow-up time.
    """

    table: ClassVar[str] = "programme_case"
    key: ClassVar[tuple[str, ...]] = ("programme", "case_ref")
    event_date: ClassVar[str] = "referred_on"
    rule_words: ClassVar[dict[str, str]] = {
        "ended_with_reason": "the case has ended but how it ended is missing",
        "stages_in_order": "the case starts before it was referred, or ends before it starts",
    }

    programme = text(nullable=False)
    case_ref = text(nullable=False)
    force = text(nullable=False)
    person_ref = text(metadata=PERSONAL)
    referred_on = dy.Date(nullable=False)
    assessed_on = dy.Date(nullable=True)
    started_on = dy.Date(nullable=True)
    ended_on = dy.Date(nullable=True)
    ended_as = choice("completed", "breached", "withdrew", "removed", "died", "moved away")
    reoffended_on = dy.Date(nullable=True)

    @dy.rule()
    def ended_with_reason(cls) -> pl.Expr:
        return pl.col("ended_on").is_null() == pl.col("ended_as").is_null()

    @dy.rule()
    def stages_in_order(cls) -> pl.Expr:
        started = pl.col("started_on")
        return (started.is_null() | (started >= pl.col("referred_on"))) & (
            pl.col("ended_on").is_null() | (pl.col("ended_on") >= pl.coalesce("started_on", "referred_on"))
        )
