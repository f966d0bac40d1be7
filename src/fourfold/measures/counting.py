"""Monthly counts of a measure by its dimensions, and the rows behind them."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

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


class Tally(NamedTuple):
    """What one group of a measure's records comes to.

    `counted` is the sum of the measure's column where it adds one up, for a share the records that are part
    of it, and the records otherwise: different values do not add up over groups, so they are not counted
    here. `blank` are the records that leave the measure's column blank.
    """

    counted: float
    records: int
    blank: int


Tallies = dict[tuple[Any, ...], dict[date, Tally]]
"""For each combination of dimension values, the tally of each month that has any records."""


class Counts:
    """Counts over one set of tables, each grouping worked out once.

    `tables` are narwhals lazy frames by table name, on any engine: only small aggregates leave it, and
    the amounts that an average is taken of.
    """

    def __init__(self, tables: Tables, rules: Rules) -> None:
        self.tables = tables
        self.rules = rules
        self.coverage = Coverage(tables)
        self._views: dict[str, Frame] = {}
        self._tallies: dict[tuple[str, tuple[str, ...]], Tallies] = {}
        self._amounts: dict[FigureName, NDArray[np.float64]] = {}

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
        tallies = [tally for period in periods for tally in self.tallies_in(measure, name, period)]
        missing = sum(tally.blank for tally in tallies)
        return sum(tally.records for tally in tallies) - missing, missing

    def amounts(self, measure: Measure, name: FigureName) -> NDArray[np.float64]:
        """Return the amounts that the rows of a name state, NaN where a row leaves it blank, shape (rows,)."""
        asked = name.of(measure.name)
        if asked not in self._amounts:
            rows = self.rows(measure, name, name.period).select(nw.col(measure.column).cast(nw.Float64))
            self._amounts[asked] = np.asarray(rows.collect()[measure.column].to_numpy(), dtype=np.float64)
        return self._amounts[asked]

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
        found = self.tallies(measure, tuple(name.slices)).get(tuple(name.slices.values()), {})
        return {month: tally.counted for month, tally in found.items()}

    def tallies_in(self, measure: Measure, name: FigureName, period: Period) -> list[Tally]:
        """Return the tallies of those months of a period that have any rows of the name's slice."""
        found = self.tallies(measure, tuple(name.slices)).get(tuple(name.slices.values()), {})
        return [found[month] for month in period.list_months() if month in found]

    def cells(self, measure: Measure, dimensions: tuple[str, ...]) -> Cells:
        """Return the monthly counts for every combination of values of some dimensions."""
        return {
            values: {month: tally.counted for month, tally in months.items()}
            for values, months in self.tallies(measure, dimensions).items()
        }

    def tallies(self, measure: Measure, dimensions: tuple[str, ...]) -> Tallies:
        """Return the monthly tallies for every combination of values of some dimensions."""
        key = (measure.name, dimensions)
        if key not in self._tallies:
            self._tallies[key] = self._tally(measure, dimensions)
        return self._tallies[key]

    def _tally(self, measure: Measure, dimensions: tuple[str, ...]) -> Tallies:
        keyed = self.counted_rows(measure).with_columns(
            nw.col(MONTH), *(nw.col(dimension).cast(nw.String) for dimension in dimensions)
        )
        table = keyed.group_by([*dimensions, MONTH]).agg(**tallied(measure, self.rules)).collect()
        tallies: Tallies = {}
        for row in table.iter_rows(named=True):
            if row[MONTH] is not None:
                tally = Tally(float(row["counted"] or 0), int(row["records"]), int(row.get("blank") or 0))
                values = tuple(row[dimension] for dimension in dimensions)
                tallies.setdefault(values, {})[as_date(row[MONTH])] = tally
        return tallies

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


def tallied(measure: Measure, rules: Rules) -> dict[str, nw.Expr]:
    """Return the aggregates that make a measure's tally; `blank` only where it has a column."""
    aggregates = {"counted": nw.len(), "records": nw.len()}
    if measure.column:
        column = nw.col(measure.column)
        aggregates["blank"] = column.is_null().cast(nw.Int64).sum()
        if measure.statistic in (Statistic.SUM, Statistic.LEVEL):
            aggregates["counted"] = column.cast(nw.Float64).sum()
    if measure.part is not None:
        aggregates["counted"] = measure.part(rules).fill_null(False).cast(nw.Int64).sum()
    return aggregates


def with_month(frame: Frame, on: str) -> Frame:
    """Add the first day of the month that a row counts in; an instant counts on London's calendar."""
    return frame.with_columns(calendar_day(frame, on).dt.truncate("1mo").alias(MONTH))


def is_value(dimension: str, value: str) -> nw.Expr:
    return nw.col(dimension).cast(nw.String) == value
