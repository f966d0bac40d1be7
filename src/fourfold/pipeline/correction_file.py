"""The CSV file in which rows of quarantine go out to be corrected and come back."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

import polars as pl

from fourfold.home import WrongUseError
from fourfold.sources.delimited import cells_of_any_length, delimiter_of, head_of
from fourfold.sources.encodings import as_utf8, shown
from fourfold.sources.received import ReceivedFile, RefusalError

DIGEST = "quarantine_id"
"""The first column of a file of rows to correct; it ties the corrected row to the one received."""
OWN_COLUMNS = (DIGEST, "source", "file", "row", "what_is_wrong")
RUNS = re.compile(r"^'*[=+\-@\t\r]")
"""A cell that begins so would run as a formula in a spreadsheet program: a sender could plant one."""


HIDDEN = "[hidden]"
"""Stands for a cell that whoever corrects may not see; it stays as it was received."""
Hides = Callable[[dict[str, Any], str], bool]


def write_corrections(rows: pl.DataFrame, path: Path) -> None:
    """Write quarantined rows under their own headings; raises WrongUseError where the file cannot be written."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            write_rows(rows, out)
    except OSError as error:
        raise WrongUseError(f"{path} cannot be written: {error.strerror}.", "Name another file.") from error


def write_rows(rows: pl.DataFrame, out: TextIO, is_hidden: Hides = lambda row, heading: False) -> None:
    """Write quarantined rows as CSV; a cell that `is_hidden` is written as HIDDEN and comes back as received."""
    texts = [json.loads(text) for text in rows["text_received"]]
    headings = list(dict.fromkeys(heading for text in texts for heading in text))
    writer = csv.writer(out)
    writer.writerow([*OWN_COLUMNS, *headings])
    for row, text in zip(rows.iter_rows(named=True), texts, strict=True):
        own = (row["row_digest"], row["source"], harmless(row["file"]), row["file_row"], row["words"])
        told = (
            HIDDEN if text.get(heading, "") and is_hidden(row, heading) else harmless(text.get(heading, ""))
            for heading in headings
        )
        writer.writerow([*own, *told])


def unhidden(cells: dict[str, str], received: dict[str, str]) -> dict[str, str]:
    """Return corrected cells with those that were hidden as they were received."""
    return {heading: received.get(heading, "") if cell == HIDDEN else cell for heading, cell in cells.items()}


def read_corrections(path: Path) -> dict[str, dict[str, str]]:
    """Return the corrected cells of each row of a file by its digest, however a spreadsheet program saved it.

    Raises WrongUseError for a file that is not one of those, or whose rows have lost cells.
    """
    try:
        text = as_utf8(ReceivedFile(path.name, path.read_bytes())).data
        delimiter = delimiter_of(head_of(text))
    except (OSError, RefusalError) as error:
        raise WrongUseError(f"{path} cannot be read: {error}", "Save it as CSV UTF-8.") from error
    told = io.StringIO(text.decode("utf-8", errors="surrogateescape"), newline="")
    with cells_of_any_length():
        rows = [row for row in csv.reader(told, delimiter=delimiter) if any(row)]
    if len(rows) < 2 or tuple(rows[0][: len(OWN_COLUMNS)]) != OWN_COLUMNS:
        raise WrongUseError(
            f"{path.name} does not begin with the column {DIGEST}.",
            "Correct the file that `fourfold quarantine --out` wrote, and leave its first columns as they are.",
        )
    headings = rows[0][len(OWN_COLUMNS) :]
    found = {}
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(rows[0]):
            raise WrongUseError(
                f"{path.name}: row {number} has {len(row)} cells and the headings have {len(rows[0])}.",
                "Correct it in a spreadsheet program and save it as CSV UTF-8.",
            )
        cells = [as_told(shown(cell)) for cell in row[len(OWN_COLUMNS) :]]
        found[row[0]] = dict(zip(headings, cells, strict=True))
    return found


def harmless(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet program would run; `as_told` takes it away."""
    return f"'{cell}" if RUNS.match(cell) else cell


def as_told(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and RUNS.match(cell) else cell
