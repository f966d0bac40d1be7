"""Lists as files: CSV and XLSX of any length, marked, and safe to open in a spreadsheet.

A desk gives headings and rows; a row is a sequence of plain values (text, numbers, days, instants, true or
false, None). The desk writes the trail entry, with the keys of what it hands out, before it answers.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from fourfold.home import WrongUseError
from fourfold.web.ui.environment import written_instant

Row = Sequence[Any]

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

STARTS_A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""First characters by which a spreadsheet takes a cell for a formula (OWASP, CSV Injection), wide forms too."""

MOST_ROWS = 1_048_575
"""Rows that a sheet of Excel holds beside its headings."""

LONGEST_CELL = 32_767
"""Characters that a cell of Excel holds."""

CUT = " [cut: Excel holds no more in one cell]"
LINES_A_PIECE = 500


def cell_text(value: Any) -> str:
    """Return a value as the text of a cell; a text that would run as a formula begins with an apostrophe.

    Days and instants (London time) are written as ISO 8601 has them, which sorts and which programs read.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    if isinstance(value, datetime):
        return _local(value).isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return neutral("; ".join(str(one) for one in value))
    return neutral(str(value))


def neutral(text: str) -> str:
    """Return a text that no spreadsheet runs; a lone half of a character pair is replaced."""
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    begins = text[:1] in STARTS_A_FORMULA or text.lstrip()[:1] in STARTS_A_FORMULA
    return f"'{text}" if text and begins else text


def _local(at: datetime) -> datetime:
    return (timezone.localtime(at) if timezone.is_aware(at) else at).replace(tzinfo=None)


def csv_lines(headings: Sequence[str], rows: Iterable[Row], marking: str) -> Iterator[bytes]:
    """Yield a CSV file in pieces: the marking, the headings, the rows; UTF-8 with the mark Excel looks for."""
    kept = io.StringIO()
    writer = csv.writer(kept)
    kept.write("\ufeff")
    writer.writerow([marking])
    writer.writerow([cell_text(heading) for heading in headings])
    for number, row in enumerate(rows, start=1):
        writer.writerow([cell_text(value) for value in row])
        if number % LINES_A_PIECE == 0:
            yield kept.getvalue().encode("utf-8")
            kept.seek(0)
            kept.truncate()
    yield kept.getvalue().encode("utf-8")


def write_csv(out: BinaryIO, headings: Sequence[str], rows: Iterable[Row], marking: str) -> None:
    """Write a CSV file."""
    for piece in csv_lines(headings, rows, marking):
        out.write(piece)


def write_xlsx(
    out: BinaryIO, name: str, headings: Sequence[str], rows: Iterable[Row], marking: str, about: str = ""
) -> int:
    """Write a workbook, row by row, and return how many rows it has.

    Two sheets: the rows, and what the file is, with its marking, which is also printed on every page.
    Nothing in it can run: every text is written as text. Raises WrongUseError where the rows are more than
    a sheet holds.
    """
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet = _rows_sheet(workbook, bold, headings, marking)
        forms = {
            "day": workbook.add_format({"num_format": "d mmmm yyyy", "align": "left"}),
            "instant": workbook.add_format({"num_format": "d mmmm yyyy hh:mm", "align": "left"}),
        }
        count = 0
        for count, row in enumerate(rows, start=1):
            if count > MOST_ROWS:
                raise WrongUseError(
                    f"There are more than {MOST_ROWS:,} rows, which is all that a sheet of Excel holds.",
                    "Narrow the list with a filter, or export it as CSV.",
                )
            for column, value in enumerate(row):
                _write_cell(sheet, count, column, value, forms)
        if headings:
            sheet.autofilter(0, 0, count, len(headings) - 1)
        _about_sheet(workbook, bold, name, marking, count, about)
    return count


def _rows_sheet(workbook: Any, bold: Any, headings: Sequence[str], marking: str) -> Any:
    """Return a sheet with its headings, which stay in sight and are printed on every page."""
    sheet = workbook.add_worksheet("Rows")
    printed = marking.replace("&", "&&")
    sheet.set_header(f"&C{printed}")
    sheet.set_footer(f"&C{printed}&RPage &P of &N")
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_column(0, max(len(headings) - 1, 0), 22)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, cell_text(heading), bold)
    return sheet


def _write_cell(sheet: Any, row: int, column: int, value: Any, forms: dict[str, Any]) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, _local(value), forms["instant"])
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(row, column, value, forms["day"])
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and _fits(value):
        sheet.write_number(row, column, value)
    elif text := cell_text(value):
        is_long = len(text) > LONGEST_CELL
        sheet.write_string(row, column, text[: LONGEST_CELL - len(CUT)] + CUT if is_long else text)


def _fits(number: Any) -> bool:
    """Return whether Excel keeps every digit: it has fifteen, and knows no infinity."""
    return bool(number == number and abs(number) < 10**15)


def _about_sheet(workbook: Any, bold: Any, name: str, marking: str, count: int, about: str) -> None:
    sheet = workbook.add_worksheet("About")
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 80)
    told = [
        ("Marking", marking),
        ("What it is", name),
        ("Made", written_instant(timezone.now())),
        ("Rows", f"{count:,}"),
    ]
    if about:
        told.append(("About", about))
    for line, (words, value) in enumerate(told):
        sheet.write_string(line, 0, words, bold)
        sheet.write_string(line, 1, cell_text(value))


def file_name(name: str, ending: str) -> str:
    """Return the name of a file made today: letters, digits and hyphens only."""
    return f"{slugify(name) or 'export'}-{timezone.localdate().isoformat()}.{ending}"


def csv_response(name: str, headings: Sequence[str], rows: Iterable[Row], marking: str) -> HttpResponseBase:
    """Answer with a CSV file, sent as it is written.

    `name` is of the list, and holds nobody's name; it becomes the file's. `marking` is its first line.
    """
    told = {"Content-Disposition": content_disposition_header(True, file_name(name, "csv")) or ""}
    return StreamingHttpResponse(csv_lines(headings, rows, marking), content_type=CSV_TYPE, headers=told)


def xlsx_response(name: str, headings: Sequence[str], rows: Iterable[Row], marking: str) -> HttpResponseBase:
    """Answer with a workbook, written to a file that is gone when it has been sent."""
    with ExitStack() as until_written:
        kept = until_written.enter_context(tempfile.TemporaryFile())
        write_xlsx(kept, name, headings, rows, marking)
        kept.seek(0)
        until_written.pop_all()
    return FileResponse(kept, as_attachment=True, filename=file_name(name, "xlsx"), content_type=XLSX_TYPE)


def by_key(rows: QuerySet[Any], size: int = 2_000) -> Iterator[Any]:
    """Yield the rows of a query in the order of their keys, some thousand at a time, each by a read of its own.

    One long read would keep every writer out of SQLite while it lasts. Rows that come meanwhile may be in it.
    """
    last: Any = None
    while True:
        wanted = rows.order_by("pk") if last is None else rows.order_by("pk").filter(pk__gt=last)
        batch = list(wanted[:size])
        yield from batch
        if len(batch) < size:
            return
        last = batch[-1].pk


FORMATS = {"csv": csv_response, "xlsx": xlsx_response}
"""The kinds of file that a list is exported as, by the word in its address."""


def write_file(
    path: Path, kind: str, name: str, headings: Sequence[str], rows: Iterable[Row], marking: str
) -> None:
    """Write a list to a file of one of `FORMATS`."""
    with path.open("wb") as out:
        if kind == "xlsx":
            write_xlsx(out, name, headings, rows, marking)
        else:
            write_csv(out, headings, rows, marking)
