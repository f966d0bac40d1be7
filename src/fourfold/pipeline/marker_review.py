"""What the fraud desk calls: the round of a marker, the next record, a reader's answer, agreement and counts."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from fourfold.classify.markers import mark, ref_column
from fourfold.classify.readings import CANNOT_TELL, NO, REVIEW, YES, pairs, review_value, verdicts
from fourfold.classify.rounds import ROUND, Round, latest_round, next_record, open_round
from fourfold.measures.marker_estimates import MarkerCount, Sample, count_marker, sample_of
from fourfold.measures.marker_parts import by_month, trend, where_it_hides
from fourfold.pipeline.marker_training import definition_named
from fourfold.pipeline.marking import Marking, table_of
from fourfold.policy.marker_definitions import HidingPlace
from fourfold.records.marker import Marker
from fourfold.statistics.agreement import Agreement, cohen_kappa, table
from fourfold.statistics.interval import Interval


def rows_of(marking: Marking, name: str) -> pl.DataFrame:
    """Return a marker's rows with what readers said until now; from the table as far as it stands."""
    definition = definition_named(marking, name)
    before = table_of(marking.opened, Marker.table, Marker.create_empty())
    model, found = marking.model(definition), marking.readings()
    return mark(marking.records(definition), definition, model, before, found, marking.settings)


def readings_of(marking: Marking, name: str) -> pl.DataFrame:
    """Return the standing readings of a marker (readings.READINGS)."""
    return marking.readings().filter(pl.col("marker") == name)


def new_round(
    marking: Marking, name: str, seed: int, by: str, role: str = "", unit: str = ""
) -> dict[str, Any]:
    """Return the decision that opens a round of review of a marker, for the desk to take and carry.

    Raises DataProblemError where every record has been read.
    """
    read = verdicts(readings_of(marking, name)).select("record_ref")
    number = marking.decisions.filter((pl.col("kind") == ROUND) & (pl.col("subject_ref") == name)).height + 1
    lot = open_round(rows_of(marking, name), read, marking.settings, f"{name}/{number}", seed)
    return decision(ROUND, "marker", name, lot.as_value(), by, role, unit)


def current_round(marking: Marking, name: str) -> Round | None:
    """Return the round of a marker that was opened last, None where there was none."""
    return latest_round(marking.decisions, name)


def next_to_read(marking: Marking, name: str, reader: str) -> dict[str, Any] | None:
    """Return what a reader reads next (`record_ref, stratum, probability`), None where nothing is left or no round is open."""
    lot = current_round(marking, name)
    if lot is None:
        return None
    return next_record(lot, readings_of(marking, name), reader, marking.settings.second_read_share)


def answer(
    marking: Marking,
    name: str,
    record_ref: str,
    told: str,
    reader: str,
    role: str = "",
    unit: str = "",
    reason: str = "",
    settles: bool = False,
) -> dict[str, Any]:
    """Return the decision of a reader about a record, for the desk to take and carry.

    told: yes, no, cannot_tell, or undone, which takes the reader's earlier answer back. The round, stratum and
    chance are those of the record in the marker's round; a record that is in none counts in no estimate.
    settles: it ends a difference between two readers.
    """
    lot = current_round(marking, name)
    strata = dict(lot.records) if lot else {}
    drawn = (
        (lot.name, strata[record_ref], lot.chance(strata[record_ref]))
        if lot and record_ref in strata
        else None
    )
    value = review_value(name, told, reader, drawn, settles)
    subject = definition_named(marking, name).record
    return decision(REVIEW, subject, record_ref, value, reader, role, unit, reason)


def decision(
    kind: str,
    subject: str,
    subject_ref: str,
    value: dict[str, Any],
    by: str,
    role: str = "",
    unit: str = "",
    reason: str = "",
) -> dict[str, Any]:
    """Return a desk decision as `pipeline.desk_decisions.take_decisions` takes it."""
    return {
        "decision_id": str(uuid.uuid4()),
        "kind": kind,
        "subject": subject,
        "subject_ref": subject_ref,
        "value": value,
        "reason": reason,
        "role": role,
        "unit": unit,
        "made_by": by,
        "made_at": datetime.now(UTC),
    }


def read_twice(marking: Marking, name: str) -> pl.DataFrame:
    """Return `record_ref, first, second`: what two readers said of the same record apart."""
    return pairs(readings_of(marking, name), name)


def agreement(marking: Marking, name: str) -> Agreement:
    """Return Cohen's kappa of what two readers said apart, differences that were settled since included."""
    both = read_twice(marking, name)
    return cohen_kappa(table(both["first"].to_list(), both["second"].to_list(), (YES, NO, CANNOT_TELL)))


def counts(
    marking: Marking, name: str, part: Callable[[pl.DataFrame], pl.DataFrame] | None = None
) -> MarkerCount:
    """Return the counts of a marker, of its whole scope or of the rows that `part` keeps."""
    rows = rows_of(marking, name)
    lot = current_round(marking, name)
    return count_marker(
        rows,
        part(rows) if part else rows,
        verdicts(readings_of(marking, name)),
        lot.cuts if lot else None,
        marking.settings,
    )


def sample(marking: Marking, name: str, rows: pl.DataFrame) -> Sample | None:
    """Return the strata of a marker with what was read of each; None where no round was opened."""
    lot = current_round(marking, name)
    return sample_of(rows, verdicts(readings_of(marking, name)), lot.cuts) if lot else None


def change(marking: Marking, name: str, now: tuple[date, date], before: tuple[date, date]) -> Interval | None:
    """Return the true number of one time over that of another (first and last day each); None before any round."""
    rows = rows_of(marking, name)
    found = sample(marking, name, rows)
    if found is None:
        return None
    later, earlier = (rows.filter(pl.col("on").is_between(*span)) for span in (now, before))
    return trend(later, earlier, found, marking.settings)


def months(marking: Marking, name: str) -> pl.DataFrame | None:
    """Return the true number month by month, with what was recorded beside it; None before any round."""
    rows = rows_of(marking, name)
    found = sample(marking, name, rows)
    return None if found is None else by_month(rows, found, marking.settings)


def hiding_places(marking: Marking, name: str) -> list[tuple[HidingPlace, MarkerCount]]:
    """Return the counts in each place where the codes do not show the marker."""
    definition = definition_named(marking, name)
    lot = current_round(marking, name)
    return where_it_hides(
        rows_of(marking, name),
        marking.records(definition),
        ref_column(definition),
        definition.hides,
        verdicts(readings_of(marking, name)),
        lot.cuts if lot else None,
        marking.settings,
    )
