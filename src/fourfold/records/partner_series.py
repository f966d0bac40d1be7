"""Figures that partners publish or send."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy
import polars as pl

from fourfold.records.base import Record, text


class PartnerSeries(Record):
    """One value of one published series (ONS, NCA, UK Finance, Chainalysis).

    Comes from partners' tables, typed or sent.
    What is missing: the records behind the value; nobody here can trace it further than its source.
    How it misleads: later revisions differ, so a value is always of one `revision`; areas and periods
    of two providers seldom agree.
    """

    table: ClassVar[str] = "partner_series"
    key: ClassVar[tuple[str, ...]] = ("provider", "series", "area", "period_start", "revision")
    event_date: ClassVar[str] = "period_start"
    rule_words: ClassVar[dict[str, str]] = {
        "period_in_order": "the period ends before it starts",
    }

    provider = text(nullable=False)
    series = text(nullable=False)
    area = text(nullable=False)
    period_start = dy.Date(nullable=False)
    revision = text(nullable=False)
    period_end = dy.Date(nullable=False)
    value = dy.Float64(nullable=False)
    unit = text(nullable=False)

    @dy.rule()
    def period_in_order(cls) -> pl.Expr:
        return pl.col("period_end") >= pl.col("period_start")
