"""Which records a marker is looked for in."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from fourfold import vocabulary
from fourfold.home import WrongUseError
from fourfold.policy.marker_definitions import MarkerDefinition
from fourfold.records import Crime, FraudReport, Record

SCHEMAS: dict[str, type[Record]] = {"fraud_report": FraudReport, "crime": Crime}
CODES = {"fraud_report": "nfib_code", "crime": "ho_code"}
NEVER_FIELDS = ("age", "sex", "ethnicity", "title", "first_names", "last_name", "date_of_birth")
"""No protected characteristic is a weight, and no name."""


def check_definition(definition: MarkerDefinition) -> None:
    """Refuse a definition that names columns its record does not have, or one that may not be weighed.

    Raises WrongUseError that names the marker and every fault.
    """
    columns = set(SCHEMAS[definition.record].column_names())
    conditions = [one for cue in definition.cues for one in (*cue.where, *cue.unless)]
    named = {
        *definition.fields,
        *(one.field for one in conditions),
        *(column for column, _ in definition.scope.only),
        *(place.field for place in definition.hides),
    }
    faults = [f"{definition.record} has no column {name}." for name in sorted(named - columns)]
    faults += [f"{name} may not be weighed." for name in sorted(set(definition.fields) & set(NEVER_FIELDS))]
    if not definition.cues:
        faults.append("it has no cue.")
    for one in conditions:
        try:
            pl.Series([""]).str.contains(one.words)
        except pl.exceptions.ComputeError as error:
            faults.append(f"the pattern {one.words!r} cannot be read ({str(error).splitlines()[0]}).")
    if faults:
        raise WrongUseError(f"The marker {definition.name} cannot be used: {' '.join(faults)}")


def in_scope(records: pl.LazyFrame, definition: MarkerDefinition, lists: Path | None = None) -> pl.LazyFrame:
    """Return the records in which the marker may lie; cancelled crimes never.

    records: the columns of the marker's record. lists: the force's own code lists.
    """
    code, scope = pl.col(CODES[definition.record]), definition.scope
    codes = [*scope.codes, *codes_of(scope.ho_subgroups, lists)]
    inside = code.is_in(codes) if codes else code.is_not_null()
    inside = (inside | code.is_null()) if scope.blank else inside.fill_null(False)
    for column, values in scope.only:
        inside = inside & pl.col(column).cast(pl.String).is_in(list(values))
    if definition.record == "crime":
        inside = inside & (pl.col("status") != "cancelled") & pl.col("cancelled_on").is_null()
    return records.filter(inside.fill_null(False))


def codes_of(subgroups: tuple[str, ...], lists: Path | None) -> list[str]:
    """Return the Home Office classes of some subgroups."""
    if not subgroups:
        return []
    rows = vocabulary.load("offence_groups", lists).rows
    return [
        row.code for row in rows if row.can_be_looked_up and row.attributes.get("ho_subgroup") in subgroups
    ]
