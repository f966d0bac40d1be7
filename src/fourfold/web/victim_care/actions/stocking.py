"""The stock of materials: every change a line in its ledger, and never below nought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.accounts.models import Unit
from fourfold.web.accounts.permission import check_may
from fourfold.web.trail.recording import record
from fourfold.web.ui.environment import written_count
from fourfold.web.victim_care.actions.changing import Change, use_form_key
from fourfold.web.victim_care.catalogue import MATERIALS, label
from fourfold.web.victim_care.models import Case, Stock, StockMove

MOST_AT_ONCE = 100_000


@transaction.atomic
def change_stock(*, unit: Unit, material: str, change: int, why: str, by: Any, form_key: str = "") -> int:
    """Add to a stock what was received, or take from it what was lost or counted short; return what is left.

    Raises WrongUseError where it would fall below nought.
    """
    answer = check_may(by, "work_cases", unit=unit)
    use_form_key(form_key)
    if not change or abs(change) > MOST_AT_ONCE:
        raise WrongUseError(f"A change must be between 1 and {MOST_AT_ONCE:,}, or the same below nought.")
    left = _move(unit, material, change, why, by, None)
    record(
        "stock_changed",
        by=by,
        answer=answer,
        subject_kind="material",
        subject_refs=[material],
        detail={"change": change, "left": left},
    )
    return left


def give_out(change: Change, materials: Mapping[str, int]) -> None:
    """Give materials out on a case, inside its change."""
    given = {material: count for material, count in materials.items() if count}
    for material, count in sorted(given.items()):
        if count < 0:
            raise WrongUseError("A number of materials cannot be below nought.", "Enter 0 or more.")
        _move(change.case.unit, material, -count, "Sent to a victim", change.by, change.case)
    if given:
        named = ", ".join(f"{written_count(count)} × {label(MATERIALS, key)}" for key, count in given.items())
        change.say("materials", f"Materials sent: {named}", value={"materials": given})
        change.decide("materials_sent", {"materials": given})


def _move(unit: Unit, material: str, change: int, words: str, by: Any, case: Case | None) -> int:
    Stock.objects.get_or_create(unit=unit, material=material)
    stock = Stock.objects.select_for_update().get(unit=unit, material=material)
    left: int = stock.on_hand + change
    if left < 0:
        raise WrongUseError(
            f"There are {written_count(stock.on_hand)} of {label(MATERIALS, material).lower()} in stock, fewer than "
            f"{written_count(-change)}.",
            "Send fewer, or enter what was received on the page Stock of materials.",
        )
    stock.on_hand = left
    stock.save(update_fields=["on_hand"])
    StockMove.objects.create(
        stock=stock, at=timezone.now(), change=change, left=left, words=words[:200], case=case, by=by
    )
    return left
