"""Monthly counts of a measure by its dimensions, and which months were sent at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

import narwhals as nw

from fourfold.home import DataProblemError
from fourfold.measures.figure import FigureName
from fourfold.measures.measure import Measure, Rules, Statistic
from fourfold.measures.period import Period
from fourfold.measures.views import VIEWS, Frame, Tables

Cells = dict[tuple[Any, ...], dict[date, float]]
"""For each combination of dimension values, the count of each month that has any."""

MONTH = "month_counted"


class Counts:
    """Counts over one set of tables, each grouping worked out once.

    `tables` are narwhals lazy frames by table name, on any engine: only small aggregates leave it.
    """

    def __init__(self, tables: Tables, rules: Rules) -> None:
        self.tables = tables
        self.rules = rules
        self._views: dict[str, Frame] = {}
        self._cells: dict[tuple[str, tuple[str, ...]], Cells] = {}
        self._sent: dict[tuple[str, str], dict[str | None, set[date]]] = {}

    def is_loaded(self, measure: Measure) -> bool:
        return VIEWS[measure.view][0] in self.tables

    def view(self, measure: Measure) -> Frame:
        """Return the measure's view with the month each row counts in; raises DataProblemError if not loaded."""
        needed, build = VIEWS[measure.view]
        if needed not in self.tables:
            raise DataProblemError(
                f"No {needed.replace('_', ' ')} records are loaded.", "Hand them in with `fourfold intake`."
            )
        key = f"{measure.view}/{measure.on}"
        if key not in self._views:
            self._views[key] = with_month(build(self.tables), measure.on)
        return self._views[key]

    def counted_rows(self, measure: Measure) -> Frame:
        """Return all rows of a measure, of every force and month."""
        frame = self.view(measure)
        return frame if measure.where is None else frame.filter(measure.where(self.rules))

    def rows(self, measure: Measure, name: FigureName, period: Period) -> Frame:
        """Return the rows of a slice of a measure in a period: what a figure counts, and what its trace shows."""
        frame = self.counted_rows(measure)
        frame = frame.filter(nw.col(MONTH).is_between(period.first, period.last))
        for dimension, value in name.slices.items():
            frame = frame.filter(is_value(dimension, value))
        return frame

    def monthly(self, measure: Measure, name: FigureName) -> dict[date, float]:
        """Return the count (or sum) of each month that has any, for the name's slice over all time."""
        dimensions = tuple(name.slices)
        cells = self.cells(measure, dimensions)
        return cells.get(tuple(name.slices.values()), {})

    def cells(self, measure: Measure, dimensions: tuple[str, ...]) -> Cells:
        """Return the monthly counts for every combination of values of some dimensions."""
        key = (measure.name, dimensions)
        if key not in self._cells:
            self._cells[key] = self._count(measure, dimensions)
        return self._cells[key]

    def _count(self, measure: Measure, dimensions: tuple[str, ...]) -> Cells:
        frame = self.counted_rows(measure)
        counted = (
            nw.len()
            if measure.statistic is Statistic.COUNT
            else nw.col(measure.column).cast(nw.Float64).sum()
        )
        by = [*dimensions, MONTH]
        keyed = frame.with_columns([nw.col(dimension).cast(nw.String) for dimension in dimensions])
        table = keyed.group_by(by).agg(counted.alias("counted")).collect()
        cells: Cells = {}
        for row in table.iter_rows():
            *values, month, count = row
            if month is not None:
                cells.setdefault(tuple(values), {})[as_date(month)] = float(count or 0)
        return cells

    def months_sent(self, measure: Measure, force: str | None) -> set[date]:
        """Return the months for which the force sent anything of the measure's view at all."""
        key = (measure.view, measure.on)
        if key not in self._sent:
            table = self.view(measure).select("force", MONTH).unique().collect()
            found: dict[str | None, set[date]] = {}
            for of_force, month in table.iter_rows():
                if month is not None:
                    found.setdefault(of_force, set()).add(as_date(month))
            self._sent[key] = found
        if force is None:
            return set().union(*self._sent[key].values()) if self._sent[key] else set()
        return self._sent[key].get(force, set())

    def forces(self, measure: Measure) -> list[str]:
        """Return the forces that sent anything of the measure's view, in alphabetical order."""
        self.months_sent(measure, None)
        return sorted(force for force in self._sent[(measure.view, measure.on)] if force is not None)

    def months_missing(self, measure: Measure, force: str | None, period: Period) -> list[date]:
        """Return the months of a period that were not sent.

        Where months without rows are ordinary, only the months before the first and after the last row
        of the whole table count as not sent.
        """
        sent = self.months_sent(measure, force)
        if measure.months_must_be_there or not sent:
            return [month for month in period.list_months() if month not in sent]
        return []

    @cached_property
    def people_by_area(self) -> Mapping[tuple[str, int], dict[str, int]]:
        """Residents by (force, year), under each district and under '' for the whole force."""
        if "population" not in self.tables or "area" not in self.tables:
            return {}
        areas = self.tables["area"].select("lsoa_code", "edition", "district", "force")
        whole = self.tables["population"].filter(nw.col("ethnic_group") == "all")
        joined = whole.join(areas, on=["lsoa_code", "edition"], how="inner")
        table = joined.group_by(["force", "year", "district"]).agg(nw.col("people").sum()).collect()
        found: dict[tuple[str, int], dict[str, int]] = {}
        for force, year, district, people in table.select("force", "year", "district", "people").iter_rows():
            of_force = found.setdefault((force, year), {})
            of_force[district] = of_force.get(district, 0) + people
            of_force[""] = of_force.get("", 0) + people
        return found


def with_month(frame: Frame, on: str) -> Frame:
    """Add the first day of the month that a row counts in; an instant counts on London's calendar."""
    day = nw.col(on)
    if isinstance(frame.collect_schema()[on], nw.Datetime):
        day = day.dt.convert_time_zone("Europe/London").dt.date()
    return frame.with_columns(day.dt.truncate("1mo").alias(MONTH))


def is_value(dimension: str, value: str) -> nw.Expr:
    return nw.col(dimension).cast(nw.String) == value


def as_date(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value
