"""How far the records reach: which months were sent at all, and whether the first and last of them are whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

import narwhals as nw

from fourfold.measures.measure import Measure
from fourfold.measures.period import Period
from fourfold.measures.views import VIEWS, Tables, calendar_day

EVIDENCE: dict[str, tuple[str, ...]] = {
    "audit_findings": ("period_from", "period_to"),
    "programme_case": ("referred_on", "assessed_on", "started_on", "ended_on", "reoffended_on"),
}
"""Day columns that show how far a view's table reaches, where it is not the event date of the record alone."""

Source = tuple[str, tuple[str, ...]]

A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Unfinished:
    """The first and last day of the records, where the month of a period they lie in is not whole."""

    begins_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Reach:
    """The first and the last day of some records, and how long a gap is ordinary near each of them.

    The gaps are the most days in a row without any record in the year after the first day and before the
    last.
    """

    first: date
    first_gap: int
    last: date
    last_gap: int

    @staticmethod
    def of(days: list[date]) -> Reach:
        """Return how far some days reach; they are in order and at least one."""
        first, last = days[0], days[-1]
        early = [day for day in days if day < first + A_YEAR]
        late = [day for day in days if day > last - A_YEAR]
        return Reach(first, longest_gap(early), last, longest_gap(late))

    def starts_late(self, period: Period) -> bool:
        """Say whether the first month of a period has days before the records begin that should have some."""
        return self.first.replace(day=1) == period.first and (self.first - period.first).days > self.first_gap

    def ends_early(self, period: Period) -> bool:
        """Say whether the last month of a period has days after the records end that should have some."""
        return self.last.replace(day=1) == period.last and (period.end - self.last).days > self.last_gap


class Coverage:
    """What was sent of each table, by force and day, judged by all rows of the table and not by a slice."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._days: dict[Source, dict[str, list[date]]] = {}
        self._months: dict[tuple[Source, str | None], set[date]] = {}
        self._reach: dict[Source, dict[str, Reach]] = {}

    def days(self, measure: Measure) -> dict[str, list[date]]:
        """Return, for each force, the days on which the measure's table has any row, in order."""
        source = source_of(measure)
        if source not in self._days:
            self._days[source] = self._read(source)
        return self._days[source]

    def _read(self, source: Source) -> dict[str, list[date]]:
        table, columns = source
        found: dict[str, set[date]] = {}
        for column in columns if table in self._tables else ():
            frame = self._tables[table]
            days = frame.select("force", nw.col(column)).with_columns(day=calendar_day(frame, column))
            for force, day in days.select("force", "day").unique().collect().iter_rows():
                if day is not None and force is not None:
                    found.setdefault(force, set()).add(as_date(day))
        return {force: sorted(days) for force, days in found.items()}

    def months_sent(self, measure: Measure, force: str | None) -> set[date]:
        """Return the months for which a force (any force, for None) sent anything of the table at all."""
        asked = (source_of(measure), force)
        if asked not in self._months:
            days = self.days(measure)
            of_forces = [days.get(force, [])] if force is not None else days.values()
            self._months[asked] = {day.replace(day=1) for some in of_forces for day in some}
        return self._months[asked]

    def months_missing(self, measure: Measure, force: str | None, period: Period) -> list[date]:
        """Return the months of a period that were not sent, for None by any one of the forces loaded.

        Where months without rows are ordinary, only the months before the first and after the last row of
        the table count as not sent; a register that is kept from the start has no month before its first.
        """
        forces = [force] if force is not None else sorted(self.days(measure))
        missing = {month for one in forces or [""] for month in self._missing(measure, one, period)}
        return sorted(missing)

    def _missing(self, measure: Measure, force: str, period: Period) -> Iterable[date]:
        sent = self.months_sent(measure, force)
        if measure.months_must_be_there or not sent:
            return [month for month in period.list_months() if month not in sent]
        first = date.min if measure.kept_from_the_start else min(sent)
        return [month for month in period.list_months() if not first <= month <= max(sent)]

    def unfinished(self, measure: Measure, force: str | None, period: Period) -> Unfinished:
        """Return the day up to which (or from which) a period's outer month is loaded, if it is not whole.

        A month is taken as whole when the days without records at its end are no more than the longest
        run of days without any in the year before: records that come daily end on the last day, sparse
        ones need not. Published monthly data have no days and are never called unfinished.
        """
        if "month" in source_of(measure)[1]:
            return Unfinished()
        of_forces = self.reach(measure)
        found = [of_forces[one] for one in ([force] if force is not None else of_forces) if one in of_forces]
        begins = [reach.first for reach in found if reach.starts_late(period)]
        ends = [reach.last for reach in found if reach.ends_early(period)]
        return Unfinished(max(begins, default=None), min(ends, default=None))

    def reach(self, measure: Measure) -> dict[str, Reach]:
        """Return, for each force, how far the rows of the measure's table reach."""
        source = source_of(measure)
        if source not in self._reach:
            self._reach[source] = {force: Reach.of(days) for force, days in self.days(measure).items()}
        return self._reach[source]


def longest_gap(days: list[date]) -> int:
    """Return the most days in a row without any record between days that have one."""
    return max(((later - earlier).days - 1 for earlier, later in pairwise(days)), default=0)


def source_of(measure: Measure) -> Source:
    """Return the table and the day columns by which the coverage of a measure is judged."""
    table = VIEWS[measure.view][0]
    return table, EVIDENCE.get(measure.view, (measure.record.event_date or measure.on,))


def as_date(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value
