"""Where rows came from: batches, and the rows that no rule let through."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy
import polars as pl

from fourfold.records.base import SENSITIVE, Record, choice, text


class Batch(Record):
    """One file of one source as it was read, with what became of its rows.

    `accepted + quarantined + unchanged = received` for every batch; a refused file has no rows at all
    and says why in `note`. What is missing: the digest of a refused file that could not be read through.
    """

    table: ClassVar[str] = "batch"
    key: ClassVar[tuple[str, ...]] = ("batch_id",)
    rule_words: ClassVar[dict[str, str]] = {
        "adds_up": "the counts of the batch do not add up",
        "read_has_digest": "a file that was read has no digest",
    }

    source = text(nullable=False)
    file = text(nullable=False)
    sha256 = text()
    size_bytes = dy.Int64(nullable=False, min=0)
    state = choice("read", "refused", nullable=False)
    received = dy.Int64(nullable=False, min=0)
    accepted = dy.Int64(nullable=False, min=0)
    quarantined = dy.Int64(nullable=False, min=0)
    unchanged = dy.Int64(nullable=False, min=0)
    first_on = dy.Date(nullable=True)
    last_on = dy.Date(nullable=True)
    mapping = text()
    note = text()

    @dy.rule()
    def adds_up(cls) -> pl.Expr:
        return pl.col("accepted") + pl.col("quarantined") + pl.col("unchanged") == pl.col("received")

    @dy.rule()
    def read_has_digest(cls) -> pl.Expr:
        return (pl.col("state") == "refused") | pl.col("sha256").is_not_null()


class Quarantined(Record):
    """One row that broke a rule, with its text as received and the rule it broke.

    `row_digest` is the digest of source and text: a correction is tied to it, so the same uncorrected
    row in a later file is corrected again.
    """

    table: ClassVar[str] = "quarantine"
    key: ClassVar[tuple[str, ...]] = ("batch_id", "file_row")

    source = text(nullable=False)
    file = text(nullable=False)
    rule = text(nullable=False)
    words = text(nullable=False)
    text_received = text(nullable=False, metadata=SENSITIVE)
    row_digest = text(nullable=False)
