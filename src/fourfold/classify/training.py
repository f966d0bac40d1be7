"""Trains a marker's model: a logistic regression of words and fields in each fold, from cues or from reviews."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import polars as pl

from fourfold.classify.features import CUE, Features, features
from fourfold.classify.model import BY_CUES, BY_REVIEWS, Model
from fourfold.classify.scoring import log_odds
from fourfold.classify.settings import Settings
from fourfold.classify.words import inverse_frequencies, terms, weighed
from fourfold.policy.marker_definitions import MarkerDefinition
from fourfold.statistics.calibration import platt
from fourfold.statistics.interval import FloatArray

LOOSENESS = {BY_CUES: 1.0, BY_REVIEWS: 10.0}
"""Inverse strength of the penalty on squared weights: tight on cues, so that what is learnt is more than the cues."""
FIELD_VALUE, CUE_VALUE = 0.3, 0.1
"""What a field and a cue count for beside words, whose row has length one: at 1 a few labels would hang on them."""


@dataclass(frozen=True)
class Labels:
    """What is taken for true of each row: `row, is_marked, weight`, and whether people said so."""

    rows: pl.DataFrame
    by: str


def labels_of(seen: pl.DataFrame, reviewed: pl.DataFrame, settings: Settings) -> Labels:
    """Return labels of the rows of features: from their cues, or with reviews in their place where there are enough.

    reviewed: `record_ref, is_marked, probability` (of having been drawn; missing where somebody chose it).
    """
    known = seen.join(reviewed, on="record_ref", how="left", maintain_order="left")
    sides = known["is_marked"].drop_nulls()
    enough = min(int(sides.sum()), int((~sides).sum())) >= settings.least_reviewed
    cue = pl.col("cues").is_not_null()
    if not enough:
        return Labels(
            known.select("row", is_marked=pl.coalesce("is_marked", cue), weight=pl.lit(1.0)), BY_CUES
        )
    inverse = 1.0 / pl.col("probability").fill_null(1.0)
    capped = pl.min_horizontal(inverse, inverse.min() * settings.largest_weight)
    weight = pl.when(pl.col("is_marked").is_null()).then(settings.weak_label_weight).otherwise(capped)
    return Labels(known.select("row", is_marked=pl.coalesce("is_marked", cue), weight=weight), BY_REVIEWS)


def train(
    records: pl.DataFrame,
    definition: MarkerDefinition,
    reviewed: pl.DataFrame,
    settings: Settings,
    at: datetime,
) -> Model | None:
    """Return a model of the marker, or None where too few records have it to learn from.

    records: the marker's record, in its scope. reviewed: as `labels_of`. The same rows give the same model.
    """
    seen = features(records, definition, settings.folds)
    labels = labels_of(seen.rows, reviewed, settings)
    if labels.by == BY_CUES:
        # Told which cue found a record, it would look at nothing else.
        seen = replace(seen, fields=seen.fields.filter(~pl.col("name").str.starts_with(CUE)))
    marked = labels.rows.filter("is_marked").height
    if marked < settings.least_with_the_marker or marked == labels.rows.height:
        return None
    model = fit(seen, labels, definition, settings, at)
    return calibrated(model, seen, reviewed, settings) if labels.by == BY_REVIEWS else model


def fit(
    seen: Features, labels: Labels, definition: MarkerDefinition, settings: Settings, at: datetime
) -> Model:
    """Train the weights of every fold on the rows of the other folds."""
    from sklearn.linear_model import LogisticRegression

    matrix, names, idf = design(seen, settings)
    fold = seen.rows["fold"].to_numpy()
    truth = labels.rows["is_marked"].to_numpy()
    weight = labels.rows["weight"].to_numpy()
    coefficients, constants = [], []
    for held_out in range(settings.folds):
        rows = np.flatnonzero(fold != held_out)
        if len(np.unique(truth[rows])) < 2:
            rows = np.arange(len(fold))  # a fold that holds every marked row cannot be left out
        learner = LogisticRegression(C=LOOSENESS[labels.by], solver="liblinear", random_state=0, max_iter=200)
        learner.fit(matrix[rows], truth[rows], sample_weight=weight[rows])
        coefficients.append(learner.coef_[0])
        constants.append(float(learner.intercept_[0]))
    words, fields = as_weights(np.array(coefficients), names, idf)
    return Model(
        marker=definition.name,
        name=f"{definition.name}/{at:%Y%m%dT%H%M%S}",
        definition=definition.version,
        trained_at=at.isoformat(timespec="seconds"),
        labels=labels.by,
        words=words,
        fields=fields,
        constants=tuple(constants),
        about={"records": len(fold), "marked": float(truth.sum())},
    )


def design(seen: Features, settings: Settings) -> tuple[Any, list[str], pl.DataFrame]:
    """Return the sparse matrix of words and fields, the fields' names and `term, idf`; words come first."""
    from scipy.sparse import csr_matrix

    found = terms(seen.texts, settings.never_weighed)
    texts = int(seen.rows["has_text"].sum())
    idf = inverse_frequencies(found, texts, settings.least_records_of_a_word, settings.most_words)
    common = seen.fields.group_by("name").agg(n=pl.len())
    names = sorted(common.filter(pl.col("n") >= settings.least_records_of_a_word)["name"])
    columns = pl.DataFrame({"term": [*idf["term"], *names]}).with_row_index("column")
    cells = pl.concat(
        [
            weighed(found, idf).join(columns.head(idf.height), on="term").select("row", "column", "value"),
            seen.fields.join(columns.tail(len(names)).rename({"term": "name"}), on="name").select(
                "row", "column", value=value_of(pl.col("name"))
            ),
        ]
    ).sort("row", "column")
    where = (cells["row"].to_numpy(), cells["column"].to_numpy())
    matrix = csr_matrix((cells["value"].to_numpy(), where), shape=(seen.rows.height, columns.height))
    return matrix, names, idf


def value_of(name: pl.Expr) -> pl.Expr:
    return pl.when(name.str.starts_with(CUE)).then(CUE_VALUE).otherwise(FIELD_VALUE)


def as_weights(
    coefficients: FloatArray, names: list[str], idf: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the weights as frames of words and of fields, one row a fold and name."""
    words, fields = [], []
    for fold, weights in enumerate(coefficients):
        words.append(idf.with_columns(fold=pl.lit(fold, pl.Int64), weight=pl.Series(weights[: idf.height])))
        of_fields = pl.DataFrame({"name": pl.Series(names, dtype=pl.String), "weight": weights[idf.height :]})
        weight = pl.col("weight") * value_of(pl.col("name"))
        fields.append(of_fields.with_columns(weight, fold=pl.lit(fold, pl.Int64)))
    return pl.concat(words), pl.concat(fields).select("fold", "name", "weight")


def calibrated(model: Model, seen: Features, reviewed: pl.DataFrame, settings: Settings) -> Model:
    """Return the model with its log odds calibrated on the reviewed records, each out of its fold."""
    odds = seen.rows.select("row", "record_ref").join(log_odds(seen, model, settings.never_weighed), on="row")
    known = odds.join(reviewed, on="record_ref")
    weight = 1.0 / known["probability"].fill_null(1.0)
    slope, intercept = platt(known["log_odds"], known["is_marked"], weight)
    about = {**model.about, "reviewed": float(known.height), "confirmed": float(known["is_marked"].sum())}
    return replace(model, slope=slope, intercept=intercept, about=about)
