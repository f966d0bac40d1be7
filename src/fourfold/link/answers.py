"""What reviewers decided about pairs of records: to be one person, or never to be."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

KIND = "link_decision"
ANSWER_SCHEMA = {
    "record_a": pl.String,
    "ref_a": pl.String,
    "record_b": pl.String,
    "ref_b": pl.String,
    "join": pl.Boolean,
}


def key_text(record: str, record_ref: str) -> str:
    """Return a record's key as a decision writes it: `fraud_report/NFRC210100001`."""
    return f"{record}/{record_ref}"


def key_parts(text: str) -> tuple[str, str]:
    """Return table and reference of a key; the reference may hold slashes. Raises ValueError for what is no key."""
    record, slash, record_ref = text.partition("/")
    if not (record and slash and record_ref):
        raise ValueError(f"{text!r} names no record: write table/reference")
    return record, record_ref


def decision_value(join: bool | None, left: tuple[str, str], right: tuple[str, str]) -> dict[str, Any]:
    """Return the `value` of a decision that joins or parts two records, each by table and reference.

    join: None takes the earlier answer about the pair back.
    """
    if left == right:
        raise ValueError("A record cannot be joined with or parted from itself.")
    return {"join": join, "left": key_text(*left), "right": key_text(*right)}


def is_readable(value: str) -> bool:
    """Say whether the text of a decision's value is one that `answers_of` can read."""
    try:
        told = json.loads(value)
        one, other = key_parts(told["left"]), key_parts(told["right"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return isinstance(told["join"], bool | None) and one != other


def answers_of(decisions: pl.DataFrame) -> pl.DataFrame:
    """Return ANSWER_SCHEMA: the latest answer about each pair, the last given last, the lesser key first.

    decisions: `desk_decision` rows of any kind. A pair about which nobody can read the answer is left out; the
    desk's own reader quarantines such a decision before it gets here.
    """
    told = decisions.filter(pl.col("kind") == KIND).sort("made_at", "decision_id")
    rows: dict[tuple[tuple[str, str], tuple[str, str]], bool] = {}
    for value in told["value"]:
        if is_readable(value):
            found = json.loads(value)
            one, other = sorted((key_parts(found["left"]), key_parts(found["right"])))
            rows.pop((one, other), None)
            if found["join"] is not None:
                rows[(one, other)] = found["join"]
    return pl.DataFrame(
        [(*one, *other, join) for (one, other), join in rows.items()], schema=ANSWER_SCHEMA, orient="row"
    )
