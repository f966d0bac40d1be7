"""How much of each material a unit has, and which is low."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fourfold.web.accounts.models import Unit
from fourfold.web.victim_care.catalogue import MATERIALS, entries
from fourfold.web.victim_care.models import Stock


@dataclass(frozen=True)
class StockLevel:
    """How many of one material a unit has."""

    label: str
    unit: str
    on_hand: int
    is_low: bool


def stock_levels(units: Sequence[Unit]) -> list[StockLevel]:
    """Return the stock of each material in each unit; a material that never came in counts nought."""
    known = {(one.unit_id, one.material): one.on_hand for one in Stock.objects.filter(unit__in=units)}
    return [
        StockLevel(one["label"], unit.name, on_hand, on_hand < int(one["low_stock_below"]))
        for unit in units
        for one in entries(MATERIALS)
        for on_hand in (known.get((unit.pk, one["key"]), 0),)
    ]
