"""The marker stage, and the lake opened for what the desk does with markers."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from fourfold.classify.markers import mark
from fourfold.classify.model import Model, pinned
from fourfold.classify.readings import readings
from fourfold.classify.scope import SCHEMAS, check_definition, in_scope
from fourfold.classify.settings import Settings, settings_on
from fourfold.pipeline.opening import Opened
from fourfold.policy.marker_definitions import MarkerDefinition, markers
from fourfold.records import Crime, DeskDecision, FraudReport
from fourfold.records.marker import Marker, MarkerModel

READS = (FraudReport.table, Crime.table, DeskDecision.table, MarkerModel.table)


@dataclass(frozen=True)
class Marking:
    """What marking rests on at one manifest: the definitions and choices of a day, and what was decided."""

    opened: Opened
    settings: Settings
    definitions: tuple[MarkerDefinition, ...]
    models: pl.DataFrame
    decisions: pl.DataFrame

    def records(self, definition: MarkerDefinition, *more: str) -> pl.DataFrame:
        """Return the records in the scope of a marker, with `more` columns; none where nothing is loaded."""
        frame = self.opened.lake.scan(definition.record, self.opened.manifest)
        told = SCHEMAS[definition.record].create_empty().lazy() if frame is None else frame
        return (
            in_scope(told, definition, self.opened.rules.vocabulary)
            .select(sorted({*needed(definition), *more}))
            .collect()
        )

    def model(self, definition: MarkerDefinition) -> Model | None:
        """Return the pinned model; None too where it was trained for another version of the definition."""
        found = pinned(self.models, definition.name)
        return found if found is not None and found.definition == definition.version else None

    def readings(self) -> pl.DataFrame:
        return readings(self.decisions)


def needed(definition: MarkerDefinition) -> list[str]:
    """Return the columns of its record that a marker reads: no name, no address."""
    schema = SCHEMAS[definition.record]
    conditions = [one.field for cue in definition.cues for one in (*cue.where, *cue.unless)]
    named = {*schema.key, schema.event_date, "force", "batch_id", "file_row", definition.text}
    return sorted({*named, *definition.fields, *conditions, *(place.field for place in definition.hides)})


def open_marking(opened: Opened, more_decisions: pl.DataFrame | None = None) -> Marking:
    """Open what marking rests on. more_decisions: desk decisions that have not reached the lake yet.

    Raises WrongUseError for a marker that cannot be used, naming what is wrong with it.
    """
    rules = opened.rules
    definitions = markers(rules.on, rules.policy)
    for definition in definitions:
        check_definition(definition)
    decisions = table_of(opened, DeskDecision.table, DeskDecision.create_empty())
    if more_decisions is not None:
        decisions = pl.concat(
            [decisions, more_decisions.select(decisions.columns).cast(decisions.schema)]
        ).unique("decision_id", keep="first", maintain_order=True)
    models = table_of(opened, MarkerModel.table, MarkerModel.create_empty())
    return Marking(opened, settings_on(rules.on, rules.policy), definitions, models, decisions)


def table_of(opened: Opened, table: str, empty: pl.DataFrame) -> pl.DataFrame:
    frame = opened.lake.scan(table, opened.manifest)
    return empty if frame is None else frame.select(empty.columns).collect()


def marker_rows(opened: Opened) -> pl.DataFrame:
    """Return the table `marker`: what is new is scored under the pinned models, the rest stands."""
    marking = open_marking(opened)
    before = table_of(opened, Marker.table, Marker.create_empty())
    found = marking.readings()
    parts = [
        mark(marking.records(one), one, marking.model(one), before, found, marking.settings)
        for one in marking.definitions
    ]
    return Marker.validate(pl.concat([Marker.create_empty(), *parts]))
