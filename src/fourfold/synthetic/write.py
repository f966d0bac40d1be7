"""How the made-up files are written: CSV in three encodings, workbooks, Parquet; the same bytes always."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

RECEIVED_ON = dt.datetime(2022, 1, 4, 9, 0)
"""The moment that stands in workbooks as their making, so that the same seed gives the same bytes."""

FORMS: dict[str, str] = {
    "csv": ".csv",
    "csv_bom": ".csv",
    "csv_1252": ".csv",
    "xlsx": ".xlsx",
    "parquet": ".parquet",
}
"""Form and the end of its file names."""


def write_table(frame: pl.DataFrame, folder: Path, name: str, form: str = "csv") -> Path:
    """Write a frame of text under `name` with the ending of its form, and return the path.

    Letters that Windows-1252 lacks become question marks, as old systems write them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}{FORMS[form]}"
    if form == "xlsx":
        write_workbook(frame, path)
    elif form == "parquet":
        frame.write_parquet(path)
    elif form == "csv_1252":
        path.write_bytes(frame.write_csv(line_terminator="\r\n").encode("cp1252", errors="replace"))
    else:
        frame.write_csv(path, include_bom=form == "csv_bom")
    return path


def write_workbook(frame: pl.DataFrame, path: Path) -> None:
    """Write a frame of text as the one sheet of a workbook, every cell as text."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"created": RECEIVED_ON})
        sheet = book.add_worksheet("Victims")
        for column, heading in enumerate(frame.columns):
            sheet.write_string(0, column, heading)
            for row, cell in enumerate(frame[heading], start=1):
                if cell is not None:
                    sheet.write_string(row, column, cell)


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with every column as text; missing stays missing."""
    return frame.with_columns(pl.all().cast(pl.String))
