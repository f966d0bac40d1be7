"""Which duties somebody must see to: due today, due this week, late, and those of which nobody can tell.

Of two duties on one event the stricter is listed. A duty said not to be done is late until it is done; one
of which nothing is recorded is no breach, and stands in a list of its own.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import polars as pl

from fourfold.records.derived import WorklistItem
from fourfold.rules.clock_gaps import duties_only
from fourfold.rules.clock_words import with_words
from fourfold.rules.rulebook import Rulebook

WORKLIST = "victims_code"
RETURNS = "returns"
DAYS_IN_A_WEEK = 7


class DueList(StrEnum):
    """The list on which a clock stands."""

    LATE = "late"
    DUE_TODAY = "due_today"
    DUE_THIS_WEEK = "due_this_week"
    CANNOT_TELL = "cannot_tell"


def with_due_list(clocks: pl.DataFrame, on: date) -> pl.DataFrame:
    """Return the clocks with `due_list` and `days_left` on the day `on`; missing where nobody need act now.

    clocks: columns of the derived table `clock`. A clock that ran when the records were last told, and
    whose day has passed since, is late: the desk must ask, for no later record says. A clock whose day no
    calendar tells is owed all the same, so it stands where nobody can tell until it is done.
    """
    left = (pl.col("due_on") - pl.lit(on)).dt.total_days()
    runs, due = pl.col("state") == "running", pl.col("due_on").is_not_null()
    listed = (
        pl.when(~pl.col("is_strictest"))
        .then(None)
        .when((pl.col("state") == "not_met") | (runs & (left < 0)))
        .then(pl.lit(DueList.LATE.value))
        .when((pl.col("state") == "not_recorded") | has_no_calendar())
        .then(pl.lit(DueList.CANNOT_TELL.value))
        .when(runs & due & (left == 0))
        .then(pl.lit(DueList.DUE_TODAY.value))
        .when(runs & due & (left < DAYS_IN_A_WEEK))
        .then(pl.lit(DueList.DUE_THIS_WEEK.value))
    )
    return clocks.with_columns(due_list=listed, days_left=left)


def has_no_calendar() -> pl.Expr:
    """Return whether a clock is owed and not done, and its day lies in a year whose bank holidays are not known."""
    return (pl.col("reason") == "no_calendar") & pl.col("done_on").is_null()


def victims_code(clocks: pl.DataFrame, on: date, book: Rulebook) -> pl.DataFrame:
    """Return worklist items, one a crime with a duty to see to, what is late or due first before the rest.

    `cannot_tell` marks a crime of whose listed duties nothing at all is known.
    """
    return items_of(clocks.filter(pl.col("subject") != "case"), on, book, WORKLIST, "crime")


def returns(clocks: pl.DataFrame, on: date, book: Rulebook) -> pl.DataFrame:
    """Return worklist items, one a monthly return to see to."""
    return items_of(clocks.filter(pl.col("subject") == "case"), on, book, RETURNS, "return")


def items_of(clocks: pl.DataFrame, on: date, book: Rulebook, worklist: str, subject: str) -> pl.DataFrame:
    # A time in which a victim may act is nobody's to see to.
    listed = with_due_list(duties_only(clocks, book), on).filter(pl.col("due_list").is_not_null())
    if not listed.height:
        return WorklistItem.create_empty()
    worded = with_words(listed, book).with_columns(
        reason_told=pl.struct(
            "rule",
            words=pl.format("{}: {}", "title", "why"),
            evidence=pl.concat_list("start_event_id"),
        ).struct.json_encode(),
        is_unknown=pl.col("due_list") == DueList.CANNOT_TELL,
    )
    known_due = pl.col("due_on").filter(~pl.col("is_unknown"))
    crimes = worded.group_by("case_ref", "force").agg(
        pl.col("reason_told").sort_by("due_on", "rule", "start_event_id"),
        pl.col("started_on").min().alias("first_on"),
        pl.col("started_on").max().alias("last_on"),
        known_due.min().alias("due_on"),
        pl.col("is_unknown").all().alias("cannot_tell"),
    )
    ordered = crimes.sort("cannot_tell", "due_on", "first_on", "case_ref", nulls_last=True)
    items = ordered.with_row_index("rank", offset=1).select(
        item_id=pl.lit(f"{worklist}/") + pl.col("case_ref"),
        worklist=pl.lit(worklist),
        subject=pl.lit(subject),
        subject_ref="case_ref",
        force="force",
        first_on="first_on",
        last_on="last_on",
        reasons=pl.lit("[") + pl.col("reason_told").list.join(", ") + pl.lit("]"),
        due_on="due_on",
        rank=pl.col("rank").cast(pl.Int64),
        cannot_tell="cannot_tell",
    )
    return WorklistItem.validate(items)
