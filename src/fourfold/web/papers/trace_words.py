"""A trace in words for a page: facts of the figure, and its records as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from fourfold.measures.figure import Figure, State
from fourfold.measures.words import say_interval
from fourfold.pipeline.figure_rows import FigureRows
from fourfold.pipeline.trace import FILE, MASK
from fourfold.pipeline.trace_words import NOT_SAID, place, said, spoken

NOT_STATED = "not stated"
LONGEST_KEY = 120
"""Characters of a key that the trail holds."""


@dataclass(frozen=True)
class TraceTable:
    """One page of records: headings, and cells as words; the first columns are the key."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    masked: Sequence[str]


def facts_of(found: FigureRows) -> list[tuple[str, str]]:
    """Return what a reader is told of the figure, label by label."""
    figure = found.figure
    facts = [("As printed", figure.words)]
    interval = say_interval(figure) if figure.state is State.KNOWN else ""
    if figure.state is State.KNOWN:
        facts.append(("Interval", f"{interval} ({figure.level:.0%})" if interval else "None: it is a count."
                      if figure.unit == "count" else "None given."))  # fmt: skip
    if figure.why:
        facts.append(("Why there is no number", f"{figure.why[0].upper()}{figure.why[1:]}."))
    facts += [("Period", figure.period_words)]
    facts += [("Compared with", figure.baseline_words)] if figure.baseline_words else []
    facts += [("Definition", figure.definition), ("Source", figure.source or NOT_STATED)]
    facts += parts_of(figure)
    if figure.missing is not None:
        facts.append(("Records that do not say", f"{figure.missing:,}"))
    return facts


def parts_of(figure: Figure) -> list[tuple[str, str]]:
    """Return the numbers a figure is made of."""
    return [
        (
            "p-value" if name == "p" else spoken(name).capitalize(),
            f"{value:,.4g}" if value < 1 else f"{value:,.0f}",
        )
        for name, value in figure.parts
        if value
    ]


def table_of(found: FigureRows, every_column: bool = False) -> TraceTable:
    """Return a page of records as words: keys first, where they were told, then what they say, what is masked last.

    A column that no record of the page fills is left out, unless every column is wanted.
    """
    assert found.rows is not None
    frame = found.rows
    told = [name for name in frame.columns if name not in NOT_SAID and name not in found.key]
    if not every_column:
        told = [name for name in told if frame[name].null_count() < frame.height and not is_twin(frame, name)]
    told.sort(key=lambda name: name in found.masked)
    rows = [
        [cell(row[name]) for name in found.key]
        + [place(row) if FILE in row else NOT_STATED]
        + [cell(row[name]) for name in told]
        for row in frame.iter_rows(named=True)
    ]
    headings = [heading(name) for name in found.key] + ["Told in"] + [heading(name) for name in told]
    return TraceTable(headings, rows, [spoken(name) for name in found.masked if name in told])


def is_twin(frame: pl.DataFrame, name: str) -> bool:
    """Say whether a raw column says the same as its normalised twin in every row of a page."""
    twin = name.removesuffix("_raw")
    return twin != name and twin in frame.columns and frame[name].eq_missing(frame[twin]).all()


def heading(name: str) -> str:
    return spoken(name[0].upper() + name[1:])


def cell(value: object) -> str:
    """Return one value as words; what is missing says so, and what is masked too."""
    if value is None:
        return NOT_STATED
    return "masked" if value == MASK else said(value)


def keys_of(found: FigureRows) -> list[str]:
    """Return the keys of the records shown, as the trail names them."""
    if found.rows is None or not found.key:
        return []
    return [
        "/".join(str(value) for value in row)[:LONGEST_KEY]
        for row in found.rows.select(found.key).iter_rows()
    ]
