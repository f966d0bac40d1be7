"""Pairs that somebody should look at: those for which a look is worth its cost, the most useful first."""

from __future__ import annotations

from typing import Any

import polars as pl

from fourfold.link.costs import Costs
from fourfold.link.people import KEY, People, placed


def pairs_to_review(people: People, edges: pl.DataFrame, answers: pl.DataFrame, costs: Costs) -> pl.DataFrame:
    """Return `link_review` rows.

    Of all pairs between the same two groups of surely joined records the most probable one stands for them; what a
    reviewer has answered is not asked again. `saved` is the cost that the decision in force is expected to bear,
    less the cost of the look. Answers that cannot all hold come first.
    """
    records = people.records
    scored = placed(edges, records).join(answers, on=["record_a", "ref_a", "record_b", "ref_b"], how="anti")
    person, sure = records["person"], records["sure"]
    told = scored.with_columns(
        person_a=person.gather(scored["a"]), person_b=person.gather(scored["b"]),
        sure_a=sure.gather(scored["a"]), sure_b=sure.gather(scored["b"]),
    )  # fmt: skip
    doubtful = told.filter(
        (pl.col("sure_a") != pl.col("sure_b")) & (pl.col("probability") >= costs.looks_from)
    ).with_columns(
        joined=pl.col("person_a") == pl.col("person_b"),
        one=pl.min_horizontal("sure_a", "sure_b"),
        other=pl.max_horizontal("sure_a", "sure_b"),
    )
    parted = ~answered_apart(doubtful, people, answers)
    cost = (
        pl.when("joined")
        .then((1 - pl.col("probability")) * costs.false_join)
        .otherwise(pl.col("probability") * costs.missed_join)
    )
    grey = (
        doubtful.filter(parted)
        .sort("probability", "a", "b", descending=[True, False, False])
        .unique(["one", "other"], keep="first", maintain_order=True)
        .with_columns(why=pl.lit("grey"), saved=cost / costs.missed_join - costs.look / costs.missed_join)
        .filter(pl.col("saved") > 0)
        .select("why", "a", "b", "probability", "joined", "saved")
    )
    return finished(pl.concat([contradictions(people, grey), grey]), people)


def answered_apart(pairs: pl.DataFrame, people: People, answers: pl.DataFrame) -> pl.Series:
    """Say of each pair whether reviewers have parted the two groups of surely joined records already."""
    apart = placed(answers.filter(~pl.col("join")), people.records)
    sure = people.records["sure"]
    one, other = sure.gather(apart["a"]), sure.gather(apart["b"])
    known = pl.DataFrame({"x": one, "y": other}).select(
        one=pl.min_horizontal("x", "y"), other=pl.max_horizontal("x", "y"), known=pl.lit(True)
    )
    joined = pairs.join(known.unique(), on=["one", "other"], how="left", maintain_order="left")
    return joined["known"].fill_null(False)


def contradictions(people: People, like: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs that reviewers joined and other answers of reviewers keep apart."""
    rows: list[dict[str, Any]] = [
        {
            "why": "contradiction",
            "a": min(pair),
            "b": max(pair),
            "probability": 1.0,
            "joined": False,
            "saved": 1e6,
        }
        for pair in people.refused
    ]
    return pl.DataFrame(rows, schema=like.schema)


def finished(pairs: pl.DataFrame, people: People) -> pl.DataFrame:
    records = people.records
    keys = records.select("place", "force", *KEY)
    names = records["record_ref"].gather(records["person"])
    asked = pl.concat([pairs.select("a", "b"), pairs.select(a="b", b="a")])
    best = people.joins.join(asked, on=["a", "b"], how="semi").sort("weight", descending=True)
    told = (
        pairs.join(
            keys.rename({"place": "a", "record": "record_a", "record_ref": "ref_a"}), on="a", how="left"
        )
        .join(keys.select(b="place", record_b="record", ref_b="record_ref"), on="b", how="left")
        .join(either_way(best), on=["a", "b"], how="left")
    )
    ordered = told.sort("saved", "probability", "a", "b", descending=[True, True, False, False])
    return ordered.with_row_index("rank", offset=1).select(
        pl.col("rank").cast(pl.Int64),
        "why",
        "force",
        "record_a",
        "ref_a",
        "record_b",
        "ref_b",
        person_a=names.gather(ordered["a"]),
        person_b=names.gather(ordered["b"]),
        probability="probability",
        stands=pl.when("joined").then(pl.lit("joined")).otherwise(pl.lit("parted")),
        evidence=pl.col("words").fill_null("decided by reviewers"),
        saved="saved",
    )


def either_way(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return the words of each pair, whichever of the two is named first."""
    there = pairs.select("a", "b", "words")
    back = pairs.select(a="b", b="a", words="words")
    return pl.concat([there, back]).unique(["a", "b"], keep="first")
