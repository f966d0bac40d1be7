"""Age bands: the ten-year bands of the board paper, and those of published stop and search."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from fourfold.vocabulary.code_list import Code
from fourfold.vocabulary.reading import read_list

Scheme = Literal["ten_year", "police_uk"]


def age_bands(scheme: Scheme = "ten_year", override_folder: Path | None = None) -> tuple[Code, ...]:
    """Return the bands of one scheme, youngest first."""
    rows = read_list("age_bands", override_folder).rows
    return tuple(row for row in rows if row.attributes["scheme"] == scheme)


def age_band(age: int | None, scheme: Scheme = "ten_year", override_folder: Path | None = None) -> str | None:
    """Return the name of the band of an age in whole years; None where the age is missing or negative."""
    if age is None:
        return None
    for row in age_bands(scheme, override_folder):
        high = row.attributes["high"]
        if int(row.attributes["low"]) <= age and (not high or age <= int(high)):
            return row.name
    return None
