"""The clock stage: every duty of every case in the lake, and the duties of one case in a moment."""

from __future__ import annotations

from datetime import date

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.desk_events import CASE_EVENT, WITHDRAWN, desk_events, no_decisions
from fourfold.pipeline.opening import Opened
from fourfold.records import CaseEvent, Crime, DeskDecision, FraudReport, PersonRole, Record
from fourfold.records.derived import Clock
from fourfold.rules.clock_cases import records_reach
from fourfold.rules.clocks import judge
from fourfold.rules.return_months import months_owed, return_events
from fourfold.rules.rulebook import Rulebook, rulebook

READS = (Crime.table, PersonRole.table, CaseEvent.table, FraudReport.table, DeskDecision.table)
NEEDED: dict[type[Record], tuple[str, ...]] = {
    Crime: (
        "crime_ref",
        "force",
        "ho_code",
        "status",
        "recorded_on",
        "cancelled_on",
        "unit",
        "officer_ref",
    ),
    PersonRole: (
        "crime_ref",
        "person_ref",
        "role",
        "force",
        "organisation_name",
        "enhanced_ground",
        "contact_every_days",
    ),
    CaseEvent: (
        "event_id",
        "crime_ref",
        "force",
        "event_type",
        "about_event_id",
        "victim_ref",
        "suspect_ref",
        "happened_at",
        "known_at",
        "recorded_at",
        "result",
    ),
}
"""The columns that clocks read: no name, no address, no narrative."""
RETURN_SENT = "return_sent"
"""Kind of the desk's decision that says a monthly return was sent; its subject is `force/2021-03`."""


def clocks(opened: Opened) -> pl.DataFrame:
    """Return every clock of the lake at the opened manifest: cases, and monthly returns."""
    book = rulebook(opened.rules.policy, opened.rules.vocabulary)
    crimes, people, events = (told(opened, record).collect() for record in NEEDED)
    reach = records_reach(crimes, opened.rules.on)
    decisions = opened.lake.scan(DeskDecision.table, opened.manifest)
    events = with_desk_events(events, crimes, no_decisions() if decisions is None else decisions, people)
    return pl.concat([judge(crimes, people, events, reach, book), monthly_returns(opened, book)])


def with_desk_events(
    events: pl.DataFrame, crimes: pl.DataFrame, decisions: pl.LazyFrame, *others: pl.DataFrame
) -> pl.DataFrame:
    """Return the events of the case record and those recorded at the desks about the same cases.

    others: more frames with `crime_ref` and `force` that name cases. A crime that only its people or events
    name is a case as well, and what a desk records about it counts.
    """
    made = decisions.filter(pl.col("kind").is_in([CASE_EVENT, WITHDRAWN])).collect()
    about = made["subject_ref"].unique().implode()
    named = [frame.select("crime_ref", "force") for frame in (crimes, *others, events)]
    refs = pl.concat([frame.filter(pl.col("crime_ref").is_in(about)) for frame in named])
    refs = refs.unique("crime_ref", keep="first", maintain_order=True)
    return pl.concat([events, desk_events(made, refs).select(events.columns)])


def told(opened: Opened, record: type[Record]) -> pl.LazyFrame:
    frame = opened.lake.scan(record.table, opened.manifest)
    return (record.create_empty().lazy() if frame is None else frame).select(NEEDED[record])


def monthly_returns(opened: Opened, book: Rulebook) -> pl.DataFrame:
    """Return the clocks of monthly returns; they are judged to today, for sending them is our own act."""
    reports = opened.lake.scan(FraudReport.table, opened.manifest)
    no_crimes, nobody = (record.create_empty().select(NEEDED[record]) for record in (Crime, PersonRole))
    if reports is None:
        empty = CaseEvent.create_empty().select(NEEDED[CaseEvent])
        return judge(no_crimes, nobody, empty, as_of_today([], opened.rules.on), book)
    owed = months_owed(reports.select("force", "reported_on").collect(), opened.rules.on)
    events = return_events(owed, returns_sent(opened))
    reach = as_of_today(owed["force"].unique().to_list(), opened.rules.on)
    return judge(no_crimes, nobody, events, reach, book)


def as_of_today(forces: list[str], today: date) -> pl.DataFrame:
    return pl.DataFrame({"force": forces}, schema={"force": pl.String}).with_columns(as_of=pl.lit(today))


def returns_sent(opened: Opened) -> pl.DataFrame:
    """Return `force, month, sent_at` of the returns that the desk says were sent."""
    decisions = opened.lake.scan(DeskDecision.table, opened.manifest)
    frame = DeskDecision.create_empty().lazy() if decisions is None else decisions
    parts = pl.col("subject_ref").str.split_exact("/", 1)
    return (
        frame.filter(pl.col("kind") == RETURN_SENT)
        .select(
            force=parts.struct.field("field_0"),
            month=(parts.struct.field("field_1") + "-01").str.to_date("%Y-%m-%d", strict=False),
            sent_at="made_at",
        )
        .filter(pl.col("month").is_not_null())
        .collect()
    )


def clocks_of_case(
    home: Home, crime_ref: str, today: date, waiting: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Return the clocks of one crime as the lake tells it now, without waiting for a refresh.

    waiting: decisions of the desks that have not reached the lake yet, in columns of the record desk_decision.
    """
    lake = Lake(home.lake)
    manifest = lake.current()
    of_case: list[pl.DataFrame] = []
    for record, columns in NEEDED.items():
        frame = lake.scan(record.table, manifest)
        rows = record.create_empty().lazy() if frame is None else frame
        of_case.append(rows.filter(pl.col("crime_ref") == crime_ref).select(columns).collect())
    reach = lake.scan(Clock.table, manifest)
    crimes, people, events = of_case
    told_decisions = lake.scan(DeskDecision.table, manifest)
    decisions = no_decisions() if told_decisions is None else told_decisions
    if waiting is not None:
        both = pl.concat([decisions, waiting.lazy()], how="diagonal_relaxed")
        decisions = both.unique("decision_id", keep="first")
    events = with_desk_events(events, crimes, decisions, people)
    known = crimes.select("force").unique().to_series().to_list()
    if reach is None:
        every = lake.scan(Crime.table, manifest)
        as_of = records_reach(every, today) if every is not None else as_of_today(known, today)
    else:
        as_of = (
            reach.filter(pl.col("subject") != "case").group_by("force").agg(pl.col("as_of").max()).collect()
        )
    return judge(crimes, people, events, as_of, rulebook(home.policy, home.vocabulary))
