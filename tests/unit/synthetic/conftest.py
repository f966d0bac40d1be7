"""One fraud part at scale 1.0, written once and read back through the reader that real files pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from fourfold.sources import crime_extract, fraud_report, partners
from fourfold.sources.contract import ReadingContext
from fourfold.sources.files import ReceivedFile
from fourfold.sources.reader import Intake, Told, read
from fourfold.sources.recognise import recognise
from fourfold.sources.tables import preview, read_table
from fourfold.synthetic.fraud import write_fraud
from fourfold.synthetic.places import Places, make_places

CONTRACTS = (fraud_report.CONTRACT, *crime_extract.CONTRACTS, *partners.CONTRACTS)
TOLD_AT = datetime(2022, 1, 4, 9, tzinfo=UTC)


def read_file(path: Path) -> Intake:
    """Read one file as intake would."""
    file = ReceivedFile(path.name, path.read_bytes())
    ((sheet, rows),) = preview(file)
    found = recognise(rows, CONTRACTS, {})
    table = read_table(file, sheet, found.header_row)
    told = Told(path.name, path.name, file.sha256, TOLD_AT)
    return read(table, found.columns, found.contract, ReadingContext(force="aldermere"), told)


@pytest.fixture
def take_in() -> Callable[[Path], Intake]:
    """The reading of one file, for tests that read files of their own."""
    return read_file


@dataclass(frozen=True)
class FraudRead:
    """The fraud part as written and as read: `reports` is the last version of each."""

    received: Path
    truth: Path
    places: Places
    every: pl.DataFrame
    reports: pl.DataFrame
    quarantined: pl.DataFrame
    outcomes: pl.DataFrame


@pytest.fixture(scope="session")
def fraud(tmp_path_factory: pytest.TempPathFactory) -> FraudRead:
    folder = tmp_path_factory.mktemp("aldermere")
    places = make_places(1.0, np.random.default_rng(1))
    write_fraud(folder / "received", folder / "truth", places, 1.0, 1)
    lists = [read_file(path) for path in sorted((folder / "received" / "fraud").glob("fraud-victims-*"))]
    outcomes = [read_file(path) for path in sorted((folder / "received" / "fraud").glob("fraud-outcomes-*"))]
    every = pl.concat([one.accepted for one in lists])
    return FraudRead(
        folder / "received",
        folder / "truth",
        places,
        every,
        every.unique("report_ref", keep="last", maintain_order=True),
        pl.concat([one.quarantined for one in lists]),
        pl.concat([one.accepted for one in outcomes]),
    )
