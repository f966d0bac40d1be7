"""Posts funded, filled and lent."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import Record, text


class Staffing(Record):
    """The posts of one unit and role in one month, in full-time equivalents.

    Comes from the force's workforce plan.
    What is missing: sickness and abstraction; a filled post is not a present officer.
    How it misleads: people lent to another unit are still "filled" at home unless `seconded_out_fte`
    is taken off.
    """

    table: ClassVar[str] = "staffing"
    key: ClassVar[tuple[str, ...]] = ("unit", "role", "month")
    event_date: ClassVar[str] = "month"

    unit = text(nullable=False)
    role = text(nullable=False)
    month = dy.Date(nullable=False)
    force = text(nullable=False)
    funded_fte = dy.Float64(nullable=False, min=0)
    filled_fte = dy.Float64(nullable=True, min=0)
    seconded_out_fte = dy.Float64(nullable=True, min=0)
    seconded_in_fte = dy.Float64(nullable=True, min=0)
