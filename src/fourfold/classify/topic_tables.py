"""What a topic holds: its words, size, loss, ages, areas and examples."""

from __future__ import annotations

import json

import polars as pl

from fourfold.classify.topics import centre_as_text
from fourfold.records.topic import Topic

WORDS, EXAMPLES, AREAS = 8, 5, 3


def topic_rows(members: pl.DataFrame, reports: pl.DataFrame, centres: pl.DataFrame) -> pl.DataFrame:
    """Return the table `topic`.

    members: rows of `topic_member`. reports: `record_ref, loss_gbp, age, lsoa_code`. centres: `topic, term, weight`.
    """
    told = members.drop_nulls("topic").join(reports, on="record_ref", how="left", maintain_order="left")
    with_text = members.group_by("force", "code").agg(all=pl.len())
    loss = pl.col("loss_gbp").filter(pl.col("loss_gbp") > 0)
    found = told.group_by("topic", "force", "code", maintain_order=True).agg(
        first_on=pl.col("on").min(),
        last_on=pl.col("on").max(),
        reports=pl.len().cast(pl.Int64),
        with_loss=loss.count().cast(pl.Int64),
        loss_gbp=loss.sum().cast(pl.Decimal(12, 2)),
        median_loss_gbp=loss.cast(pl.Float64).median(),
        median_age=pl.col("age").median(),
        age_known=pl.col("age").count().cast(pl.Int64),
        examples=pl.col("record_ref")
        .sort_by("likeness", "record_ref", descending=[True, False])
        .head(EXAMPLES),
    )
    found = found.join(with_text, on=["force", "code"], how="left", maintain_order="left")
    words = {topic: words_of(topic, centres) for topic in found["topic"]}
    texts = {topic: centre_as_text(centres.filter(pl.col("topic") == topic)) for topic in found["topic"]}
    made = found.with_columns(
        share=pl.col("reports") / pl.col("all"),
        words=pl.col("topic").replace_strict(words, return_dtype=pl.String),
        centre=pl.col("topic").replace_strict(texts, return_dtype=pl.String),
        areas=pl.col("topic").replace_strict(areas_of(told), default=None, return_dtype=pl.String),
        examples=pl.Series([json.dumps(list(refs)) for refs in found["examples"]], dtype=pl.String),
    )
    return Topic.validate(made.select(Topic.column_names()).sort("force", "code", "topic"))


def words_of(topic: str, centres: pl.DataFrame) -> str:
    """Return the words that set a topic apart: strong in its centre, weak in the mean of the others."""
    others = centres.filter(pl.col("topic") != topic)
    number = max(1, others["topic"].n_unique())
    mean = others.group_by("term").agg(mean=pl.col("weight").sum() / number)
    mine = centres.filter(pl.col("topic") == topic).join(mean, on="term", how="left")
    apart = mine.with_columns(apart=pl.col("weight") - pl.col("mean").fill_null(0.0))
    return ", ".join(apart.sort("apart", "term", descending=[True, False]).head(WORDS)["term"])


def areas_of(told: pl.DataFrame) -> dict[str, str]:
    """Return the small areas with the most reports of each topic, in words."""
    counted = told.drop_nulls("lsoa_code").group_by("topic", "lsoa_code").agg(n=pl.len())
    top = (
        counted.sort("topic", "n", "lsoa_code", descending=[False, True, False])
        .group_by("topic", maintain_order=True)
        .head(AREAS)
    )
    said = top.group_by("topic", maintain_order=True).agg(
        pl.format("{} ({})", "lsoa_code", "n").str.join(", ").alias("areas")
    )
    return dict(said.iter_rows())
