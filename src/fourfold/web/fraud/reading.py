"""Rounds and readings of the register in the shapes that the methods of markers take."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import polars as pl

from fourfold.classify.readings import CANNOT_TELL, NO, READINGS, YES, pairs, verdicts
from fourfold.classify.rounds import Round, from_value, is_read_twice, next_record
from fourfold.classify.settings import Settings
from fourfold.statistics.agreement import Agreement, cohen_kappa, table
from fourfold.web.fraud.models import Reading, ReviewRound

SKIPPED = "skipped"


def round_of(marker: str) -> ReviewRound | None:
    """Return the round of a marker that was opened last."""
    found: ReviewRound | None = ReviewRound.objects.filter(marker=marker).order_by("-id").first()
    return found


def lot_of(opened: ReviewRound) -> Round:
    """Return a round as `classify.rounds` has it."""
    return from_value(json.dumps(opened.value))


def readings_frame(marker: str) -> pl.DataFrame:
    """Return the standing readings of a marker (classify.readings.READINGS); what was skipped is no reading."""
    rows = Reading.objects.filter(marker=marker, is_standing=True).exclude(answer=SKIPPED)
    told = rows.values_list(
        "record",
        "record_ref",
        "marker",
        "answer",
        "round__name",
        "stratum",
        "chance",
        "reader_id",
        "settles",
        "at",
    )
    made = [(*row[:7], str(row[7]), *row[8:]) for row in told]
    return pl.DataFrame(made, schema=READINGS, orient="row")  # type: ignore[arg-type]


def verdicts_of(marker: str) -> pl.DataFrame:
    """Return one row a record that was read: confirmed, rejected, disputed or cannot tell."""
    return verdicts(readings_frame(marker))


def next_to_read(lot: Round, reader: Any, settings: Settings) -> str | None:
    """Return the reference of what a reader reads next; what they skipped comes only when it is given back."""
    skipped = set(
        Reading.objects.filter(
            marker=lot.marker, reader=reader, is_standing=True, answer=SKIPPED
        ).values_list("record_ref", flat=True)
    )
    left = replace(lot, records=tuple(one for one in lot.records if one[0] not in skipped))
    found = next_record(left, readings_frame(lot.marker), str(reader.pk), settings.second_read_share)
    return str(found["record_ref"]) if found else None


def may_still_read(lot: Round, ref: str, reader: Any, settings: Settings) -> bool:
    """Return whether a record of a round is one that this reader reads: unread, or read by one other and drawn twice."""
    if ref not in dict(lot.records):
        return False
    readers = set(
        Reading.objects.filter(marker=lot.marker, record_ref=ref, is_standing=True, settles=False)
        .exclude(answer=SKIPPED)
        .values_list("reader_id", flat=True)
    )
    if reader.pk in readers or not readers:
        return True
    return len(readers) == 1 and is_read_twice(ref, lot.seed, settings.second_read_share)


def progress(lot: Round, marker: str) -> tuple[int, int]:
    """Return how many records of a round somebody has read, and how many it has."""
    read = set(readings_frame(marker)["record_ref"])
    return sum(ref in read for ref, _ in lot.records), len(lot.records)


def agreement_of(marker: str) -> Agreement:
    """Return Cohen's kappa of what two readers said of the same records apart."""
    both = pairs(readings_frame(marker), marker)
    return cohen_kappa(table(both["first"].to_list(), both["second"].to_list(), (YES, NO, CANNOT_TELL)))


def disputes(marker: str) -> list[str]:
    """Return the references of records of which two readers differ and nobody has settled."""
    told = verdicts_of(marker)
    return told.filter(pl.col("state") == "disputed")["record_ref"].sort().to_list()
