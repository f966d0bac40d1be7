"""The findings of a sample that has been read: worked out from the register at once, as the lake will work them out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import polars as pl

from fourfold.measures.audit_found import Found, work_out
from fourfold.measures.audit_sample import READINGS, SETTLED
from fourfold.pipeline.audit_decisions import reading_rows
from fourfold.statistics.agreement import Agreement
from fourfold.web.audit.actions.leaving import ROUND_OF, as_told
from fourfold.web.audit.drawing import earlier_of, measured_sample
from fourfold.web.audit.models import Reading, Sample, Settlement


def found_of(sample: Sample) -> Found:
    """Return everything that a sample found, compared with the audit before where there is one."""
    before = earlier_of(sample)
    earlier = None
    if before is not None and before.findings:
        earlier = (measured_sample(before), work_out(measured_sample(before), readings_of(before)).findings)
    return work_out(measured_sample(sample), readings_of(sample), earlier)


def readings_of(sample: Sample) -> pl.DataFrame:
    """Return the readings of a sample in the measures' own shape, of crimes that everybody has handed in."""
    done = sample.crimes.filter(finished_at__isnull=False)
    rows: list[dict[str, Any]] = []
    for reading in Reading.objects.select_related("crime").filter(crime__in=done, in_at__isnull=False):
        rows += _rows(sample, reading, ROUND_OF[reading.turn], reading.reader_id, reading.in_at)
    for one in Settlement.objects.select_related("crime").filter(crime__in=done, agreed_at__isnull=False):
        rows += _rows(sample, one, SETTLED, one.proposed_by_id, one.agreed_at)
    return pl.DataFrame(rows, schema=READINGS)


def _rows(
    sample: Sample, told: Reading | Settlement, round_: str, reader: int, at: Any
) -> list[dict[str, Any]]:
    value = {
        "sample_ref": sample.ref,
        "round": round_,
        "out_of_scope": told.scope_reason or None,
        "answers": as_told(told.answers),
    }
    return reading_rows(told.crime.crime_ref, str(reader), at, value)


def as_kept(found: Found) -> dict[str, Any]:
    """Return findings as plain values, as they are kept with their approval and shown on pages."""
    return {
        "findings": [_plain(row) for row in found.findings.to_dicts()],
        "reasons": [_plain(row) for row in found.reasons.to_dicts()],
        "agreements": {question: _agreement(one) for question, one in found.agreements.items()},
        "change": None if found.change is None else [_plain(row) for row in found.change.to_dicts()],
        "earlier": None if found.earlier is None else _earlier(found.earlier),
    }


def _earlier(earlier: Any) -> dict[str, Any]:
    return {
        "sample_ref": earlier.sample_ref,
        "period_from": earlier.period_from.isoformat(),
        "period_to": earlier.period_to.isoformat(),
    }


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def _agreement(one: Agreement) -> dict[str, Any]:
    value, lower, upper = (None if math.isnan(part) else part for part in one.kappa.floats())
    told = asdict(one)
    return {
        "value": value,
        "lower": lower,
        "upper": upper,
        "read": told["read"],
        "agreed": told["agreed"],
        "why": told["why"],
    }


def findings_of(sample: Sample) -> dict[str, Any]:
    """Return the findings of a sample as plain values: those that were approved, else as they stand."""
    if sample.findings:
        return dict(sample.findings)
    return as_kept(found_of(sample))
