"""Clocks: the state of every duty to every victim, suspect and case, from events as told.

One engine for all duties, those of the Victims' Code and those outside it; the duties are data
(`rules/duties.py`). Exactly one state a clock, as the section "State of a duty" of the record definitions
has it: what is not recorded is neither a breach nor a pass.
"""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from fourfold.rules.clock_answers import answered
from fourfold.rules.clock_cases import Cases, ready
from fourfold.rules.clock_limits import with_due_days
from fourfold.rules.clock_places import beside
from fourfold.rules.clock_starts import begun
from fourfold.rules.rulebook import Rulebook

CASES_AT_A_TIME = 80_000
"""Cases judged together: memory grows with them, and speed hardly at all."""


class State(StrEnum):
    """What is known of one duty; in reports met is in time, and late and not met are both not met."""

    MET_IN_TIME = "met_in_time"
    MET_LATE = "met_late"
    NOT_MET = "not_met"
    RUNNING = "running"
    NOT_RECORDED = "not_recorded"
    NOT_APPLICABLE = "not_applicable"
    NOT_SET = "not_set"
    """The force has not set the limit, or has not said which offences the duty covers: nothing is judged."""


def judge(
    crimes: pl.DataFrame, people: pl.DataFrame, events: pl.DataFrame, as_of: pl.DataFrame, book: Rulebook
) -> pl.DataFrame:
    """Return every clock of some crimes with its state (records.derived.Clock), in order of crimes.

    crimes, people, events: columns of the records crime, person_role and case_event, rows in any order.
    as_of: `force, as_of`, the last day each force's records cover. A limit that reaches a year whose bank
    holidays are not known stops its own clock alone: not_set, with the reason no_calendar.
    """
    told = (crimes, people, events)
    if sum(frame.height for frame in told) <= CASES_AT_A_TIME:
        return judged(ready(crimes, people, events, as_of, book), book)
    refs = pl.concat([frame["crime_ref"].unique() for frame in told]).unique().sort()
    parts = []
    for first in range(0, len(refs), CASES_AT_A_TIME):
        mine = of_these(refs.slice(first, CASES_AT_A_TIME))
        some_crimes, some_people, some_events = (frame.filter(mine) for frame in told)
        parts.append(judged(ready(some_crimes, some_people, some_events, as_of, book), book))
    return pl.concat(parts)


def of_these(refs: pl.Series) -> pl.Expr:
    """Return whether a crime's reference lies from the first to the last of some sorted references."""
    return pl.col("crime_ref").is_between(pl.lit(refs[0]), pl.lit(refs[-1]))


def judged(cases: Cases, book: Rulebook) -> pl.DataFrame:
    """Return every clock of some cases with its state."""
    clocks = with_due_days(answered(begun(cases, book), cases, book), cases, book)
    stated = beside(clocks, "case_no", cases.cases, **{name: name for name in OF_CASE})
    stated = beside(stated, "subject_no", cases.subjects, is_owed="is_owed")
    stated = beside(stated, "edition", book.rules, **{name: name for name in OF_RULE})
    stated = stated.with_columns(reason=reasons())
    # Where no interval was agreed, the plan itself says so once, not each contact again.
    repeats = pl.col("recurs") & (pl.col("reason") == "no_interval") & pl.col("is_repeat")
    return finished(strictest(stated.filter(~repeats)), cases)


OF_CASE = ("is_cancelled", "is_ended", "ended_on", "vouched_on", "as_of")
OF_RULE = ("rule", "kind", "is_unset", "is_code", "has_rival", "answered_by")

REASONS: dict[str, State] = {
    "cancelled": State.NOT_APPLICABLE,
    "no_contact_named": State.NOT_APPLICABLE,
    "not_set": State.NOT_SET,
    "no_calendar": State.NOT_SET,
    "no_interval": State.NOT_SET,
    "lifted": State.NOT_APPLICABLE,
    "done_no_limit": State.MET_IN_TIME,
    "done_in_time": State.MET_IN_TIME,
    "done_late": State.MET_LATE,
    "ended_before": State.NOT_APPLICABLE,
    "stopped": State.RUNNING,
    "running_to_end": State.RUNNING,
    "running": State.RUNNING,
    "window_closed": State.NOT_APPLICABLE,
    "said_not_done": State.NOT_MET,
    "victim_not_named": State.NOT_RECORDED,
    "log_complete": State.NOT_MET,
    "not_recorded": State.NOT_RECORDED,
}
"""Every reason, in the order in which they are asked, with the state that it gives."""


