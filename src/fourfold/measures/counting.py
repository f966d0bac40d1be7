"""Monthly counts of a measure by its dimensions, and the rows behind them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import narwhals as nw

from fourfold.home import DataProblemError
from fourfold.measures.coverage import Coverage, as_date
from fourfold.measures.figure import FigureName
from fourfold.measures.measure import Measure, Rules, Statistic
from fourfold.measures.period import Period
from fourfold.measures.population import Residents, residents
from fourfold.measures.views import VIEWS, Frame, Tables, calendar_day

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
        self.coverage = Coverage(tables)
        self._views: dict[str, Frame] = {}
        self._cells: dict[tuple[str, tuple[str, ...]], Cells] = {}

    def missing_table(self, measure: Measure) -> str:
        """Return the first table a measure rests on that is not loaded, or '' if all are."""
        needed = (VIEWS[measure.view][0], *measure.needs)
        return next((table for table in needed if table not in self.tables), "")

    def is_loaded(self, measure: Measure) -> bool:
        return not self.missing_table(measure)

    def view(self, measure: Measure) -> Frame:
        """Return the measure's view with the month each row counts in; raises DataProblemError if not loaded."""
        table = self.missing_table(measure)
        if table:
            raise DataProblemError(
                f"No {table.replace('_', ' ')} records are loaded.", "Hand them in with `fourfold intake`."
            )
        key = f"{measure.view}/{measure.on}"
        if key not in self._views:
            self._views[key] = with_month(VIEWS[measure.view][1](self.tables), measure.on)
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

    def rows_stating(self, measure: Measure, name: FigureName, *periods: Period) -> tuple[int, int]:
        """Return how many rows of some periods state the measure's column, and how many do not."""
        stating = missing = 0
        for period in periods:
            rows = self.rows(measure, name, period)
            blank = nw.col(measure.column).is_null().cast(nw.Int64).sum()
            table = rows.select(nw.len().alias("all"), blank.alias("blank")).collect()
            without = int(table["blank"].item() or 0)
            stating, missing = stating + int(table["all"].item()) - without, missing + without
        return stating, missing

    def count_in(self, measure: Measure, name: FigureName, period: Period) -> float:
        """Return the count (sum, number of different values) of a slice in a period."""
        if measure.statistic is Statistic.DISTINCT:
            values = self.rows(measure, name, period).select(measure.column).unique().collect()
            return float(sum(value is not None for (value,) in values.iter_rows()))
        return sum(self.months_in(measure, name, period))

    def months_in(self, measure: Measure, name: FigureName, period: Period) -> list[float]:
        """Return the count of each month of a period, 0 for a month that was sent and has none."""
        monthly = self.monthly(measure, name)
        return [monthly.get(month, 0.0) for month in period.list_months()]

    def monthly(self, measure: Measure, name: FigureName) -> dict[date, float]:
        """Return the count (or sum) of each month that has any, for the name's slice over all time."""
        cells = self.cells(measure, tuple(name.slices))
        return cells.get(tuple(name.slices.values()), {})

    def cells(self, measure: Measure, dimensions: tuple[str, ...]) -> Cells:
        """Return the monthly counts for every combination of values of some dimensions."""
        key = (measure.name, dimensions)
        if key not in self._cells:
            self._cells[key] = self._count(measure, dimensions)
        return self._cells[key]

    def _count(self, measure: Measure, dimensions: tuple[str, ...]) -> Cells:
        counted = (
            nw.len()
            if measure.statistic is Statistic.COUNT
            else nw.col(measure.column).cast(nw.Float64).sum()
        )
        keyed = self.counted_rows(measure).with_columns(
            nw.col(MONTH), *(nw.col(dimension).cast(nw.String) for dimension in dimensions)
        )
        table = keyed.group_by([*dimensions, MONTH]).agg(counted.alias("counted")).collect()
        cells: Cells = {}
        for *values, month, count in table.iter_rows():
            if month is not None:
                cells.setdefault(tuple(values), {})[as_date(month)] = float(count or 0)
        return cells

    def months_sent(self, measure: Measure, force: str | None) -> set[date]:
        """Return the months for which the force sent anything of the measure's table at all."""
        return self.coverage.months_sent(measure, force)

    def forces(self, measure: Measure) -> list[str]:
        """Return the forces that sent anything of the measure's table, in alphabetical order."""
        return sorted(self.coverage.days(measure))

    def months_missing(self, measure: Measure, force: str | None, period: Period) -> list[date]:
        """Return the months of a period that were not sent."""
        return self.coverage.months_missing(measure, force, period)

    @cached_property
    def people_by_area(self) -> Residents:
        """Residents by (force, year), under each district and under '' for the whole force."""
        return residents(self.tables)


def with_month(frame: Frame, on: str) -> Frame:
    """Add the first day of the month that a row counts in; an instant counts on London's calendar."""
    return frame.with_columns(calendar_day(frame, on).dt.truncate("1mo").alias(MONTH))


def is_value(dimension: str, value: str) -> nw.Expr:
    return nw.col(dimension).cast(nw.String) == value
