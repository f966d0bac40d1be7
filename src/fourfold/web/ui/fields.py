"""Form fields as the GOV.UK Design System has them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

MOST_DIGITS = 15


def whole_number(told: str) -> int | None:
    """Return what a form or an address that no form class reads holds as a number; None where it is none."""
    is_number = told.isascii() and told.isdigit() and len(told) <= MOST_DIGITS
    return int(told) if is_number else None


def plain_text(told: str, most: int) -> str:
    """Return typed text that no form class reads, `most` characters of it, without U+0000, which PostgreSQL refuses."""
    return told.replace("\x00", "")[:most]


class DateInput(forms.MultiWidget):
    """Three boxes: day, month, year; read as NAME_day, NAME_month and NAME_year."""

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in ("day", "month", "year")}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if isinstance(value, date) else [None, None, None]


class DateField(forms.MultiValueField):
    """A day given as three numbers; a date that does not exist is said to be so."""

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        parts = tuple(forms.CharField(required=False, max_length=4) for _ in range(3))
        super().__init__(parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> date | None:
        """Return the day; raises ValidationError for numbers that are no date."""
        told = [part.strip() for part in data_list]
        if not any(told):
            return None
        try:
            day, month, year = (int(part) for part in told)
            return date(year, month, day)
        except ValueError as error:
            words = f"{self.label} must be a real date, for example 27 3 2026"
            raise forms.ValidationError(words, code="invalid") from error
