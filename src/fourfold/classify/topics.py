"""Groups the narratives of a catch-all code into topics that keep their names as reports come in.

A narrative joins the topic it is most like. Those like none are grouped once there are enough of them; a
group that is like a topic that stood before is that topic, any other is new.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from fourfold.classify.settings import Settings
from fourfold.classify.words import inverse_frequencies, terms, weighed
from fourfold.statistics.interval import FloatArray

CENTRE_WORDS = 80
"""Words of a centre that are kept: enough to know a topic again, few enough to read."""
LEAST_LIKENESS = 0.15
"""Cosine below which a narrative is like no topic."""
MEMBERS = {"row": pl.Int64, "topic": pl.String, "likeness": pl.Float64}


@dataclass(frozen=True)
class Grouping:
    """members: MEMBERS, one row a narrative. centres: `topic, term, weight`, each of length one."""

    members: pl.DataFrame
    centres: pl.DataFrame


def group(
    texts: pl.DataFrame, known: pl.DataFrame, centres: pl.DataFrame, prefix: str, settings: Settings
) -> Grouping:
    """Return the topic of each narrative of one code.

    texts: `row, text`, texts there. known: MEMBERS of those whose topic stands. centres: of the topics that
    stand. prefix: what the ids of new topics begin with. The same rows give the same topics.
    """
    found = terms(texts, settings.never_weighed)
    idf = inverse_frequencies(found, texts.height, settings.least_records_of_a_word, settings.most_words)
    values = weighed(found, idf)
    standing = known.filter(pl.col("topic").is_not_null())
    loose = texts.select("row").join(standing, on="row", how="anti")
    joined = nearest(values.join(loose, on="row", how="semi"), centres)
    members = pl.concat([standing.select(list(MEMBERS)), joined])
    left = loose.join(joined, on="row", how="anti")
    if left.height >= 2 * settings.topic_size:
        made = clustered(values.join(left, on="row", how="semi"), left, settings)
        made = named(made, centres, prefix, settings)
        members = pl.concat([members, made.members])
        centres = pl.concat([centres, made.centres.join(centres, on="topic", how="anti")])
    alone = texts.select("row").join(members, on="row", how="anti")
    members = pl.concat(
        [members, alone.select("row", topic=pl.lit(None, pl.String), likeness=pl.lit(None, pl.Float64))]
    )
    return Grouping(members.sort("row"), centres)


def nearest(values: pl.DataFrame, centres: pl.DataFrame) -> pl.DataFrame:
    """Return MEMBERS of the narratives that are like a topic, each in the one it is most like."""
    alike = (
        values.join(centres, on="term")
        .group_by("row", "topic")
        .agg(likeness=(pl.col("value") * pl.col("weight")).sum())
    )
    best = alike.sort("row", "likeness", "topic", descending=[False, True, False]).unique(
        "row", keep="first", maintain_order=True
    )
    return best.filter(pl.col("likeness") >= LEAST_LIKENESS).select(list(MEMBERS)).cast(MEMBERS)  # type: ignore[arg-type]


def clustered(values: pl.DataFrame, rows: pl.DataFrame, settings: Settings) -> Grouping:
    """Return narratives in new groups, called by number; groups below the least size are left out."""
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    matrix, words = matrix_of(values, rows)
    most = int(min(settings.topics_most, rows.height // settings.topic_size))
    with warnings.catch_warnings():
        # Of fewer different texts than groups, fewer groups are made, which is what is wanted.
        warnings.simplefilter("ignore", ConvergenceWarning)
        labels = KMeans(n_clusters=most, n_init=2, max_iter=50, random_state=0).fit_predict(matrix)
    labels = merged(matrix, labels, settings.topic_kept_likeness)
    members, centres = [], []
    for number in np.unique(labels):
        inside = np.flatnonzero(labels == number)
        centre = unit(np.asarray(matrix[inside].mean(axis=0)).ravel())
        likeness = np.asarray(matrix[inside] @ centre).ravel()
        kept = likeness >= LEAST_LIKENESS
        if kept.sum() < settings.topic_size:
            continue
        refs = rows["row"].gather(inside[kept])
        members.append(pl.DataFrame({"row": refs, "topic": str(number), "likeness": likeness[kept]}))
        centres.append(shortened(centre, words, str(number)))
    empty = pl.DataFrame(schema={"topic": pl.String, "term": pl.String, "weight": pl.Float64})
    return Grouping(pl.concat([pl.DataFrame(schema=MEMBERS), *members]), pl.concat([empty, *centres]))


def merged(matrix: Any, labels: Any, likeness: float) -> Any:
    """Return labels in which groups whose centres are alike are one: k-means parts one story by its openings."""
    while True:
        numbers = np.unique(labels)
        centres = np.array(
            [unit(np.asarray(matrix[labels == number].mean(axis=0)).ravel()) for number in numbers]
        )
        alike = np.triu(centres @ centres.T, k=1)
        if len(numbers) < 2 or alike.max() < likeness:
            return labels
        one, other = np.unravel_index(int(np.argmax(alike)), alike.shape)
        labels = np.where(labels == numbers[other], numbers[one], labels)


def matrix_of(values: pl.DataFrame, rows: pl.DataFrame) -> tuple[Any, list[str]]:
    """Return the sparse matrix of narratives by words, rows in the order of `rows`, and the words."""
    from scipy.sparse import csr_matrix

    words = values["term"].unique().sort()
    columns = pl.DataFrame({"term": words}).with_row_index("column")
    places = rows.select("row").with_row_index("place")
    cells = values.join(columns, on="term").join(places, on="row").sort("place", "column")
    where = (cells["place"].to_numpy(), cells["column"].to_numpy())
    return csr_matrix((cells["value"].to_numpy(), where), shape=(rows.height, len(words))), words.to_list()


def centres_of(texts: pl.DataFrame, members: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return `topic, term, weight` of the centres of the topics of `members` (MEMBERS) among texts of one code."""
    found = terms(texts, settings.never_weighed)
    idf = inverse_frequencies(found, texts.height, settings.least_records_of_a_word, settings.most_words)
    values = weighed(found, idf).join(members.drop_nulls("topic").select("row", "topic"), on="row")
    summed = values.sort("row", "term").group_by("topic", "term").agg(weight=pl.col("value").sum())
    top = summed.sort("topic", "weight", "term", descending=[False, True, False])
    kept = top.group_by("topic", maintain_order=True).head(CENTRE_WORDS)
    length = (pl.col("weight") ** 2).sum().over("topic").sqrt()
    return kept.select("topic", "term", weight=pl.col("weight") / length)


