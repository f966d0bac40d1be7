"""Cases as told, made ready for clocks: whose they are, what happened when, and how far the records reach.

Nobody is lost for want of a row: a crime that only its events or people name is a case, a victim whom
only an event names is a victim, and a crime without an event that says so was still recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from fourfold.rules.rulebook import SUBJECT, Rulebook

LONDON = "Europe/London"
UNNAMED = "suspect not named"
MADE_START = "recorded/"
"""What stands before the crime's reference in the id of a recording that no event tells of."""
ENDED = ("filed", "finalised")
ENDINGS = ("filed", "case_concluded", "cautioned", "out_of_court", "not_investigated")


@dataclass(frozen=True)
class Cases:
    """Numbered frames of one run.

    cases: case_no, case_ref, force, ho_code, is_cancelled, is_ended, ended_on, vouched_on, as_of, unit,
    officer_ref. subjects: subject_no, case_no, subject, subject_ref, is_owed, has_ground,
    contact_every_days, is_one_of_many. events: event_no, case_no, event_id, event_type (Enum), about_no,
    about_type, victim_no, suspect_no, at, on, known_on, is_denied.
    """

    cases: pl.DataFrame
    subjects: pl.DataFrame
    events: pl.DataFrame


def records_reach(crimes: pl.DataFrame | pl.LazyFrame, today: date) -> pl.DataFrame:
    """Return `force, as_of`: the last day on which each force recorded a crime, never after today.

    What happened after that day has not been told, so no duty that falls due later can be judged.
    """
    return (
        crimes.lazy()
        .group_by("force")
        .agg(pl.min_horizontal(pl.col("recorded_on").max(), pl.lit(today)).alias("as_of"))
        .collect()
    )


def ready(
    crimes: pl.DataFrame, people: pl.DataFrame, events: pl.DataFrame, as_of: pl.DataFrame, book: Rulebook
) -> Cases:
    """Return the cases of some crimes with their people and events.

    crimes, people, events: columns of the records crime, person_role and case_event, in any order of rows.
    as_of: `force, as_of`, the last day each force's records cover.
    """
    cases = every_case(crimes, people, events, as_of)
    told = timed(events, cases, book)
    told = in_order(pl.concat([told, untold_recordings(cases, told, book)], how="diagonal"))
    subjects = everybody(people, told, cases, book)
    named = with_people(told, subjects, people, cases)
    return Cases(with_ends(cases, named), subjects, with_ties(named))


def in_order(told: pl.DataFrame) -> pl.DataFrame:
    """Number the events by case and time, whatever the order of their rows."""
    # A number made from the id breaks ties alike each time, and sorts faster than the id.
    return (
        told.with_columns(tie=pl.col("event_id").hash(0))
        .sort("case_no", "at", "tie")
        .drop("tie")
        .with_row_index("event_no")
    )


def every_case(
    crimes: pl.DataFrame, people: pl.DataFrame, events: pl.DataFrame, as_of: pl.DataFrame
) -> pl.DataFrame:
    known = crimes.select(
        "force",
        "ho_code",
        "status",
        "recorded_on",
        "unit",
        "officer_ref",
        case_ref="crime_ref",
        is_cancelled=(pl.col("status") == "cancelled") | pl.col("cancelled_on").is_not_null(),
    )
    others = [frame.select("force", case_ref="crime_ref") for frame in (people, events)]
    lone = (
        pl.concat(others)
        .join(known, on="case_ref", how="anti")
        .unique("case_ref", keep="any")
        .with_columns(is_cancelled=pl.lit(False))
    )
    every = pl.concat([known, lone], how="diagonal").sort("case_ref")
    return every.join(as_of, on="force", how="left", maintain_order="left").with_row_index("case_no")


def timed(events: pl.DataFrame, cases: pl.DataFrame, book: Rulebook) -> pl.DataFrame:
    """Return the events of known types with the day on London's clocks on which each happened.

    An event without its moment counts from when the force learnt of it or wrote it down; none can have
    happened after it was written down.
    """
    told = events.select(
        "event_id",
        "about_event_id",
        "victim_ref",
        "suspect_ref",
        case_ref="crime_ref",
        event_type=pl.col("event_type").cast(book.events, strict=False),
        at=pl.min_horizontal(pl.coalesce("happened_at", "known_at", "recorded_at"), pl.col("recorded_at")),
        known=pl.min_horizontal(pl.coalesce("known_at", "happened_at", "recorded_at"), pl.col("recorded_at")),
        is_denied=(pl.col("result") == "not_done").fill_null(False),
    ).filter(pl.col("event_type").is_not_null())
    return told.join(cases.select("case_ref", "case_no"), on="case_ref").select(
        pl.exclude("known", "case_ref"),
        on=pl.col("at").dt.convert_time_zone(LONDON).dt.date(),
        known_on=pl.col("known").dt.convert_time_zone(LONDON).dt.date(),
    )


