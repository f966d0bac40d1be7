"""Decisions taken at the desks, on their way into the lake: read like any file, but never out of one.

The contract is not among the sources that a hand-over recognises, so that nobody can forge a decision
by handing in a file that looks like some.
"""

from __future__ import annotations

import json

import polars as pl

from fourfold.records import DeskDecision
from fourfold.sources import cells
from fourfold.sources.contract import Contract, Field, ReadingContext

NOT_PLAIN = ("value|not_an_object", "the value is not a JSON object")


def broken_values(rows: pl.DataFrame, context: ReadingContext) -> pl.DataFrame:
    """Return `file_row, rule, words` of decisions whose value nobody could read again."""
    broken = [row for row, value in rows.select("file_row", "value").iter_rows() if not is_an_object(value)]
    rule, words = NOT_PLAIN
    return pl.DataFrame({"file_row": broken}, schema={"file_row": pl.Int64}).with_columns(
        rule=pl.lit(rule), words=pl.lit(words)
    )


def is_an_object(value: str | None) -> bool:
    if value is None:
        return False
    try:
        return isinstance(json.loads(value), dict)
    except ValueError:
        return False


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
