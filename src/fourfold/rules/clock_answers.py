"""What answers each clock: the event tied to its start, or the first such event after it.

An event that says which event it is about answers that one alone. One that says nothing answers every
clock it can that has begun before it. One that does not say which of several victims it concerns
answers none: it leaves the duty to be cleared up.
"""

from __future__ import annotations

import polars as pl

from fourfold.rules.clock_cases import MADE_START, Cases
from fourfold.rules.rulebook import Rulebook

ANSWERS = ("done", "denied", "lifted", "extended")


def answered(clocks: pl.DataFrame, cases: Cases, book: Rulebook) -> pl.DataFrame:
    """Return the clocks with done_no, done_at, done_on, denied_on, lifted_on, extended_on and is_unsure."""
    fitting = candidates(clocks, cases, book)
    sure = ~pl.col("is_unsure")
    done = (pl.col("part") == "done") & ~pl.col("is_denied") & sure
    denied = (pl.col("part") == "done") & pl.col("is_denied") & sure
    first = (
        fitting.sort("at", "event_no")
        .group_by("clock_no")
        .agg(
            done_no=pl.col("event_no").filter(done).first(),
            done_at=pl.col("at").filter(done).first(),
            done_on=pl.col("on").filter(done).first(),
            denied_on=pl.col("on").filter(denied).first(),
            lifted_on=pl.col("on").filter((pl.col("part") == "lifted") & ~pl.col("is_denied") & sure).first(),
            extended_on=pl.col("on")
            .filter((pl.col("part") == "extended") & ~pl.col("is_denied") & sure)
            .first(),
            is_unsure=(~sure & (pl.col("part") == "done") & ~pl.col("is_denied")).any(),
        )
    )
    return clocks.join(first, on="clock_no", how="left", maintain_order="left").with_columns(
        pl.col("is_unsure").fill_null(False)
    )


def candidates(clocks: pl.DataFrame, cases: Cases, book: Rulebook) -> pl.DataFrame:
    """Return clock_no with each event that may answer it, event_no, part, at, on, is_denied, is_unsure."""
    parts = book.answers.filter(pl.col("part").is_in(["done", "lifted", "extended"]))
    told = cases.events.filter(pl.col("event_type").is_in(parts["event_type"].unique().implode()))
    answers = with_bonds(told, book).join(parts, on="event_type")
    # Bound to an event that starts another clock of the same duty, or to no event of this duty at all.
    starts = book.starts.select("edition", about_type="event_type", is_start=pl.lit(True))
    needs = book.answers.filter(pl.col("part") == "needed").select(
        "edition", about_type="event_type", is_need=pl.lit(True)
    )
    bound = answers.filter("is_bound").join(starts, on=["edition", "about_type"], how="left")
    bound = bound.join(needs, on=["edition", "about_type"], how="left")
    answers = pl.concat([answers.filter(~pl.col("is_bound")), bound], how="diagonal").with_columns(
        is_bound=pl.col("is_bound") & pl.col("is_need").is_null()
    )
    several = cases.subjects.select("subject_no", "is_one_of_many", "subject")
    made = cases.events.filter(pl.col("event_id").str.starts_with(MADE_START)).select(
        start_no="event_no", is_made=pl.lit(True)
    )
    pairs = (
        clocks.select(
            "clock_no", "edition", "case_no", "subject_no", "start_no", "start_at", "recurs", "about_no"
        )
        .join(
            answers.select(
                "edition",
                "case_no",
                "event_no",
                "part",
                "at",
                "on",
                "is_denied",
                "is_bound",
                "is_dangling",
                "victim_no",
                "suspect_no",
                tied_no="about_no",
            ),
            on=["edition", "case_no"],
        )
        .join(several, on="subject_no")
        .join(made, on="start_no", how="left")
    )
    who = pl.when(pl.col("subject") == "victim").then("victim_no").otherwise("suspect_no")
    tied = (pl.col("tied_no") == pl.col("start_no")).fill_null(False) | (
        pl.col("tied_no") == pl.col("about_no")
    ).fill_null(False)
    after = (
        pl.when("recurs")
        .then(pl.col("at") > pl.col("start_at"))
        .otherwise(pl.col("at") >= pl.col("start_at"))
    )
    is_loose = ~pl.col("is_bound") & (~pl.col("is_dangling") | pl.col("is_made").is_not_null())
    # Whatever it is about, a contact is a contact: a plan's next interval runs from it.
    is_loose = is_loose | pl.col("recurs")
    return pairs.filter(
        (who.is_null() | (who == pl.col("subject_no")))
        & ((tied & ~pl.col("recurs")) | (is_loose & after))
        & (pl.col("event_no") != pl.col("start_no"))
    ).select(
        "clock_no",
        "event_no",
        "part",
        "at",
        "on",
        "is_denied",
        is_unsure=who.is_null() & pl.col("is_one_of_many"),
    )


def with_bonds(events: pl.DataFrame, book: Rulebook) -> pl.DataFrame:
    """Say of each event whether it is bound to one it can be about, and whether that one is not there.

    What the code list does not let an event be about is a slip of the log, and binds it to nothing.
    """
    ties = book.ties.with_columns(may_be=pl.lit(True))
    tied = events.filter(pl.col("about_type").is_not_null()).join(
        ties, on=["event_type", "about_type"], how="left"
    )
    rest = events.filter(pl.col("about_type").is_null())
    return pl.concat([tied, rest], how="diagonal").with_columns(
        is_bound=pl.col("may_be").is_not_null(),
        is_dangling=pl.col("is_tied") & pl.col("about_type").is_null(),
    )
