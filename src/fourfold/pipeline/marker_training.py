"""Training a marker's model: what it would change is shown first; adopting it is a dated act with a person and a reason."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import polars as pl

from fourfold.classify.markers import scored, with_verdicts
from fourfold.classify.model import Model
from fourfold.classify.readings import verdicts
from fourfold.classify.training import train
from fourfold.home import CouldNotRunError, DataProblemError, Home, WrongUseError
from fourfold.lake import Lake
from fourfold.pipeline.desk_decisions import take_decisions
from fourfold.pipeline.marking import Marking
from fourfold.policy.marker_definitions import MarkerDefinition
from fourfold.records.marker import MarkerModel
from fourfold.statistics.ranking import average_precision

TRAINED = "marker_model"
"""Kind of the desk's decision that adopts a model. Its subject is `marker`, its reference the marker's name."""
LIKELY = 0.5


@dataclass(frozen=True)
class Effect:
    """What a new model changes, beside the pinned one (None where there is none), on the same records.

    precision: average precision on reviewed records, each out of its fold and weighted by its chance; nan where
    nobody read any. likely: records at a probability of a half or more. now_likely, no_longer: those that cross.
    """

    records: int
    reviewed: int
    precision_before: float | None
    precision: float
    likely_before: int | None
    likely: int
    now_likely: int
    no_longer: int


@dataclass(frozen=True)
class Retraining:
    """A model that is not adopted yet, its effect, and the rows of `marker` that it would make."""

    model: Model
    effect: Effect
    rows: pl.DataFrame


def definition_named(marking: Marking, name: str) -> MarkerDefinition:
    """Return a marker's definition; raises WrongUseError for one that does not exist."""
    for one in marking.definitions:
        if one.name == name:
            return one
    known = ", ".join(one.name for one in marking.definitions)
    raise WrongUseError(f"There is no marker {name}.", f"There are: {known}.")


def retrain(marking: Marking, name: str, at: datetime | None = None) -> Retraining:
    """Train a marker's model on all that is known now and return it with its effect; nothing is changed.

    Raises DataProblemError where too few records have the marker to learn from.
    """
    definition = definition_named(marking, name)
    records = marking.records(definition)
    found = marking.readings().filter((pl.col("marker") == name) & (pl.col("record") == definition.record))
    said = verdicts(found)
    known = said.filter(pl.col("is_marked").is_not_null()).select("record_ref", "is_marked", "probability")
    moment = at or datetime.now(UTC)
    model = train(records, definition, known, marking.settings, moment)
    if model is None:
        least = marking.settings.least_with_the_marker
        raise DataProblemError(
            f"Too few records carry {definition.label.lower()} to learn from: at least {least} are needed.",
            "Review records that its cues found, or widen its cues.",
        )
    rows = with_verdicts(scored(records, definition, model, marking.settings), found)
    pinned = marking.model(definition)
    before = scored(records, definition, pinned, marking.settings) if pinned else None
    return Retraining(model, effect_of(rows, before, known), rows)


def effect_of(rows: pl.DataFrame, before: pl.DataFrame | None, known: pl.DataFrame) -> Effect:
    """Return what the new rows change beside those from before. known: `record_ref, is_marked, probability`."""
    likely = rows.filter(pl.col("probability") >= LIKELY).select("record_ref")
    was = rows.clear() if before is None else before.filter(pl.col("probability") >= LIKELY)
    return Effect(
        records=rows.height,
        reviewed=known.height,
        precision_before=None if before is None else precision(before, known),
        precision=precision(rows, known),
        likely_before=None if before is None else was.height,
        likely=likely.height,
        now_likely=likely.join(was, on="record_ref", how="anti").height,
        no_longer=was.join(likely, on="record_ref", how="anti").height,
    )


def precision(rows: pl.DataFrame, known: pl.DataFrame) -> float:
    both = rows.select("record_ref", score="probability").join(known, on="record_ref")
    weight = 1.0 / both["probability"].fill_null(1.0).to_numpy()
    return average_precision(both["is_marked"].to_numpy(), both["score"].to_numpy(), weight)


def adopt(home: Home, retraining: Retraining, by: str, reason: str, role: str = "", unit: str = "") -> None:
    """Pin a model: its weights go into the lake, and the act with its effect becomes a decision.

    Nothing is scored until the next refresh. Raises WrongUseError without a person or a reason, CouldNotRunError
    where another load holds the lake.
    """
    if not by.strip() or not reason.strip():
        raise WrongUseError("A model is adopted by somebody, for a reason.", "Give both.")
    model = retraining.model
    lake = Lake(home.lake)
    with lake.load(f"model of {model.marker}") as load:
        standing = load.scan(MarkerModel.table)
        if standing is not None and standing.filter(pl.col("model") == model.name).head(1).collect().height:
            raise CouldNotRunError(f"The model {model.name} stands already.", "Train again.")
        load.append(MarkerModel.table, model.as_rows())
    take_decisions(home, [adoption(retraining, by, reason, role, unit)])


def adoption(retraining: Retraining, by: str, reason: str, role: str, unit: str) -> dict[str, Any]:
    """Return the decision that adopts a model."""
    effect = {
        name: value for name, value in vars(retraining.effect).items() if value == value
    }  # nan is not JSON
    return {
        "decision_id": str(uuid.uuid4()),
        "kind": TRAINED,
        "subject": "marker",
        "subject_ref": retraining.model.marker,
        "value": {"model": retraining.model.name, "labels": retraining.model.labels, "effect": effect},
        "reason": reason,
        "role": role,
        "unit": unit,
        "made_by": by,
        "made_at": datetime.now(UTC),
    }
