"""Training a model: how often records of one person, of one home, and at random agree on each level."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.link.contacts import without_crowds
from fourfold.link.levels import COMPARISONS, Comparison
from fourfold.link.model import KindModel, LinkModel, Shares, shape
from fourfold.link.scoring import score
from fourfold.statistics.pair_mixture import CHANCE, HOME, SAME, Fitted, Pairs, Sharing, fit_pairs

RANDOM_PAIRS = 1_000_000
NAMES_KEPT_FROM = 10
"""A name of fewer records has no frequency of its own in a model: it would be a list of people."""
MAIL_SHARED = 0.1
"""Share of homes whose people give one e-mail address (our own choice, for want of a published figure)."""
FAMILY_LEAST = {("first", "5"): 0.01, ("first", "4"): 0.003, ("born", "4"): 0.003, ("born", "3"): 0.01}
"""Two of one home agree at least as often: sons named after fathers, twins (1.5 % of births), children a year apart
(our own round choice)."""
CHANCE_LEAST = {("email", "2"): 1e-4}
"""An e-mail address is mostly made of its owner's name, so that two people of one name share one more often than
two taken at random (our own round choice)."""
COUNTED = {"person": ("names", "last"), "organisation": ("names",)}

Answers = pl.DataFrame
"""Pairs that people decided: a, b (places), same."""


def train(
    records: pl.DataFrame, version: str, on: date, data: str, made_up: bool, rng: np.random.Generator,
    answers: Mapping[str, Answers] | None = None, random_pairs: int = RANDOM_PAIRS, most_names: int | None = None,
) -> LinkModel:  # fmt: skip
    """Return a model trained on standardised records (`link_record` rows of any kind).

    on: the day of the act. data: in words, what it is trained on. answers: for each kind, pairs that people
    decided, by row number of the kind's records. random_pairs: about how many pairs are drawn at random.
    most_names: under how many names a contact may be given before it counts as not said (`contacts.py`).
    A kind of fewer than two records is left out.
    """
    kinds, decided = {}, 0
    for kind in COMPARISONS:
        mine = records.filter(pl.col("kind") == kind)
        if mine.height > 1:
            known = (answers or {}).get(kind)
            decided += 0 if known is None else known.height
            if most_names is not None:
                mine = without_crowds(mine, most_names)
            placed = mine.with_row_index("place").cast({"place": pl.Int64})
            kinds[kind] = train_kind(placed, kind, rng, known, random_pairs)
    return LinkModel(version, shape(), on, data, made_up, records.height, decided, kinds)


def train_kind(
    records: pl.DataFrame,
    kind: str,
    rng: np.random.Generator,
    answers: Answers | None = None,
    random_pairs: int = RANDOM_PAIRS,
) -> KindModel:
    """Return the numbers for records of one kind, which have `place`."""
    comparisons = COMPARISONS[kind]
    counted = frequencies(records, COUNTED[kind])
    rare = {name: 1.0 / max(records.height, 2) for name in counted}
    start = starting_model(comparisons)
    chance = at_random(records, start, kind, rng, random_pairs)
    pairs = seen_patterns(records, start, kind, answers)
    began = [shares_of(one, start.shares[one.name].same) for one in comparisons]
    fitted = fit_pairs(pairs, chance, began, [sharing_of(one) for one in comparisons])
    return as_model(fitted, comparisons, counted, rare)


def frequencies(records: pl.DataFrame, columns: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Return how often each common value of a column is met, as shares of the records that have one."""
    found = {}
    for name in columns:
        told = records[name].drop_nulls()
        common = told.value_counts().filter(pl.col("count") >= NAMES_KEPT_FROM).sort(name)
        found[name] = {value: round(count / len(told), 8) for value, count in common.iter_rows()}
    return found


def starting_model(comparisons: tuple[Comparison, ...]) -> KindModel:
    """Return numbers to begin with: one person agrees on most things, two at random on few."""
    shares = {}
    for one in comparisons:
        rest = 0.2 / max(len(one.levels) - 1, 1)
        same = {level.code: 0.8 if place == 0 else rest for place, level in enumerate(one.levels)}
        chance = {level.code: 0.9 if level.code == "0" else 0.1 / len(one.levels) for level in one.levels}
        shares[one.name] = Shares(same, chance, chance)
    return KindModel(1e-4, 0.0, shares)