def untold_recordings(cases: pl.DataFrame, told: pl.DataFrame, book: Rulebook) -> pl.DataFrame:
    """Return a recording for each crime whose log has none: the crime itself says that it was recorded."""
    recorded = told.filter((pl.col("event_type") == "crime_recorded") & ~pl.col("is_denied"))
    silent = cases.filter(pl.col("recorded_on").is_not_null()).join(
        recorded.select("case_no"), on="case_no", how="anti"
    )
    return silent.select(
        "case_no",
        event_id=pl.lit(MADE_START) + pl.col("case_ref"),
        event_type=pl.lit("crime_recorded").cast(book.events),
        at=pl.col("recorded_on")
        .cast(pl.Datetime("us"))
        .dt.replace_time_zone(LONDON)
        .dt.convert_time_zone("UTC"),
        on="recorded_on",
        known_on="recorded_on",
        is_denied=pl.lit(False),
    )


def everybody(people: pl.DataFrame, told: pl.DataFrame, cases: pl.DataFrame, book: Rulebook) -> pl.DataFrame:
    """Return victims and suspects of each case, and each case itself, as those to whom a duty may be owed.

    A business is owed the Code only where it names a contact; then the business stands as the victim.
    """
    numbers = cases.select("case_no", crime_ref="case_ref")
    roles = people.filter(pl.col("role").is_in(["victim", "business_contact"])).join(numbers, on="crime_ref")
    firm = (pl.col("role") == "victim") & pl.col("organisation_name").is_not_null()
    victims = of_firms(roles, firm) if names_business(roles) else roles.with_columns(is_owed=pl.lit(True))
    victims = victims.select(
        "case_no",
        "contact_every_days",
        "is_owed",
        subject=pl.lit("victim", dtype=SUBJECT),
        subject_ref="person_ref",
        has_ground=pl.col("enhanced_ground").is_not_null(),
    )
    contact_refs = roles.filter(pl.col("role") == "business_contact").select(
        "case_no", subject_ref="person_ref"
    )
    named = (
        told.filter(pl.col("victim_ref").is_not_null()).select("case_no", subject_ref="victim_ref").unique()
    )
    only_named = named.join(contact_refs, on=["case_no", "subject_ref"], how="anti").with_columns(
        subject=pl.lit("victim", dtype=SUBJECT), is_owed=pl.lit(True), has_ground=pl.lit(False)
    )
    every = pl.concat([victims, only_named, *others(told, cases, book)], how="diagonal")
    return (
        every.unique(["case_no", "subject", "subject_ref"], keep="first", maintain_order=True)
        .sort("case_no", "subject", "subject_ref")
        .with_columns(is_one_of_many=pl.len().over("case_no", "subject") > 1)
        .with_row_index("subject_no")
    )


def names_business(people: pl.DataFrame) -> bool:
    """Say whether any of some people is a business or its contact; mostly none is, and much is spared then."""
    has_name = people["organisation_name"].null_count() < people.height
    return has_name or bool((people["role"] == "business_contact").any())


def of_firms(roles: pl.DataFrame, firm: pl.Expr) -> pl.DataFrame:
    """Return the victims with whether each is owed anything; in a crime against a business only the business is one."""
    contacts = roles.filter(pl.col("role") == "business_contact").select("case_no").unique()
    firms = roles.filter(firm).select("case_no").unique()
    victims = roles.join(firms.with_columns(has_firm=True), on="case_no", how="left").filter(
        (pl.col("role") == "victim") | pl.col("has_firm").is_null()
    )
    return victims.join(contacts.with_columns(has_contact=True), on="case_no", how="left").with_columns(
        is_owed=~firm | pl.col("has_contact").is_not_null()
    )


def others(told: pl.DataFrame, cases: pl.DataFrame, book: Rulebook) -> list[pl.DataFrame]:
    """Return suspects by name, one unnamed suspect where only such are told of, and cases as a whole."""
    owed = {"is_owed": pl.lit(True), "has_ground": pl.lit(False)}
    of_suspects = [duty for duty in book.duties if duty.subject == "suspect"]
    events = list({event for duty in of_suspects for event in duty.starts})
    begun = told.filter(pl.col("event_type").is_in(events))
    named = (
        told.filter(pl.col("suspect_ref").is_not_null()).select("case_no", subject_ref="suspect_ref").unique()
    )
    unnamed = begun.select("case_no").unique().join(named, on="case_no", how="anti")
    of_cases = list({event for duty in book.duties if duty.subject == "case" for event in duty.starts})
    whole = told.filter(pl.col("event_type").is_in(of_cases)).select("case_no").unique()
    whole = whole.join(cases.select("case_no", subject_ref="case_ref"), on="case_no")
    return [
        named.with_columns(subject=pl.lit("suspect", dtype=SUBJECT), **owed),
        unnamed.with_columns(subject=pl.lit("suspect", dtype=SUBJECT), subject_ref=pl.lit(UNNAMED), **owed),
        whole.with_columns(subject=pl.lit("case", dtype=SUBJECT), **owed),
    ]


