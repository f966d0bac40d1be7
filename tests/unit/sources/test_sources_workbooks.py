"""Workbooks: the row numbers a person sees, dates, several sheets, and what must not be opened."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_tables import HEADINGS, ROW, intake_of, rules_by_row, table_of, text_received, with_part, workbook

from fourfold.sources.files import ReceivedFile, RefusedFile, received_files
from fourfold.sources.limits import Limits, limits_today
from fourfold.sources.tables import hidden_sheets, preview

SHEET = "xl/worksheets/sheet1.xml"


def one_sheet(rows: list[tuple[Any, ...]], first_row: int = 1) -> bytes:
    def fill(book: Any) -> None:
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                book.active.cell(first_row + place, column + 1, cell)

    return workbook(fill)


def why(data: bytes, folder: Path, limits: Limits | None = None) -> str:
    path = folder / "list.xlsx"
    path.write_bytes(data)
    (file,) = received_files([path], limits)
    assert isinstance(file, RefusedFile), "it was not refused"
    assert file.next_step
    return file.why


def sound(data: bytes, folder: Path) -> bytes:
    """Return a workbook's bytes as opened, after checking that it is not refused."""
    path = folder / "list.xlsx"
    path.write_bytes(data)
    (file,) = received_files([path])
    assert isinstance(file, ReceivedFile)
    return file.data


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    """Three empty rows and a title above the headings, an empty row among the rows."""
    rows = [("OFFICIAL",), HEADINGS, ROW, (), ("R2", *ROW[1:])]
    assert intake_of(one_sheet(rows, first_row=4)).accepted["file_row"].to_list() == [6, 8]


def test_dates_numbers_and_truths_are_read_as_a_person_sees_them() -> None:
    headings = (*HEADINGS, "Date of birth", "Age", "Support wanted")
    row = ("R1", dt.date(2022, 3, 4), 90, "individual", "Smith", 4599.5, dt.datetime(1949, 12, 31), 72, True)
    told = intake_of(one_sheet([headings, row])).accepted.to_dicts()[0]
    assert (told["reported_on"], told["date_of_birth"]) == (dt.date(2022, 3, 4), dt.date(1949, 12, 31))
    assert (str(told["loss_gbp"]), told["age"], told["support_wanted"]) == ("4599.50", 72, True)


def test_a_merged_cell_is_the_cell_it_begins_in() -> None:
    def fill(book: Any) -> None:
        for row in (HEADINGS, ROW, ("R2", *ROW[1:])):
            book.active.append(row)
        book.active.merge_cells("A2:A3")

    assert rules_by_row(intake_of(workbook(fill))) == {3: "report_ref|nullability"}


def test_a_row_in_which_the_spreadsheet_shows_an_error_is_set_aside() -> None:
    """#N/A read as a blank would make a loss missing that somebody had worked out wrongly."""
    intake = intake_of(one_sheet([HEADINGS, (*ROW[:5], "#N/A"), ("R2", *ROW[1:])]))
    assert rules_by_row(intake) == {2: "row|spreadsheet_error"}
    assert "under Loss (GBP)" in intake.quarantined["words"][0]
    assert text_received(intake, 2)["Last name"] == "Smith"
    assert intake.accepted["file_row"].to_list() == [3]


def test_a_formula_with_its_value_is_read_and_one_never_calculated_refuses_the_file(tmp_path: Path) -> None:
    never = one_sheet([HEADINGS, (*ROW[:5], "=2+3")])
    assert "never calculated (cell F2)" in why(never, tmp_path)
    done = with_part(
        never, SHEET, lambda part: re.sub(rb"(<f>2\+3</f>)<v\s*/?>(</v>)?", rb"\1<v>5</v>", part)
    )
    assert str(intake_of(sound(done, tmp_path)).accepted["loss_gbp"][0]) == "5.00"
    empty_text = with_part(
        never,
        SHEET,
        lambda part: re.sub(
            rb'(r="F2")([^>]*>)(<f>2\+3</f>)<v\s*/?>(</v>)?', rb'\1 t="str"\2\3<v></v>', part
        ),
    )
    assert intake_of(sound(empty_text, tmp_path)).accepted["loss_gbp"][0] is None


