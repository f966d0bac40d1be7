"""What an audit is drawn from, how it may be shared out, and the measures' own shape of a sample of the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.conf import settings
from django.utils import timezone

from fourfold import policy
from fourfold.home import WrongUseError
from fourfold.lake import Lake
from fourfold.measures import audit_sample as measured
from fourfold.measures.period import Period
from fourfold.pipeline import audit as engine
from fourfold.pipeline.audit_decisions import CRIMES
from fourfold.pipeline.loaded import what_is_loaded, whole_month
from fourfold.records import Batch
from fourfold.rules.questionnaires import Questionnaire, questionnaire, questionnaires
from fourfold.web.audit.models import Sample
from fourfold.web.audit.questions import questionnaire_of
from fourfold.web.audit.states import State

QUARTERS_BACK = 8
CRIMES_SOURCE = "crimes"
"""The source of crimes, as its contract names it."""
UNKNOWN_SHARE = 0.5
"""The compliance at which a margin is widest: planned with where nothing is known."""


def own_policy() -> Any:
    """Return the force's own policy folder."""
    return settings.HOME.policy


def standing_questionnaires() -> tuple[Questionnaire, ...]:
    """Return the questionnaires that hold today."""
    return questionnaires(timezone.localdate(), own_policy())


def allocations() -> list[tuple[str, str]]:
    """Return the ways of sharing a sample out, the usual one first."""
    told = policy.value_on("audit.allocations", timezone.localdate(), own_policy()).value
    return [(str(one["allocation"]), str(one["label"])) for one in told]


def forces() -> list[tuple[str, str]]:
    """Return the forces that something is loaded of."""
    loaded = what_is_loaded(settings.HOME)
    return [(force, loaded.name_of(force)) for force in loaded.forces]


def force_words(force: str) -> str:
    """Return the name of a force."""
    return what_is_loaded(settings.HOME).name_of(force)


def quarters() -> list[tuple[str, str]]:
    """Return the last whole quarters of which records are loaded, the latest first, as period and in words."""
    last = last_whole_month()
    if last is None:
        return []
    current = engine.quarter_of(last)
    if current.last > last:
        current = before(current)
    found = []
    for _ in range(QUARTERS_BACK):
        found.append((str(current), current.words))
        current = before(current)
    return found


def last_whole_month() -> date | None:
    """Return the first day of the last month of which all crimes are loaded; decisions of the desks are no crimes."""
    lake = Lake(settings.HOME.lake)
    batches = lake.scan(Batch.table, lake.current())
    if batches is None:
        return None
    of_crimes = batches.filter(pl.col("source") == CRIMES_SOURCE).select(pl.col("last_on").max())
    last = of_crimes.collect().item()
    return whole_month(last) if last else None


def before(quarter: Period) -> Period:
    """Return the quarter before a quarter."""
    year, month = quarter.first.year, quarter.first.month
    return engine.quarter_of(date(year - (month == 1), (month - 2) % 12 + 1, 1))


def open_frame(key: str, force: str, period: Period) -> engine.Frame:
    """Return what is drawn from; raises WrongUseError where there is nothing."""
    asked = questionnaire(key, timezone.localdate(), own_policy())
    return engine.frame_of(settings.HOME, force, period, asked)


def frame_facts(frame: engine.Frame) -> dict[str, Any]:
    """Return what is kept of a frame: population by stratum, overlaps, and what is not in it."""
    unknown = frame.crimes.filter(pl.col("flags_unknown").list.len() > 0).height
    return {
        "strata": [
            {"stratum": group.group, "label": group.label, "population": size}
            for group, size in zip(frame.groups, frame.sizes, strict=True)
        ],
        "overlap": frame.overlap.to_dicts(),
        "cancelled": frame.cancelled,
        "in_no_group": frame.in_no_group,
        "flags_unknown": unknown,
    }


def period_of(sample: Sample) -> Period:
    """Return the period of a sample."""
    return Period(sample.first_day, sample.last_day.replace(day=1))


@dataclass(frozen=True)
class Shared:
    """One way of sharing a sample out, with the margins to expect, or why it cannot be."""

    allocation: str
    label: str
    drawn: Sequence[int] = ()
    margins: Sequence[float] = ()
    whole: float = 0.0
    fault: str = ""


def ways(sample: Sample, size: int) -> list[Shared]:
    """Return every way of sharing `size` crimes out over the strata of a planned sample, with its margins."""
    expected = expected_shares(sample)
    sizes = populations(sample)
    found = []
    for allocation, label in allocations():
        try:
            made = engine.plan(sizes, size, allocation, expected)
        except WrongUseError as error:
            found.append(Shared(allocation, label, fault=str(error)))
            continue
        worst = made.worst
        margins = [float(one) for one in worst.strata]
        found.append(Shared(allocation, label, made.drawn, margins, float(worst.whole)))
    return found


def populations(sample: Sample) -> list[int]:
    """Return how many crimes each stratum of a planned sample holds."""
    return [int(one["population"]) for one in sample.frame["strata"]]


def earlier_of(sample: Sample) -> Sample | None:
    """Return the approved sample of the same questionnaire and force before this one."""
    found: Sample | None = (
        Sample.objects.filter(
            force=sample.force, key=sample.key, state=State.APPROVED, first_day__lt=sample.first_day
        )
        .order_by("-first_day")
        .first()
    )
    return found


def expected_shares(sample: Sample) -> float | list[float]:
    """Return the compliance expected in each stratum, from the audit before; a half where there is none."""
    earlier = earlier_of(sample)
    if earlier is None or not earlier.findings:
        return UNKNOWN_SHARE
    return [_mean_strict(earlier.findings["findings"], one["stratum"]) for one in sample.frame["strata"]]


def _mean_strict(rows: Sequence[dict[str, Any]], stratum: str) -> float:
    told = [row["strict_value"] for row in rows if row["stratum"] == stratum]
    known = [value for value in told if value is not None]
    return sum(known) / len(known) if known else UNKNOWN_SHARE


def measured_sample(sample: Sample) -> measured.Sample:
    """Return a drawn sample of the register in the measures' own shape."""
    rows = sample.crimes.order_by("stratum", "order").values_list("crime_ref", "stratum", "order", "is_twice")
    return measured.Sample(
        sample_ref=sample.ref,
        questionnaire=questionnaire_of(sample),
        force=sample.force,
        period_from=sample.first_day,
        period_to=sample.last_day,
        allocation=sample.allocation,
        seed=int(sample.seed or 0),
        frame_hash=sample.frame_hash,
        manifest=sample.manifest,
        strata=tuple(
            measured.Stratum(one["stratum"], one["label"], one["population"], one["drawn"])
            for one in sample.design
        ),
        crimes=pl.DataFrame(list(rows), schema=CRIMES, orient="row"),
    )
