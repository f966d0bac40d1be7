"""Reads the files of the crime extract as intake would, for the tests of this folder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fourfold.sources import crime_extract
from fourfold.sources.contract import ReadingContext
from fourfold.sources.files import ReceivedFile
from fourfold.sources.reader import Intake, Told, read
from fourfold.sources.recognise import recognise
from fourfold.sources.tables import preview, read_table

TOLD_AT = datetime(2022, 1, 4, 9, tzinfo=UTC)


def read_back(path: Path) -> Intake:
    """Read one file through the contract that its headings fit."""
    file = ReceivedFile(path.name, path.read_bytes())
    ((sheet, rows),) = preview(file)
    found = recognise(rows, crime_extract.CONTRACTS, {})
    table = read_table(file, sheet, found.header_row)
    told = Told(path.name, path.name, file.sha256, TOLD_AT)
    return read(table, found.columns, found.contract, ReadingContext(force="aldermere"), told)
