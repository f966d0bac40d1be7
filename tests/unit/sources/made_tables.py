"""Files made for the tests of this folder, and their reading as intake reads them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from fourfold.pipeline.stages import SOURCES
from fourfold.sources.contract import ReadingContext
from fourfold.sources.files import ReceivedFile
from fourfold.sources.reader import Intake, Told, read
from fourfold.sources.recognise import recognise
from fourfold.sources.tables import preview, read_table
from fourfold.sources.text_table import TextTable

HEADINGS = ("NFRC reference", "Date reported", "NFIB code", "Victim type", "Last name", "Loss (GBP)")
ROW = ("R1", "04/03/2022", "90", "individual", "Smith", "5")
TOLD_AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
WEST_MIDLANDS = ReadingContext(force="west-midlands")


def lines(*rows: Sequence[str], sign: str = ",", end: str = "\n") -> str:
    """Write rows without any quoting, as they are."""
    return "".join(sign.join(row) + end for row in rows)


def table_of(data: bytes | str, name: str = "list.csv") -> TextTable:
    """Return the table of text of a file whose source is known."""
    file = received(data, name)
    for sheet, rows in preview(file):
        return read_table(file, sheet, recognise(rows, SOURCES, {}).header_row)
    raise AssertionError("no sheet")


def intake_of(
    data: bytes | str,
    context: ReadingContext = WEST_MIDLANDS,
    name: str = "list.csv",
    mapped: dict[str, dict[str, str]] | None = None,
) -> Intake:
    """Return what became of a file's rows."""
    file = received(data, name)
    ((sheet, rows),) = preview(file)
    found = recognise(rows, SOURCES, mapped or {})
    table = read_table(file, sheet, found.header_row)
    told = Told("batch", name, file.sha256, TOLD_AT)
    return read(table, found.columns, found.contract, context, told)


def received(data: bytes | str, name: str = "list.csv") -> ReceivedFile:
    return ReceivedFile(name, data.encode() if isinstance(data, str) else data)


def names_by_row(intake: Intake) -> dict[int, str | None]:
    """Return the last name of each accepted row by its number."""
    return dict(intake.accepted.select("file_row", "last_name").sort("file_row").iter_rows())


def rules_by_row(intake: Intake) -> dict[int, str]:
    """Return the rule that each quarantined row broke by its number."""
    return dict(intake.quarantined.select("file_row", "rule").iter_rows())


def text_received(intake: Intake, row: int) -> dict[str, str]:
    """Return the cells of a quarantined row as received, by heading."""
    (text,) = [told["text_received"] for told in intake.quarantined.to_dicts() if told["file_row"] == row]
    return dict(json.loads(text))


def workbook(fill: Callable[[object], None]) -> bytes:
    """Return a workbook that a function has filled."""
    import openpyxl

    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(book: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one of its parts changed (added where it has none)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return out.getvalue()
