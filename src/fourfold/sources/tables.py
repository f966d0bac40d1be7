"""One file's bytes to a table of text, whatever its format. Nothing is interpreted yet."""

from __future__ import annotations

from fourfold.sources import delimited, parquet_files, workbooks
from fourfold.sources.limits import Limits, limits_today
from fourfold.sources.received import ReceivedFile, RefusalError
from fourfold.sources.text_table import TextTable, settled

HEADER_SEARCH_ROWS = 12
"""How many rows a title or a marking may take before the headings."""
ZIP, PARQUET = b"PK\x03\x04", b"PAR1"


def is_workbook(file: ReceivedFile) -> bool:
    """Say whether a file is a workbook; other zips are opened before they come here."""
    return file.data[:4] == ZIP


def hidden_sheets(file: ReceivedFile) -> list[str]:
    """Return the names of the sheets of a workbook that are hidden, and so are not read."""
    return workbooks.hidden_sheets(file) if is_workbook(file) else []


def preview(file: ReceivedFile) -> list[tuple[str, list[list[str]]]]:
    """Return the first rows of each sheet (one, unnamed, for CSV and Parquet), to find the headings by.

    Raises RefusalError for a file that is no table at all.
    """
    if is_workbook(file):
        return workbooks.first_rows(file, HEADER_SEARCH_ROWS + 1)
    if file.data[:4] == PARQUET:
        return [("", [parquet_files.headings_of(file)])]
    return [("", delimited.first_rows(file, HEADER_SEARCH_ROWS + 1))]


def read_table(file: ReceivedFile, sheet: str, header_row: int, limits: Limits | None = None) -> TextTable:
    """Read one table whose headings stand in row `header_row` (counted from 0, blank rows too).

    Raises RefusalError for a file that is cut short, has no rows or is larger than the limits.
    """
    within = limits or limits_today()
    if is_workbook(file):
        table = workbooks.read_sheet(file, sheet, header_row)
    elif file.data[:4] == PARQUET:
        table = parquet_files.read(file, within)
    else:
        table = delimited.read(file, header_row)
    table = settled(table, within)
    if not table.received:
        raise RefusalError(
            "it has headings but no rows.",
            "Ask the sender whether the period was empty or the file was cut short.",
        )
    return table
