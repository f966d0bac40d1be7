"""The audit between lake and desk: the frame that is drawn from, the sample, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

import polars as pl

from fourfold.home import Home, WrongUseError
from fourfold.lake import Lake, Manifest
from fourfold.measures import audit
from fourfold.measures.audit_found import Found, work_out
from fourfold.measures.audit_sample import Sample, Stratum
from fourfold.measures.period import Period
from fourfold.pipeline.audit_decisions import readings_in, samples_in
from fourfold.pipeline.opening import Opened
from fourfold.records import Crime, DeskDecision, PersonRole
from fourfold.records.audit import AuditFinding
from fourfold.rules import audit_sample
from fourfold.rules.offence_grouping import NO_GROUP, grouped, needs, with_victim_kind
from fourfold.rules.offence_groups import OffenceGroup, offence_groups
from fourfold.rules.questionnaires import Questionnaire
from fourfold.statistics.allocation import Margins, margins

CANCELLED = "cancelled"

__all__ = [
    "Found",
    "Frame",
    "Plan",
    "audit_findings",
    "draw_sample",
    "drawn_of",
    "frame_of",
    "plan",
    "quarter_of",
    "work_out",
]


@dataclass(frozen=True)
class Frame:
    """The crimes that a sample is drawn from.

    crimes: columns of `rules.audit_sample.FRAME` with flags_unknown, recorded_on, officer_ref and unit.
    groups: the strata in order. cancelled, in_no_group: crimes of the quarter that are not in the frame.
    """

    questionnaire: Questionnaire
    force: str
    period: Period
    groups: tuple[OffenceGroup, ...]
    crimes: pl.DataFrame
    cancelled: int
    in_no_group: int
    manifest: str

    @property
    def strata(self) -> list[str]:
        return [group.group for group in self.groups]

    @property
    def sizes(self) -> list[int]:
        """Crimes of each stratum, in the order of the groups."""
        return audit_sample.sizes(self.crimes, self.strata)

    @property
    def hash(self) -> str:
        return audit_sample.frame_hash(self.crimes)

    @property
    def overlap(self) -> pl.DataFrame:
        return audit_sample.overlap(self.crimes, self.strata)


@dataclass(frozen=True)
class Plan:
    """A sample shared out before it is drawn, with the margins to expect: as planned, and at worst (50 %)."""

    allocation: str
    drawn: tuple[int, ...]
    planned: Margins
    worst: Margins


def frame_of(
    home: Home, force: str, period: Period, questionnaire: Questionnaire, manifest: Manifest | None = None
) -> Frame:
    """Return the crimes of a force recorded in a period and not cancelled, in the strata of a questionnaire.

    The groups are those that hold on the last day of the period. A crime in none of them is counted and left
    out. manifest: the lake's current one unless named. Raises WrongUseError where there is no such crime.
    """
    lake = Lake(home.lake)
    pinned = manifest or lake.current()
    groups = offence_groups(questionnaire.groups, period.end, home.policy, home.vocabulary)
    told = lake.scan(Crime.table, pinned)
    people = lake.scan(PersonRole.table, pinned)
    rows = (Crime.create_empty().lazy() if told is None else told).filter(
        (pl.col("force") == force) & pl.col("recorded_on").is_between(period.first, period.end)
    )
    also = ("recorded_on", "officer_ref", "unit", "status", "cancelled_on")
    crimes = rows.select(*dict.fromkeys((*needs(groups), *also))).sort("crime_ref").collect()
    stands = (pl.col("status") != CANCELLED) & pl.col("cancelled_on").is_null()
    standing = crimes.filter(stands)
    if any(group.business is not None for group in groups):
        standing = with_victim_kind(standing, victims_of(people, standing["crime_ref"]))
    put = grouped(standing, groups)
    inside = put.filter(pl.col("group") != NO_GROUP)
    if inside.is_empty():
        raise WrongUseError(
            f"{force} has no crime recorded in the {period.words} to draw from.",
            "Load the crime extract of that time, or choose another quarter.",
        )
    beside = standing.select("crime_ref", "recorded_on", "officer_ref", "unit")
    unknown = inside.select("crime_ref", "flags_unknown")
    frame = audit_sample.in_strata(inside).join(unknown, on="crime_ref").join(beside, on="crime_ref")
    return Frame(
        questionnaire,
        force,
        period,
        groups,
        frame.sort("crime_ref"),
        cancelled=crimes.height - standing.height,
        in_no_group=put.height - inside.height,
        manifest=pinned.name,
    )


def victims_of(people: pl.LazyFrame | None, refs: pl.Series) -> pl.DataFrame:
    rows = PersonRole.create_empty().lazy() if people is None else people
    wanted = rows.filter(pl.col("crime_ref").is_in(refs.implode()))
    return wanted.select("crime_ref", "role", "organisation_name").collect()


def plan(sizes: Sequence[int], n: int, allocation: str, planned: float | Sequence[float] = 0.5) -> Plan:
    """Share n crimes out over strata of these sizes and say how sure the findings will be.

    planned: the compliance expected, 0 to 1, for all strata or one each (from the audit before, say).
    Raises WrongUseError for a number too small to go round, or another allocation.
    """
    try:
        drawn = audit_sample.allocate(allocation, n, sizes, planned)
        return Plan(allocation, tuple(drawn), margins(sizes, drawn, planned), margins(sizes, drawn))
    except ValueError as error:
        raise WrongUseError(str(error), "Choose another size or allocation.") from error


def draw_sample(frame: Frame, chosen: Plan, *, sample_ref: str, seed: int) -> tuple[Sample, pl.DataFrame]:
    """Draw a sample from a frame; return it and its crimes beside what assignment needs.

    The sample keeps as many replacements as the questionnaire asks for; the rest of the order follows from
    the seed and the frame of the manifest it names. The second part has the columns of the frame and of
    `rules.audit_sample.DRAWN`, the replacements kept included.
    """
    allocated = dict(zip(frame.strata, chosen.drawn, strict=True))
    drawn = audit_sample.draw(frame.crimes, allocated, seed, frame.questionnaire.second_read_share)
    kept = {s: n + max(ceil(n * frame.questionnaire.replacements), 1) for s, n in allocated.items()}
    limit = pl.col("stratum").replace_strict(kept, return_dtype=pl.Int64)
    crimes = drawn.filter(pl.col("place") <= limit)
    strata = tuple(
        Stratum(group.group, group.label, size, allocated[group.group])
        for group, size in zip(frame.groups, frame.sizes, strict=True)
    )
    sample = Sample(
        sample_ref=sample_ref,
        questionnaire=frame.questionnaire,
        force=frame.force,
        period_from=frame.period.first,
        period_to=frame.period.end,
        allocation=chosen.allocation,
        seed=seed,
        frame_hash=frame.hash,
        manifest=frame.manifest,
        strata=strata,
        crimes=crimes.select("crime_ref", "stratum", "place", "second_read"),
    )
    return sample, crimes.join(frame.crimes.drop("stratum"), on="crime_ref", maintain_order="left")


def drawn_of(sample: Sample) -> pl.DataFrame:
    """Return a sample's crimes with the columns of `rules.audit_sample.DRAWN`, for `rules.audit_sample.to_read`."""
    strata = pl.DataFrame(
        [(one.stratum, one.drawn, one.population) for one in sample.strata],
        schema={"stratum": pl.String, "drawn": pl.Int64, "population": pl.Int64},
        orient="row",
    )
    return (
        sample.crimes.join(strata, on="stratum", maintain_order="left")
        .with_columns(
            is_sample=pl.col("place") <= pl.col("drawn"),
            inclusion_probability=pl.col("drawn") / pl.col("population"),
        )
        .select(*audit_sample.DRAWN)
    )


def audit_findings(opened: Opened) -> pl.DataFrame:
    """Work out the findings of every sample in the lake; the stage `audit_finding`."""
    told = opened.lake.scan(DeskDecision.table, opened.manifest)
    if told is None:
        return AuditFinding.create_empty()
    decisions = told.filter(pl.col("kind").str.starts_with("audit_")).collect()
    readings = readings_in(decisions)
    found = [audit.findings(sample, readings) for sample in samples_in(decisions)]
    return AuditFinding.validate(pl.concat([AuditFinding.create_empty(), *found]))


def quarter_of(day: date) -> Period:
    """Return the calendar quarter that a day lies in."""
    first = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
    return Period(first, first.replace(month=first.month + 2))
