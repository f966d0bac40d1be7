"""Rows set aside: each with its text as received, the rule it broke in words, and a digest to know it again by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from fourfold.records import Quarantined
from fourfold.sources.text_table import TextTable, told_apart

MORE = "(more)"
"""The heading under which cells beyond the last heading are kept."""
FAILED = {"file_row": pl.Int64(), "rule": pl.String(), "words": pl.String()}
"""The shape of a list of failed rows."""


@dataclass(frozen=True)
class Told:
    """Which file told the rows, and when."""

    batch_id: str
    file: str
    sha256: str
    at: datetime


def no_failures() -> pl.DataFrame:
    return pl.DataFrame(schema=FAILED)


def first_broken(flags: pl.DataFrame, rules: dict[str, tuple[str, str]]) -> pl.DataFrame:
    """Return `file_row, rule, words` of each row with a flag up: the first rule by name, all of them in words."""
    names = [name for name in flags.columns if name in rules]
    up = flags.filter(pl.any_horizontal(names)) if names else flags.clear()
    if not up.height:
        return no_failures()
    rule = pl.coalesce([pl.when(pl.col(name)).then(pl.lit(rules[name][0])) for name in names])
    words = pl.concat_str(
        [pl.when(pl.col(name)).then(pl.lit(rules[name][1])) for name in names],
        separator="; ",
        ignore_nulls=True,
    )
    return up.select("file_row", rule=rule, words=words)


def with_text(failed: pl.DataFrame, table: TextTable, source: str, told: Told) -> pl.DataFrame:
    """Return quarantine rows of the failed rows of a table, each with its cells as received."""
    headings = told_apart(table.headings)
    texts = failed.join(table.cells, on="file_row", how="left", maintain_order="left")
    rows = [
        (number, rule, words, text_of(cells, headings))
        for number, rule, words, *cells in texts.select(*FAILED, *table.names).iter_rows()
    ]
    return quarantine_frame(rows, source, told)


def odd_with_text(table: TextTable, source: str, told: Told) -> pl.DataFrame:
    """Return quarantine rows of the rows that the table set aside for their shape."""
    headings = told_apart(table.headings)
    rows = [(odd.file_row, odd.rule, odd.words, text_of(odd.cells, headings)) for odd in table.odd]
    return quarantine_frame(rows, source, told)


def text_of(cells: Sequence[str | None], headings: tuple[str, ...]) -> str:
    """Write a row's cells under their headings as JSON; cells beyond the headings go under `(more)`."""
    named = {heading: cell or "" for heading, cell in zip(headings, cells, strict=False)}
    if len(cells) > len(headings):
        named[MORE] = "|".join(cell or "" for cell in cells[len(headings) :])
    return json.dumps(named, ensure_ascii=False)


def digest_of(source: str, text: str) -> str:
    """Return what tells a received row from every other: the digest of its source and its text."""
    return hashlib.sha256(f"{source}\n{text}".encode()).hexdigest()


def quarantine_frame(rows: list[tuple[int, str, str, str]], source: str, told: Told) -> pl.DataFrame:
    if not rows:
        return Quarantined.create_empty()
    frame = pl.DataFrame(rows, schema=["file_row", "rule", "words", "text_received"], orient="row")
    digests = [digest_of(source, text) for text in frame["text_received"]]
    return frame.with_columns(
        batch_id=pl.lit(told.batch_id),
        told_at=pl.lit(told.at, dtype=pl.Datetime("us", "UTC")),
        source=pl.lit(source),
        file=pl.lit(told.file),
        row_digest=pl.Series(digests, dtype=pl.String),
    ).select([pl.col(name).cast(column.dtype) for name, column in Quarantined.columns().items()])