def reasons() -> pl.Expr:
    """Return the first reason that holds of each clock, in the order of REASONS."""
    due, done, ended = pl.col("due_on"), pl.col("done_on"), pl.col("ended_on")
    no_limit, is_done = due.is_null(), done.is_not_null()
    # Without a limit a duty is judged once the case has ended, though no event dates the end.
    past = pl.when(no_limit).then("is_ended").otherwise(due < pl.col("as_of")).fill_null(False)
    last_chance = pl.when(no_limit).then(ended).otherwise(due)
    holds = {
        "cancelled": pl.col("is_cancelled"),
        "no_contact_named": ~pl.col("is_owed"),
        "not_set": pl.col("is_unset"),
        "no_calendar": pl.col("unknown_on").is_not_null(),
        "no_interval": pl.col("recurs") & no_limit,
        "lifted": (pl.col("lifted_on") <= pl.coalesce(due, "lifted_on"))
        & (done.is_null() | (pl.col("lifted_on") < done)),
        "done_no_limit": is_done & no_limit,
        "done_in_time": is_done & (done <= due),
        "done_late": is_done,
        "ended_before": pl.col("recurs") & pl.col("is_ended") & (ended <= due).fill_null(True),
        "stopped": pl.col("is_stopped"),
        "running_to_end": ~past & no_limit,
        "running": ~past,
        "window_closed": pl.col("kind") == "window",
        "said_not_done": pl.col("denied_on").is_not_null(),
        "victim_not_named": pl.col("is_unsure"),
        "log_complete": pl.col("vouched_on") > last_chance,
    }
    words = pl.Enum(list(REASONS))
    found = pl.lit("not_recorded", dtype=words)
    for reason, condition in reversed(holds.items()):
        found = pl.when(condition.fill_null(False)).then(pl.lit(reason, dtype=words)).otherwise(found)
    return found


def strictest(clocks: pl.DataFrame) -> pl.DataFrame:
    """Mark, of clocks that one event started and one kind of event answers, the one that ends first.

    A local standard and one of the Code on the same event both run; the stricter is the one to report.
    Of two that end together the Code's comes first, and one that is judged before one that is not.
    """
    ends = pl.col("due_on").cast(pl.Int64).fill_null(10**6) + pl.when("is_unset").then(10**7).otherwise(0)
    rank = ends * 1000 + pl.col("edition") - pl.when("is_code").then(500).otherwise(0)
    rivals = clocks.filter("has_rival").select("clock_no", "start_no", "subject_no", "answered_by", rank=rank)
    first = pl.col("rank") == pl.col("rank").min().over("start_no", "subject_no", "answered_by")
    beaten = rivals.filter(~first).select("clock_no", is_beaten=pl.lit(True))
    return clocks.join(beaten, on="clock_no", how="left", maintain_order="left").with_columns(
        is_strictest=pl.col("is_beaten").is_null()
    )


def finished(clocks: pl.DataFrame, cases: Cases) -> pl.DataFrame:
    """Return the clocks in the shape of the derived table."""
    words = {reason: state.value for reason, state in REASONS.items()}
    stated = clocks.drop("unit", "subject").sort("case_no", "edition", "subject_no", "start_no")
    of_case = {name: name for name in ("case_ref", "force", "unit", "officer_ref", "ho_code")}
    stated = beside(stated, "case_no", cases.cases, **of_case)
    stated = beside(stated, "subject_no", cases.subjects, subject="subject", subject_ref="subject_ref")
    stated = beside(stated, "start_no", cases.events, event_id="event_id", event_type="event_type")
    stated = beside(stated, "done_no", cases.events, done_event_id="event_id")
    return stated.select(
        "rule",
        "case_ref",
        pl.col("subject").cast(pl.String),
        "subject_ref",
        "force",
        "unit",
        "officer_ref",
        "ho_code",
        pl.col("event_type").cast(pl.String).alias("started_by"),
        pl.col("event_id").alias("start_event_id"),
        pl.col("start_on").alias("started_on"),
        "due_on",
        "due_standard_on",
        "is_enhanced",
        "is_strictest",
        pl.col("reason").replace_strict(words, return_dtype=pl.String).alias("state"),
        pl.col("reason").cast(pl.String),
        reason_on().alias("reason_on"),
        "done_on",
        "done_event_id",
        "as_of",
    )


def reason_on() -> pl.Expr:
    """Return the day that a reason speaks of, missing where it speaks of none."""
    spoken = {
        "no_calendar": "unknown_on",
        "lifted": "lifted_on",
        "said_not_done": "denied_on",
        "log_complete": "vouched_on",
        "ended_before": "ended_on",
        "running_to_end": "denied_on",
        "running": "denied_on",
    }
    return pl.coalesce(
        *(pl.when(pl.col("reason") == reason).then(day) for reason, day in spoken.items()),
        pl.lit(None, dtype=pl.Date),
    )