def with_people(
    told: pl.DataFrame, subjects: pl.DataFrame, people: pl.DataFrame, cases: pl.DataFrame
) -> pl.DataFrame:
    """Return the events with the numbers of victim and suspect; what is told of a contact is told of the firm."""
    numbers = subjects.select("case_no", "subject", "subject_no", ref="subject_ref")
    victims = numbers.filter(pl.col("subject") == "victim").drop("subject")
    suspects = numbers.filter(pl.col("subject") == "suspect").drop("subject")
    known = with_contacts(victims, people, cases) if names_business(people) else victims
    return (
        told.join(
            known.rename({"ref": "victim_ref", "subject_no": "victim_no"}),
            on=["case_no", "victim_ref"],
            how="left",
        )
        .join(
            suspects.rename({"ref": "suspect_ref", "subject_no": "suspect_no"}),
            on=["case_no", "suspect_ref"],
            how="left",
        )
        .drop("victim_ref", "suspect_ref")
        .sort("event_no")
    )


def with_contacts(victims: pl.DataFrame, people: pl.DataFrame, cases: pl.DataFrame) -> pl.DataFrame:
    """Return `case_no, subject_no, ref` of the victims, and of the contacts of those that are businesses."""
    numbers = cases.select("case_no", crime_ref="case_ref")
    contacts = (
        people.filter(pl.col("role") == "business_contact")
        .join(numbers, on="crime_ref")
        .select("case_no", ref="person_ref")
        .join(victims, on=["case_no", "ref"], how="anti")
    )
    firms = people.filter((pl.col("role") == "victim") & pl.col("organisation_name").is_not_null())
    firms = firms.join(numbers, on="crime_ref").select("case_no", ref="person_ref")
    firm_no = firms.join(victims, on=["case_no", "ref"]).unique("case_no", keep="first", maintain_order=True)
    aliases = contacts.join(firm_no.drop("ref"), on="case_no").select("case_no", "ref", "subject_no")
    return pl.concat([victims, aliases.select(victims.columns)]).unique(["case_no", "ref"], keep="first")


def with_ties(events: pl.DataFrame) -> pl.DataFrame:
    """Return the events with the number and type of the event that each is about, missing where not known."""
    about = events.filter(pl.col("about_event_id").is_not_null()).select(
        "event_no", "case_no", "about_event_id"
    )
    tied = about.join(
        events.select(
            "case_no", about_event_id="event_id", about_no="event_no", about_type="event_type"
        ).unique(["case_no", "about_event_id"], keep="first"),
        on=["case_no", "about_event_id"],
        how="left",
    ).select("event_no", "about_no", "about_type", is_tied=pl.lit(True))
    return (
        events.drop("about_event_id")
        .join(tied, on="event_no", how="left", maintain_order="left")
        .with_columns(pl.col("is_tied").fill_null(False))
    )


def with_ends(cases: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Return the cases with whether and when each ended, and the day to which its log is vouched complete.

    The crime's status says whether it has ended, save where the last that the log says is that it was
    reopened; the log says when. An end that no event dates has no day.
    """
    held = events.filter(~pl.col("is_denied"))
    by_type = held.filter(pl.col("event_type").is_in([*ENDINGS, "reopened", "log_complete_to"]))
    last = by_type.group_by("case_no").agg(
        ended_on=pl.col("on").filter(pl.col("event_type").is_in(ENDINGS)).max(),
        ended_at=pl.col("at").filter(pl.col("event_type").is_in(ENDINGS)).max(),
        reopened_at=pl.col("at").filter(pl.col("event_type") == "reopened").max(),
        vouched_on=pl.col("on").filter(pl.col("event_type") == "log_complete_to").max(),
    )
    reopened = (pl.col("reopened_at") > pl.col("ended_at")).fill_null(pl.col("reopened_at").is_not_null())
    return (
        cases.join(last, on="case_no", how="left", maintain_order="left")
        .with_columns(is_ended=pl.col("status").is_in(ENDED).fill_null(False) & ~reopened.fill_null(False))
        .with_columns(ended_on=pl.when("is_ended").then("ended_on"))
        .drop("status", "recorded_on", "ended_at", "reopened_at")
    )
