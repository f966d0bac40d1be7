"""Charts of a paper as Vega-Lite specifications in JSON: the same rows give the same text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fourfold.products.render import chart_style as style
from fourfold.products.render.chart_layers import Layer, at, layer, nominal, quantitative
from fourfold.products.render.chart_line import line_with_breaks
from fourfold.products.render.pictures import to_png, to_svg

__all__ = ["bars_with_intervals", "line_with_breaks", "paired_bars", "to_png", "to_svg"]

Say = Callable[[float], str]

_NO_NUMBER = "not available"
_PAIR_PADDING = 0.24
"""Air between two pairs, as a share of one row."""


def _say(number: float) -> str:
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"


def bars_with_intervals(
    rows: Sequence[Mapping[str, Any]],
    label: str,
    value: str,
    lower: str | None = None,
    upper: str | None = None,
    *,
    value_title: str = "",
    words: str | None = None,
    say: Say = _say,
) -> str:
    """Return horizontal bars from zero with interval whiskers, in the order of `rows`.

    label, value, lower, upper: the columns that hold them; a value may be None and is then said in words.
    words: the column with what is printed beside each bar; without it `say` turns the number into words.
    Raises ValueError where `rows` is empty.
    """
    if not rows:
        raise ValueError("bars need at least one row")
    names = _names(rows, label)
    values = _bar_rows(rows, names, value, lower, upper, words, say)
    known = [row[key] for row in values for key in ("value", "lower", "upper") if row[key] is not None]
    width = _plot_width(names, [row["words"] for row in values])
    y = _rows(names)
    bar = {"color": style.BLUE, "size": 16}
    text = {"align": "left", "baseline": "middle", "dx": 7}
    layers = [
        layer("bar", values, look=bar, x=_numbers(known, value_title), y=y),
        *_whiskers(values, y),
        layer("text", values, look=text, x=quantitative("end"), y=y, text=nominal("words")),
        *_labels(names),
        _zero(),
    ]
    return style.finish(layers, width, _height(names, 34))


def paired_bars(
    rows: Sequence[Mapping[str, Any]],
    label: str,
    before: str,
    now: str,
    before_label: str,
    now_label: str,
    *,
    value_title: str = "",
    say: Say = _say,
) -> str:
    """Return two horizontal bars a row, the earlier period above the later, each with its number.

    label, before, now: the columns that hold them; `before_label` and `now_label` name the two periods.
    Raises ValueError where `rows` is empty.
    """
    if not rows:
        raise ValueError("bars need at least one row")
    names = _names(rows, label)
    values = _pair_rows(rows, names, ((before_label, before), (now_label, now)), say)
    known = [row["value"] for row in values if row["value"] is not None]
    pair = [before_label, now_label]
    place: dict[str, Any] = {
        "y": _rows(names, _PAIR_PADDING),
        "yOffset": nominal("which", sort=pair, scale={"domain": pair}),
    }
    colour = nominal(
        "which",
        sort=pair,
        scale={"domain": pair, "range": [style.MID_GREY, style.BLUE]},
        legend={"title": None, "symbolType": "square", "symbolSize": 160},
    )
    text = {"align": "left", "baseline": "middle", "dx": 6}
    layers = [
        layer("bar", values, look={}, x=_numbers(known, value_title), color=colour, **place),
        layer("text", values, look=text, x=quantitative("end"), text=nominal("words"), **place),
        *_labels(names, _PAIR_PADDING),
        _zero(),
    ]
    width = _plot_width(names, [row["words"] for row in values])
    return style.finish(layers, width, _height(names, 52))


def _bar_rows(
    rows: Sequence[Mapping[str, Any]],
    names: list[str],
    value: str,
    lower: str | None,
    upper: str | None,
    words: str | None,
    say: Say,
) -> list[dict[str, Any]]:
    values: list[dict[str, Any]] = []
    for name, row in zip(names, rows, strict=True):
        number = style.number_or_none(row, value)
        low = style.number_or_none(row, lower) if lower and number is not None else None
        high = style.number_or_none(row, upper) if upper and number is not None else None
        printed = row.get(words) if words else None
        printed = printed or (_NO_NUMBER if number is None else say(number))
        end = max(0.0, *(known for known in (number, high) if known is not None), 0.0)
        values.append(
            {"label": name, "value": number, "lower": low, "upper": high, "words": printed, "end": end}
        )
    return values


def _pair_rows(
    rows: Sequence[Mapping[str, Any]], names: list[str], pair: Sequence[tuple[str, str]], say: Say
) -> list[dict[str, Any]]:
    values: list[dict[str, Any]] = []
    for name, row in zip(names, rows, strict=True):
        for which, column in pair:
            number = style.number_or_none(row, column)
            printed = _NO_NUMBER if number is None else say(number)
            end = max(number or 0.0, 0.0)
            values.append({"label": name, "which": which, "value": number, "words": printed, "end": end})
    return values


def _names(rows: Sequence[Mapping[str, Any]], label: str) -> list[str]:
    """Return folded labels, told apart by an unseen mark where two rows are called the same."""
    names: list[str] = []
    for row in rows:
        name = style.fold(str(row[label]))
        while name in names:
            name += "\u200b"
        names.append(name)
    return names


def _height(names: list[str], least: int) -> int:
    """Return the plot's height in pixels: every row as high as the label with the most lines asks for."""
    return len(names) * max(least, 17 * max(len(name.split("\n")) for name in names) + 8)