def test_every_sheet_is_offered_and_a_hidden_one_is_only_named() -> None:
    def fill(book: Any) -> None:
        book.active.append(HEADINGS)
        book.active.append(ROW)
        book.create_sheet("Notes").append(("Read me",))
        hidden = book.create_sheet("Old")
        hidden.append(HEADINGS)
        hidden.sheet_state = "hidden"

    file = ReceivedFile("x.xlsx", workbook(fill))
    assert [sheet for sheet, _ in preview(file)] == ["Sheet", "Notes"]
    assert hidden_sheets(file) == ["Old"]


def test_a_sheet_that_only_claims_to_be_endless_is_read() -> None:
    book = one_sheet([HEADINGS, ROW])
    claims = with_part(
        book, SHEET, lambda part: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', part)
    )
    assert table_of(claims).cells.height == 1


@pytest.mark.parametrize("corner", ["XFD1048576", "XFD3", "SZ1048576", "AZZ2", "xfd3", "B000900000000"])
def test_a_cell_in_the_far_corner_is_refused_before_it_fills_the_memory(corner: str, tmp_path: Path) -> None:
    book = one_sheet([HEADINGS, ROW])
    row = re.sub("[A-Za-z]", "", corner)
    far = f'<row r="{row}"><c s="0" r="{corner}"><v>1</v></c></row></sheetData>'.encode()
    assert "more than a table holds" in why(
        with_part(book, SHEET, lambda part: part.replace(b"</sheetData>", far)), tmp_path
    )


def test_entities_of_its_own_are_refused(tmp_path: Path) -> None:
    """A thousand million laughs: each entity is ten of the one before."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    for part in (SHEET, "xl/sharedStrings.xml"):
        book = with_part(one_sheet([HEADINGS, ROW]), part, lambda told: bomb + told.split(b"?>", 1)[-1])
        assert "XML entities" in why(book, tmp_path)


def test_a_long_text_that_endless_cells_share_is_refused_and_a_long_text_told_once_is_not(
    tmp_path: Path,
) -> None:
    """Each cell is a few letters in the file and thirty thousand in memory."""
    strings = b"<sst><si><t>a</t></si><si><t>" + b"x" * 30_000 + b"</t></si></sst>"

    def with_cells(index: int) -> bytes:
        rows = b"".join(
            b'<row r="%d">%s</row>' % (row, b'<c r="A%d" t="s"><v>%d</v></c>' % (row, index))
            for row in range(1, 3_001)
        )
        once = b'<row r="3001"><c r="A3001" t="s"><v>1</v></c></row>'
        book = with_part(one_sheet([HEADINGS]), "xl/sharedStrings.xml", lambda part: strings)
        return with_part(
            book, SHEET, lambda part: b"<worksheet><sheetData>" + rows + once + b"</sheetData></worksheet>"
        )

    limits = replace(limits_today(), unpacked_bytes=50_000_000)
    assert "repeat a long text" in why(with_cells(1), tmp_path, limits)
    path = tmp_path / "sound.xlsx"
    path.write_bytes(with_cells(0))
    (file,) = received_files([path], limits)
    assert isinstance(file, ReceivedFile)


def test_a_workbook_with_macros_in_the_binary_format_or_no_workbook_at_all(tmp_path: Path) -> None:
    book = one_sheet([HEADINGS, ROW])
    assert "macros" in why(with_part(book, "xl/vbaProject.bin", lambda part: b"x"), tmp_path)
    assert "binary format" in why(with_part(book, "xl/workbook.bin", lambda part: b"x"), tmp_path)


def test_a_word_document_and_an_opendocument_are_named(tmp_path: Path) -> None:
    import docx

    out = io.BytesIO()
    docx.Document().save(out)
    assert "without a table" in why(out.getvalue(), tmp_path)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    assert "OpenDocument" in why(out.getvalue(), tmp_path)


def test_a_workbook_cut_short_or_damaged_is_refused(tmp_path: Path) -> None:
    book = one_sheet([HEADINGS, *[(f"R{n}", *ROW[1:]) for n in range(500)]])
    assert "damaged or cut short" in why(book[:-200], tmp_path)
    at = book.index(b"xl/worksheets/sheet1.xml") + 200
    assert "damaged or cut short" in why(book[:at] + b"\xff" * 40 + book[at + 40 :], tmp_path)
