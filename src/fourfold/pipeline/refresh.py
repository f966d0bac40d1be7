"""The stages that follow a load: each runs only if something it reads has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import polars as pl

from fourfold import policy
from fourfold.home import DataProblemError, Home
from fourfold.lake import Lake
from fourfold.link.report_names import named_by_report
from fourfold.measures.counting import MANY_VALUES
from fourfold.measures.figure import Figure, FigureName
from fourfold.measures.measure import Measure, Statistic
from fourfold.measures.period import Period
from fourfold.measures.registry import REGISTRY
from fourfold.measures.views import VIEWS
from fourfold.pipeline import (
    audit,
    clocks,
    compliance,
    desk_figures,
    fraud_victims,
    link_records,
    marking,
    people,
    premises,
    repeats,
    topics,
)
from fourfold.pipeline.opening import Opened, holds_records, open_figures
from fourfold.records import Crime, DeskDecision, FraudReport, PersonRole
from fourfold.records.audit import AuditFinding
from fourfold.records.compliance import CrimeGroup, DutyCompliance
from fourfold.records.derived import Clock, PersonLink, WorklistItem
from fourfold.records.desk_figure import DeskFigure
from fourfold.records.fraud_victim import FraudVictim
from fourfold.records.linkage import LinkEdge, LinkRecord
from fourfold.records.marker import Marker
from fourfold.records.premises import Premises, PremisesCrime, StaffVictim
from fourfold.records.repeats import RepeatVictim
from fourfold.records.topic import Topic, TopicMember, TopicSignal
from fourfold.rules.fraud_triage import judge
from fourfold.worklists.victim_care import victim_care

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Stage:
    """One derived table: what it reads, and the function that makes it, alone or with others made beside it.

    `also` says what it rests on beside tables and policy. Where a table that `settles` comes out as it stands,
    its version stays, and what reads it has nothing new. `by_day` where it says what is due today.
    """

    table: str
    title: str
    reads: tuple[str, ...]
    make: Callable[[Opened], pl.DataFrame | dict[str, pl.DataFrame]]
    also: Callable[[Opened], dict[str, str]] | None = None
    settles: bool = False
    by_day: bool = False


@dataclass(frozen=True)
class StageResult:
    title: str
    ran: bool
    rows: int
    seconds: float


def refresh(home: Home, progress: Progress = lambda title: None) -> list[StageResult]:
    """Run every stage that has something new, and commit what they made together.

    Raises DataProblemError where nothing is loaded.
    """
    lake = Lake(home.lake)
    if not holds_records(lake.current()):
        raise DataProblemError(
            "Nothing is loaded.", "Hand in files with `fourfold intake PATH`, or try `fourfold demo`."
        )
    results = []
    with lake.load("refresh") as load:
        today = datetime.now(UTC).date()
        opened = open_figures(home, today, load.seen())
        for stage in STAGES:
            if any(table in load.derived for table in stage.reads):
                # It reads what an earlier stage of this refresh has just made.
                opened = open_figures(home, today, load.seen())
            rests_on = inputs_of(stage, opened)
            if load.base.derived.get(stage.table) == rests_on:
                results.append(StageResult(stage.title, False, 0, 0.0))
                continue
            progress(stage.title)
            began = datetime.now(UTC)
            made = stage.make(opened)
            frames = made if isinstance(made, dict) else {stage.table: made}
            for table, frame in frames.items():
                if not (stage.settles and stands_already(opened, table, frame)):
                    load.replace_all(table, frame)
            load.derived[stage.table] = rests_on
            results.append(
                StageResult(
                    stage.title, True, frames[stage.table].height, (datetime.now(UTC) - began).total_seconds()
                )
            )
    return results


def stands_already(opened: Opened, table: str, frame: pl.DataFrame) -> bool:
    """Return whether a table holds these rows, in this order, as it is."""
    standing = opened.lake.scan(table, opened.manifest)
    return standing is not None and standing.collect().equals(frame)


def stale_stages(home: Home) -> list[str]:
    """Return the titles of the stages that a refresh would run, for what they read or another makes; nothing is changed."""
    lake = Lake(home.lake)
    opened = open_figures(home, datetime.now(UTC).date())
    derived = lake.current().derived
    stale: dict[str, str] = {}
    for stage in STAGES:
        if derived.get(stage.table) != inputs_of(stage, opened) or set(stage.reads) & set(stale):
            stale[stage.table] = stage.title
    return list(stale.values())


def inputs_of(stage: Stage, opened: Opened) -> dict[str, str]:
    """Return what a stage rests on: table versions, policy and what of it holds, vocabulary, code, month.

    A dated value that comes into force changes `in_force` while no file changes; a month that ends is one
    more whole month.
    """
    tables = {
        table: str(opened.manifest.tables[table]) for table in stage.reads if table in opened.manifest.tables
    }
    return {
        **tables,
        "policy": opened.origin.policy,
        "in_force": in_force(opened),
        "vocabulary": opened.origin.vocabulary,
        "code": opened.origin.code,
        "month": f"{opened.rules.on:%Y-%m}",
        **({"day": f"{opened.rules.on}"} if stage.by_day else {}),
        **(stage.also(opened) if stage.also else {}),
    }


def in_force(opened: Opened) -> str:
    """Return twelve letters that change when another policy value holds than before."""
    values = policy.entries("", opened.rules.on, opened.rules.policy)
    told = repr([(value.name, value.value) for value in values])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def referrals(opened: Opened) -> pl.DataFrame:
    """List the victims to be referred to victim care, and those whom no criterion could judge."""
    reports = opened.lake.scan(FraudReport.table, opened.manifest)
    links = opened.lake.scan(PersonLink.table, opened.manifest)
    if reports is None or links is None:
        return WorklistItem.create_empty()
    told = reports.collect()
    return victim_care(judge(told, opened.rules.policy), named_by_report(links.collect(), told))


def worklist_items(opened: Opened) -> pl.DataFrame:
    """Put the lists of all desks together; each has its name in `worklist` and its own ranks."""
    return pl.concat([referrals(opened), compliance.duties_to_see_to(opened)])


RECORD_TABLES = tuple(
    sorted(
        {table for table, _ in VIEWS.values()}
        | {"person_role", "area", "population", Clock.table, CrimeGroup.table}
    )
)
"""Every table that measures read."""

SERIES_SCHEMA = {
    "measure": pl.String,
    "force": pl.String,
    "dimension": pl.String,
    "value": pl.String,
    "month": pl.Date,
    "count": pl.Float64,
    "whole": pl.Float64,
}


def monthly_series(opened: Opened) -> pl.DataFrame:
    """Count every measure by month for each force, whole and by each of its dimensions.

    `whole` is the number of records a share is of, missing for counts. A month that was not sent has no row.
    """
    rows: list[tuple[object, ...]] = []
    for measure in REGISTRY.values():
        if opened.figures.counts.is_loaded(measure):
            for dimension in ("", *measure.dimensions):
                if dimension not in MANY_VALUES:
                    rows += series_of(opened, measure, dimension)
    return pl.DataFrame(rows, schema=SERIES_SCHEMA, orient="row").sort(
        "measure", "force", "dimension", "value", "month"
    )


KEPT = (Statistic.COUNT, Statistic.SUM, Statistic.LEVEL, Statistic.SHARE)
"""What adds up over months, or is a share of what does."""


def series_of(opened: Opened, measure: Measure, dimension: str) -> list[tuple[object, ...]]:
    if measure.statistic not in KEPT or (measure.unset and measure.unset(opened.rules)):
        return []
    by = ("force", dimension) if dimension else ("force",)
    is_share = measure.statistic is Statistic.SHARE
    return [
        (
            measure.name,
            values[0],
            dimension or None,
            values[1] if dimension else None,
            month,
            tally.counted,
            float(tally.records) if is_share else None,
        )
        for values, months in opened.figures.counts.tallies(measure, by).items()
        for month, tally in months.items()
    ]


FIGURE_COLUMNS = (
    "name",
    "title",
    "state",
    "unit",
    "period",
    "baseline",
    "value",
    "lower",
    "upper",
    "n",
    "missing",
    "decimals",
    "why",
)


def standing_figures(opened: Opened) -> pl.DataFrame:
    """Work out, for each force and measure, the year to its last whole month and its changes."""
    found: list[Figure] = []
    for measure in REGISTRY.values():
        if measure.statistic not in (Statistic.COUNT, Statistic.SUM) or not opened.figures.counts.is_loaded(
            measure
        ):
            continue
        for force, last in last_months(opened, measure).items():
            name = FigureName(measure.name, Period.year_to(last)).with_slice(force=force)
            found.append(opened.figures.get(name))
            change = name.of(f"{measure.name}.change")
            for baseline in (name.period.before(), pre_covid(opened)):
                if baseline != name.period:
                    found.append(opened.figures.get(change.at(name.period, baseline)))
    schema = {name: FIGURE_TYPES.get(name, pl.String) for name in FIGURE_COLUMNS}
    rows = [{name: plain(getattr(figure, name)) for name in FIGURE_COLUMNS} for figure in found]
    return pl.DataFrame(rows, schema=schema)


FIGURE_TYPES: dict[str, pl.DataType] = {
    "value": pl.Float64(),
    "lower": pl.Float64(),
    "upper": pl.Float64(),
    "n": pl.Int64(),
    "missing": pl.Int64(),
    "decimals": pl.Int64(),
}


def plain(value: object) -> object:
    return value if isinstance(value, int | float) or value is None else str(value)


def last_months(opened: Opened, measure: Measure) -> dict[str, date]:
    """Return each force's last month before the current one for which anything was sent."""
    this_month = opened.rules.on.replace(day=1)
    found = {}
    for force in opened.figures.counts.forces(measure):
        months = [month for month in opened.figures.counts.months_sent(measure, force) if month < this_month]
        if months:
            found[force] = max(months)
    return found


