"""Duties for the desk: which clocks somebody must see to, what became of the others, and the counts of compliance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import polars as pl

from fourfold import vocabulary
from fourfold.home import Home
from fourfold.lake import Lake, Manifest
from fourfold.pipeline.compliance import GROUPS
from fourfold.records import DeskDecision
from fourfold.records.compliance import CrimeGroup
from fourfold.records.derived import Clock
from fourfold.rules.clock_words import with_words
from fourfold.rules.offence_groups import offence_groups
from fourfold.rules.rulebook import rulebook
from fourfold.worklists.victims_code import has_no_calendar

KEY = ("rule", "case_ref", "subject_ref", "start_event_id")
"""What tells one clock from every other."""
TOLD = (
    *KEY, "subject", "force", "unit", "officer_ref", "ho_code", "started_by", "started_on", "due_on",
    "due_standard_on", "is_enhanced", "state", "reason", "reason_on", "done_on",
)  # fmt: skip
COMPLIANCE = "duty_compliance"
"""The small derived table of counts (ADR 12)."""


@dataclass(frozen=True)
class ToSeeTo:
    """What the desk takes up at one manifest.

    listed: the clocks to be seen to, columns TOLD and `offence_group`. settled: KEY, state, reason, done_on of
    the clocks that were asked about and need nobody any more; state is missing where the clock is gone,
    `is_before` marks one that still stands as it did and has only grown older than the desk goes back. before:
    `unit, state, clocks`, what lies before `since`, counted. judged: the decisions asked about that the clocks
    rest on.
    """

    listed: pl.DataFrame
    settled: pl.DataFrame
    before: pl.DataFrame
    since: date | None
    as_of: date | None
    judged: frozenset[str]
    known: frozenset[str]
    """The decisions asked about that the lake holds, judged or not."""


def to_see_to(
    home: Home, back_days: int, standing: pl.DataFrame | None = None, decisions: tuple[str, ...] = ()
) -> ToSeeTo | None:
    """Return what somebody must see to: duties that run with a day, were not met, or of which nobody can tell.

    back_days: how far before the last day that the records cover a duty's day may lie (its due day, else the
    day it began); a duty that runs is listed whatever its age. standing: KEY of the clocks that the desk shows.
    decisions: ids of desk decisions. Monthly returns are the returns desk's own and are left out, and so are
    times in which a victim may act: nobody is late with those. Returns None where no clock has been worked out.
    """
    lake = Lake(home.lake)
    manifest = lake.current()
    clocks = lake.scan(Clock.table, manifest)
    if clocks is None:
        return None
    mine = clocks.filter(pl.col("subject") != "case")
    as_of = mine.select(pl.col("as_of").max()).collect().item()
    since = as_of - timedelta(days=back_days) if as_of else None
    runs = (pl.col("state") == "running") & pl.col("due_on").is_not_null()
    day = pl.coalesce("due_on", "started_on")
    is_old = (day < since) & (pl.col("state") != "running") if since else pl.lit(False)
    mine = mine.filter(~pl.col("rule").is_in(windows(home)))
    wanted = mine.filter(pl.col("is_strictest") & (runs | is_past_unanswered()))
    wanted = wanted.with_columns(is_old=is_old)
    listed = wanted.filter(~pl.col("is_old")).select(TOLD).collect()
    before = wanted.filter("is_old").group_by("unit", "state").agg(clocks=pl.len()).collect()
    known = decisions_known(lake, manifest, decisions)
    judged = known if rests_on_decisions(manifest) else frozenset[str]()
    listed = with_groups(listed, lake.scan(CrimeGroup.table, manifest))
    return ToSeeTo(
        listed, settled_of(mine, listed, standing), before.sort("unit", "state"), since, as_of, judged, known
    )


def with_groups(listed: pl.DataFrame, groups: pl.LazyFrame | None) -> pl.DataFrame:
    """Add `offence_group`, the reporting groups of each crime as `|domestic|business|`; missing where none is known."""
    if groups is None:
        return listed.with_columns(offence_group=pl.lit(None, pl.String))
    mine = groups.select("offence_group", case_ref="crime_ref").collect()
    return listed.join(mine, on="case_ref", how="left", maintain_order="left")


def is_past_unanswered() -> pl.Expr:
    """Return whether a duty was not met, or nobody can tell: a day that no calendar gives is no day to leave it out for."""
    return pl.col("state").is_in(["not_met", "not_recorded"]) | has_no_calendar()


def windows(home: Home) -> list[str]:
    """Return the rules that are times in which a victim may act."""
    return sorted(
        {duty.rule for duty in rulebook(home.policy, home.vocabulary).duties if duty.kind == "window"}
    )


def settled_of(clocks: pl.LazyFrame, listed: pl.DataFrame, standing: pl.DataFrame | None) -> pl.DataFrame:
    """Return how the clocks stand that the desk shows and that are not listed any more."""
    schema = {**dict.fromkeys(KEY, pl.String), "state": pl.String, "reason": pl.String, "done_on": pl.Date}
    if standing is None or not standing.height:
        return pl.DataFrame(schema={**schema, "is_before": pl.Boolean})
    gone = standing.select(KEY).join(listed, on=list(KEY), how="anti")
    of_cases = clocks.filter(pl.col("case_ref").is_in(gone["case_ref"].unique().implode()))
    now = of_cases.select(*KEY, "state", "reason", "done_on", "is_strictest").collect()
    still = is_past_unanswered() & pl.col("is_strictest")
    return gone.join(now, on=list(KEY), how="left").select(*schema, is_before=still.fill_null(False))


def rests_on_decisions(manifest: Manifest) -> bool:
    """Return whether the clocks of a manifest were worked out with all decisions that it holds."""
    told = manifest.tables.get(DeskDecision.table)
    return told is None or manifest.derived.get(Clock.table, {}).get(DeskDecision.table) == str(told)


def decisions_known(lake: Lake, manifest: Manifest, decisions: tuple[str, ...]) -> frozenset[str]:
    """Return those of some decisions that the lake holds."""
    frame = lake.scan(DeskDecision.table, manifest) if decisions else None
    if frame is None:
        return frozenset()
    wanted = frame.filter(pl.col("decision_id").is_in(list(decisions)))
    return frozenset(wanted.select("decision_id").collect().to_series())


def worded(clocks: pl.DataFrame, home: Home) -> pl.DataFrame:
    """Return clocks with `title`, `why` and `settles` in words, by the policy that stands."""
    return with_words(clocks, rulebook(home.policy, home.vocabulary))


def duty_titles(home: Home) -> dict[str, str]:
    """Return every duty that an event of the case record can start, by its rule, as the newest edition names it."""
    book = rulebook(home.policy, home.vocabulary)
    held = [duty for duty in book.duties if duty.starts and duty.subject != "case" and duty.kind == "duty"]
    return {duty.rule: duty.title for duty in held}


def group_labels(home: Home) -> dict[str, str]:
    """Return every reporting group of offences by its key, as policy names it today."""
    told = offence_groups(GROUPS, datetime.now(UTC).date(), home.policy, home.vocabulary)
    return {one.group: one.label for one in told}


def compliance_counts(home: Home) -> pl.DataFrame | None:
    """Return the counts of compliance at the current manifest, None where they have not been made yet.

    Columns: force, rule, unit, offence_group, month, is_enhanced, and a count for each state.
    """
    lake = Lake(home.lake)
    frame = lake.scan(COMPLIANCE, lake.current())
    return None if frame is None else frame.collect()


def events_wanted(home: Home) -> dict[str, str]:
    """Return, by rule, the events of the case record that would answer a duty, in words."""
    book = rulebook(home.policy, home.vocabulary)
    words = {row.code: row.name for row in vocabulary.load("case_events", home.vocabulary).rows}
    return {
        duty.rule: ", or ".join(words.get(event, event) for event in duty.satisfied_by)
        for duty in book.duties
        if duty.satisfied_by
    }
