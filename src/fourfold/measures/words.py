"""How a figure is said: thousands commas, pounds and pence, signs, and words where there is no number."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Protocol


class Sayable(Protocol):
    """What is needed to say a figure: its value and limits, their unit, and its state."""

    @property
    def value(self) -> float | None: ...
    @property
    def lower(self) -> float | None: ...
    @property
    def upper(self) -> float | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def decimals(self) -> int: ...
    @property
    def state(self) -> str: ...


NO_NUMBER = {
    "missing": "not available",
    "not_stated": "not stated",
    "suppressed": "too few to publish",
}

DIGITS_OF_A_FLOAT = 15
"""Decimal digits that a double holds for certain; what lies beyond them is arithmetic, not data."""


def say(figure: Sayable) -> str:
    """Say a figure's value with its unit, or the words that stand for a number that is not there."""
    if figure.value is None:
        return NO_NUMBER[str(figure.state)]
    return say_number(figure.value, figure.unit, figure.decimals)


def say_number(value: float, unit: str, decimals: int = 0) -> str:
    """Say one number in its unit: 13,331, £4,599.00, +16.7%, 8%, 4.6 per 1,000."""
    if math.isnan(value):
        return "cannot be worked out"
    if math.isinf(value):
        return "without limit"
    number = rounded(value, decimals)
    sign, size = "-" if number < 0 else "", f"{abs(number):,.{decimals}f}"  # nought has no sign
    if unit == "GBP":
        return f"{sign}£{size}"
    if unit == "percent_change":
        return f"{'+' if number > 0 else sign}{size}%"
    if unit == "percent":
        return f"{sign}{size}%"
    return f"{sign}{size} {unit}" if unit.startswith("per ") else f"{sign}{size}"


def rounded(value: float, decimals: int) -> Decimal:
    """Round as a reader does by hand: 46.45 is 46.5 and 2.5 is 3."""
    exact = Decimal(f"{value:.{DIGITS_OF_A_FLOAT}g}")
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, Context(prec=400))


def say_interval(figure: Sayable) -> str:
    """Say a figure's interval (`15.1% to 18.2%`), or nothing where it has none."""
    if figure.value is None or figure.lower is None or figure.upper is None:
        return ""
    low = say_number(figure.lower, figure.unit, figure.decimals)
    return f"{low} to {say_number(figure.upper, figure.unit, figure.decimals)}"
