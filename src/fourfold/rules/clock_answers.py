"""What answers each clock: the event tied to its start, or the first such event after it.

An event that says which event it is about answers that one alone. One that says nothing answers every
clock it can that has begun before it. One that does not say which of several victims it concerns
answers none: it leaves the duty to be cleared up.
"""

from __future__ import annotations

import polars as pl

from fourfold.rules.clock_cases import MADE_START, Cases
from fourfold.rules.clock_places import beside
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
    about_clock = (
        "clock_no",
        "edition",
        "case_no",
        "subject_no",
        "start_no",
        "start_at",
        "recurs",
        "about_no",
    )
    pairs = clocks.select(about_clock).join(possible_answers(cases, book), on=["edition", "case_no"])
    pairs = beside(pairs, "subject_no", cases.subjects, is_one_of_many="is_one_of_many", subject="subject")
    pairs = beside(pairs, "start_no", cases.events, start_id="event_id")
    who = pl.when(pl.col("subject") == "victim").then("victim_no").otherwise("suspect_no")
    fits = (who.is_null() | (who == pl.col("subject_no"))) & (pl.col("event_no") != pl.col("start_no"))
    is_unsure = who.is_null() & pl.col("is_one_of_many")
    return pairs.filter(fits & (is_tied() | is_loose_and_after())).select(
        "clock_no", "event_no", "part", "at", "on", "is_denied", is_unsure=is_unsure
    )


def is_tied() -> pl.Expr:
    """Return whether an answer is about the start itself, or about what the start was about."""
    about = pl.col("tied_no")
    tied = (about == pl.col("start_no")).fill_null(False) | (about == pl.col("about_no")).fill_null(False)
    return tied & ~pl.col("recurs")


def is_loose_and_after() -> pl.Expr:
    """Return whether an answer is bound to nothing and came after the start.

    Whatever it is about, a contact is a contact: a plan's next interval runs from it. An answer to an event
    that is not there may have been to the recording that nothing tells of.
    """
    begun = pl.col("start_at")
    after = pl.when("recurs").then(pl.col("at") > begun).otherwise(pl.col("at") >= begun)
    was_made = pl.col("start_id").str.starts_with(MADE_START)
    loose = ~pl.col("is_bound") & (~pl.col("is_dangling") | was_made)
    return (loose | pl.col("recurs")) & after


def possible_answers(cases: Cases, book: Rulebook) -> pl.DataFrame:
    """Return the events that can answer each edition, with whether they are bound to another event of it.

    What is about the need that a duty asks for (a referral about the need found) is not bound by that.
    """
    parts = book.answers.filter(pl.col("part").is_in(["done", "lifted", "extended"]))
    told = cases.events.filter(pl.col("event_type").is_in(parts["event_type"].unique().implode()))
    answers = with_bonds(told, book).join(parts, on="event_type")
    needs = book.answers.filter(pl.col("part") == "needed").select("edition", about_type="event_type")
    about_need = answers.filter("is_bound").join(needs, on=["edition", "about_type"], how="semi")
    freed = about_need.select("edition", "event_no", is_about_need=pl.lit(True)).unique()
    return answers.join(freed, on=["edition", "event_no"], how="left").select(
        "edition",
        "case_no",
        "event_no",
        "part",
        "at",
        "on",
        "is_denied",
        "is_dangling",
        "victim_no",
        "suspect_no",
        is_bound=pl.col("is_bound") & pl.col("is_about_need").is_null(),
        tied_no="about_no",
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
