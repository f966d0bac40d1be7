"""Which clocks begin: each event that starts a duty, for each to whom it is owed on that day."""

from __future__ import annotations

import polars as pl

from fourfold.rules.clock_cases import Cases
from fourfold.rules.rulebook import Rulebook

OF_EDITION = (
    "edition",
    "subject",
    "first_only",
    "from_known",
    "recurs",
    "is_conditional",
    "has_about",
    "is_scoped",
    "of_force",
    "valid_from",
    "valid_to",
)


def begun(cases: Cases, book: Rulebook) -> pl.DataFrame:
    """Return one row for each clock: edition, case_no, subject_no, start_no, start_at, start_on, about_no.

    The edition is the one that held on the day from which the clock counts. A clock of a duty that is
    watched only where something else happened (`audited_where`) begins only where it did.
    """
    happened = first_recordings(cases.events.filter(~pl.col("is_denied")))
    started = dated(happened, cases, book)
    started = in_scope(about_the_right_thing(of_this_force(started, cases), book), cases, book)
    owed = once(to_whom(started, cases))
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


def first_recordings(happened: pl.DataFrame) -> pl.DataFrame:
    """Keep the first recording of each crime: a second telling of it starts nothing anew."""
    recorded = happened.filter(pl.col("event_type") == "crime_recorded")
    if recorded["case_no"].n_unique() == recorded.height:
        return happened
    first = recorded.sort("event_no").unique("case_no", keep="first")
    again = recorded.join(first, on="event_no", how="anti").select("event_no")
    return happened.join(again, on="event_no", how="anti")


def dated(happened: pl.DataFrame, cases: Cases, book: Rulebook) -> pl.DataFrame:
    """Return each start with the edition of the duty that held on the day from which its clock counts."""
    forces = cases.cases["force"].unique().implode()
    editions = book.rules.select(OF_EDITION).filter(
        pl.col("of_force").is_null() | pl.col("of_force").is_in(forces)
    )
    starts = book.starts.join(editions, on="edition")
    columns = ["event_no", "case_no", "event_type", "about_no", "about_type", "victim_no", "suspect_no"]
    return (
        happened.lazy()
        .select(*columns, "at", "on", "known_on")
        .join(starts.lazy(), on="event_type")
        .with_columns(start_on=pl.when("from_known").then("known_on").otherwise("on"))
        .filter(pl.col("start_on").is_between("valid_from", "valid_to"))
        .drop("on", "known_on", "from_known", "valid_from", "valid_to")
        .collect()
    )


def of_this_force(started: pl.DataFrame, cases: Cases) -> pl.DataFrame:
    """Leave out the starts of duties of another force."""
    if cases.cases["force"].n_unique() == 1:
        return started.drop("of_force")
    placed = started.join(cases.cases.select("case_no", "force"), on="case_no", maintain_order="left")
    return placed.filter(pl.col("of_force").is_null() | (pl.col("of_force") == pl.col("force"))).drop(
        "of_force", "force"
    )


def about_the_right_thing(started: pl.DataFrame, book: Rulebook) -> pl.DataFrame:
    """Leave out starts that are about something else than the duty asks for."""
    asking = started.filter("has_about")
    right = asking.join(book.about, on=["edition", "about_type"], how="semi")
    return (
        started if right.height == asking.height else pl.concat([started.filter(~pl.col("has_about")), right])
    )


def in_scope(started: pl.DataFrame, cases: Cases, book: Rulebook) -> pl.DataFrame:
    """Leave out offences that a duty does not cover.

    A crime whose offence class is not known is kept: nobody can say that it is not covered.
    """
    confined = started.filter("is_scoped")
    if not confined.height:
        return started
    placed = confined.join(cases.cases.select("case_no", "ho_code"), on="case_no", how="left")
    known = placed.filter(pl.col("ho_code").is_not_null())
    kept = [
        known.join(book.scope, on=["edition", "ho_code"], how="semi"),
        placed.filter(pl.col("ho_code").is_null()),
    ]
    return pl.concat([started.filter(~pl.col("is_scoped")), *(frame.drop("ho_code") for frame in kept)])


def to_whom(started: pl.DataFrame, cases: Cases) -> pl.DataFrame:
    """Return each start for each victim or suspect whom it concerns, or for the case as a whole."""
    who = {
        "victim": pl.col("victim_no"),
        "suspect": pl.col("suspect_no"),
        "case": pl.lit(None, dtype=pl.UInt32),
    }
    parts: list[pl.DataFrame] = []
    for subject, who_no in who.items():
        mine = started.filter(pl.col("subject") == subject)
        if parts and not mine.height:
            continue
        people = cases.subjects.filter(pl.col("subject") == subject).select("case_no", "subject_no")
        parts.append(
            mine.join(people, on="case_no").filter(who_no.is_null() | (who_no == pl.col("subject_no")))
        )
    return pl.concat(parts)


def once(owed: pl.DataFrame) -> pl.DataFrame:
    """Keep only the first start of duties that start once for each person."""
    if not owed["first_only"].any():
        return owed
    first = (
        owed.filter("first_only")
        .sort("event_no")
        .unique(["edition", "case_no", "subject_no"], keep="first", maintain_order=True)
    )
    return pl.concat([owed.filter(~pl.col("first_only")), first])


def answering(book: Rulebook) -> list[str]:
    """Return the events that answer some duty that recurs: each of them is a repeat, not a beginning."""
    recurring = [duty for duty in book.duties if duty.recurs]
    return sorted({event for duty in recurring for event in duty.satisfied_by})


def where_needed(clocks: pl.DataFrame, happened: pl.DataFrame, book: Rulebook) -> pl.DataFrame:
    """Leave out clocks of duties that need another event first; say when that event was.

    A recurring duty begins at or after that event: contact is owed by a plan from its agreement on.
    """
    needing = clocks.filter("is_conditional")
    if not needing.height:
        none = pl.lit(None, dtype=pl.Date).alias("needed_on")
        return clocks.drop("is_conditional").with_columns(none)
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
