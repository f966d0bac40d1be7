"""The derived tables of a refresh, in the order in which each is made: known, then owed, then counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from fourfold.link.report_names import named_by_report
from fourfold.pipeline import (
    audit,
    clocks,
    compliance,
    desk_figures,
    link_records,
    marking,
    people,
    premises,
    repeats,
    topics,
)
from fourfold.pipeline.opening import Opened
from fourfold.pipeline.standing import RECORD_TABLES, monthly_series, standing_figures
from fourfold.records import Crime, DeskDecision, FraudReport, PersonRole
from fourfold.records.audit import AuditFinding
from fourfold.records.compliance import CrimeGroup, DutyCompliance
from fourfold.records.derived import Clock, PersonLink, WorklistItem
from fourfold.records.desk_figure import DeskFigure
from fourfold.records.linkage import LinkEdge, LinkRecord
from fourfold.records.marker import Marker
from fourfold.records.premises import Premises, PremisesCrime, StaffVictim
from fourfold.records.repeats import RepeatVictim
from fourfold.records.topic import Topic, TopicMember, TopicSignal
from fourfold.rules.fraud_triage import judge
from fourfold.worklists.victim_care import victim_care


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
    Stage(RepeatVictim.table, "Victims who are hit again", repeats.READS, repeats.repeats),
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
