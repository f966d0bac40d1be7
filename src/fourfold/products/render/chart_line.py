"""Monthly counts as a line, with the months not loaded left open and breaks and lockdowns marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from fourfold.measures.period import shift_months
from fourfold.products.render import chart_style as style
from fourfold.products.render.chart_labels import draw_labels, draw_spans, place_labels
from fourfold.products.render.chart_layers import Layer, at, layer, quantitative
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
    if not rows:
        raise ValueError("a line needs at least one month")
    points = complete(rows, month, value, series, lower, upper)
    told = labels_told(points, lockdowns, breaks)
    plot = frame(points, height, told)
    layers = [
        *draw_spans(plot, lockdowns),
        _zero(),
        *_lines(plot, points, value_title, band=lower is not None and upper is not None),
        *_gaps(plot, points),
        *draw_labels(plot, place_labels(plot, told)),
        *(_names(plot, points) if series else []),
    ]
    return style.finish(layers, plot.width, plot.height)


def _x(plot: Plot) -> dict[str, Any]:
    months = (plot.last.year - plot.first.year) * 12 + plot.last.month - plot.first.month + 1
    step = next((step for step in (1, 2, 3, 6, 12, 24, 60) if months / step <= plot.width / 78), 120)
    ticks = [shift_months(plot.first, more) for more in range(months)]
    ticks = [month for month in ticks if (month.year * 12 + month.month - 1) % step == 0]
    axis = {
        "values": [stamp(month) for month in ticks],
        "format": "%b %Y",
        "title": None,
        "grid": False,
        "labelFlush": False,
    }
    scale = {"type": "utc", "domain": [stamp(plot.first), stamp(plot.last)], "nice": False}
    return {"field": "month", "type": "temporal", "axis": axis, "scale": scale}


def _y(plot: Plot, field: str, title: str) -> dict[str, Any]:
    axis = {
        "title": title or None,
        "format": style.NUMBERS,
        "tickCount": 6,
        "domain": False,
        "ticks": False,
        "grid": True,
    }
    return quantitative(field, axis=axis, scale={"domain": [plot.low, plot.high], "nice": False})


def _lines(plot: Plot, points: list[dict[str, Any]], title: str, band: bool) -> list[Layer]:
    names = list(dict.fromkeys(point["series"] for point in points))
    x, y = _x(plot), _y(plot, "value", title)
    broken = {"invalid": "break-paths-filter-domains"}
    layers: list[Layer] = []
    for place, name in enumerate(names):
        rows = [
            {k: v for k, v in p.items() if k not in ("at", "series")} for p in points if p["series"] == name
        ]
        colour, dash = style.PALETTE[place % 4], style.DASHES[place % 4]
        if band:
            area = {"color": colour, "opacity": 0.2, **broken}
            low = _y(plot, "lower", title)
            layers.append(layer("area", rows, look=area, x=x, y=low, y2={"field": "upper"}))
        line = {"color": colour, "strokeWidth": 2, "strokeDash": list(dash), **broken}
        dots = {"color": colour, "filled": True, "size": 16, "opacity": 1, "invalid": "filter"}
        layers += [layer("line", rows, look=line, x=x, y=y), layer("point", rows, look=dots, x=x, y=y)]
    return layers


def _zero() -> Layer:
    return layer("rule", look={"color": style.INK, "strokeWidth": 1}, y={"datum": 0})


def _gaps(plot: Plot, points: list[dict[str, Any]]) -> list[Layer]:
    """Mark each run of months for which no series has a number."""
    known = {point["at"] for point in points if point["value"] is not None}
    months = sorted({point["at"] for point in points})
    text = {
        "text": "no data",
        "color": style.GREY,
        "fontSize": style.SMALL_TEXT_SIZE,
        "angle": 270,
        "align": "left",
    }
    layers: list[Layer] = []
    for missing, run in groupby(months, key=lambda month: month not in known):
        if missing:
            gap = list(run)
            middle = (plot.across(gap[0]) + plot.across(gap[-1])) / 2
            layers.append(layer("text", look=text, x=at(middle), y=at(plot.down(0) - 8)))
    return layers


def _names(plot: Plot, points: list[dict[str, Any]]) -> list[Layer]:
    """Write each series' name beside its last known point, moved apart where two would touch."""
    names = list(dict.fromkeys(point["series"] for point in points))
    last: list[tuple[float, int, str]] = []
    for order, name in enumerate(names):
        known = [p["value"] for p in points if p["series"] == name and p["value"] is not None]
        if known:
            last.append((plot.down(known[-1]), order, style.fold(name, 18)))
    layers: list[Layer] = []
    free = -1e9
    for down, order, name in sorted(last):
        lines = name.split("\n")
        place = max(down, free)
        free = place + 15 * len(lines) + 2
        text = {
            "text": lines,
            "align": "left",
            "baseline": "middle",
            "dx": 10,
            "color": style.PALETTE[order % 4],
            "lineHeight": 15,
        }
        layers.append(layer("text", look=text, x=at(plot.width), y=at(round(place, 1))))
    return layers
