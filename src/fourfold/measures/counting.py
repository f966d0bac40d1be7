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
from fourfold.measures.registry import EVERYWHERE, REGISTRY
from fourfold.measures.views import VIEWS, Frame, Tables, calendar_day

Cells = dict[tuple[Any, ...], dict[date, float]]
"""For each combination of dimension values, the count of each month that has any."""

MONTH = "month_counted"

MANY_VALUES = ("lsoa_code", "lsoa_name")
"""Dimensions of so many values that measures are tallied by them one at a time, and never kept by them."""


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
        return self._view(measure, measure.view)

    def values_view(self, measure: Measure) -> Frame:
        """Return the frame that has every value of the measure's dimensions: its view, or its sums."""
        return self._view(measure, sums_view(measure) or measure.view)

    def _view(self, measure: Measure, view: str) -> Frame:
        table = self.missing_table(measure)
        if table:
            said = missing_words(table)
            raise DataProblemError(
                f"{said[0].upper()}{said[1:]}.", "Hand in with `fourfold intake`, then `fourfold refresh`."
            )
        key = f"{view}/{measure.on}"
        if key not in self._views:
            self._views[key] = with_month(VIEWS[view][1](self.tables), measure.on)
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
            frame = frame.filter(is_value(dimension, value, dimension in measure.overlapping))
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
        """Return the monthly tallies for every combination of values of some dimensions, in their order."""
        by = tuple(sorted(dimensions))
        if (measure.name, by) not in self._tallies:
            self._tallies |= {(name, by): found for name, found in self._tally_like(measure, by).items()}
        found = self._tallies[(measure.name, by)]
        if by == dimensions:
            return found
        places = [by.index(dimension) for dimension in dimensions]
        return {tuple(values[place] for place in places): months for values, months in found.items()}

    def _tally_like(self, measure: Measure, by: tuple[str, ...]) -> dict[str, Tallies]:
        """Tally all measures of one view, day column and kind in one reading: most are asked for together."""
        measures = [measure, *(one for one in REGISTRY.values() if self._goes_with(one, measure, by))]
        marks = {
            f"{kind} {one.name}": mark
            for one in measures
            for kind, mark in marks_to_add(one, self.rules).items()
        }
        keys = {key: nw.col(key).cast(nw.String) for key in by}
        rows = self._to_tally(measure, by).select(nw.col(MONTH), **keys, **marks)
        table = rows.group_by([*by, MONTH]).agg(nw.col(*marks).sum()).collect()
        found: dict[str, Tallies] = {one.name: {} for one in measures}
        for row in table.iter_rows(named=True):
            values, month = tuple(row[key] for key in by), row[MONTH]
            for name, tallies in found.items():
                records = row[f"records {name}"]
                if month is not None and records:
                    counted, blank = row.get(f"counted {name}", records), row.get(f"blank {name}")
                    tally = Tally(float(counted or 0), int(records), int(blank or 0))
                    tallies.setdefault(values, {})[as_date(month)] = tally
        return found

    def _to_tally(self, measure: Measure, by: tuple[str, ...]) -> Frame:
        """Return the rows to be tallied; sums of overlapping parts are taken of the whole where none is asked for."""
        frame, sums = self.values_view(measure), measure.sums
        if sums is None or sums.whole_slice is None or set(by) & set(measure.overlapping):
            return frame
        return frame.filter(sums.whole_slice)

    def _goes_with(self, one: Measure, asked: Measure, by: tuple[str, ...]) -> bool:
        """Say whether a measure can be tallied in the same reading as the one asked for."""
        return (
            (one.view, one.on, one.statistic) == (asked.view, asked.on, asked.statistic)
            and sums_view(one) == sums_view(asked)
            and one is not asked
            and not set(by) & set(MANY_VALUES)
            and set(by) <= {*one.dimensions, *EVERYWHERE}
            and self.is_loaded(one)
            and not (one.unset and one.unset(self.rules))
        )

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


def marks_to_add(measure: Measure, rules: Rules) -> dict[str, nw.Expr]:
    """Return what each row of a view adds to a measure's tally: `counted` only where it is not the records."""
    if measure.sums is not None:
        parts = {} if measure.sums.part is None else {"counted": measure.sums.part}
        return {"records": measure.sums.rows, **parts}
    where = nw.lit(True) if measure.where is None else measure.where(rules)
    marks = {"records": where.cast(nw.Int64)}
    if measure.column:
        column = nw.col(measure.column)
        marks["blank"] = (where & column.is_null()).cast(nw.Int64)
        if measure.statistic in (Statistic.SUM, Statistic.LEVEL):
            marks["counted"] = nw.when(where).then(column.cast(nw.Float64))
    if measure.part is not None:
        marks["counted"] = (where & measure.part(rules)).cast(nw.Int64)
    return marks


WORKED_OUT = {
    "audit_finding": "findings of an audit",
    "clock": "clocks of duties",
    "crime_group": "offence groups of crimes",
    "duty_compliance": "counts of compliance with duties",
}
"""Tables that no file brings: a refresh works them out."""


def missing_words(table: str, whose: str = "") -> str:
    """Say that a table is not there: not loaded, or not worked out yet."""
    if table in WORKED_OUT:
        return f"no {WORKED_OUT[table]}{whose} are worked out yet"
    return f"no {table.replace('_', ' ')} records{whose} are loaded"


def sums_view(measure: Measure) -> str:
    return measure.sums.view if measure.sums else ""


def with_month(frame: Frame, on: str) -> Frame:
    """Add the first day of the month that a row counts in; an instant counts on London's calendar."""
    return frame.with_columns(calendar_day(frame, on).dt.truncate("1mo").alias(MONTH))


def is_value(dimension: str, value: str, is_one_of_many: bool = False) -> nw.Expr:
    """Say whether a row has a value, alone or as one of many written `|a|b|`."""
    if is_one_of_many:
        return nw.col(dimension).str.contains(f"|{value}|", literal=True).fill_null(False)
    return nw.col(dimension).cast(nw.String) == value
