"""The last day of each clock: standard or enhanced rights, needs found late, more time, and standing still."""

from __future__ import annotations

import numpy as np
import polars as pl

from fourfold.rules.clock_cases import Cases
from fourfold.rules.clock_places import beside
from fourfold.rules.rulebook import Rulebook
from fourfold.rules.working_days import WorkingDays, last_day

LIMITS = (
    "days_after_need",
    "limit_standard",
    "limit_enhanced",
    "limit_of_subject",
    "unit",
    "extension",
    "subject",
)


def with_due_days(clocks: pl.DataFrame, cases: Cases, book: Rulebook) -> pl.DataFrame:
    """Return the clocks with due_on, due_standard_on, is_enhanced, is_stopped, and the unit of their limit.

    due_on is missing where no limit is stated, and where unknown_on says from which day on the calendar does
    not know the bank holidays that it needs. is_stopped: a pause began before it and has not ended.
    """
    ruled = beside(clocks, "edition", book.rules, **{name: name for name in LIMITS})
    ruled = beside(ruled, "subject_no", cases.subjects, contact_every_days="contact_every_days")
    ruled = ruled.with_columns(
        limit_standard=pl.when("limit_of_subject").then("contact_every_days").otherwise("limit_standard"),
        limit_enhanced=pl.when("limit_of_subject").then("contact_every_days").otherwise("limit_enhanced"),
    )
    standard = last_day(ruled["start_on"], ruled["limit_standard"], ruled["unit"], book.calendar)
    # A need found on the last day or after it could not be met by then: some days from the finding are left.
    from_need = last_day(ruled["needed_on"], ruled["days_after_need"], ruled["unit"], book.calendar)
    ruled = ruled.with_columns(from_need_on=from_need, due_standard_on=standard).with_columns(
        due_standard_on=pl.when(pl.col("due_standard_on").is_not_null()).then(
            pl.max_horizontal("due_standard_on", "from_need_on")
        )
    )
    enhanced = enhanced_days(ruled, cases, book)
    ruled = ruled.join(enhanced, on="clock_no", how="left", maintain_order="left").with_columns(
        due_on=pl.min_horizontal("due_standard_on", "enhanced_due_on"),
        is_enhanced=(pl.col("enhanced_due_on") <= pl.col("due_standard_on")).fill_null(False),
    )
    timed = unknown_days(paused(extended(ruled, book), cases, book), book.calendar)
    return timed.drop(
        "limit_standard",
        "limit_enhanced",
        "limit_of_subject",
        "contact_every_days",
        "enhanced_due_on",
        "from_need_on",
        "days_after_need",
        "extension",
    )


def unknown_days(clocks: pl.DataFrame, calendar: WorkingDays) -> pl.DataFrame:
    """Take away the days that reach beyond the list of bank holidays, and say in unknown_on where it ends.

    Only the clocks that reach so far are stopped by it, and nothing is guessed about them.
    """
    working = (pl.col("unit") == "working_day") & pl.col("due_on").is_not_null()
    early = working & (pl.col("start_on") < pl.lit(calendar.first))
    late = working & (pl.col("due_on") >= pl.lit(calendar.edge))
    standard = (pl.col("unit") == "working_day") & (pl.col("due_standard_on") >= pl.lit(calendar.edge))
    return clocks.with_columns(
        unknown_on=pl.when(early).then("start_on").when(late).then(pl.lit(calendar.edge)),
        due_on=pl.when(~(early | late).fill_null(False)).then("due_on"),
        due_standard_on=pl.when(~(early | standard).fill_null(False)).then("due_standard_on"),
        is_enhanced=pl.col("is_enhanced") & ~(early | late).fill_null(False),
    )


def enhanced_days(clocks: pl.DataFrame, cases: Cases, book: Rulebook) -> pl.DataFrame:
    """Return clock_no and enhanced_due_on, the earliest last day that enhanced rights give.

    Found in mid-clock, the shorter limit runs from the day it was found; lost again before that limit
    ended, it leaves the standard one. The later of the two days is never taken.
    """
    if not knows_enhanced(cases):
        return pl.DataFrame(schema={"clock_no": pl.UInt32, "enhanced_due_on": pl.Date})
    mine = clocks.filter(
        (pl.col("subject") == "victim") & (pl.col("limit_enhanced") != pl.col("limit_standard"))
    ).select("clock_no", "case_no", "subject_no", "start_on", "from_need_on", "limit_enhanced", "unit")
    spells = enhanced_spells(cases)
    held = mine.join(spells, on="subject_no").filter(
        pl.col("lost_on").is_null() | (pl.col("lost_on") >= pl.col("start_on"))
    )
    start = held.select(pl.max_horizontal("start_on", "found_on"))["start_on"]
    ends = last_day(start, held["limit_enhanced"], held["unit"], book.calendar)
    held = held.with_columns(enhanced_due_on=ends).with_columns(
        enhanced_due_on=pl.max_horizontal("enhanced_due_on", "from_need_on")
    )
    return (
        held.filter(pl.col("lost_on").is_null() | (pl.col("lost_on") >= pl.col("enhanced_due_on")))
        .group_by("clock_no")
        .agg(pl.col("enhanced_due_on").min())
    )


