"""Monthly counts as a line, with the months not loaded left open and breaks and lockdowns marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from fourfold.measures.period import shift_months
from fourfold.products.render import chart_style as style
from fourfold.products.render.chart_labels import draw_labels, draw_spans, nothing, place_labels
from fourfold.products.render.chart_plot import Break, Plot, Span, complete, frame, labels_told, stamp


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
    points = complete(rows, month, value, series, lower, upper)
    told = labels_told(points, lockdowns, breaks)
    plot = frame(points, height, told)
    layers = [
        *draw_spans(alt, plot, lockdowns),
        _zero(alt),
        *_lines(alt, plot, points, value_title, band=lower is not None and upper is not None),
        *_gaps(alt, plot, points),
        *draw_labels(alt, plot, place_labels(plot, told)),
        *(_names(alt, plot, points) if series else []),
    ]
    return style.finish(alt.layer(*layers).properties(width=plot.width, height=plot.height))


def _x(alt: Any, plot: Plot, field: str = "month") -> Any:
    months = (plot.last.year - plot.first.year) * 12 + plot.last.month - plot.first.month + 1
    step = next((step for step in (1, 2, 3, 6, 12, 24, 60) if months / step <= plot.width / 78), 120)
    ticks = [shift_months(plot.first, more) for more in range(months)]
    ticks = [at for at in ticks if (at.year * 12 + at.month - 1) % step == 0]
    axis = alt.Axis(
        values=[stamp(at) for at in ticks], format="%b %Y", title=None, grid=False, labelFlush=False
    )
    scale = alt.Scale(type="utc", domain=[stamp(plot.first), stamp(plot.last)], nice=False)
    return alt.X(f"{field}:T", axis=axis, scale=scale)


def _y(alt: Any, plot: Plot, field: str, title: str | None) -> Any:
    scale = alt.Scale(domain=[plot.low, plot.high], nice=False)
    axis = alt.Axis(
        title=title or None, format=style.NUMBERS, tickCount=6, domain=False, ticks=False, grid=True
    )
    return alt.Y(f"{field}:Q", axis=axis, scale=scale)


def _lines(alt: Any, plot: Plot, points: list[dict[str, Any]], title: str, band: bool) -> list[Any]:
    names = list(dict.fromkeys(point["series"] for point in points))
    layers: list[Any] = []
    for at, name in enumerate(names):
        values = [
            {k: v for k, v in p.items() if k not in ("at", "series")} for p in points if p["series"] == name
        ]
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


def _zero(alt: Any) -> Any:
    return nothing(alt).mark_rule(color=style.INK, strokeWidth=1).encode(y=alt.datum(0))


def _gaps(alt: Any, plot: Plot, points: list[dict[str, Any]]) -> list[Any]:
    """Mark each run of months for which no series has a number."""
    known = {point["at"] for point in points if point["value"] is not None}
    months = sorted({point["at"] for point in points})
    layers: list[Any] = []
    for missing, run in groupby(months, key=lambda at: at not in known):
        if not missing:
            continue
        at = list(run)
        middle = (plot.across(at[0]) + plot.across(at[-1])) / 2
        text = nothing(alt).mark_text(
            text="no data", color=style.GREY, fontSize=style.SMALL_TEXT_SIZE, angle=270, align="left"
        )
        layers.append(text.encode(x=alt.value(middle), y=alt.value(plot.down(0) - 8)))
    return layers


def _names(alt: Any, plot: Plot, points: list[dict[str, Any]]) -> list[Any]:
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
        text = nothing(alt).mark_text(
            text=lines, align="left", baseline="middle", dx=10, color=style.PALETTE[at % 4], lineHeight=15
        )
        layers.append(text.encode(x=alt.value(plot.width), y=alt.value(round(place, 1))))
    return layers
