"""What a refresh keeps of every measure: its series by month, and the year to its last whole month."""

from __future__ import annotations

from datetime import date

import polars as pl

from fourfold import policy
from fourfold.measures.counting import MANY_VALUES
from fourfold.measures.figure import Figure, FigureName
from fourfold.measures.measure import Measure, Statistic
from fourfold.measures.period import Period
from fourfold.measures.registry import REGISTRY
from fourfold.measures.views import VIEWS
from fourfold.pipeline.opening import Opened
from fourfold.records.compliance import CrimeGroup
from fourfold.records.derived import Clock

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
