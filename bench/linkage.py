"""How well records are linked: precision and recall by threshold, in pairs and in whole people, beside two others.

Beside it stand an exact-key join, as the force had before, and Splink as its own guide sets it up, on the same records.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from bench.linkage_others import exact_keys, splink_defaults
from bench.linkage_sets import fake_1000, febrl_3, made_up
from fourfold.link.answers import ANSWER_SCHEMA
from fourfold.link.costs import Costs
from fourfold.link.model import LinkModel, read_model
from fourfold.link.people import link_people, person_links, score_records
from fourfold.link.training import train

THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
SHIPPED = "made-up-2026-11-27"


@dataclass(frozen=True)
class Quality:
    """Pairwise and by whole people; `repeats` are those found with two records or more, `true_repeats` those there are."""

    precision: float
    recall: float
    people_precision: float
    people_recall: float
    repeats: int
    true_repeats: int

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    def said(self) -> str:
        return (
            f"pairs {self.precision:.4f} / {self.recall:.4f} (F1 {self.f1:.4f}), whole people "
            f"{self.people_precision:.4f} / {self.people_recall:.4f}, repeats {self.repeats:,} of {self.true_repeats:,} "
            f"({self.repeats / max(self.true_repeats, 1) - 1:+.1%})"
        )


def quality(links: pl.DataFrame, truth: pl.DataFrame) -> Quality:
    """Return how people found (`record_ref, person_id`) fit those there are (`record_ref, truth`)."""
    both = links.select("record_ref", "person_id").join(truth.select("record_ref", "truth"), on="record_ref")

    def pairs(by: list[str]) -> int:
        sizes = both.group_by(by).len()["len"].cast(pl.Int64)
        return int((sizes * (sizes - 1) // 2).sum())

    def groups(by: str) -> pl.DataFrame:
        return both.group_by(by).agg(pl.col("record_ref").sort().str.join("|"), size=pl.len())

    found, real = groups("person_id"), groups("truth")
    right = found.join(real, on="record_ref").height
    agreed = pairs(["person_id", "truth"])
    return Quality(
        agreed / max(pairs(["person_id"]), 1),
        agreed / max(pairs(["truth"]), 1),
        right / found.height,
        right / real.height,
        found.filter(pl.col("size") > 1).height,
        real.filter(pl.col("size") > 1).height,
    )


def linked_at(records: pl.DataFrame, edges: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """Return people joined from a probability on."""
    costs = Costs(threshold, 1 - threshold, 1e-9)
    return person_links(link_people(records, edges, pl.DataFrame(schema=ANSWER_SCHEMA), costs))


def own_model(records: pl.DataFrame) -> LinkModel:
    rng = np.random.default_rng(1)
    return train(records, "trial", date(2026, 11, 27), "the set itself", True, rng, random_pairs=200_000)


def table(name: str, records: pl.DataFrame, truth: pl.DataFrame, model: LinkModel) -> Iterator[str]:
    edges = score_records(records, None, model)
    for threshold in THRESHOLDS:
        yield f"{name}, from {threshold}: {quality(linked_at(records, edges, threshold), truth).said()}"
    yield f"{name}, exact keys: {quality(exact_keys(records), truth).said()}"
    for threshold in (0.5, 0.95):
        found = quality(splink_defaults(records, threshold), truth)
        yield f"{name}, Splink as its guide sets it up, from {threshold}: {found.said()}"


def report() -> Iterator[str]:
    yield "precision / recall"
    named = os.environ.get("FOURFOLD_REFERENCE_DATA")
    if named:
        for name, read in (("fake_1000", fake_1000), ("Febrl 3", febrl_3)):
            records, truth = read(Path(named))
            yield from table(
                f"{name} (model trained on it without its answers)", records, truth, own_model(records)
            )
    records, truth = made_up(20_000, 5_000, 11)
    yield from table("made-up people (shipped model)", records, truth, read_model(SHIPPED))