def knows_enhanced(cases: Cases) -> bool:
    """Say whether anything is told of enhanced rights at all; of one crime there mostly is not."""
    has_ground = bool(cases.subjects["has_ground"].any())
    return has_ground or bool(cases.events["event_type"].is_in(["enhanced_found", "enhanced_lost"]).any())


def enhanced_spells(cases: Cases) -> pl.DataFrame:
    """Return subject_no, found_on, lost_on of each spell of enhanced rights; missing where it has no such end.

    A ground on the victim's record without any event holds throughout. A finding that names no victim
    holds for every victim of the crime.
    """
    found = cases.events.filter(
        pl.col("event_type").is_in(["enhanced_found", "enhanced_lost"]) & ~pl.col("is_denied")
    ).select("case_no", "victim_no", "at", "on", "event_no", is_loss=pl.col("event_type") == "enhanced_lost")
    victims = cases.subjects.filter(pl.col("subject") == "victim")
    changes = (
        victims.select("case_no", "subject_no")
        .join(found, on="case_no")
        .filter(pl.col("victim_no").is_null() | (pl.col("victim_no") == pl.col("subject_no")))
        .sort("subject_no", "at", "event_no")
    )
    changes = changes.with_columns(
        lost_on=pl.when("is_loss").then("on").backward_fill().over("subject_no"),
        is_first=pl.int_range(pl.len()).over("subject_no") == 0,
    )
    spells = changes.filter(~pl.col("is_loss")).select("subject_no", "lost_on", found_on="on")
    lost_first = changes.filter(pl.col("is_loss") & pl.col("is_first")).select("subject_no", "lost_on")
    always = victims.filter("has_ground").select("subject_no").join(changes, on="subject_no", how="anti")
    return pl.concat([spells, lost_first, always.select("subject_no")], how="diagonal")


def extended(clocks: pl.DataFrame, book: Rulebook) -> pl.DataFrame:
    """Give more time where the log says so in time: a stated number of units, or no limit any more."""
    given = (pl.col("extended_on") <= pl.col("due_on")).fill_null(False)
    clocks = clocks.with_columns(is_extended=given)
    mine = clocks.filter("is_extended")
    if not mine.height:
        return clocks
    longer = last_day(mine["due_on"], mine["extension"], mine["unit"], book.calendar)
    return (
        clocks.join(
            mine.select("clock_no", longer_on=longer), on="clock_no", how="left", maintain_order="left"
        )
        .with_columns(due_on=pl.when("is_extended").then("longer_on").otherwise("due_on"))
        .drop("longer_on")
    )


def paused(clocks: pl.DataFrame, cases: Cases, book: Rulebook) -> pl.DataFrame:
    """Move each last day on by the days for which its clock stood still."""
    clocks = clocks.with_columns(is_stopped=pl.lit(False))
    halts = book.answers.filter(pl.col("part").is_in(["paused", "resumed"]))
    mine = clocks.filter(
        pl.col("edition").is_in(halts["edition"].unique().implode()) & pl.col("due_on").is_not_null()
    )
    if not mine.height:
        return clocks
    told = cases.events.filter(~pl.col("is_denied")).join(halts, on="event_type")
    turns = (
        mine.select("clock_no", "edition", "case_no", "subject_no", "start_at", "start_on", "due_on", "unit")
        .join(
            told.select("edition", "case_no", "part", "at", "on", "event_no", "victim_no"),
            on=["edition", "case_no"],
        )
        .filter(pl.col("victim_no").is_null() | (pl.col("victim_no") == pl.col("subject_no")))
        .filter(pl.col("at") >= pl.col("start_at"))
        .sort("clock_no", "at", "event_no")
    )
    moved = [moved_on(rows, book.calendar) for _, rows in turns.group_by("clock_no", maintain_order=True)]
    if not moved:
        return clocks
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "clock_no": pl.UInt32,
        "moved_on": pl.Date,
        "stops": pl.Boolean,
    }
    found = pl.DataFrame(moved, schema=schema, orient="row")
    return (
        clocks.join(found, on="clock_no", how="left", maintain_order="left")
        .with_columns(due_on=pl.coalesce("moved_on", "due_on"), is_stopped=pl.col("stops").fill_null(False))
        .drop("moved_on", "stops")
    )


def moved_on(turns: pl.DataFrame, calendar: WorkingDays) -> tuple[int, object, bool]:
    """Return clock_no, its last day after every pause, and whether it stands still at the end.

    turns: pauses and resumptions of one clock in order. Few clocks pause, so one at a time is enough.
    """
    due, since = turns["due_on"][0], None
    working = turns["unit"][0] == "working_day"
    for part, on in turns.select("part", "on").iter_rows():
        if part == "paused" and since is None and on <= due:
            since = on
        elif part == "resumed" and since is not None:
            if working and on > calendar.last:
                due = max(due, calendar.edge)
            elif working:
                still = int(calendar.between(*(np.array([day], "datetime64[D]") for day in (since, on)))[0])
                end = np.array([due], "datetime64[D]")
                due = calendar.as_far_as_known(end, np.array([still]))[0].astype(object) if still else due
            else:
                due += on - since
            since = None
    return turns["clock_no"][0], due, since is not None
