"""Faults of the crime extract: rows that cannot be right, rows sent twice, crimes put right in the last file.

Bad rows have references of their own and come on top of the calibrated crimes; repeats and corrections
do not change them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

BAD_EACH = 5
"""Bad rows in each file of a quarter at scale 1; never fewer than one."""
RESENT = 12
CORRECTED_SHARE = 0.004


@dataclass(frozen=True)
class Fault:
    """One way to break a row: what is written where, and the rule it breaks."""

    cells: dict[str, str | None]
    rule: str


FAULTS: dict[str, tuple[Fault, ...]] = {
    "crimes": (
        Fault({"recorded_on": "31/02/2020"}, "recorded_on|cannot_be_read"),
        Fault({"occurred_from": "2017-10-30 22:00", "occurred_to": "2017-10-30 04:00"}, "occurred_in_order"),
        Fault({"status": "pending??"}, "status|cannot_be_read"),
        Fault({"easting": "612345", "northing": None}, "place_is_whole"),
        Fault({"occurred_from": "2022-01-01 04:00", "occurred_to": None}, "began_before_recorded"),
        Fault({"crime_ref": None}, "crime_ref|nullability"),
        Fault({"recorded_on": "2091-05-06"}, "recorded_before_told"),
    ),
    "persons": (
        Fault({"role": "Bystander??"}, "role|cannot_be_read"),
        Fault({"age": "240"}, "age_is_human"),
        Fault({"date_of_birth": "2091-01-31"}, "born_before_told"),
        Fault({"contact_every_days": "900"}, "contact_interval_is_days"),
    ),
    "case-events": (
        Fault({"recorded_at": "yesterday"}, "recorded_at|cannot_be_read"),
        Fault({"event_id": None}, "event_id|nullability"),
        Fault({"result": "maybe"}, "result|cannot_be_read"),
        Fault({"recorded_at": "2091-05-06 10:00"}, "recorded_before_told"),
    ),
    "suspects": (
        Fault({"removed_on": "2021-12-01", "removed_reason": None}, "removed_with_reason"),
        Fault({"identified_on": "2021-12-03", "circulated_on": "2021-12-01"}, "circulated_after_identified"),
        Fault({"identified_on": "n/k"}, "identified_on|cannot_be_read"),
    ),
    "property": (
        Fault({"status": "recovered", "recovered_on": None}, "recovered_is_dated"),
        Fault({"value_gbp": "about 500"}, "value_gbp|cannot_be_read"),
        Fault({"status": "lost??"}, "status|cannot_be_read"),
    ),
    "outcomes": (
        Fault({"outcome_on": "30/02/2021"}, "outcome_on|cannot_be_read"),
        Fault({"outcome_on": "2091-05-06"}, "given_before_told"),
        Fault({"outcome_raw": None}, "outcome_raw|nullability"),
    ),
}
"""Rule names are those of the records and of the reader of files."""
OWN_REF = {
    "crimes": "crime_ref",
    "persons": "person_ref",
    "case-events": "event_id",
    "suspects": "suspect_ref",
    "property": "crime_ref",
    "outcomes": "subject_ref",
}
"""The column that tells the bad rows of each file apart from good ones."""


def bad_rows(
    told: pl.DataFrame, kind: str, scale: float, part: int, rng: np.random.Generator
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return rows that break a rule, made from good ones, and the truth of them (ref, rule).

    told: one file's rows as text. part: place of the quarter, so that quarters take turns with the faults.
    """
    faults, count = FAULTS[kind], max(1, round(BAD_EACH * min(scale, 4.0)))
    if told.is_empty():
        return told, pl.DataFrame(schema={"ref": pl.String, "rule": pl.String})
    chosen = told[rng.integers(0, told.height, count)].to_dicts()
    rows, truth = [], []
    for k, row in enumerate(chosen):
        fault = faults[(k + part) % len(faults)]
        ref = f"X{part:02d}{k:03d}"
        row = row | {OWN_REF[kind]: ref} | fault.cells
        rows.append(row)
        truth.append({"ref": row[OWN_REF[kind]], "rule": fault.rule})
    return pl.DataFrame(rows, schema=told.schema), pl.DataFrame(
        truth, schema={"ref": pl.String, "rule": pl.String}
    )


def corrected_later(crimes: pl.DataFrame, rng: np.random.Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the crimes as first sent, some still open, and those that a later file puts right.

    crimes: the columns of the crimes file. A crime put right is filed, finalised or cancelled by then.
    """
    settled = crimes["status"].is_in(["filed", "finalised", "cancelled"]).to_numpy()
    share = np.where((crimes["status"] == "cancelled").to_numpy(), 0.3, CORRECTED_SHARE)
    later = pl.Series(settled & (rng.random(crimes.height) < share))
    first = crimes.with_columns(
        status=pl.when(later).then(pl.lit("open")).otherwise("status"),
        cancelled_on=pl.when(~later).then("cancelled_on"),
    )
    return first, crimes.filter(later)
