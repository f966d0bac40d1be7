"""What a model sees of a record: its words, its fields, its cues and its fold."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from fourfold.classify.cues import SEPARATOR, with_cues
from fourfold.classify.words import fold_of
from fourfold.policy.marker_definitions import MarkerDefinition
from fourfold.records import Crime, FraudReport

REFS = {"fraud_report": FraudReport.key[0], "crime": Crime.key[0]}
DAYS = {"fraud_report": FraudReport.event_date, "crime": Crime.event_date}
NOTHING = "left blank"
CUE = "cue: "


@dataclass(frozen=True)
class Features:
    """rows: `row, record_ref, force, on, told_by, fold, has_text, cues` (record_ref unique). fields: `row, name`."""

    rows: pl.DataFrame
    fields: pl.DataFrame
    texts: pl.DataFrame
    """`row, text`."""


def features(records: pl.DataFrame, definition: MarkerDefinition, folds: int) -> Features:
    """Return what a model sees of records in the marker's scope."""
    record, text = definition.record, definition.text
    numbered = with_cues(records, definition).with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    rows = numbered.select(
        "row",
        "force",
        "cues",
        record_ref=REFS[record],
        on=DAYS[record],
        told_by=pl.format("{}:{}", "batch_id", "file_row"),
        has_text=pl.col(text).is_not_null(),
        fold=pl.Series(
            [fold_of(told, ref, folds) for told, ref in numbered.select(text, REFS[record]).iter_rows()],
            dtype=pl.Int64,
        ),
    )
    return Features(rows, field_names(numbered, definition), numbered.select("row", text=text))


def field_names(numbered: pl.DataFrame, definition: MarkerDefinition) -> pl.DataFrame:
    """Return `row, name`: `column=value` for each field, that it was left blank among the values, and cues that found it."""
    parts = [
        numbered.select(
            "row", name=pl.format("{}={}", pl.lit(name), pl.col(name).cast(pl.String).fill_null(NOTHING))
        )
        for name in definition.fields
    ]
    found = numbered.select("row", cue=pl.col("cues").str.split(SEPARATOR)).drop_nulls("cue")
    parts.append(found.explode("cue", empty_as_null=True).select("row", name=pl.format(CUE + "{}", "cue")))
    empty = pl.DataFrame(schema={"row": pl.Int64, "name": pl.String})
    return pl.concat([empty, *parts])
