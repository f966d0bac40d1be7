"""Which clocks begin: each event that starts a duty, for each to whom it is owed on that day."""

from __future__ import annotations

import polars as pl

from fourfold.rules.clock_cases import Cases
from fourfold.rules.rulebook import Rulebook


def begun(cases: Cases, book: Rulebook) -> pl.DataFrame:
    """Return one row for each clock: edition, case_no, subject_no, start_no, start_at, start_on, about_no.

    The edition is the one that held on the day from which the clock counts. A clock of a duty that is
    watched only where something else happened (`audited_where`) begins only where it did.
    """
    happened = cases.events.filter(~pl.col("is_denied"))
    started = happened.join(book.starts, on="event_type").join(book.rules, on="edition")
    started = started.with_columns(
        start_on=pl.when("from_known").then("known_on").otherwise("on"),
        who_no=pl.when(pl.col("subject") == "victim")
        .then("victim_no")
        .when(pl.col("subject") == "suspect")
        .then("suspect_no"),
    ).filter(pl.col("start_on").is_between("valid_from", "valid_to"))
    started = in_scope(about_the_right_thing(started, book), cases, book)
    owed = started.join(
        cases.subjects.select("case_no", "subject", "subject_no"), on=["case_no", "subject"]
    ).filter(pl.col("who_no").is_null() | (pl.col("who_no") == pl.col("subject_no")))
    owed = once(owed)
    clocks = owed.select(
        "edition",
        "case_no",
        "subject_no",
        "start_on",
        "recurs",
        "is_conditional",
        start_no="event_no",
        start_at="at",
        is_repeat=pl.col("recurs") & pl.col("event_type").is_in(answering(book)),
        about_no=pl.when("has_about").then("about_no"),
    )
    return where_needed(clocks, happened, book).with_row_index("clock_no")


def answering(book: Rulebook) -> list[str]:
    """Return the events that answer some duty that recurs: each of them is a repeat, not a beginning."""
    recurring = [duty for duty in book.duties if duty.recurs]
    return sorted({event for duty in recurring for event in duty.satisfied_by})


def about_the_right_thing(started: pl.DataFrame, book: Rulebook) -> pl.DataFrame:
    """Leave out starts that are about something else than the duty asks for."""
    if not started["has_about"].any():
        return started
    right = book.about.with_columns(is_right=pl.lit(True))
    found = started.join(right, on=["edition", "about_type"], how="left")
    return found.filter(~pl.col("has_about") | pl.col("is_right").is_not_null()).drop("is_right")


def in_scope(started: pl.DataFrame, cases: Cases, book: Rulebook) -> pl.DataFrame:
    """Leave out the starts of another force's duties and of offences that a duty does not cover.

    A crime whose offence class is not known is kept: nobody can say that it is not covered.
    """
    of_case = cases.cases.select("case_no", "force", "ho_code")
    placed = started.join(of_case, on="case_no", maintain_order="left")
    placed = placed.filter(pl.col("of_force").is_null() | (pl.col("of_force") == pl.col("force")))
    if not placed["is_scoped"].any():
        return placed
    covered = book.scope.with_columns(is_covered=pl.lit(True))
    found = placed.join(covered, on=["edition", "ho_code"], how="left")
    return found.filter(
        ~pl.col("is_scoped") | pl.col("ho_code").is_null() | pl.col("is_covered").is_not_null()
    ).drop("is_covered")


def once(owed: pl.DataFrame) -> pl.DataFrame:
    """Keep only the first start of duties that start once for each person."""
    if not owed["first_only"].any():
        return owed
    first = (
        owed.filter("first_only")
        .sort("at", "event_no")
        .unique(["edition", "case_no", "subject_no"], keep="first", maintain_order=True)
    )
    return pl.concat([owed.filter(~pl.col("first_only")), first])


def where_needed(clocks: pl.DataFrame, happened: pl.DataFrame, book: Rulebook) -> pl.DataFrame:
    """Leave out clocks of duties that need another event first; say when that event was.

    A recurring duty begins at or after that event: contact is owed by a plan from its agreement on.
    """
    needing = clocks.filter("is_conditional")
    needed = happened.join(
        book.answers.filter(pl.col("part") == "needed").select("edition", "event_type"), on="event_type"
    ).select("edition", "case_no", "victim_no", "suspect_no", needed_at="at", needed_on="on")
    met = (
        needing.select("edition", "case_no", "subject_no", "start_no", "start_at", "recurs")
        .join(needed, on=["edition", "case_no"])
        .filter(
            pl.coalesce("victim_no", "suspect_no").is_null()
            | (pl.col("victim_no") == pl.col("subject_no")).fill_null(False)
            | (pl.col("suspect_no") == pl.col("subject_no")).fill_null(False)
        )
        .filter(~pl.col("recurs") | (pl.col("needed_at") <= pl.col("start_at")))
        .group_by("edition", "subject_no", "start_no")
        .agg(pl.col("needed_on").min())
    )
    kept = needing.join(met, on=["edition", "subject_no", "start_no"])
    return pl.concat([clocks.filter(~pl.col("is_conditional")), kept], how="diagonal").drop("is_conditional")
