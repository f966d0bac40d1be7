"""How every chart looks: one palette, one typeface, sizes that stay readable in print."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from fourfold.products.render.chart_layers import Layer, with_datasets

BLUE, ORANGE, GREEN, PURPLE = "#00558c", "#c44601", "#007a5a", "#8a3b7d"
PALETTE = (BLUE, ORANGE, GREEN, PURPLE)
"""Four colours, each 4.5:1 or more on white, apart for the colour-blind (Okabe and Ito 2008, darkened)."""
DASHES = ((1, 0), (6, 3), (2, 2), (8, 3, 2, 3))
"""One dash a series beside its colour: no line is told apart by colour alone."""
INK, GREY, FAINT, SHADE = "#0b0c0c", "#505a5f", "#d8dcde", "#f3ead2"
MID_GREY = "#858f94"
SHADE_EDGE = "#a08a4a"

WIDTH = 640
TEXT_SIZE = 13
SMALL_TEXT_SIZE = 12
NUMBERS = ",.12~g"
"""Axis numbers with thousands commas, never as powers of ten."""
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.4.1.json"
"""The edition of the grammar that charts are written in; a name, which nothing fetches."""
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


def finish(layers: Sequence[Layer], width: float, height: float) -> str:
    """Return the Vega-Lite specification of some layers as compact JSON: the same layers give the same text."""
    chart = {
        "$schema": SCHEMA,
        "config": _config(),
        "width": width,
        "height": height,
        **with_datasets(layers),
    }
    return json.dumps(chart, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _config() -> dict[str, Any]:
    axis = {
        "labelFontSize": TEXT_SIZE,
        "titleFontSize": TEXT_SIZE,
        "labelColor": INK,
        "titleColor": INK,
        "titleFontWeight": "normal",
        "domainColor": GREY,
        "tickColor": GREY,
        "gridColor": FAINT,
        "labelPadding": 6,
        "titlePadding": 10,
    }
    return {
        "aria": False,
        "background": "white",
        "font": FONT,
        "padding": 8,
        "view": {"stroke": None},
        "axis": axis,
        "legend": {
            "labelFontSize": TEXT_SIZE,
            "titleFontSize": TEXT_SIZE,
            "labelColor": INK,
            "orient": "top",
        },
        "text": {"font": FONT, "fontSize": TEXT_SIZE, "color": INK},
    }


def number_or_none(row: Mapping[str, Any], field: str) -> float | None:
    """Return a row's number, None where it is missing: never a zero in its stead."""
    value = row.get(field)
    return None if value is None or value != value else float(value)


def fold(label: str, width: int = 30) -> str:
    """Return a label folded into lines of at most `width` characters, parted by line ends."""
    return "\n".join(textwrap.wrap(label, width)) or label


def text_width(text: str, size: int = TEXT_SIZE) -> float:
    """Return about how many pixels `text` takes: a sans letter is half as wide as its `size` in pixels."""
    return 0.5 * size * len(text)
