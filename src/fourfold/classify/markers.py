"""The rows of the table `marker`: every record in a marker's scope with its cues, its score and what readers said."""

from __future__ import annotations

import polars as pl

from fourfold.classify.features import features
from fourfold.classify.model import Model
from fourfold.classify.readings import verdicts
from fourfold.classify.scoring import scores
from fourfold.classify.settings import Settings
from fourfold.policy.marker_definitions import MarkerDefinition
from fourfold.records.marker import Marker

STANDING = {"confirmed": "confirmed", "rejected": "rejected", "disputed": "disputed"}
"""What readers said that goes before what a score says; that somebody could not tell does not."""


def mark(
    records: pl.DataFrame,
    definition: MarkerDefinition,
    model: Model | None,
    before: pl.DataFrame,
    found: pl.DataFrame,
    settings: Settings,
) -> pl.DataFrame:
    """Return the rows of one marker: those that stand from before where nothing is new, the rest scored.

    records: the marker's record, in its scope. model: the pinned one, None where none is trained. before: rows
    of the table `marker`. found: standing readings (readings.READINGS).
    """
    pinned = "" if model is None else model.name
    same = (
        (pl.col("marker") == definition.name)
        & (pl.col("definition") == definition.version)
        & (pl.col("model").fill_null("") == pinned)
    )
    standing = before.filter(same)
    told = records.with_columns(told_by=pl.format("{}:{}", "batch_id", "file_row"))
    ref = ref_column(definition)
    new = told.join(standing, left_on=[ref, "told_by"], right_on=["record_ref", "told_by"], how="anti")
    kept = standing.join(told, left_on=["record_ref", "told_by"], right_on=[ref, "told_by"], how="semi")
    fresh = scored(new.drop("told_by"), definition, model, settings)
    rows = pl.concat([kept.select(Marker.column_names()), fresh])
    return with_verdicts(rows, found).sort("record_ref")


def scored(
    records: pl.DataFrame, definition: MarkerDefinition, model: Model | None, settings: Settings
) -> pl.DataFrame:
    """Return rows of records that nobody has read, scored by the model as far as there is one."""
    seen = features(records, definition, model.folds if model else settings.folds)
    rows = seen.rows
    if model is not None:
        rows = rows.join(
            scores(seen, model, settings.never_weighed, settings.evidence_from),
            on="row",
            how="left",
            maintain_order="left",
        )
    else:
        rows = rows.with_columns(probability=pl.lit(None, pl.Float64), evidence=pl.lit(None, pl.String))
    made = rows.with_columns(
        record=pl.lit(definition.record),
        marker=pl.lit(definition.name),
        definition=pl.lit(definition.version),
        model=pl.lit(model.name if model else None, pl.String),
        calibrated=pl.lit(model is not None and model.is_calibrated),
        state=pl.lit("not_scored"),
    )
    return Marker.validate(made.select(Marker.column_names()))


def with_verdicts(rows: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Return rows of the table `marker` with the state that readers, else scores, else cues give them."""
    said = verdicts(found).select(
        "record", "record_ref", "marker", said=pl.col("state").replace_strict(STANDING, default=None)
    )
    unread = (
        pl.when(pl.col("probability").is_not_null())
        .then(pl.lit("scored"))
        .when(pl.col("cues").is_not_null())
        .then(pl.lit("cue_only"))
        .otherwise(pl.lit("not_scored"))
    )
    joined = rows.join(said, on=["record", "record_ref", "marker"], how="left", maintain_order="left")
    return joined.with_columns(state=pl.coalesce("said", unread)).select(Marker.column_names())


def ref_column(definition: MarkerDefinition) -> str:
    """Return the column that holds the reference of the marker's record."""
    return {"fraud_report": "report_ref", "crime": "crime_ref"}[definition.record]
