"""A table of text as it stands in a file, and the rows set aside for their shape before any cell is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import NamedTuple

import polars as pl

from fourfold.sources.limits import Limits
from fourfold.sources.received import RefusalError

ODD_LENGTH = ("row|shape", "row has another number of cells than the file has headings")
ODD_TEXT = ("row|unreadable_text", "row has characters that cannot be read")
REPEATED_HEADINGS = ("row|repeats_headings", "row repeats the headings: files were put one after the other")
TOO_LONG = ("row|cell_too_long", "row has a cell longer than any cell may be")
"""Rule and words of each reason."""


class OddRow(NamedTuple):
    """A row set aside for its shape: its number, its cells, the rule it breaks, and the rule in words."""

    file_row: int
    cells: tuple[str, ...]
    rule: str
    words: str


@dataclass(frozen=True)
class TextTable:
    """A table of text: `cells` has columns `c0`, `c1`, ... beside `file_row`, in the order of `headings`.

    `file_row` is the row number a spreadsheet shows. `odd` holds the rows set aside for their shape. A row
    without any content is no row: spreadsheets write such rows where cells were formatted and never filled.
    """

    headings: tuple[str, ...]
    cells: pl.DataFrame
    odd: tuple[OddRow, ...] = ()
    sheet: str = ""

    @property
    def received(self) -> int:
        return self.cells.height + len(self.odd)

    @property
    def names(self) -> list[str]:
        return [f"c{place}" for place in range(len(self.headings))]


def told_apart(headings: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Return headings that are all different and none blank, so that no cell hides another's text."""
    named, seen = [], Counter[str]()
    for place, heading in enumerate(headings):
        name = heading.strip() or f"(column {place + 1})"
        seen[name] += 1
        named.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(named)


def settled(table: TextTable, limits: Limits) -> TextTable:
    """Return the table without blank rows, rows that repeat the headings and over-long cells set aside.

    Raises RefusalError for a table of more columns than any has.
    """
    if len(table.headings) > limits.columns:
        raise RefusalError(
            f"it has {len(table.headings):,} columns; the limit is {limits.columns:,}.",
            "Ask the sender for the table alone.",
        )
    cells = without(table.cells, blank_rows(table))
    table = replace(table, cells=cells)
    repeated = heading_rows(table)
    long = over_long_rows(table, limits)
    odd = [*taken_out(table, repeated, REPEATED_HEADINGS), *taken_out(table, long, TOO_LONG)]
    if not odd:
        return table
    kept = without(without(cells, repeated), long)
    once = {row.file_row: row for row in [*odd, *table.odd]}
    return replace(table, cells=kept, odd=tuple(once[number] for number in sorted(once)))


def without(cells: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    if not rows.height:
        return cells
    return cells.join(rows.select("file_row"), on="file_row", how="anti", maintain_order="left")


def blank_rows(table: TextTable) -> pl.DataFrame:
    """Return the rows without content, column after column, since the first few rule out nearly all."""
    found = table.cells
    for name in table.names:
        cell = pl.col(name)
        found = found.filter(cell.is_null() | (cell.str.strip_chars().str.len_bytes() == 0))
        if not found.height:
            break
    return found


def heading_rows(table: TextTable) -> pl.DataFrame:
    """Return the rows whose every cell is its own column's heading."""
    found = table.cells
    for name, heading in zip(table.names, table.headings, strict=True):
        found = (
            found.filter(pl.col(name).fill_null("").str.strip_chars() == heading) if found.height else found
        )
    return found


def over_long_rows(table: TextTable, limits: Limits) -> pl.DataFrame:
    if not table.cells.height:
        return table.cells
    longest = table.cells.select(pl.col(name).str.len_bytes().max() for name in table.names).row(0)
    suspects = [
        name
        for name, size in zip(table.names, longest, strict=True)
        if size is not None and size > limits.cell_characters
    ]
    if not suspects:
        return table.cells.clear()
    return table.cells.filter(
        pl.any_horizontal(pl.col(name).str.len_chars() > limits.cell_characters for name in suspects)
    )


def taken_out(table: TextTable, rows: pl.DataFrame, why: tuple[str, str]) -> list[OddRow]:
    return [
        OddRow(number, tuple(cell or "" for cell in cells), *why)
        for number, *cells in rows.select("file_row", *table.names).iter_rows()
    ]
