"""What a new marker would find before it is switched on: from its definition and a few examples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from fourfold.classify.features import features
from fourfold.classify.scope import check_definition
from fourfold.classify.settings import Settings
from fourfold.classify.words import inverse_frequencies, terms, weighed
from fourfold.home import WrongUseError
from fourfold.policy.marker_definitions import MarkerDefinition

WORDS = 20
HALF = 0.5
"""Of the likeness of examples to each other: what is half as like is worth looking at before a marker is switched on."""


@dataclass(frozen=True)
class Preview:
    """What a marker would find, and nothing of it kept.

    found: `record_ref, on, cues, likeness, is_example, by`, the likest first; `by` says what found a record: cue,
    likeness, or both. by_month: `month, by_cue, by_likeness`. by_code: `code, n`. words: what sets the examples
    apart. bar: the likeness from which a record is shown.
    missed_examples: examples that no cue finds, which say what the cues lack.
    """

    in_scope: int
    by_cue: int
    by_likeness: int
    found: pl.DataFrame
    by_month: pl.DataFrame
    by_code: pl.DataFrame
    words: tuple[str, ...]
    bar: float
    missed_examples: tuple[str, ...]


def preview(
    records: pl.DataFrame, definition: MarkerDefinition, examples: list[str], code: str, settings: Settings
) -> Preview:
    """Return what a marker would find among the records in its scope.

    records: the marker's record, in its scope. examples: references of records that carry it. code: the column of
    codes. Raises WrongUseError for too few examples, or one that is outside the scope or has no text.
    """
    check_definition(definition)
    seen = features(records, definition, settings.folds)
    told = seen.rows.join(seen.texts, on="row").drop_nulls("text")
    missing = sorted(set(examples) - set(told["record_ref"]))
    if missing:
        raise WrongUseError(
            f"{', '.join(missing)} cannot be an example: outside the scope of {definition.label}, or without a text.",
            "Widen the scope, or choose other examples.",
        )
    if len(set(examples)) < settings.examples_to_begin:
        raise WrongUseError(
            f"A new marker needs {settings.examples_to_begin} examples: got {len(set(examples))}.",
            "Add some.",
        )
    alike, bar, words = likenesses(seen.texts.drop_nulls("text"), told, set(examples), settings)
    rows = seen.rows.join(alike, on="row", how="left", maintain_order="left")
    rows = rows.with_columns(
        likeness=pl.col("likeness").fill_null(0.0),
        is_example=pl.col("record_ref").is_in(list(examples)),
        code=records[code],
    )
    return assembled(rows, bar, words)


def likenesses(
    texts: pl.DataFrame, told: pl.DataFrame, examples: set[str], settings: Settings
) -> tuple[pl.DataFrame, float, tuple[str, ...]]:
    """Return `row, likeness` to the examples' centre, the bar, and the words of the centre.

    The bar is half of the median likeness of an example to the centre of the other examples.
    """
    found = terms(texts, settings.never_weighed)
    idf = inverse_frequencies(found, texts.height, settings.least_records_of_a_word, settings.most_words)
    values = weighed(found, idf)
    mine = told.filter(pl.col("record_ref").is_in(list(examples)))["row"]
    of_examples = values.filter(pl.col("row").is_in(mine.implode()))
    summed = of_examples.group_by("term").agg(whole=pl.col("value").sum())
    length = float(np.sqrt((summed["whole"].to_numpy() ** 2).sum()))
    centre = summed.select("term", weight=pl.col("whole") / length)
    alike = values.join(centre, on="term").sort("row", "term").group_by("row", maintain_order=True)
    likeness = alike.agg(likeness=(pl.col("value") * pl.col("weight")).sum())
    others = of_examples.join(summed, on="term")
    left_out = (
        others.sort("row", "term")
        .group_by("row", maintain_order=True)
        .agg(product=(pl.col("value") * (pl.col("whole") - pl.col("value"))).sum())
    )
    # The length of the centre without one example: |S|^2 - 2 S.v + |v|^2, and v has length one.
    both = left_out["product"] + 1.0
    rest = np.sqrt(np.maximum(length**2 - 2 * both.to_numpy() + 1.0, 1e-12))
    bar = float(HALF * np.median(left_out["product"].to_numpy() / rest))
    top = centre.sort("weight", "term", descending=[True, False]).head(WORDS)["term"]
    return likeness, bar, tuple(top)


def assembled(rows: pl.DataFrame, bar: float, words: tuple[str, ...]) -> Preview:
    by_cue, by_likeness = pl.col("cues").is_not_null(), pl.col("likeness") >= bar
    by = (
        pl.when(by_cue & by_likeness)
        .then(pl.lit("both"))
        .when(by_cue)
        .then(pl.lit("cue"))
        .otherwise(pl.lit("likeness"))
    )
    found = rows.filter(by_cue | by_likeness).with_columns(by=by)
    months = found.group_by(month=pl.col("on").dt.truncate("1mo")).agg(
        by_cue=by_cue.sum(), by_likeness=by_likeness.sum()
    )
    return Preview(
        in_scope=rows.height,
        by_cue=rows.filter(by_cue).height,
        by_likeness=rows.filter(by_likeness).height,
        found=found.sort("likeness", "record_ref", descending=[True, False]).select(
            "record_ref", "on", "cues", "likeness", "is_example", "by"
        ),
        by_month=months.sort("month"),
        by_code=found.group_by("code").agg(n=pl.len()).sort("n", "code", descending=[True, False]),
        words=words,
        bar=bar,
        missed_examples=tuple(
            rows.filter(pl.col("is_example") & pl.col("cues").is_null())["record_ref"].sort()
        ),
    )
