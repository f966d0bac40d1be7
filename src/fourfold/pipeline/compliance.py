"""Stages beside the clocks: the groups of each crime, compliance counted, and the list of duties to see to."""

from __future__ import annotations

import polars as pl

from fourfold.measures.victims_code import counted_duties
from fourfold.pipeline.opening import Opened
from fourfold.records import Crime, PersonRole
from fourfold.records.compliance import CrimeGroup, DutyCompliance
from fourfold.records.derived import Clock, WorklistItem
from fourfold.rules.clock_gaps import duties_only
from fourfold.rules.offence_grouping import as_rows, grouped, needs, with_victim_kind
from fourfold.rules.offence_groups import offence_groups
from fourfold.rules.rulebook import rulebook
from fourfold.worklists.victims_code import returns, victims_code

GROUPS = "victims_code_reporting.groups"
OF_PEOPLE = ("crime_ref", "role", "organisation_name")
MADE_HERE = ("victim_is_organisation",)


def crime_groups(opened: Opened) -> pl.DataFrame:
    """Return the reporting groups of each crime, and of each case that only its clocks tell of."""
    groups = offence_groups(GROUPS, opened.rules.on, opened.rules.policy, opened.rules.vocabulary)
    crimes = opened.lake.scan(Crime.table, opened.manifest)
    people = opened.lake.scan(PersonRole.table, opened.manifest)
    columns = [column for column in needs(groups) if column not in MADE_HERE]
    known = (Crime.create_empty().lazy() if crimes is None else crimes).select(*columns, "force").collect()
    every = pl.concat([known, untold_cases(opened, known)], how="diagonal")
    roles = (PersonRole.create_empty().lazy() if people is None else people).select(OF_PEOPLE).collect()
    told = as_rows(grouped(with_victim_kind(every, roles), groups), every)
    return CrimeGroup.validate(told.select(CrimeGroup.column_names()))


def untold_cases(opened: Opened, known: pl.DataFrame) -> pl.DataFrame:
    """Return `crime_ref, force` of the cases that have clocks and no crime record: nothing is known of their offence."""
    clocks = opened.lake.scan(Clock.table, opened.manifest)
    if clocks is None:
        return known.clear().select("crime_ref", "force")
    cases = clocks.filter(pl.col("subject") != "case").select("force", crime_ref="case_ref").unique()
    return cases.collect().join(known, on="crime_ref", how="anti").select("crime_ref", "force")


def duty_compliance(opened: Opened) -> pl.DataFrame:
    """Return how many clocks of each duty stand in each state."""
    clocks = opened.lake.scan(Clock.table, opened.manifest)
    groups = opened.lake.scan(CrimeGroup.table, opened.manifest)
    if clocks is None or groups is None:
        return DutyCompliance.create_empty()
    book = rulebook(opened.rules.policy, opened.rules.vocabulary)
    return counted_duties(duties_only(clocks.collect(), book), groups.collect())


def duties_to_see_to(opened: Opened) -> pl.DataFrame:
    """Return the crimes and the monthly returns with duties that somebody must see to, on the day of the refresh."""
    clocks = opened.lake.scan(Clock.table, opened.manifest)
    if clocks is None:
        return WorklistItem.create_empty()
    book, told = rulebook(opened.rules.policy, opened.rules.vocabulary), clocks.collect()
    lists = (victims_code, returns)
    return pl.concat([one(told, opened.rules.on, book) for one in lists])
