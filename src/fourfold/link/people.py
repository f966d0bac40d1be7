"""One person across files: records into people, with the evidence of every join, under one model and stated costs.

Scoring says how probable each pair is (`score_records`), which is kept; `link_people` puts records into people from
all kept pairs and what reviewers decided. Nothing is merged in the source: the outcome is a name beside each record.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from fourfold.link.clusters import Clusters, Pairs, cluster, components, no_pairs
from fourfold.link.contacts import without_crowds
from fourfold.link.costs import Costs
from fourfold.link.echoes import SAID, score_echoes, with_first
from fourfold.link.evidence import BY_HAND, SAME_SOURCE, words
from fourfold.link.levels import COMPARISONS
from fourfold.link.model import LinkModel
from fourfold.link.scoring import score

KEY = ("record", "record_ref")
EDGE_COLUMNS = ("record_a", "ref_a", "record_b", "ref_b", "kind", "levels", "weight", "probability")
LARGEST_CHECKED = 60
"""People of more records than this are not searched for contradicting dates of birth pair by pair."""


@dataclass(frozen=True)
class People:
    """Records in the order of who was known first, with `place`, `person` (a place) and `sure` (the person by sure
    joins alone); pairs by place with what joined them; and joins that reviewers' own answers forbid."""

    records: pl.DataFrame
    joins: pl.DataFrame
    refused: list[tuple[int, int]]


def in_order(records: pl.DataFrame) -> pl.DataFrame:
    """Return records with `place`, those known first in front: the least place of a person gives the name."""
    ordered = records.sort("first_linked", "on", *KEY, nulls_last=True)
    return ordered.with_row_index("place").cast({"place": pl.Int64})


def score_records(
    new: pl.DataFrame, old: pl.DataFrame | None, model: LinkModel, most_names: int | None = None
) -> pl.DataFrame:
    """Return `link_edge` rows: pairs among new records, and between old and new ones.

    new, old: `link_record` rows. The same pair has the same row whichever side is new: frequencies are the model's.
    Only a contact that has become crowded since (`most_names`, see `contacts.py`) counts in the older pair alone.
    A record that says the very same as an earlier one is paired with that one alone (`echoes.py`).
    """
    stood = [False] * new.height
    both = new
    if old is not None:
        both, stood = pl.concat([new, old]), stood + [True] * old.height
    placed = with_first(both, pl.Series(stood)).with_row_index("place").cast({"place": pl.Int64})
    parts = []
    for kind in COMPARISONS:
        if kind not in model.kinds:
            continue
        mine = placed.filter(pl.col("kind") == kind)
        if most_names is not None:
            mine = without_crowds(mine, most_names, pl.col("place") < new.height)
        fresh, known = mine.filter(pl.col("place") < new.height), mine.filter(pl.col("place") >= new.height)
        found = pl.concat(
            [
                score(firsts(fresh), firsts(known) if known.height else None, model.kinds[kind], kind),
                score_echoes(fresh, mine, model.kinds[kind], kind),
            ]
        )
        parts.append(named(found, mine.select("place", *KEY)).with_columns(kind=pl.lit(kind)))
    if not parts:
        raise ValueError("a model of no kind scores nothing")
    return pl.concat(parts).select(EDGE_COLUMNS)


def firsts(placed: pl.DataFrame) -> pl.DataFrame:
    """Return the records that say something that none before them says."""
    return placed.filter(pl.col("echoes") == pl.col("place")).drop("echoes")


