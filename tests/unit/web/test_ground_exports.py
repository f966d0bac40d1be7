"""Files of lists: nothing in them runs, nothing in them is lost, and they say how they are marked."""

from __future__ import annotations

import csv
import io
import itertools
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from fourfold.home import Home, WrongUseError

pytestmark = pytest.mark.usefixtures("web")

FORMULAS = ["=1+1", "+44 7700 900123", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "＝1+1", "＠x"]
NAMES = ["نور الهدى", "王小明", "Zoë O’Neill", "👩‍👧 Ruth", 'a,b"c\nd']


def read_csv(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def read_xlsx(response: Any) -> Any:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def test_a_text_that_would_run_begins_with_an_apostrophe_and_nothing_else_does() -> None:
    from fourfold.web.ui.exports import csv_response

    rows = read_csv(
        csv_response("A list", ["=heading"], [[text] for text in [*FORMULAS, *NAMES]], "OFFICIAL")
    )
    assert rows[0] == ["OFFICIAL"]
    assert rows[1] == ["'=heading"]
    assert [row[0] for row in rows[2:]] == [f"'{text}" for text in FORMULAS] + NAMES


def test_numbers_days_and_what_is_not_known_are_written_plainly() -> None:
    from fourfold.web.ui.exports import csv_response

    at = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
    row = [-5, Decimal("-4599.10"), date(2022, 3, 4), at, None, True, False, ["=a", "b"]]
    told = read_csv(csv_response("A list", ["x"] * 8, [row], "OFFICIAL"))[2]
    assert told == ["-5", "-4599.10", "2022-03-04", "2026-06-02 00:30", "", "yes", "no", "'=a; b"]


def test_a_workbook_holds_text_as_text_days_as_days_and_its_marking() -> None:
    from fourfold.web.ui.exports import xlsx_response

    rows = [[text, Decimal("12.50"), date(2022, 3, 4), 10**18] for text in [*FORMULAS[:4], *NAMES]]
    book = read_xlsx(xlsx_response("Cases", ["Who", "Loss", "On", "Long"], rows, "OFFICIAL-SENSITIVE"))
    sheet = book["Rows"]
    assert [cell.value for cell in sheet["A"]] == ["Who", *(f"'{text}" for text in FORMULAS[:4]), *NAMES]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert sheet["B2"].value == 12.5
    assert sheet["C2"].value == datetime(2022, 3, 4)
    assert sheet["D2"].value == str(10**18)
    assert sheet.oddHeader.center.text == "OFFICIAL-SENSITIVE"
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert (about["Marking"], about["What it is"], about["Rows"]) == ("OFFICIAL-SENSITIVE", "Cases", "9")


def test_a_cell_too_long_for_excel_says_that_it_was_cut() -> None:
    from fourfold.web.ui.exports import CUT, LONGEST_CELL, xlsx_response

    sheet = read_xlsx(xlsx_response("Notes", ["Note"], [["x" * 40_000]], "OFFICIAL"))["Rows"]
    assert len(sheet["A2"].value) == LONGEST_CELL
    assert sheet["A2"].value.endswith(CUT)


def test_a_list_longer_than_a_sheet_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from fourfold.web.ui import exports

    monkeypatch.setattr(exports, "MOST_ROWS", 3)
    with pytest.raises(WrongUseError, match="more than 3 rows"):
        exports.xlsx_response("Long", ["n"], [[n] for n in range(4)], "OFFICIAL")


def test_csv_is_sent_while_it_is_read() -> None:
    from fourfold.web.ui.exports import csv_response

    asked = itertools.count()
    endless = ([next(asked)] for _ in itertools.count())
    pieces = iter(csv_response("Long", ["n"], endless, "OFFICIAL").streaming_content)
    next(pieces)
    assert next(asked) <= 501


def test_the_name_of_a_file_is_plain_and_dated(register: Home) -> None:
    from fourfold.web.ui.exports import csv_response

    told = csv_response('Cases: "open"/../x', [], [], "OFFICIAL").headers["Content-Disposition"]
    assert told.startswith('attachment; filename="cases-openx-20')
    assert told.endswith('.csv"')