def pre_covid(opened: Opened) -> Period:
    told = policy.value_on("baselines.pre_covid", opened.rules.on, opened.rules.policy).value
    return Period(told["starts_on"], told["ends_on"].replace(day=1))


STAGES: tuple[Stage, ...] = (
    Stage(
        LinkRecord.table,
        "Records as they are compared",
        link_records.READS,
        link_records.link_records,
        settles=True,
    ),
    Stage(
        LinkEdge.table,
        "Pairs that may be one person",
        (LinkRecord.table,),
        people.link_edges,
        people.pinned,
        settles=True,
    ),
    Stage(
        PersonLink.table,
        "One person across files",
        (LinkRecord.table, LinkEdge.table, DeskDecision.table),
        people.people,
        settles=True,
    ),
    Stage(RepeatVictim.table, "Victims who are hit again", repeats.READS, repeats.repeats),
    Stage(Clock.table, "Duties and their clocks", clocks.READS, clocks.clocks),
    Stage(
        WorklistItem.table,
        "Referrals and duties to see to",
        (FraudReport.table, PersonLink.table, Clock.table),
        worklist_items,
        by_day=True,
    ),
    Stage(
        CrimeGroup.table,
        "Groups of offences",
        (Crime.table, PersonRole.table, Clock.table),
        compliance.crime_groups,
    ),
    Stage(
        DutyCompliance.table,
        "Compliance with duties",
        (Clock.table, CrimeGroup.table),
        compliance.duty_compliance,
    ),
    Stage(PremisesCrime.table, "Crimes by business premises", premises.READS, premises.premises_crimes),
    Stage(
        Premises.table, "Premises hit again", (*premises.READS, PremisesCrime.table), premises.premises_list
    ),
    Stage(
        StaffVictim.table,
        "Shop staff who are victims again",
        (*premises.READS, PersonLink.table, PremisesCrime.table),
        premises.staff_victims,
    ),
    Stage(Marker.table, "Markers", marking.READS, marking.marker_rows),
    Stage(FraudVictim.table, "Victims of fraud again", fraud_victims.READS, fraud_victims.repeated),
    Stage(TopicMember.table, "Topics of each report", (FraudReport.table,), topics.members),
    Stage(Topic.table, "What is inside other", (FraudReport.table, TopicMember.table), topics.topics),
    Stage(
        TopicSignal.table, "Topics that are new or growing", (TopicMember.table, Topic.table), topics.signals
    ),
    Stage(AuditFinding.table, "Findings of the audit", (DeskDecision.table,), audit.audit_findings),
    Stage("monthly_series", "Monthly series of every measure", RECORD_TABLES, monthly_series),
    Stage("figure", "Standing figures", RECORD_TABLES, standing_figures),
    Stage(DeskFigure.table, "Figures of the desks", RECORD_TABLES, desk_figures.desk_figures),
)
"""Every stage in order; each reads tables and makes one."""
