"""Monthly counts as a line, with the months not loaded left open and breaks and lockdowns marked."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from fourfold.measures.period import shift_months
from fourfold.products.render import chart_style as style

Break = tuple[date | str, str]
"""The first month counted in the new way, and what changed."""
Span = tuple[date | str, date | str, str]
"""First and last month, and what it was: `("2020-03", "2020-06", "First lockdown")`."""

_LANE = 17
"""Pixels between one row of labels above the plot and the next."""


@dataclass(frozen=True)
class _Plot:
    """The frame of one chart: months across, values up, sizes in pixels."""

    first: date
    last: date
    low: float
    high: float
    width: float
    height: float

    def across(self, month: date) -> float:
        span = max(_stamp(self.last) - _stamp(self.first), 1)
        return (_stamp(month) - _stamp(self.first)) / span * self.width

    @property
    def half_month(self) -> float:
        return self.across(shift_months(self.first, 1)) / 2

    def down(self, value: float) -> float:
        return self.height * (self.high - value) / (self.high - self.low)


@dataclass(frozen=True)
class _Label:
    """A label above the plot: its words, its place across in pixels, its row from below; `turned` stands left."""

    words: str
    across: float
    lane: int
    turned: bool
    is_break: bool


def line_with_breaks(
    rows: Sequence[Mapping[str, Any]],
    *,
    month: str = "month",
    value: str = "value",
    series: str | None = None,
    lower: str | None = None,
    upper: str | None = None,
    value_title: str = "",
    breaks: Sequence[Break] = (),
    lockdowns: Sequence[Span] = (),
    height: int = 300,
) -> str:
    """Return the Vega-Lite specification of monthly values as a line that starts at zero.

    rows: one a month (and series): a month (date, `2021-12` or `2021-12-01`) and a number or None.
    series, lower, upper: further columns, where there are several lines or an interval to draw.
    A month that is None or not in `rows` stays a gap marked "no data"; it is never drawn as zero.
    Raises ValueError where `rows` is empty.
    """
    import altair as alt

    if not rows:
        raise ValueError("a line needs at least one month")
    points = _complete(rows, month, value, series, lower, upper)
    plot = _frame(points, height)
    layers = [
        *_spans(alt, plot, lockdowns),
        _zero(alt),
        *_lines(alt, plot, points, value_title, band=lower is not None and upper is not None),
        *_gaps(alt, plot, points),
        *_labels_above(alt, plot, _place_labels(plot, lockdowns, breaks)),
        *(_names(alt, plot, points) if series else []),
    ]
    return style.finish(alt.layer(*layers).properties(width=plot.width, height=plot.height))


def _month(told: date | str) -> date:
    if isinstance(told, date):
        return date(told.year, told.month, 1)
    return date(int(told[:4]), int(told[5:7]), 1)


def _stamp(month: date) -> int:
    """Return a month's first instant in milliseconds, which no time zone can move."""
    return timegm(month.timetuple()) * 1000


def _complete(
    rows: Sequence[Mapping[str, Any]],
    month: str,
    value: str,
    series: str | None,
    lower: str | None,
    upper: str | None,
) -> list[dict[str, Any]]:
    """Return one point for each month and series between the first month and the last."""
    names = list(dict.fromkeys(str(row[series]) if series else "" for row in rows))
    told = {(str(row[series]) if series else "", _month(row[month])): row for row in rows}
    first, last = min(at for _, at in told), max(at for _, at in told)
    points: list[dict[str, Any]] = []
    for name in names:
        at = first
        while at <= last:
            row = told.get((name, at), {})
            points.append(
                {
                    "month": _stamp(at),
                    "at": at,
                    "series": name,
                    "value": style.number_or_none(row, value),
                    "lower": style.number_or_none(row, lower) if lower else None,
                    "upper": style.number_or_none(row, upper) if upper else None,
                }
            )
            at = shift_months(at, 1)
    return points


def _frame(points: list[dict[str, Any]], height: int) -> _Plot:
    known = [point[key] for point in points for key in ("value", "lower", "upper") if point[key] is not None]
    low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
    names = {point["series"] for point in points}
    beside = max(style.text_width(line) for name in names for line in style.fold(name, 18).split("\n"))
    width = style.WIDTH - 76 - (beside + 12 if beside else 0)
    top = high + (high - low) * 0.06 if high > low else 1.0
    return _Plot(min(p["at"] for p in points), max(p["at"] for p in points), low, top, round(width), height)


def _x(alt: Any, plot: _Plot, field: str = "month") -> Any:
    months = (plot.last.year - plot.first.year) * 12 + plot.last.month - plot.first.month + 1
    step = next((step for step in (1, 2, 3, 6, 12, 24, 60) if months / step <= plot.width / 78), 120)
    ticks = [shift_months(plot.first, more) for more in range(months)]
    ticks = [at for at in ticks if (at.year * 12 + at.month - 1) % step == 0]
    axis = alt.Axis(values=[_stamp(at) for at in ticks], format="%b %Y", title=None, grid=False, labelFlush=False)
    scale = alt.Scale(type="utc", domain=[_stamp(plot.first), _stamp(plot.last)], nice=False)
    return alt.X(f"{field}:T", axis=axis, scale=scale)


def _y(alt: Any, plot: _Plot, field: str, title: str | None) -> Any:
    scale = alt.Scale(domain=[plot.low, plot.high], nice=False)
    axis = alt.Axis(title=title or None, format=style.NUMBERS, tickCount=6, domain=False, ticks=False, grid=True)
    return alt.Y(f"{field}:Q", axis=axis, scale=scale)


