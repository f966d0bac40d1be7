"""Everything that one audit found so far, worked out of its sample and the readings at hand."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from fourfold.measures.audit import FORCE, agreements, findings, reasons
from fourfold.measures.audit_change import change
from fourfold.measures.audit_sample import SECOND, Sample, differing, latest, settled
from fourfold.statistics.agreement import Agreement


@dataclass(frozen=True)
class Found:
    """findings: rows of `audit_finding`. reasons: as `measures.audit.reasons`. agreements: kappa by question, ""
    for all. differing: what two readers have not settled. change: columns of `audit_change.CHANGE`, None
    without an earlier audit. read, read_twice: crimes of the sample read in scope or found out of it, and
    those of them that a second reader has read.
    """

    sample: Sample
    findings: pl.DataFrame
    reasons: pl.DataFrame
    agreements: dict[str, Agreement]
    differing: pl.DataFrame
    read: int
    read_twice: int
    change: pl.DataFrame | None = None
    earlier: Sample | None = None

    def finding(self, question: str, stratum: str = FORCE) -> dict[str, object]:
        """Return one finding as a mapping of its columns; raises KeyError where there is none."""
        for row in self.findings.filter(question=question, stratum=stratum).iter_rows(named=True):
            return row
        raise KeyError((question, stratum))


def work_out(
    sample: Sample, readings: pl.DataFrame, earlier: tuple[Sample, pl.DataFrame] | None = None
) -> Found:
    """Work findings out of readings at once, without waiting for the lake.

    readings: columns of `audit_sample.READINGS`. earlier: the sample to compare with, and its findings.
    """
    found = findings(sample, readings)
    mine = latest(sample, readings)
    return Found(
        sample,
        found,
        reasons(sample, readings),
        agreements(sample, readings),
        differing(sample, readings),
        read=settled(sample, readings)["crime_ref"].n_unique(),
        read_twice=mine.filter(pl.col("round") == SECOND)["crime_ref"].n_unique(),
        change=change(earlier[1], found) if earlier else None,
        earlier=earlier[0] if earlier else None,
    )
