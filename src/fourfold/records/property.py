"""Things stolen, recovered and seized."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy
import polars as pl

from fourfold.records.base import PERSONAL, Record, choice, money, text


class Property(Record):
    """One item of property in one crime.

    Comes from the crime-system extract.
    What is missing: recoveries by other forces; the register check of stolen phones is seldom written down.
    How it misleads: a vehicle recovered is a row with status `recovered`, not a crime detected.
    """

    table: ClassVar[str] = "property"
    key: ClassVar[tuple[str, ...]] = ("crime_ref", "item_no")
    rule_words: ClassVar[dict[str, str]] = {
        "recovered_is_dated": "the item is recovered but the day is missing",
    }

    crime_ref = text(nullable=False)
    item_no = dy.Int64(nullable=False, min=1)
    force = text(nullable=False)
    kind_raw = text(nullable=False)
    kind = text()
    make = text()
    model = text()
    vrm = text(metadata=PERSONAL)
    imei = text(metadata=PERSONAL)
    value_gbp = money()
    status = choice("stolen", "recovered", "seized", nullable=False)
    recovered_on = dy.Date(nullable=True)
    site = text()
    operation = text()
    register_checked_on = dy.Date(nullable=True)
    register_hit = dy.Bool(nullable=True)

    @dy.rule()
    def recovered_is_dated(cls) -> pl.Expr:
        return (pl.col("status") != "recovered") | pl.col("recovered_on").is_not_null()