def at_random(
    records: pl.DataFrame, start: KindModel, kind: str, rng: np.random.Generator, wanted: int
) -> list[NDArray[np.float64]]:
    """Return the shares of levels among pairs drawn at random: records are put into lots, and all of a lot compared."""
    size = max(int(2 * wanted / records.height), 2)
    sample = records[rng.permutation(records.height)]
    lots = sample.with_columns(lot=pl.int_range(pl.len()) // size)
    if size * records.height > 3 * wanted:
        lots = lots.head(int(np.sqrt(2 * wanted))).with_columns(lot=pl.lit(0, pl.Int64))
    found = patterns(score(lots, None, start, kind, keep_from=0.0, rules=("lot",)), COMPARISONS[kind])
    shares = []
    for column, one in enumerate(COMPARISONS[kind]):
        level = found.levels[:, column]
        told = level >= 0
        seen = np.bincount(level[told], weights=found.counts[told], minlength=len(codes_of(one)))
        # Two people chosen at random are hardly ever one: half a pair stands for what was not seen.
        share = (seen + 0.5 / len(seen)) / (seen.sum() + 0.5)
        least = [CHANCE_LEAST.get((one.name, code), 0.0) for code in codes_of(one)]
        shares.append(np.maximum(share, least))
    return shares


def seen_patterns(records: pl.DataFrame, start: KindModel, kind: str, answers: Answers | None) -> Pairs:
    """Return the patterns of all pairs that share a key, those that people decided apart from the others."""
    scored = score(records, None, start, kind, keep_from=0.0)
    total = records.height * (records.height - 1) / 2
    if answers is None or not answers.height:
        return patterns(scored, COMPARISONS[kind], total)
    known = answers.select(
        pl.min_horizontal("a", "b").alias("a"),
        pl.max_horizontal("a", "b").alias("b"),
        pl.col("same").cast(pl.Int64),
    ).unique(["a", "b"], keep="last")
    return patterns(scored.join(known, on=["a", "b"], how="left"), COMPARISONS[kind], total)


def patterns(scored: pl.DataFrame, comparisons: tuple[Comparison, ...], total: float = 0.0) -> Pairs:
    """Return pairs counted by their levels."""
    same = pl.col("same").fill_null(-1) if "same" in scored.columns else pl.lit(-1, pl.Int64)
    counted = scored.group_by("levels", same.alias("same")).len().sort("levels", "same")
    table = np.array(
        [[int(c) if c.isdigit() else -1 for c in told] for told in counted["levels"]], dtype=np.int64
    )
    return Pairs(
        table.reshape(counted.height, len(comparisons)),
        counted["len"].to_numpy().astype(np.float64),
        counted["same"].to_numpy().astype(np.int64),
        total,
    )


def codes_of(comparison: Comparison) -> list[str]:
    """Return the codes from 0 upwards; the place of a code in arrays is its number."""
    return [str(number) for number in range(len(comparison.levels))]


def shares_of(comparison: Comparison, told: Mapping[str, float]) -> NDArray[np.float64]:
    found = np.array([told[code] for code in codes_of(comparison)], dtype=np.float64)
    return np.asarray(found / found.sum(), dtype=np.float64)


def sharing_of(comparison: Comparison) -> Sharing:
    """Return how two people of one home agree on a comparison."""
    least = np.array([FAMILY_LEAST.get((comparison.name, code), 0.0) for code in codes_of(comparison)])
    return Sharing(
        comparison.sharing == "shared", MAIL_SHARED if comparison.sharing == "partly" else 0.0, least
    )


def as_model(
    fitted: Fitted, comparisons: tuple[Comparison, ...], counted: dict[str, Any], rare: dict[str, float]
) -> KindModel:
    """Return the fitted numbers by name."""

    def named(column: int, which: int) -> dict[str, float]:
        shares = fitted.shares[column][which]
        return {code: float(f"{shares[at]:.6g}") for at, code in enumerate(codes_of(comparisons[column]))}

    shares = {
        one.name: Shares(named(column, SAME), named(column, CHANCE), named(column, HOME))
        for column, one in enumerate(comparisons)
    }
    same, home = (float(f"{fitted.priors[which]:.6g}") for which in (SAME, HOME))
    return KindModel(same, home, shares, counted, rare)
