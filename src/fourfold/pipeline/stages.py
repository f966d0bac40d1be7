"""Every source, in the order in which data are told; what follows from them stands in `derived_stages.py`."""

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
