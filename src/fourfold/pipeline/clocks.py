"""The clock stage: every duty of every case in the lake, and the duties of one case in a moment."""

from __future__ import annotations

from datetime import date

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake, Manifest
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
    rows = []
    for record, columns in NEEDED.items():
        frame = lake.scan(record.table, manifest)
        every = record.create_empty().lazy() if frame is None else frame
        rows.append(every.filter(pl.col("crime_ref") == crime_ref).select(columns))
    of_case = pl.collect_all(rows)
    crimes, people, events = of_case
    decisions = decisions_about(crime_ref, lake.scan(DeskDecision.table, manifest), waiting)
    if decisions.height:
        events = with_desk_events(events, crimes, decisions.lazy(), people)
    as_of = reach_of_case(lake, manifest, of_case, today)
    return judge(crimes, people, events, as_of, rulebook(home.policy, home.vocabulary))


def decisions_about(crime_ref: str, told: pl.LazyFrame | None, waiting: pl.DataFrame | None) -> pl.DataFrame:
    """Return what desks decided about one crime: what the lake holds, and what has yet to reach it.

    A decision that reached the lake a moment ago may still stand in the outbox: it is told once.
    """
    parts = [frame for frame in (told, None if waiting is None else waiting.lazy()) if frame is not None]
    both = pl.concat(parts, how="diagonal_relaxed") if parts else no_decisions()
    return both.filter(pl.col("subject_ref") == crime_ref).unique("decision_id", keep="first").collect()


def reach_of_case(lake: Lake, manifest: Manifest, of_case: list[pl.DataFrame], today: date) -> pl.DataFrame:
    """Return `force, as_of` of the forces of one case: the day to which the last refresh judged, else the last recorded.

    A refresh judges every case of a force to one day, so one row of its clocks says it; a million need not
    be read for it.
    """
    forces = sorted({force for frame in of_case for force in frame["force"]})
    clocks = lake.scan(Clock.table, manifest)
    found: list[pl.DataFrame] = []
    for force in forces:
        judged = None
        if clocks is not None:
            mine = (pl.col("force") == force) & (pl.col("subject") != "case")
            told = clocks.select("force", "subject", "as_of")
            # The rows of a force stand together, so the first thousand mostly have one; reading them is quick.
            few = told.head(1000).collect().filter(mine)
            judged = (few if few.height else told.filter(mine).collect()).head(1).select("force", "as_of")
        if judged is None or judged.is_empty():
            crimes = lake.scan(Crime.table, manifest)
            judged = (
                as_of_today([force], today)
                if crimes is None
                else records_reach(crimes.filter(pl.col("force") == force), today)
            )
        found.append(judged)
    return pl.concat([as_of_today([], today), *found])
