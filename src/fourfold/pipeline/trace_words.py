"""A trace as text for people: labels in a column, words wrapped, each record by its key and its place."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from fourfold.measures.period import MONTH_NAMES
from fourfold.pipeline.trace import FILE, MASK, Trace
from fourfold.records.base import TOLD_COLUMNS

WIDTH = 80
LABEL = 12
LONDON = ZoneInfo("Europe/London")
NOT_SAID = (*TOLD_COLUMNS, FILE, "file_hash", "force")
"""Columns that say nothing of the record itself, or that its place and the figure's name say already."""


def trace_text(found: Trace, width: int = WIDTH) -> str:
    """Return a trace as lines of at most `width` letters: the figure first, then its records."""
    lines = [line for label, words in found.lines() for line in labelled(label, words, width)]
    return "\n".join([*lines, *record_lines(found, width)])


def labelled(label: str, words: str, width: int) -> list[str]:
    """Return words wrapped beside their label."""
    hanging = " " * (LABEL + 2)
    if len(label) > LABEL:
        return [label, *wrapped(words, hanging, hanging, width)]
    return wrapped(words, f"{label:<{LABEL}}  ", hanging, width)


def wrapped(words: str, first: str, later: str, width: int) -> list[str]:
    return textwrap.wrap(
        words, width, initial_indent=first, subsequent_indent=later, break_on_hyphens=False
    ) or [first.rstrip()]


def record_lines(found: Trace, width: int) -> Iterator[str]:
    if found.rows is None:
        return
    indent = " " * 6
    for number, row in enumerate(found.rows.iter_rows(named=True), start=1):
        yield ""
        key = ", ".join(said(row[name]) for name in found.key) or "record"
        yield from wrapped(key, f"{number:>4}  ", indent, width)
        yield from wrapped(place(row), indent, indent, width)
        told = {
            name: value for name, value in row.items() if value is not None and not skipped(name, row, found)
        }
        open_words = "; ".join(
            f"{spoken(name)} {said(value)}" for name, value in told.items() if value != MASK
        )
        hidden = ", ".join(spoken(name) for name, value in told.items() if value == MASK)
        yield from wrapped(open_words, indent, indent, width) if open_words else ()
        yield from wrapped(f"masked: {hidden}", indent, indent, width) if hidden else ()


def skipped(name: str, row: dict[str, object], found: Trace) -> bool:
    """Say whether a column need not be read out: told already, or the same as its normalised twin."""
    if name in NOT_SAID or name in found.key:
        return True
    return name.endswith("_raw") and row[name] == row.get(name.removesuffix("_raw"))


def place(row: dict[str, object]) -> str:
    """Say which row of which file a record came from."""
    if row.get("file_row") is None:
        return "made by Fourfold"
    file = row.get(FILE)
    return f"row {row['file_row']} of {file}" if file else f"row {row['file_row']} of a file not on record"


def spoken(name: str) -> str:
    return name.replace("_", " ")


def said(value: object) -> str:
    """Say a value as people write it: 4 March 2022, 4 March 2022 14:05 in London's time, yes, 1,234.5."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        local = value.astimezone(LONDON) if value.tzinfo else value
        return f"{said(local.date())} {local:%H:%M}"
    if isinstance(value, date):
        return f"{value.day} {MONTH_NAMES[value.month]} {value.year}"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else f"{value:,.0f}"
    return str(value)
