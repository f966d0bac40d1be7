"""Every source and every stage, in the order in which data flow: told, known, owed."""

from __future__ import annotations

from fourfold.sources import areas, crime_extract, fraud_report, partners, street_crime
from fourfold.sources.contract import Contract

SOURCES: tuple[Contract, ...] = (
    fraud_report.CONTRACT,
    *crime_extract.CONTRACTS,
    *partners.CONTRACTS,
    *areas.CONTRACTS,
    *street_crime.CONTRACTS,
)
"""One line a source. A new one takes its place here and nowhere else."""
