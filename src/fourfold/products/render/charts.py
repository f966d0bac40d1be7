"""Charts of a paper as Vega-Lite specifications in JSON: the same rows give the same text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fourfold.products.render import chart_style as style
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
    import altair as alt

    if not rows:
        raise ValueError("bars need at least one row")
    names = _names(rows, label)
    values = _bar_rows(rows, names, value, lower, upper, words, say)
    known = [row[key] for row in values for key in ("value", "lower", "upper") if row[key] is not None]
    width = _plot_width(names, [row["words"] for row in values])
    base = alt.Chart(alt.InlineData(values=values)).encode(y=_rows(alt, names))
    bar = base.mark_bar(color=style.BLUE, size=16).encode(x=_numbers(alt, known, value_title))
    layers = [bar, *_whiskers(alt, base, values)]
    text = base.mark_text(align="left", baseline="middle", dx=7)
    layers.append(text.encode(x="end:Q", text="words:N"))
    return _finished(alt, [*layers, *_labels(alt, names)], width, _height(names, 34))


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
    import altair as alt

    if not rows:
        raise ValueError("bars need at least one row")
    names = _names(rows, label)
    values = _pair_rows(rows, names, ((before_label, before), (now_label, now)), say)
    known = [row["value"] for row in values if row["value"] is not None]
    pair = [before_label, now_label]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=_rows(alt, names, _PAIR_PADDING),
        yOffset=alt.YOffset("which:N", sort=pair, scale=alt.Scale(domain=pair)),
    )
    colours = alt.Scale(domain=pair, range=[style.MID_GREY, style.BLUE])
    legend = alt.Legend(title=None, symbolType="square", symbolSize=160)
    bar = base.mark_bar().encode(
        x=_numbers(alt, known, value_title),
        color=alt.Color("which:N", scale=colours, legend=legend, sort=pair),
    )
    text = base.mark_text(align="left", baseline="middle", dx=6).encode(x="end:Q", text="words:N")
    width = _plot_width(names, [row["words"] for row in values])
    layers = [bar, text, *_labels(alt, names, _PAIR_PADDING)]
    return _finished(alt, layers, width, _height(names, 52))


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


def _rows(alt: Any, names: list[str], padding: float = 0.1) -> Any:
    return alt.Y("label:N", sort=None, axis=None, scale=alt.Scale(domain=names, padding=padding))


def _labels(alt: Any, names: list[str], padding: float = 0.1) -> list[Any]:
    """Write the labels left of the plot; those of several lines stand centred, which an axis cannot do."""
    layers: list[Any] = []
    for lines in sorted({len(name.split("\n")) for name in names}):
        values = [
            {"label": name, "lines": name.split("\n")} for name in names if len(name.split("\n")) == lines
        ]
        text = alt.Chart(alt.InlineData(values=values)).mark_text(
            align="right", baseline="middle", lineHeight=16, dx=-8, dy=-8 * (lines - 1)
        )
        layers.append(text.encode(x=alt.value(0), y=_rows(alt, names, padding), text="lines:N"))
    return layers


def _numbers(alt: Any, known: list[float], title: str) -> Any:
    scale = alt.Scale(domain=_reach(known), nice=False, zero=True)
    axis = alt.Axis(title=title or None, format=style.NUMBERS, tickCount=6, domain=False, labelFlush=False)
    return alt.X("value:Q", scale=scale, axis=axis)


def _reach(known: list[float]) -> list[float]:
    low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
    return [low, high] if high > low else [0.0, 1.0]


def _whiskers(alt: Any, base: Any, values: list[dict[str, Any]]) -> list[Any]:
    if not any(row["lower"] is not None and row["upper"] is not None for row in values):
        return []
    # White beneath black keeps the part that lies on the bar as visible as the part that does not.
    whole = alt.datum.lower != None  # noqa: E711 (an expression in the chart, not in Python)
    rule = base.transform_filter(whole).encode(x="lower:Q", x2="upper:Q")
    marks = [rule.mark_rule(color="white", strokeWidth=4), rule.mark_rule(color=style.INK, strokeWidth=1.5)]
    for end in ("lower", "upper"):
        cap = base.transform_filter(whole).mark_tick(color=style.INK, thickness=1.5, size=10)
        marks.append(cap.encode(x=f"{end}:Q"))
    return marks


def _finished(alt: Any, layers: list[Any], width: int, height: int) -> str:
    zero = alt.Chart(alt.InlineData(values=[{}])).mark_rule(color=style.INK, strokeWidth=1)
    layered = alt.layer(*layers, zero.encode(x=alt.datum(0)))
    return style.finish(layered.properties(width=width, height=height))
