"""Weekly counts of two rules side by side, with what the officers there can take as a line across."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from fourfold.products.render import chart_style as style
from fourfold.products.render.chart_layers import Layer, at, layer, quantitative

HEIGHT = 260
RIGHT = 118
"""Pixels kept right of the plot for the names of the lines."""
LOOKS: tuple[tuple[str, list[int]], ...] = ((style.GREY, [4, 3]), (style.BLUE, [1, 0]))
"""Colour and dash of each rule's line."""
NAME_LETTERS = 10
"""Letters of a line of a name; with a wider typeface than ours they still fit."""
APART = 36
"""Pixels between the names of two lines that would touch."""

Weeks = Sequence[tuple[date, float | None, float | None]]


def weeks_of_two_rules(
    weeks: Weeks,
    names: tuple[str, str],
    *,
    value_title: str,
    limit: float | None = None,
    limit_name: str = "",
) -> str:
    """Return the Vega-Lite specification of two weekly series as lines from zero.

    weeks: (first day, first rule, second rule) of each week; None leaves the line open. limit: a level drawn across.
    Raises ValueError where `weeks` is empty.
    """
    if not weeks:
        raise ValueError("the chart needs at least one week")
    known = [number for _, *pair in weeks for number in pair if number is not None]
    top = max([*known, limit or 0, 1.0]) * 1.08
    width = style.WIDTH - RIGHT
    y = _y(top, value_title)
    layers = [layer("rule", look={"color": style.INK, "strokeWidth": 1}, y={"datum": 0})]
    for place, (colour, dash) in enumerate(LOOKS):
        rows = [{"week": f"{week[0].isoformat()}T00:00:00Z", "value": week[1 + place]} for week in weeks]
        line = {
            "color": colour,
            "strokeWidth": 2,
            "strokeDash": dash,
            "invalid": "break-paths-filter-domains",
        }
        layers.append(layer("line", rows, look=line, x=_x(), y=y))
    layers += _names(weeks, names, top, width)
    if limit is not None:
        layers += _limit(limit, limit_name, y)
    return style.finish(layers, width, HEIGHT)


def _x() -> dict[str, Any]:
    axis = {"format": "%b %Y", "title": None, "grid": False, "tickCount": "month", "labelOverlap": "greedy"}
    return {"field": "week", "type": "temporal", "axis": axis, "scale": {"type": "utc"}}


def _y(top: float, title: str) -> dict[str, Any]:
    axis = {
        "title": title,
        "format": style.NUMBERS,
        "tickCount": 6,
        "domain": False,
        "ticks": False,
        "grid": True,
    }
    return quantitative("value", axis=axis, scale={"domain": [0, top], "nice": False})


def _limit(limit: float, name: str, y: dict[str, Any]) -> list[Layer]:
    rows = [{"value": limit}]
    rule = {"color": style.ORANGE, "strokeWidth": 2, "strokeDash": [2, 2]}
    text = {"text": name, "align": "left", "baseline": "bottom", "dy": -5, "color": style.ORANGE}
    return [layer("rule", rows, look=rule, y=y), layer("text", rows, look=text, y=y, x=at(6))]


def _names(weeks: Weeks, names: tuple[str, str], top: float, width: float) -> list[Layer]:
    """Write each line's name beside its last number, moved apart where two would touch."""
    last: list[tuple[float, int]] = []
    for place in range(len(LOOKS)):
        known = [pair[place] for _, *pair in weeks if pair[place] is not None]
        if known:
            last.append((HEIGHT * (1 - (known[-1] or 0) / top), place))
    last.sort()
    if len(last) == 2 and last[1][0] - last[0][0] < APART:
        middle = min(max((last[0][0] + last[1][0]) / 2, APART), HEIGHT - APART)
        last = [(middle - APART / 2, last[0][1]), (middle + APART / 2, last[1][1])]
    layers = []
    for down, place in last:
        lines = style.fold(names[place], NAME_LETTERS).split("\n")
        look = {
            "text": lines,
            "align": "left",
            "baseline": "middle",
            "dx": 10,
            "color": LOOKS[place][0],
            "lineHeight": 15,
        }
        layers.append(layer("text", look=look, x=at(width), y=at(round(down, 1))))
    return layers
