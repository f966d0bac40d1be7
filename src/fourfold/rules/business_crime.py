"""Whether a crime is a business crime, by one published definition (`policy/definitions.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import narwhals as nw

from fourfold import vocabulary

NEEDS = ("victim_is_organisation", "victim_at_work", "business_related", "premises_type")
"""The columns that the definitions read."""


def is_business(told: Mapping[str, Any], own_vocabulary: Path | None = None) -> nw.Expr:
    """Return true, or missing where a blank field leaves it open; what is left out is false.

    `told` is the value of a `definitions.business_crime` entry. A business is the victim, or a person at
    work; by the 2014 text also anything tied to a business. Blank premises are not known to be public.
    """
    counted = nw.col("victim_is_organisation") | nw.col("victim_at_work")
    if told["victims_word_is_enough"]:
        counted = counted | nw.col("business_related")
    if told["anything_on_business_premises"]:
        counted = counted | nw.col("premises_type").is_in(list(premises("business", own_vocabulary)))
    if "public_sector" in told["leaves_out"]:
        public = nw.col("premises_type").is_in(list(premises("public_sector", own_vocabulary)))
        counted = counted & ~public.fill_null(False)
    return counted


def premises(column: str, own_vocabulary: Path | None = None) -> tuple[str, ...]:
    """Return the types of premises that a column of the list marks with Y.

    `business` is a business as the 2014/15 text has it, `public_sector` the public sector and places of
    worship, which the NPCC definition leaves out, `shop` where shop workers are counted.
    """
    rows = vocabulary.load("premises_types", own_vocabulary).rows
    return tuple(row.code for row in rows if row.attributes.get(column) == "Y")