def unit(vector: FloatArray) -> FloatArray:
    length = float(np.sqrt((vector**2).sum()))
    return vector / length if length else vector


def shortened(centre: FloatArray, words: list[str], topic: str) -> pl.DataFrame:
    """Return `topic, term, weight` of the strongest words of a centre, of length one again."""
    top = np.argsort(-centre, kind="stable")[:CENTRE_WORDS]
    weights = unit(centre[top])
    return pl.DataFrame({"topic": topic, "term": [words[place] for place in top], "weight": weights})


def named(made: Grouping, centres: pl.DataFrame, prefix: str, settings: Settings) -> Grouping:
    """Return new groups under the ids of the topics they are alike, or under new ids in the order of their size."""
    alike = (
        made.centres.join(centres, on="term", suffix="_before")
        .group_by("topic", "topic_before")
        .agg(likeness=(pl.col("weight") * pl.col("weight_before")).sum())
    )
    best = alike.sort("likeness", "topic_before", descending=[True, False]).unique(
        "topic", keep="first", maintain_order=True
    )
    same = dict(
        best.filter(pl.col("likeness") >= settings.topic_kept_likeness)
        .select("topic", "topic_before")
        .iter_rows()
    )
    sizes = made.members["topic"].value_counts().sort("count", "topic", descending=[True, False])
    number = max((int(topic.rpartition("/")[2]) for topic in centres["topic"].unique()), default=0)
    ids: dict[str, str] = dict(same)
    for topic in sizes["topic"]:
        if topic not in ids:
            number += 1
            ids[topic] = f"{prefix}/{number:02d}"
    return Grouping(
        made.members.with_columns(pl.col("topic").replace_strict(ids, return_dtype=pl.String)),
        made.centres.with_columns(pl.col("topic").replace_strict(ids, return_dtype=pl.String)),
    )


def centre_as_text(centre: pl.DataFrame) -> str:
    """Return the words and weights of a centre as JSON, the strongest first."""
    ordered = centre.sort("weight", "term", descending=[True, False])
    return json.dumps(
        {term: round(weight, 6) for term, weight in ordered.select("term", "weight").iter_rows()},
        ensure_ascii=False,
    )


def centres_from_text(topics: pl.DataFrame) -> pl.DataFrame:
    """Return `topic, term, weight` from the column `centre` of the table `topic`."""
    rows = [
        (topic, term, float(weight))
        for topic, told in topics.select("topic", "centre").iter_rows()
        for term, weight in json.loads(told).items()
    ]
    return pl.DataFrame(
        rows, schema={"topic": pl.String, "term": pl.String, "weight": pl.Float64}, orient="row"
    )
