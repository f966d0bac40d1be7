"""Lists as CSV and XLSX files, with cells that a spreadsheet would run made harmless."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpResponse

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell may not begin with: a spreadsheet would take it for a formula."""


def harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet runs; a number stays a number."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    words = str(value)
    return f"'{words}" if words.startswith(RUNS) else words


def exported(
    form: str, name: str, marking: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """Return rows as a file to download, its marking in the first row; raises Http404 for another form."""
    if form not in FORMS:
        raise Http404
    lines = [[marking], list(headings), *([harmless(cell) for cell in row] for row in rows)]
    content = as_csv(lines) if form == "csv" else as_xlsx(lines)
    answer = HttpResponse(content, content_type=FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def as_csv(lines: Iterable[Sequence[Any]]) -> bytes:
    """Return lines as CSV that spreadsheets read as UTF-8."""
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def as_xlsx(lines: Iterable[Sequence[Any]]) -> bytes:
    """Return lines as a workbook of one sheet; no cell is ever a formula or a link."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(lines):
            sheet.write_row(at, 0, line)
    return out.getvalue()
