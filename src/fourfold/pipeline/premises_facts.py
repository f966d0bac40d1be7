"""What the business crime page asks of the lake: a summary, one premises' crimes, and who the staff are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.measures.period import Period
from fourfold.records import Crime, PersonRole
from fourfold.records.derived import PersonLink
from fourfold.records.premises import Premises, PremisesCrime, StaffVictim
from fourfold.worklists.premises import ANY

NO_DUTY = "no_duty"
"""Said of a crime for which nothing started the duty to offer a statement."""
WHOM = ("yes", "not_recorded")
"""Violence at shops: against staff, and not recorded whether."""
PERSON_COLUMNS = ("crime_ref", "first_names", "last_name", "occupation")
CRIME_COLUMNS = (
    "crime_ref", "recorded_on", "offence", "kind", "definitions", "on_staff", "trigger", "trigger_from", "statement",
    "advised_on", "matched_by", "name_as_told", "status",
)  # fmt: skip


@dataclass(frozen=True)
class BusinessSummary:
    """Counts of a force and period: triggers and statements by whom the violence was against, and how crimes matched.

    `triggers[trigger][whom]`, `statements[state][whom]` with whom one of WHOM or `any` (every crime by the
    definition asked for); `matched[how]` of every crime by the definition.
    """

    crimes: int
    triggers: Mapping[str, Mapping[str, int]]
    statements: Mapping[str, Mapping[str, int]]
    matched: Mapping[str, int]


def scan(home: Home, table: str) -> pl.LazyFrame | None:
    lake = Lake(home.lake)
    return lake.scan(table, lake.current())


def summary_of(home: Home, force: str, period: Period, definition: str) -> BusinessSummary:
    """Return the counts of one force's business crimes in a period by one definition."""
    crimes = scan(home, PremisesCrime.table)
    if crimes is None:
        return BusinessSummary(0, {}, {}, {})
    inside = pl.col("recorded_on").is_between(period.first, period.end) & (pl.col("force") == force)
    found = crimes.filter(inside).collect()
    counted = found.filter(pl.col("definitions").str.contains(f"|{definition}|", literal=True))
    violence = found.filter(pl.col("trigger").is_not_null() & pl.col("on_staff").is_in(WHOM))
    stated = pl.col("statement").fill_null(NO_DUTY)
    statements = tallies(violence.with_columns(statement=stated), "statement")
    for state, number in counts(counted.with_columns(statement=stated), "statement").items():
        statements.setdefault(state, {})[ANY] = number
    return BusinessSummary(
        crimes=counted.height,
        triggers=tallies(violence, "trigger"),
        statements=statements,
        matched=counts(counted, "matched_by"),
    )


def tallies(rows: pl.DataFrame, column: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for value, whom, number in rows.group_by(column, "on_staff").len().iter_rows():
        found.setdefault(value, {})[whom] = number
    return found


def counts(rows: pl.DataFrame, column: str) -> dict[str, int]:
    return dict(rows.group_by(column).len().iter_rows())


def premises_rows(home: Home) -> list[dict[str, object]]:
    """Return every row of the derived table `premises`, for the desk to take up."""
    table = scan(home, Premises.table)
    return [] if table is None else table.sort("force", "rank").collect().to_dicts()


def staff_rows(home: Home) -> list[dict[str, object]]:
    """Return every row of the derived table `staff_victim`."""
    table = scan(home, StaffVictim.table)
    return [] if table is None else table.collect().to_dicts()


def crimes_at(home: Home, premises_id: str, force: str) -> list[dict[str, object]]:
    """Return CRIME_COLUMNS of every standing crime at one premises, newest first; no account of any is among it."""
    crimes, told = scan(home, PremisesCrime.table), scan(home, Crime.table)
    if crimes is None or told is None:
        return []
    there = crimes.filter((pl.col("premises_id") == premises_id) & (pl.col("force") == force)).collect()
    wanted = pl.col("crime_ref").is_in(there["crime_ref"].implode())
    facts = told.filter(wanted).select("crime_ref", "offence", "status").collect()
    joined = there.join(facts, on="crime_ref", how="left").sort("recorded_on", "crime_ref", descending=True)
    return joined.select(CRIME_COLUMNS).to_dicts()


def accounts_at(home: Home, crime_refs: Sequence[str], force: str) -> list[dict[str, object]]:
    """Return `crime_ref, recorded_on, mo_text` of these crimes, newest first. The caller trails who read them."""
    told = scan(home, Crime.table)
    if told is None:
        return []
    wanted = pl.col("crime_ref").is_in(list(crime_refs)) & (pl.col("force") == force)
    found = told.filter(wanted).select("crime_ref", "recorded_on", "mo_text").collect()
    return found.sort("recorded_on", "crime_ref", descending=True).to_dicts()


def names_of(home: Home, crime_refs: Sequence[str]) -> dict[str, list[dict[str, object]]]:
    """Return the victims of these crimes who are people, by crime: PERSON_COLUMNS. The caller trails it."""
    people = scan(home, PersonRole.table)
    if people is None:
        return {}
    wanted = pl.col("crime_ref").is_in(list(crime_refs)) & (pl.col("role") == "victim")
    found = people.filter(wanted & pl.col("organisation_name").is_null()).select(
        *PERSON_COLUMNS, "person_ref"
    )
    by_crime: dict[str, list[dict[str, object]]] = {}
    for row in with_people(home, found.collect()).to_dicts():
        by_crime.setdefault(row["crime_ref"], []).append(row)
    return by_crime


def with_people(home: Home, victims: pl.DataFrame) -> pl.DataFrame:
    """Add `person_id`: the linked one, else the crime system's own reference."""
    links = scan(home, PersonLink.table)
    if links is None:
        return victims.with_columns(person_id="person_ref")
    own = victims.with_columns(record_ref=role_ref())
    named = links.filter(
        (pl.col("record") == PersonRole.table) & pl.col("record_ref").is_in(own["record_ref"].implode())
    )
    joined = own.join(named.select("record_ref", "person_id").collect(), on="record_ref", how="left")
    return joined.with_columns(person_id=pl.coalesce("person_id", "person_ref"))


def role_ref() -> pl.Expr:
    """Return the reference by which the linkage names somebody's part in a crime as victim."""
    return pl.concat_str("crime_ref", pl.lit("/"), "person_ref", pl.lit("/victim"))


def last_told(home: Home, force: str) -> date | None:
    """Return the last day of which a force's crimes at business premises tell."""
    crimes = scan(home, PremisesCrime.table)
    if crimes is None:
        return None
    day: date | None = (
        crimes.filter(pl.col("force") == force).select(pl.col("recorded_on").max()).collect().item()
    )
    return day
