"""Lockdowns and breaks on a chart of months: the shade, the dashed rule, and what each is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fourfold.products.render import chart_style as style
from fourfold.products.render.chart_plot import Plot, Span, Told, month_of

LANE = 17
"""Pixels between one row of labels above the plot and the next."""


@dataclass(frozen=True)
class Label:
    """A label above the plot: its words, its place across in pixels, its row from below."""

    words: str
    across: float
    lane: int
    is_break: bool


def nothing(alt: Any) -> Any:
    """Return a chart of one empty row, for a mark whose place is given in pixels."""
    return alt.Chart(alt.InlineData(values=[{}]))


def draw_spans(alt: Any, plot: Plot, spans: Sequence[Span]) -> list[Any]:
    layers: list[Any] = []
    for first, last, _ in spans:
        start, end = max(month_of(first), plot.first), min(month_of(last), plot.last)
        if start <= end:
            # A month is a point on the line, so a span reaches half a month to either side.
            left = max(plot.across(start) - plot.half_month, 0)
            right = min(plot.across(end) + plot.half_month, plot.width)
            box = nothing(alt).mark_rect(color=style.SHADE)
            layers.append(
                box.encode(x=alt.value(left), x2=alt.value(right), y=alt.value(0), y2=alt.value(plot.height))
            )
    return layers


def place_labels(plot: Plot, told: Sequence[Told]) -> list[Label]:
    """Give each label the lowest row above the plot where it touches no other.

    From right to left: then no rule that leads down from a higher row runs through a label below.
    """
    lanes: list[float] = []
    placed: list[Label] = []
    for at, words, is_break in sorted(told, reverse=True):
        left = plot.across(at)
        right = left + style.text_width(words, style.SMALL_TEXT_SIZE) + 10
        lane = next((lane for lane, start in enumerate(lanes) if right <= start), len(lanes))
        lanes[lane : lane + 1] = [left]
        placed.append(Label(words, left, lane, is_break))
    return placed


def draw_labels(alt: Any, plot: Plot, placed: Sequence[Label]) -> list[Any]:
    """Draw each label with the rule that leads down from it: through the plot for a break."""
    layers: list[Any] = []
    for label in placed:
        top = -LANE * (label.lane + 1)
        rule = nothing(alt).mark_rule(
            color=style.INK if label.is_break else style.SHADE_EDGE,
            strokeDash=[4, 3] if label.is_break else [1, 0],
            strokeWidth=1.5,
        )
        foot = plot.height if label.is_break else 0
        layers.append(rule.encode(x=alt.value(label.across), y=alt.value(top), y2=alt.value(foot)))
        text = nothing(alt).mark_text(
            text=label.words,
            align="left",
            dx=4,
            baseline="top",
            fontSize=style.SMALL_TEXT_SIZE,
            color=style.INK,
        )
        layers.append(text.encode(x=alt.value(label.across), y=alt.value(top)))
    return layers
