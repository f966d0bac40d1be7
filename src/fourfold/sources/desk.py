"""Decisions taken at the desks, on their way into the lake: read like any file, but never out of one.

The contract is not among the sources that a hand-over recognises, so that nobody can forge a decision
by handing in a file that looks like some.
"""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from fourfold.records import DeskDecision
from fourfold.sources import cells
from fourfold.sources.contract import Contract, Field, ReadingContext
from fourfold.sources.decision_values import what_is_broken

NOT_PLAIN = ("value|not_an_object", "the value is not a JSON object")


def broken_values(rows: pl.DataFrame, context: ReadingContext) -> pl.DataFrame:
    """Return `file_row, rule, words` of decisions whose value nobody could read again."""
    told = rows.select("file_row", "kind", "value").iter_rows()
    found = [(row, *why) for row, kind, value in told if (why := what_is_wrong(kind, value)) is not None]
    return pl.DataFrame(
        found, schema={"file_row": pl.Int64, "rule": pl.String, "words": pl.String}, orient="row"
    )


def what_is_wrong(kind: str | None, value: str | None) -> tuple[str, str] | None:
    """Return the rule that a value breaks, and its words; None where it can be read again."""
    told = as_object(value)
    return NOT_PLAIN if told is None else what_is_broken(kind, told)


def as_object(value: str | None) -> dict[str, Any] | None:
    try:
        told = json.loads(value or "")
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


FIELDS = (
    Field("decision_id", ("decision_id",), cells.words, needed=True),
    Field("kind", ("kind",), cells.words, needed=True),
    Field("subject", ("subject",), cells.words, needed=True),
    Field("subject_ref", ("subject_ref",), cells.words, needed=True),
    Field("value", ("value",), cells.words, needed=True),
    Field("reason", ("reason",), cells.words),
    Field("role", ("role",), cells.words),
    Field("unit", ("unit",), cells.words),
    Field("made_by", ("made_by",), cells.words, needed=True),
    Field("made_at", ("made_at",), cells.moment, "a moment with its offset from UTC", needed=True),
)

CONTRACT = Contract(
    source="desk",
    title="Decisions of the desks",
    record=DeskDecision,
    fields=FIELDS,
    strays=broken_values,
)
