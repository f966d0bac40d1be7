"""The parts of a Vega-Lite chart as plain values: a layer of marks, its rows, and a place in pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Layer = dict[str, Any]
"""One layer of a specification; its `data` are the rows themselves until `datasets` names them."""
Rows = Sequence[Mapping[str, Any]]

NOTHING: Rows = ({},)
"""One empty row, for a mark whose place is given in pixels."""


def layer(
    mark: str, rows: Rows = NOTHING, *, look: Mapping[str, Any], where: str = "", **encoding: Any
) -> Layer:
    """Return one layer: `mark` drawn for each of `rows`.

    look: the mark's own properties (`color`, `strokeWidth`); where: which rows are drawn, as a Vega
    expression; encoding: a channel (`x`, `y2`, `text`) each.
    """
    made: Layer = {"data": rows, "mark": {"type": mark, **look}, "encoding": encoding}
    if where:
        made["transform"] = [{"filter": where}]
    return made


def at(pixels: float) -> dict[str, float]:
    """Return a place in pixels from the left or the top of the plot."""
    return {"value": pixels}


def quantitative(field: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", **more}


def nominal(field: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "type": "nominal", **more}


def with_datasets(layers: Sequence[Layer]) -> dict[str, Any]:
    """Return `layers` and `datasets` of a specification, in which layers that draw the same rows share them."""
    held: list[Rows] = []
    named: list[Layer] = []
    for one in layers:
        if one["data"] not in held:
            held.append(one["data"])
        named.append({**one, "data": {"name": f"rows-{held.index(one['data']) + 1}"}})
    return {"layer": named, "datasets": {f"rows-{place}": list(rows) for place, rows in enumerate(held, 1)}}
