"""Scores records by a model that never saw them, and says what moved each score."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from fourfold.classify.features import Features
from fourfold.classify.model import Model
from fourfold.classify.words import BATCH, terms, weighed

WORDS_SHOWN = 6
LEAST_SHOWN = 0.05
"""Log odds below which a word is not worth naming."""


def log_odds(features: Features, model: Model, never: Collection[str]) -> pl.DataFrame:
    """Return `row, log_odds`, uncalibrated, of every row, each by the weights of its own fold."""
    return summed(features, model, contributions(features, model, never))


def summed(features: Features, model: Model, moved: pl.DataFrame) -> pl.DataFrame:
    """Return `row, log_odds`: the constant of each row's fold and all that moved the row."""
    total = moved.group_by("row", maintain_order=True).agg(moved=pl.col("moved").sum())
    constants = pl.DataFrame({"fold": range(model.folds), "constant": model.constants})
    constants = constants.cast({"fold": pl.Int64})
    joined = features.rows.select("row", "fold").join(constants, on="fold", how="left", maintain_order="left")
    joined = joined.join(total, on="row", how="left", maintain_order="left")
    return joined.select("row", log_odds=pl.col("constant") + pl.col("moved").fill_null(0.0))


def contributions(features: Features, model: Model, never: Collection[str]) -> pl.DataFrame:
    """Return `row, name, moved`: how far each word and field moves the log odds of each row."""
    folds = features.rows.select("row", "fold")
    idf = model.words.filter(pl.col("fold") == 0).select("term", "idf")
    weights = model.words.select("fold", "term", "weight")
    parts = []
    for texts in features.texts.iter_slices(BATCH):
        known = weighed(terms(texts, never), idf).join(folds, on="row")
        found = known.join(weights, on=["fold", "term"])
        parts.append(found.select("row", name="term", moved=pl.col("value") * pl.col("weight")))
    fields = features.fields.join(folds, on="row").join(model.fields, on=["fold", "name"])
    parts.append(fields.select("row", "name", moved="weight"))
    # The order in which a join finds rows is not fixed, and sums of floats depend on it.
    return pl.concat(parts).sort("row", "name")


def scores(features: Features, model: Model, never: Collection[str], evidence_from: float) -> pl.DataFrame:
    """Return `row, probability, evidence` in the order of the rows; evidence in words where the probability reaches."""
    moved = contributions(features, model, never)
    odds = pl.col("log_odds") * model.slope + model.intercept
    found = summed(features, model, moved).select("row", probability=1.0 / (1.0 + (-odds).exp()))
    shown = found.filter(pl.col("probability") >= evidence_from).select("row")
    words = in_words(moved.join(shown, on="row", how="semi").with_columns(pl.col("moved") * model.slope))
    return found.join(words, on="row", how="left", maintain_order="left")


def in_words(moved: pl.DataFrame) -> pl.DataFrame:
    """Return `row, evidence`: the words and fields that moved a row most, each with its log odds."""
    kept = moved.filter(pl.col("moved").abs() >= LEAST_SHOWN)
    kept = kept.sort("row", pl.col("moved").abs(), "name", descending=[False, True, False])
    top = kept.group_by("row", maintain_order=True).head(WORDS_SHOWN)
    sign = pl.when(pl.col("moved") > 0).then(pl.lit("+")).otherwise(pl.lit("-"))
    said = pl.format("{} ({}{})", "name", sign, pl.col("moved").abs().round(2))
    return top.group_by("row", maintain_order=True).agg(evidence=said.str.join("; "))
