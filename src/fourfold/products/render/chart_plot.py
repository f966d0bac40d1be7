"""The frame of a chart of months: its points, its sizes, and what is to be written above it."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fourfold.measures.period import shift_months
from fourfold.products.render import chart_style as style

Break = tuple[date | str, str]
"""The first month counted in the new way, and what changed."""
Span = tuple[date | str, date | str, str]
"""First and last month, and what it was: `("2020-03", "2020-06", "First lockdown")`."""

Told = tuple[date, str, bool]
"""A month, what is written there above the plot, and whether it is a break."""


@dataclass(frozen=True)
class Plot:
    """The frame of one chart: months across, values up, sizes in pixels."""

    first: date
    last: date
    low: float
    high: float
    width: float
    height: float

    def across(self, month: date) -> float:
        span = max(stamp(self.last) - stamp(self.first), 1)
        return (stamp(month) - stamp(self.first)) / span * self.width

    @property
    def half_month(self) -> float:
        return self.across(shift_months(self.first, 1)) / 2

    def down(self, value: float) -> float:
        return self.height * (self.high - value) / (self.high - self.low)


def month_of(told: date | str) -> date:
    if isinstance(told, date):
        return date(told.year, told.month, 1)
    return date(int(told[:4]), int(told[5:7]), 1)


def stamp(month: date) -> int:
    """Return a month's first instant in milliseconds, which no time zone can move."""
    return timegm(month.timetuple()) * 1000


def complete(
    rows: Sequence[Mapping[str, Any]],
    month: str,
    value: str,
    series: str | None,
    lower: str | None,
    upper: str | None,
) -> list[dict[str, Any]]:
    """Return one point for each month and series between the first month and the last."""
    names = list(dict.fromkeys(str(row[series]) if series else "" for row in rows))
    told = {(str(row[series]) if series else "", month_of(row[month])): row for row in rows}
    first, last = min(at for _, at in told), max(at for _, at in told)
    points: list[dict[str, Any]] = []
    for name in names:
        at = first
        while at <= last:
            row = told.get((name, at), {})
            points.append(
                {
                    "month": stamp(at),
                    "at": at,
                    "series": name,
                    "value": style.number_or_none(row, value),
                    "lower": style.number_or_none(row, lower) if lower else None,
                    "upper": style.number_or_none(row, upper) if upper else None,
                }
            )
            at = shift_months(at, 1)
    return points


def labels_told(points: list[dict[str, Any]], spans: Sequence[Span], breaks: Sequence[Break]) -> list[Told]:
    """List what is to be written above the plot: the spans and breaks that lie within its months."""
    first, last = min(point["at"] for point in points), max(point["at"] for point in points)
    told = [
        (max(month_of(start), first), words, False) for start, end, words in spans if month_of(end) >= first
    ]
    told += [(month_of(at), words, True) for at, words in breaks if month_of(at) >= first]
    return [item for item in told if item[0] <= last]


def frame(points: list[dict[str, Any]], height: int, told: Sequence[Told]) -> Plot:
    known = [point[key] for point in points for key in ("value", "lower", "upper") if point[key] is not None]
    low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
    names = {point["series"] for point in points}
    beside = max(style.text_width(line) for name in names for line in style.fold(name, 18).split("\n"))
    room = style.WIDTH - 76
    plot = Plot(
        min(point["at"] for point in points),
        max(point["at"] for point in points),
        low,
        high + (high - low) * 0.06 if high > low else 1.0,
        room - (beside + 12 if beside else 0),
        height,
    )
    # A label near the right edge runs on beyond the plot, which gives way to it.
    for at, words, _ in told:
        share = plot.across(at) / plot.width
        fits = (room - style.text_width(words, style.SMALL_TEXT_SIZE)) / share if share else plot.width
        plot = replace(plot, width=max(min(plot.width, fits), room / 2))
    return replace(plot, width=round(plot.width))