def _lines(alt: Any, plot: _Plot, points: list[dict[str, Any]], title: str, band: bool) -> list[Any]:
    names = list(dict.fromkeys(point["series"] for point in points))
    layers: list[Any] = []
    for at, name in enumerate(names):
        values = [{k: v for k, v in p.items() if k not in ("at", "series")} for p in points if p["series"] == name]
        base = alt.Chart(alt.InlineData(values=values)).encode(x=_x(alt, plot))
        colour, dash = style.PALETTE[at % 4], style.DASHES[at % 4]
        if band:
            area = base.mark_area(color=colour, opacity=0.2, invalid="break-paths-filter-domains")
            layers.append(area.encode(y=_y(alt, plot, "lower", title), y2="upper:Q"))
        line = base.mark_line(
            color=colour, strokeWidth=2, strokeDash=list(dash), invalid="break-paths-filter-domains"
        )
        dots = base.mark_point(color=colour, filled=True, size=16, opacity=1, invalid="filter")
        layers += [mark.encode(y=_y(alt, plot, "value", title)) for mark in (line, dots)]
    return layers


def _nothing(alt: Any) -> Any:
    """Return a chart of one empty row, for a mark whose place is given in pixels."""
    return alt.Chart(alt.InlineData(values=[{}]))


def _zero(alt: Any) -> Any:
    return _nothing(alt).mark_rule(color=style.INK, strokeWidth=1).encode(y=alt.datum(0))


def _gaps(alt: Any, plot: _Plot, points: list[dict[str, Any]]) -> list[Any]:
    """Mark each run of months for which no series has a number."""
    known = {point["at"] for point in points if point["value"] is not None}
    months = sorted({point["at"] for point in points})
    layers: list[Any] = []
    for missing, run in groupby(months, key=lambda at: at not in known):
        if not missing:
            continue
        at = list(run)
        middle = (plot.across(at[0]) + plot.across(at[-1])) / 2
        text = _nothing(alt).mark_text(
            text="no data", color=style.GREY, fontSize=style.SMALL_TEXT_SIZE, angle=270, align="left"
        )
        layers.append(text.encode(x=alt.value(middle), y=alt.value(plot.down(0) - 8)))
    return layers


def _spans(alt: Any, plot: _Plot, spans: Sequence[Span]) -> list[Any]:
    layers: list[Any] = []
    for first, last, _ in spans:
        start, end = max(_month(first), plot.first), min(_month(last), plot.last)
        if start <= end:
            # A month is a point on the line, so a span reaches half a month to either side.
            left = max(plot.across(start) - plot.half_month, 0)
            right = min(plot.across(end) + plot.half_month, plot.width)
            box = _nothing(alt).mark_rect(color=style.SHADE)
            layers.append(
                box.encode(
                    x=alt.value(left), x2=alt.value(right), y=alt.value(0), y2=alt.value(plot.height)
                )
            )
    return layers


def _place_labels(plot: _Plot, spans: Sequence[Span], breaks: Sequence[Break]) -> list[_Label]:
    """Give each shade and each break its label above the plot, in as many rows as it takes to keep them apart."""
    told = [(max(_month(first), plot.first), words, False) for first, last, words in spans if _month(last) >= plot.first]
    told += [(_month(at), words, True) for at, words in breaks if _month(at) >= plot.first]
    lanes: list[float] = []
    placed: list[_Label] = []
    for at, words, is_break in sorted(item for item in told if item[0] <= plot.last):
        across = plot.across(at)
        wide = style.text_width(words, style.SMALL_TEXT_SIZE) + 4
        turned = across + wide > plot.width + 20 and across > wide
        left = across - wide if turned else across
        lane = next((lane for lane, end in enumerate(lanes) if end + 10 <= left), len(lanes))
        lanes[lane : lane + 1] = [left + wide]
        placed.append(_Label(words, across, lane, turned, is_break))
    return placed


def _labels_above(alt: Any, plot: _Plot, placed: Sequence[_Label]) -> list[Any]:
    """Draw each label with the rule that leads down from it: through the plot for a break."""
    layers: list[Any] = []
    for label in placed:
        top = -_LANE * (label.lane + 1)
        rule = _nothing(alt).mark_rule(
            color=style.INK if label.is_break else style.SHADE_EDGE,
            strokeDash=[4, 3] if label.is_break else [1, 0],
            strokeWidth=1.5,
        )
        foot = plot.height if label.is_break else 0
        layers.append(rule.encode(x=alt.value(label.across), y=alt.value(top), y2=alt.value(foot)))
        text = _nothing(alt).mark_text(
            text=label.words,
            align="right" if label.turned else "left",
            dx=-4 if label.turned else 4,
            baseline="top",
            fontSize=style.SMALL_TEXT_SIZE,
            color=style.INK,
        )
        layers.append(text.encode(x=alt.value(label.across), y=alt.value(top)))
    return layers


def _names(alt: Any, plot: _Plot, points: list[dict[str, Any]]) -> list[Any]:
    """Write each series' name beside its last known point, moved apart where two would touch."""
    names = list(dict.fromkeys(point["series"] for point in points))
    last: list[tuple[float, int, str]] = []
    for at, name in enumerate(names):
        known = [p["value"] for p in points if p["series"] == name and p["value"] is not None]
        if known:
            last.append((plot.down(known[-1]), at, style.fold(name, 18)))
    layers: list[Any] = []
    free = -1e9
    for down, at, name in sorted(last):
        lines = name.split("\n")
        place = max(down, free)
        free = place + 15 * len(lines) + 2
        text = _nothing(alt).mark_text(
            text=lines, align="left", baseline="middle", dx=10, color=style.PALETTE[at % 4], lineHeight=15
        )
        layers.append(text.encode(x=alt.value(plot.width), y=alt.value(round(place, 1))))
    return layers