def _plot_width(names: list[str], printed: list[str]) -> int:
    left = max(style.text_width(line) for name in names for line in name.split("\n"))
    right = max(style.text_width(str(words)) for words in printed)
    return max(round(style.WIDTH - 24 - left - right), 220)


def _rows(names: list[str], padding: float = 0.1) -> dict[str, Any]:
    return nominal("label", sort=None, axis=None, scale={"domain": names, "padding": padding})


def _labels(names: list[str], padding: float = 0.1) -> list[Layer]:
    """Write the labels left of the plot; those of several lines stand centred, which an axis cannot do."""
    layers: list[Layer] = []
    for lines in sorted({len(label.split("\n")) for label in names}):
        rows = [
            {"label": label, "lines": label.split("\n")} for label in names if len(label.split("\n")) == lines
        ]
        text = {
            "align": "right",
            "baseline": "middle",
            "lineHeight": 16,
            "dx": -8,
            "dy": -8 * (lines - 1),
        }
        layers.append(layer("text", rows, look=text, x=at(0), y=_rows(names, padding), text=nominal("lines")))
    return layers


def _numbers(known: list[float], title: str) -> dict[str, Any]:
    axis = {
        "title": title or None,
        "format": style.NUMBERS,
        "tickCount": 6,
        "domain": False,
        "labelFlush": False,
    }
    return quantitative("value", scale={"domain": _reach(known), "nice": False, "zero": True}, axis=axis)


def _reach(known: list[float]) -> list[float]:
    low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
    return [low, high] if high > low else [0.0, 1.0]


def _whiskers(values: list[dict[str, Any]], y: dict[str, Any]) -> list[Layer]:
    if not any(row["lower"] is not None and row["upper"] is not None for row in values):
        return []
    whole = "datum.lower !== null"
    span: dict[str, Any] = {"x": quantitative("lower"), "x2": {"field": "upper"}, "y": y}
    # White beneath black keeps the part that lies on the bar as visible as the part that does not.
    layers = [
        layer("rule", values, look={"color": "white", "strokeWidth": 4}, where=whole, **span),
        layer("rule", values, look={"color": style.INK, "strokeWidth": 1.5}, where=whole, **span),
    ]
    cap = {"color": style.INK, "thickness": 1.5, "size": 10}
    return layers + [
        layer("tick", values, look=cap, where=whole, x=quantitative(end), y=y) for end in ("lower", "upper")
    ]


def _zero() -> Layer:
    return layer("rule", look={"color": style.INK, "strokeWidth": 1}, x={"datum": 0})
