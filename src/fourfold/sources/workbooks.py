"""Workbooks (XLSX): every sheet as text, its rows numbered as a spreadsheet program numbers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from fourfold.sources.received import ReceivedFile, RefusalError
from fourfold.sources.text_table import OddRow, TextTable

if TYPE_CHECKING:
    import fastexcel

ERROR_CELL = ("row|spreadsheet_error", "row has a cell in which the spreadsheet shows an error")
SAVE_AGAIN = "Open it, save it again as .xlsx, and hand it in."


def first_rows(file: ReceivedFile, count: int) -> list[tuple[str, list[list[str]]]]:
    """Return the first rows of each sheet that a person who opens the workbook sees.

    A hidden sheet is not read: the sender may not know that it is there.
    """
    return [
        (sheet, [[cell or "" for cell in row] for row in frame.head(count).rows()])
        for sheet, (frame, _) in sheets_of(file).items()
    ]


def hidden_sheets(file: ReceivedFile) -> list[str]:
    """Return the names of the sheets that are hidden."""
    import fastexcel

    book = fastexcel.read_excel(file.data)
    shown = sheets_of(file)
    return [name for name in book.sheet_names if name not in shown]


def read_sheet(file: ReceivedFile, sheet: str, header_row: int) -> TextTable:
    """Read one sheet; rows in which the spreadsheet shows an error (#N/A) are set aside."""
    frame, errors = sheets_of(file)[sheet]
    headings = tuple((heading or "").strip() for heading in frame.row(header_row))
    names = [f"c{place}" for place in range(len(headings))]
    cells = frame.rename(dict(zip(frame.columns, names, strict=True))).with_row_index("file_row", offset=1)
    cells = cells.with_columns(pl.col("file_row").cast(pl.Int64)).slice(header_row + 1)
    faulty = cells.filter(pl.col("file_row").is_in(list(errors)))
    odd = []
    for number, *row in faulty.iter_rows():
        places = errors[number]
        told = tuple("#ERROR" if place in places else (cell or "") for place, cell in enumerate(row))
        where = ", ".join(headings[place] or f"column {place + 1}" for place in sorted(places))
        odd.append(OddRow(number, told, ERROR_CELL[0], f"{ERROR_CELL[1]}: under {where}"))
    if odd:
        cells = cells.filter(~pl.col("file_row").is_in(list(errors)))
    return TextTable(headings, cells, tuple(odd), sheet)


Sheet = tuple[pl.DataFrame, dict[int, set[int]]]


def as_text(sheet: fastexcel.ExcelSheet) -> Sheet:
    batch, faults = sheet.to_arrow_with_errors()
    errors: dict[int, set[int]] = {}
    for fault in faults.errors if faults else []:
        row, column = fault.position
        errors.setdefault(row + 1, set()).add(column)
    return pl.DataFrame(pl.from_arrow(batch)), errors


def sheets_of(file: ReceivedFile) -> dict[str, Sheet]:
    """Return every visible sheet as text from its first row on, and the cells with errors by row number."""
    sheets: dict[str, Sheet] = file.kept.setdefault("sheets", {})
    if not sheets:
        import fastexcel

        try:
            book = fastexcel.read_excel(file.data)
            for name in book.sheet_names:
                sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
                if sheet.visible == "visible":
                    sheets[name] = as_text(sheet)
        except fastexcel.FastExcelError as error:
            raise RefusalError("the workbook cannot be opened.", SAVE_AGAIN) from error
        if not sheets:
            raise RefusalError("all its sheets are hidden.", "Show the sheet that is meant, and save it.")
    return sheets
