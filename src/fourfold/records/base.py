"""What every record declares beside its columns: key, load mode, sensitivity, and its rules in words."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

import dataframely as dy
import polars as pl


class LoadMode(StrEnum):
    """How a load changes the table that stands.

    An upsert puts a row in place of the one with the same key and keeps the earlier one as history;
    a slice is replaced whole, because its rows have no key of their own.
    """

    UPSERT = "upsert"
    REPLACE_SLICE = "replace_slice"


class Sensitivity(StrEnum):
    """Who may see a column: masking, traces and exports go by it."""

    OPEN = "open"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


PERSONAL: dict[str, Any] = {"sensitivity": Sensitivity.PERSONAL}
SENSITIVE: dict[str, Any] = {"sensitivity": Sensitivity.SENSITIVE}


class Kept(dy.Schema):
    """The shape of a row that the lake keeps, told or worked out, and that a figure can count.

    `key` names what tells two rows apart. `event_date` is the column that puts a row into a period;
    coverage is judged by it.
    """

    table: ClassVar[str] = ""
    key: ClassVar[tuple[str, ...]] = ()
    event_date: ClassVar[str] = ""


class Record(Kept):
    """The shape of one record; each subclass says where it comes from and how it misleads.

    `slice_by` names what is replaced together. `rule_words` says each rule of the class in words a
    person who must correct the row understands.
    """

    load_mode: ClassVar[LoadMode] = LoadMode.UPSERT
    slice_by: ClassVar[tuple[str, ...]] = ()
    rule_words: ClassVar[dict[str, str]] = {}

    batch_id = dy.String(nullable=False)
    file_row = dy.Int64(nullable=False, min=1)
    told_at = dy.Datetime(nullable=False, time_zone="UTC", time_unit="us")


TOLD_COLUMNS = ("batch_id", "file_row", "told_at")
"""Columns that say when and by which file a row was told, never what it says."""


def text(nullable: bool = True, **also: Any) -> dy.String:
    """Words or a code; never the empty string, for a blank cell is missing."""
    return dy.String(nullable=nullable, min_length=1, **also)


def choice(*values: str, nullable: bool = True, **also: Any) -> dy.String:
    """One of a few words; kept as text because Enum and Categorical do not survive Delta."""
    allowed = list(values)
    return dy.String(nullable=nullable, check={"is_in": lambda column: column.is_in(allowed)}, **also)


def instant(nullable: bool = True, **also: Any) -> dy.Datetime:
    """A moment, kept in UTC to the microsecond."""
    return dy.Datetime(nullable=nullable, time_zone="UTC", time_unit="us", **also)


def money(**also: Any) -> dy.Decimal:
    """Pounds and pence, never below zero."""
    return dy.Decimal(12, 2, nullable=True, min=0, **also)


def content_columns(record: type[Record]) -> list[str]:
    """Return the columns that say something about the world, in the record's order."""
    return [name for name in record.columns() if name not in TOLD_COLUMNS]


def sensitivity_of(record: type[Kept], column: str) -> Sensitivity:
    """Return how sensitive one column of a record is; raises KeyError for an unknown column."""
    metadata = record.columns()[column].metadata or {}
    return Sensitivity(metadata.get("sensitivity", Sensitivity.OPEN))


def empty(record: type[Record]) -> pl.DataFrame:
    """Return a frame of the record's columns and types without rows."""
    return record.create_empty()


def words_for_rule(record: type[Record], rule: str) -> str:
    """Say a broken rule in words; dataframely names its own rules `column|kind`."""
    if rule in record.rule_words:
        return record.rule_words[rule]
    column, _, kind = rule.replace("check__", "").partition("|")
    words = {
        "nullability": f"{column} is missing and the record cannot be told apart or placed without it",
        "min": f"{column} is below the least value it can have",
        "max": f"{column} is above the greatest value it can have",
        "is_in": f"{column} is none of the values it can have",
        "min_length": f"{column} is too short",
        "max_length": f"{column} is too long",
        "regex": f"{column} is not written as it must be",
    }
    return words.get(kind, f"{column} breaks the rule {kind or rule}")
