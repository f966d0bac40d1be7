"""Cues: patterns that people wrote, and which of them find a record."""

from __future__ import annotations

from functools import reduce
from operator import and_

import polars as pl

from fourfold.policy.marker_definitions import Condition, Cue, MarkerDefinition

SEPARATOR = "; "


def with_cues(records: pl.DataFrame, definition: MarkerDefinition) -> pl.DataFrame:
    """Add `cues`: the names of the cues that find each record, missing where none does."""
    names = [pl.when(finds(cue)).then(pl.lit(cue.name)) for cue in definition.cues]
    joined = pl.concat_str(names, separator=SEPARATOR, ignore_nulls=True)
    return records.with_columns(cues=pl.when(joined != "").then(joined))


def finds(cue: Cue) -> pl.Expr:
    """Say whether a cue finds a record; a blank field matches nothing."""
    where = reduce(and_, (matches(one) for one in cue.where))
    return reduce(and_, (~matches(one) for one in cue.unless), where)


def matches(condition: Condition) -> pl.Expr:
    told = pl.col(condition.field).cast(pl.String).str.to_lowercase()
    return told.str.contains(condition.words).fill_null(False)
