"""Training a linkage model on a force's own records: an act of its own, dated, with its effect shown before it counts.

Nothing joins or parts by training. A model counts from the day that the policy `linkage.model` names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from fourfold.home import DataProblemError, Home, WrongUseError
from fourfold.link.costs import Costs, costs_on
from fourfold.link.levels import COMPARISONS
from fourfold.link.model import LinkModel, versions, write_model
from fourfold.link.people import KEY, link_people, placed, score_records
from fourfold.link.training import train
from fourfold.pipeline.opening import open_figures
from fourfold.pipeline.people import answers_in, corrections_in, model_in_force, most_names_of, own_models
from fourfold.records.linkage import LinkRecord

SEED = 20_261_127
PAIRS_SHOWN = 20


@dataclass(frozen=True)
class Effect:
    """What a model would change: people before and after, pairs of records that would join and part.

    pairs: record_a, ref_a, record_b, ref_b, change (join, part), the surest first, at most PAIRS_SHOWN of each.
    `answers_kept` of `answers` decisions agree with the model's own reading of the pair.
    """

    standing: str
    people_before: int
    people_after: int
    joining: int
    parting: int
    pairs: pl.DataFrame
    answers: int
    answers_kept: int

    @property
    def numbers(self) -> dict[str, Any]:
        told = (self.standing, self.people_before, self.people_after, self.joining, self.parting)
        return dict(
            zip(("standing", "people_before", "people_after", "joining", "parting"), told, strict=True)
        )


@dataclass(frozen=True)
class Proposal:
    """A model that is trained and not yet kept, and its effect."""

    model: LinkModel
    effect: Effect | None


def propose(home: Home, version: str, on: date, data: str, standing: bool = True) -> Proposal:
    """Train a model on all that is linked in a home, and say what it would change against the one in force.

    on: the day of the act. data: in words, what it is trained on. standing: False where there is none to compare with.
    Raises DataProblemError where nothing is linked yet, WrongUseError where the version is taken.
    """
    opened = open_figures(home, on)
    if version in versions(own_models(opened)):
        raise WrongUseError(f"There is a model {version} already.", "Give the new one another version.")
    scanned = opened.lake.scan(LinkRecord.table, opened.manifest)
    records = LinkRecord.create_empty() if scanned is None else scanned.collect()
    if records.height < 2:
        raise DataProblemError(
            "There are no records to train on.", "Load files and run `fourfold refresh` first."
        )
    answers = pl.concat([corrections_in(opened), answers_in(opened)])
    most_names = most_names_of(opened)
    made = train(
        records,
        version,
        on,
        data,
        opened.figures.made_up,
        np.random.default_rng(SEED),
        by_kind(records, answers),
        most_names=most_names,
    )
    if not standing:
        return Proposal(made, None)
    costs = costs_on(on, home.policy)
    effect = effect_of(made, model_in_force(opened), records, answers, costs, most_names)
    return Proposal(replace(made, effect=effect.numbers), effect)


def keep(proposal: Proposal, home: Home) -> Path:
    """Write a proposed model beside the home's lake, and return where; it counts once the policy names it."""
    return write_model(proposal.model, home.path / "models")


def by_kind(records: pl.DataFrame, answers: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    """Return answers by row number of the records of each kind, as training wants them."""
    found = {}
    for kind in COMPARISONS:
        mine = records.filter(pl.col("kind") == kind).with_row_index("place").cast({"place": pl.Int64})
        found[kind] = placed(answers, mine).select("a", "b", same="join")
    return found


def effect_of(
    made: LinkModel,
    standing: LinkModel,
    records: pl.DataFrame,
    answers: pl.DataFrame,
    costs: Costs,
    most_names: int,
) -> Effect:
    """Return what linking the records under one model changes against another."""
    scored = [score_records(records, None, model, most_names) for model in (standing, made)]
    before, after = (link_people(records, edges, answers, costs).records for edges in scored)
    both = before.select("place", *KEY, before="person").with_columns(after=after["person"])
    joining, parting = new_pairs(both, "after", "before"), new_pairs(both, "before", "after")
    shown = pl.concat(
        [named_pairs(pairs, both, change) for pairs, change in ((joining, "join"), (parting, "part"))]
    )
    return Effect(
        standing.version,
        before["person"].n_unique(),
        after["person"].n_unique(),
        joining.height,
        parting.height,
        shown,
        answers.height,
        agreeing(scored[1], answers, costs),
    )


def new_pairs(both: pl.DataFrame, now: str, then: str) -> pl.DataFrame:
    """Return pairs of records that are one person by `now` and two by `then`: each group of `then` by its first."""
    firsts = both.group_by(now, then).agg(pl.col("place").min())
    head = firsts.with_columns(first=pl.col("place").min().over(now))
    return head.filter(pl.col("place") != pl.col("first")).select(a="first", b="place").sort("a", "b")


def named_pairs(pairs: pl.DataFrame, both: pl.DataFrame, change: str) -> pl.DataFrame:
    keys = both.select("place", *KEY)
    shown = pairs.head(PAIRS_SHOWN)
    return (
        shown.join(
            keys.rename({"place": "a", "record": "record_a", "record_ref": "ref_a"}),
            on="a",
            maintain_order="left",
        )
        .join(
            keys.rename({"place": "b", "record": "record_b", "record_ref": "ref_b"}),
            on="b",
            maintain_order="left",
        )
        .select("record_a", "ref_a", "record_b", "ref_b", change=pl.lit(change))
    )


def agreeing(edges: pl.DataFrame, answers: pl.DataFrame, costs: Costs) -> int:
    """Return how many answers the model would have given itself."""
    told = answers.join(edges, on=["record_a", "ref_a", "record_b", "ref_b"], how="left")
    itself = pl.col("probability").fill_null(0.0) >= costs.joins_from
    return told.filter(itself == pl.col("join")).height
