"""How a figure is said: thousands commas, pounds and pence, signs, and words where there is no number."""

from __future__ import annotations

import math
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
    if unit == "GBP":
        return f"{'-' if value < 0 else ''}£{abs(value):,.{decimals}f}"
    if unit == "percent_change":
        rounded = round(value, decimals)
        sign = "+" if rounded > 0 else ("-" if rounded < 0 else "")
        return f"{sign}{abs(rounded):,.{decimals}f}%"
    if unit == "percent":
        return f"{value:,.{decimals}f}%"
    if unit.startswith("per "):
        return f"{value:,.{decimals}f} {unit}"
    return f"{value:,.{decimals}f}"


def say_interval(figure: Sayable) -> str:
    """Say a figure's interval (`15.1% to 18.2%`), or nothing where it has none."""
    if figure.value is None or figure.lower is None or figure.upper is None:
        return ""
    low = say_number(figure.lower, figure.unit, figure.decimals)
    return f"{low} to {say_number(figure.upper, figure.unit, figure.decimals)}"