def named(found: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """Return pairs by the keys of their records, the lesser key first."""
    one = keys.rename({"place": "a", "record": "record_a", "record_ref": "ref_a"})
    other = keys.rename({"place": "b", "record": "record_b", "record_ref": "ref_b"})
    told = found.join(one, on="a", how="left").join(other, on="b", how="left")
    later = (pl.col("record_a") > pl.col("record_b")) | (
        (pl.col("record_a") == pl.col("record_b")) & (pl.col("ref_a") > pl.col("ref_b"))
    )
    swap = {"record_a": "record_b", "ref_a": "ref_b", "record_b": "record_a", "ref_b": "ref_a"}
    return told.with_columns(
        pl.when(later).then(pl.col(other_name)).otherwise(pl.col(name)).alias(name)
        for name, other_name in swap.items()
    )


def link_people(records: pl.DataFrame, edges: pl.DataFrame, answers: pl.DataFrame, costs: Costs) -> People:
    """Return people from records, scored pairs and reviewers' answers.

    records: `link_record` rows. edges: `link_edge` rows of these records; pairs of others are left out. answers:
    record_a, ref_a, record_b, ref_b, join (bool), the latest of each pair, the last to be heard last.
    """
    ordered = in_order(records)
    pairs = placed(edges, ordered).sort("weight", "a", "b", descending=[True, False, False])
    decided = placed(answers, ordered)
    must = as_pairs(decided.filter("join").reverse())
    cannot = as_pairs(decided.filter(~pl.col("join")))
    sources = source_pairs(ordered)
    joined = pairs.filter(pl.col("probability") >= costs.joins_from)
    made = put_together(ordered, joined, must, cannot, sources)
    sure = put_together(
        ordered, joined.filter(pl.col("probability") >= costs.looks_to), must, cannot, sources
    )
    found = ordered.with_columns(person=pl.Series(made.person), sure=pl.Series(sure.person))
    return People(found, all_joins(pairs, must, sources), made.refused)


def put_together(
    ordered: pl.DataFrame, joined: pl.DataFrame, must: Pairs, cannot: Pairs, sources: Pairs
) -> Clusters:
    """Return people by the joins that could be made first, of those one's own source's first, then by probability.

    What a later record brings is heard last, so that it moves no earlier record to another person. A chain never
    joins two births. joined: the pairs to join, the surest first.
    """
    joins = np.concatenate([sources, as_pairs(joined)])
    first_linked = ordered["first_linked"].to_numpy()
    joins = joins[np.argsort(first_linked[joins].max(axis=1, initial=0), kind="stable")]
    rough = components(ordered.height, np.concatenate([joins, must]))
    return cluster(ordered.height, joins, must, cannot, two_births(ordered, rough, joins))


def placed(pairs: pl.DataFrame, ordered: pl.DataFrame) -> pl.DataFrame:
    """Return pairs with `a` and `b`, the places of their records; a pair whose record is gone is left out."""
    keys = ordered.select("place", *KEY)
    one = keys.rename({"place": "a", "record": "record_a", "record_ref": "ref_a"})
    other = keys.rename({"place": "b", "record": "record_b", "record_ref": "ref_b"})
    return pairs.join(one, on=["record_a", "ref_a"], maintain_order="left").join(
        other, on=["record_b", "ref_b"], maintain_order="left"
    )


def as_pairs(pairs: pl.DataFrame) -> Pairs:
    return pairs.select("a", "b").to_numpy().astype(np.int64).reshape(-1, 2) if pairs.height else no_pairs()


def source_pairs(ordered: pl.DataFrame) -> Pairs:
    """Return each record with the first of the same force that its own source gives the same reference."""
    told = ordered.filter(pl.col("known_as").is_not_null())
    first = told.with_columns(a=pl.col("place").min().over("force", "kind", "known_as"))
    return as_pairs(first.filter(pl.col("a") != pl.col("place")).select("a", b="place"))


def two_births(ordered: pl.DataFrame, rough: np.ndarray, joins: Pairs) -> Pairs:
    """Return pairs in one rough person whose dates of birth differ by more than a slip, and that no join names itself.

    A record without a date of birth fits father and son alike; without this it would join the two.
    """
    born = ordered.with_columns(person=pl.Series(rough)).filter(pl.col("born_on").is_not_null())
    births = pl.col("born_on").n_unique().over("person")
    # An echo goes where the first goes: only the first was compared, so only its joins are known here.
    told = born.filter(births > 1).unique(["person", *SAID], keep="first", maintain_order=True)
    doubtful = told.filter(pl.len().over("person") <= LARGEST_CHECKED).select("place", "born_on", "person")
    if not doubtful.height:
        return no_pairs()
    both = doubtful.join(doubtful, on="person", suffix="_b").filter(pl.col("place") < pl.col("place_b"))
    apart = both.filter(~slip("born_on", "born_on_b")).select(a="place", b="place_b")
    known = pl.DataFrame(
        {"a": joins.min(axis=1), "b": joins.max(axis=1)}, schema={"a": pl.Int64, "b": pl.Int64}
    )
    return as_pairs(apart.join(known, on=["a", "b"], how="anti").sort("a", "b"))


def slip(one: str, other: str) -> pl.Expr:
    """Say whether two dates of birth are the same or one slip apart, as the comparison `born` does."""
    left, right = pl.col(one).dt, pl.col(other).dt
    same = [left.year() == right.year(), left.month() == right.month(), left.day() == right.day()]
    swapped = same[0] & (left.day() == right.month()) & (left.month() == right.day())
    near = (pl.col(one) - pl.col(other)).dt.total_days().abs() <= 1
    return swapped | near | (pl.sum_horizontal(part.cast(pl.Int8) for part in same) >= 2)


def all_joins(pairs: pl.DataFrame, must: Pairs, sources: Pairs) -> pl.DataFrame:
    """Return every pair that may be a reason, by place, with its words and how sure it is."""
    parts = [
        pairs.filter(pl.col("kind") == kind).select(
            "a", "b", "weight", words=words(pl.col("levels"), kind, met(pairs, kind))
        )
        for kind in COMPARISONS
    ]
    for told, found, weight in ((SAME_SOURCE, sources, 900.0), (BY_HAND, must, 1000.0)):
        parts.append(
            pl.DataFrame(
                {"a": found[:, 0], "b": found[:, 1]}, schema={"a": pl.Int64, "b": pl.Int64}
            ).with_columns(weight=pl.lit(weight), words=pl.lit(told))
        )
    return pl.concat(parts)


def met(pairs: pl.DataFrame, kind: str) -> list[str]:
    return pairs.filter(pl.col("kind") == kind)["levels"].unique().to_list()


def person_links(people: People) -> pl.DataFrame:
    """Return `person_link` rows: each record with its person and, in words, the surest join to an earlier record."""
    records = people.records
    names = records.select(pl.col("place").alias("person"), pl.col("record_ref").alias("person_id"))
    person = records["person"]
    within = people.joins.filter(
        person.gather(pl.Series(people.joins["a"])) == person.gather(people.joins["b"])
    )
    later = within.select(
        place=pl.max_horizontal("a", "b"), earlier=pl.min_horizontal("a", "b"), weight="weight", words="words"
    )
    surest = later.sort("weight", "earlier", descending=[True, False]).unique("place", keep="first")
    reasons = surest.join(records.select("place", "record_ref"), left_on="earlier", right_on="place").select(
        "place", evidence=pl.format("{} (with {})", "words", "record_ref")
    )
    return (
        records.select("place", "person", *KEY)
        .join(names, on="person", how="left", maintain_order="left")
        .join(reasons, on="place", how="left", maintain_order="left")
        .select(*KEY, "person_id", "evidence")
    )


def aliases(before: pl.DataFrame, known: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Return `person_alias` rows: names that people once had and have no more, with the name they have now.

    before, now: `person_link` rows of the last refresh and of this one. known: aliases that stood. A name is the
    reference of a record, so it leads to whoever has that record now; where the record is gone, to nobody.
    """
    once = pl.concat([before.select(alias="person_id"), known.select("alias")]).unique()
    current = now.select("person_id").unique()
    gone = once.join(current, left_on="alias", right_on="person_id", how="anti")
    leads = now.select(alias="record_ref", alias_of="person_id").unique(
        "alias", keep="first", maintain_order=True
    )
    return gone.join(leads, on="alias").sort("alias")
