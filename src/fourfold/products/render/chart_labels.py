"""Lockdowns and breaks on a chart of months: the shade, the dashed rule, and what each is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fourfold.products.render import chart_style as style
from fourfold.products.render.chart_layers import Layer, at, layer
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


def draw_spans(plot: Plot, spans: Sequence[Span]) -> list[Layer]:
    layers: list[Layer] = []
    for first, last, _ in spans:
        start, end = max(month_of(first), plot.first), min(month_of(last), plot.last)
        if start <= end:
            # A month is a point on the line, so a span reaches half a month to either side.
            left = max(plot.across(start) - plot.half_month, 0)
            right = min(plot.across(end) + plot.half_month, plot.width)
            shade = {"color": style.SHADE}
            layers.append(layer("rect", look=shade, x=at(left), x2=at(right), y=at(0), y2=at(plot.height)))
    return layers


def place_labels(plot: Plot, told: Sequence[Told]) -> list[Label]:
    """Give each label the lowest row above the plot where it touches no other.

    From right to left: then no rule that leads down from a higher row runs through a label below.
    """
    lanes: list[float] = []
    placed: list[Label] = []
    for month, words, is_break in sorted(told, reverse=True):
        left = plot.across(month)
        right = left + style.text_width(words, style.SMALL_TEXT_SIZE) + 10
        lane = next((lane for lane, start in enumerate(lanes) if right <= start), len(lanes))
        lanes[lane : lane + 1] = [left]
        placed.append(Label(words, left, lane, is_break))
    return placed


def draw_labels(plot: Plot, placed: Sequence[Label]) -> list[Layer]:
    """Draw each label with the rule that leads down from it: through the plot for a break."""
    layers: list[Layer] = []
    for label in placed:
        top = -LANE * (label.lane + 1)
        foot = plot.height if label.is_break else 0
        rule = {
            "color": style.INK if label.is_break else style.SHADE_EDGE,
            "strokeDash": [4, 3] if label.is_break else [1, 0],
            "strokeWidth": 1.5,
        }
        text = {
            "text": label.words,
            "align": "left",
            "dx": 4,
            "baseline": "top",
            "fontSize": style.SMALL_TEXT_SIZE,
            "color": style.INK,
        }
        layers.append(layer("rule", look=rule, x=at(label.across), y=at(top), y2=at(foot)))
        layers.append(layer("text", look=text, x=at(label.across), y=at(top)))
    return layers
