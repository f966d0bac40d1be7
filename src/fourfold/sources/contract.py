"""What a source promises: which headings its file has and how each cell becomes a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import polars as pl

from fourfold.records import Record
from fourfold.sources.text_table import TextTable

Parse = Callable[[pl.Expr], pl.Expr]
"""Text cell to value: null in gives null out; null out for text in means that it cannot be read."""


@dataclass(frozen=True)
class Field:
    """One column of a record and the headings under which a file may bring it.

    The first heading is the one we ask for; the others are known from files seen. `parse` turns text
    into the value; `cannot` says in words what a cell that cannot be read should have been. `needed`
    says that a file without the heading is not this source's file.
    """

    column: str
    headings: tuple[str, ...]
    parse: Parse
    cannot: str = ""
    needed: bool = False


@dataclass(frozen=True)
class Contract:
    """One source: its name, the record its rows become, its fields, and what is added to each row.

    `derive` works on the parsed frame and adds columns made from others (a code beside its raw text).
    `strays` returns `file_row, rule, words` of rows that contradict the file they came in. `remarks` says
    in words what a person should know of the rows accepted.
    """

    source: str
    title: str
    record: type[Record]
    fields: tuple[Field, ...]
    derive: Callable[[pl.DataFrame, ReadingContext], pl.DataFrame] | None = None
    strays: Callable[[pl.DataFrame, ReadingContext], pl.DataFrame] | None = None
    remarks: Callable[[pl.DataFrame, ReadingContext], tuple[str, ...]] | None = None
    reshape: Callable[[TextTable, str], TextTable] | None = None
    """Turns a wide table, with the name of its file, into one of another source's headings."""

    @property
    def needed(self) -> tuple[Field, ...]:
        return tuple(item for item in self.fields if item.needed)


@dataclass(frozen=True)
class ReadingContext:
    """What a reader may use beside the file: the force, its overrides, and earlier corrections.

    `corrections` maps a row's digest to its corrected cells by heading. `missing` maps a source to the
    words that its system writes for an empty cell, each with the reason the mapping file gives.
    """

    force: str | None = None
    vocabulary: str | None = None
    corrections: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    file_name: str = ""


@lru_cache(maxsize=4096)
def tidy(heading: str) -> str:
    """Return a heading as it is compared: small letters and digits only."""
    return "".join(letter for letter in heading.casefold() if letter.isalnum())
