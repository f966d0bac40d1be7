"""CSV and its kin: dividing signs, titles, quoted line ends, row numbers, and rows that are not whole."""

from __future__ import annotations

import csv
import io

import pytest
from made_tables import (
    HEADINGS,
    ROW,
    intake_of,
    lines,
    names_by_row,
    rules_by_row,
    table_of,
    text_received,
)

from fourfold.home import FourfoldError
from fourfold.sources import delimited
from fourfold.sources.text_table import TextTable


def quoted(*rows: tuple[str, ...], sign: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign, lineterminator=end).writerows(rows)
    return out.getvalue()


def row(ref: str, name: str = "Smith") -> tuple[str, ...]:
    return (ref, *ROW[1:4], name, "5")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_sign_and_line_end(sign: str, end: str) -> None:
    assert names_by_row(intake_of(lines(HEADINGS, row("R1"), row("R2", "Jones"), sign=sign, end=end))) == {
        2: "Smith",
        3: "Jones",
    }


def test_commas_in_the_words_of_a_tab_divided_file_do_not_divide_it() -> None:
    said = "He rang, said, yes, then, twice, more, and, more, of, it"
    intake = intake_of(lines(HEADINGS, row("R1", said), sign="\t"))
    assert names_by_row(intake) == {2: said}


@pytest.mark.parametrize(
    "above", ["OFFICIAL-SENSITIVE\n\n", '"Weekly list,\nof victims"\n', "\n\n\nList;of the, week\n"]
)
def test_a_title_above_the_headings_moves_the_row_numbers_as_in_a_spreadsheet(above: str) -> None:
    """A title in quotes over two lines is one row of a spreadsheet; a blank line is one too."""
    rows_above = len(list(csv.reader(io.StringIO(above, newline=""))))
    for text in (lines(HEADINGS, row("R1")), quoted(HEADINGS, row("R1", 'says "x"'), end="\n")):
        assert list(names_by_row(intake_of(above + text))) == [rows_above + 2]


def test_rows_after_a_blank_line_and_a_quoted_line_end_keep_the_spreadsheets_number() -> None:
    text = quoted(HEADINGS, row("R1", "two\nlines"), row("R2")) + "\r\n" + quoted(row("R3", "last"))
    assert names_by_row(intake_of(text)) == {2: "two\nlines", 3: "Smith", 5: "last"}


def test_blank_rows_are_no_rows() -> None:
    text = lines(HEADINGS, row("R1"), ("", " ", "", "", "", ""), row("R2")) + ",,,,,\n\n\n"
    intake = intake_of(text)
    assert list(names_by_row(intake)) == [2, 4]
    assert intake.received == 2


def test_rows_with_too_few_or_too_many_cells_are_set_aside_with_all_their_text() -> None:
    intake = intake_of(
        lines(HEADINGS, row("R1"), ("R2", "04/03/2022"), (*row("R3"), "and", "more"), row("R4"))
    )
    assert list(names_by_row(intake)) == [2, 5]
    assert rules_by_row(intake) == {3: "row|shape", 4: "row|shape"}
    assert text_received(intake, 3) == {"NFRC reference": "R2", "Date reported": "04/03/2022"}
    assert text_received(intake, 4)["(more)"] == "and|more"


def test_a_short_and_a_long_row_do_not_make_each_other_good() -> None:
    """Their delimiters add up to the right number; each is set aside all the same."""
    intake = intake_of(lines(HEADINGS, row("R1")[:-1], (*row("R2"), "more"), row("R3")))
    assert rules_by_row(intake) == {2: "row|shape", 3: "row|shape"}


def test_a_second_heading_row_of_joined_exports_is_set_aside_in_clear_words() -> None:
    for text in (
        lines(HEADINGS, row("R1"), HEADINGS, row("R2")),
        quoted(HEADINGS, row("R1", 'a "b"'), HEADINGS),
    ):
        intake = intake_of(text)
        assert rules_by_row(intake) == {3: "row|repeats_headings"}
        assert "files were put one after the other" in intake.quarantined["words"][0]


def test_a_quotation_mark_within_a_cell_is_kept() -> None:
    text = (
        'NFRC reference,Date reported,NFIB code,Victim type,Last name\nR1,04/03/2022,90,individual,5" pipe\n'
    )
    assert names_by_row(intake_of(text)) == {2: '5" pipe'}


def test_a_cell_longer_than_any_may_be_sets_its_row_aside() -> None:
    for long in ("x" * 100_001, '"' + "x" * 200_000 + '"'):
        intake = intake_of(lines(HEADINGS, row("R1", long), row("R2", "y" * 100_000)))
        assert rules_by_row(intake) == {2: "row|cell_too_long"}
        assert len(text_received(intake, 2)["Last name"]) == len(long.strip('"'))
        assert list(names_by_row(intake)) == [3]


def test_columns_with_the_same_or_no_heading_keep_their_own_text() -> None:
    headings = (*HEADINGS, "Note", "Note", "")
    intake = intake_of(lines(headings, ("R1", "never", *ROW[2:], "one", "two", "three")))
    told = text_received(intake, 2)
    assert (told["Note"], told["Note (2)"], told["(column 9)"]) == ("one", "two", "three")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (lines(HEADINGS, row("R1"), row("R2"))[:-3], r"cut short: its last row \(row 3\) has 5 of 6 cells"),
        (lines(HEADINGS, row("R1")) + 'R2,04/03/2022,90,individual,"Smi', "row 3 is never closed"),
        (lines(HEADINGS, row("R1")) + 'R2,04/03/2022,90,individual,"Smith,5\n', "row 3 is never closed"),
        (lines(HEADINGS, row("R1"), row("R2", '"Smith')) + lines(row("R3")), "row 3 is never closed"),
        (lines(HEADINGS, row("R1", '5" pipe')) + 'R2,04/03/2022,90,individual,"Smi', "row 3 is never closed"),
        (lines(HEADINGS, row("R1", '5" pipe'), (*ROW[:5], '"5')) + lines(row("R3")), "row 3 is never closed"),
        (
            lines(HEADINGS, row("R1", '5" pipe'), (*ROW[:5], '"5')) + lines(row("R3"))[:-1],
            "row 3 is never closed",
        ),
        (lines(HEADINGS, (*ROW[:5], '"5')) + lines(row("R3"))[:-1], "row 2 is never closed"),
        (lines(HEADINGS, row("R1")) + 'R2,04/03/2022,90,individual,Smith,"5', "row 3 is never closed"),
        (lines(HEADINGS), "headings but no rows"),
        (lines(HEADINGS) + "\n,,,,,\n", "headings but no rows"),
        (",".join(f"c{n}" for n in range(1_000_000)) + "\n1\n", "too many columns"),
        (",".join((*HEADINGS, *(f"c{n}" for n in range(600)))) + "\n" + "1," * 605 + "1\n", "606 columns"),
        ("x" * 2_000_000, "longer than a million characters"),
    ],
)
def test_what_is_not_a_whole_table_is_refused_with_what_to_do(text: str, says: str) -> None:
    with pytest.raises(FourfoldError, match=says) as error:
        intake_of(text)
    assert error.value.next_step


def test_the_fast_readers_and_the_patient_one_agree() -> None:
    """Every file that a fast reader takes gives the same table as the reader that looks at each row."""
    plain = lines(HEADINGS, *(row(f"R{n}", f" Smith {n} ") for n in range(50)))
    marks = quoted(HEADINGS, *(row(f"R{n}", f'a "b", c\r\n{n}') for n in range(50)), row("R50"))
    for text in (plain, plain.replace("\n", "\r\n"), plain[:-1], marks, marks[:-2], "title\n" + marks):
        data = text.encode()
        header_row = int(text.startswith("title"))
        head = delimited.rows_begin(data, header_row, ",")
        fast = delimited.quoted_rows if '"' in text else delimited.unquoted_rows
        patient = delimited.patient_rows(delimited.Utf8(data, False), header_row, ",")
        assert same(fast(data, head, header_row, ","), patient)


def same(one: TextTable, other: TextTable) -> bool:
    return (
        one.headings == other.headings
        and one.cells.fill_null("").equals(other.cells)
        and one.odd == other.odd
    )


def test_a_carriage_return_within_a_row_ends_it_as_a_spreadsheet_program_has_it() -> None:
    intake = intake_of(lines(HEADINGS, row("R1", "Smi\rth"), row("R2")))
    assert rules_by_row(intake) == {2: "row|shape", 3: "row|shape"}
    assert list(names_by_row(intake)) == [4]


def test_csv_limits_are_put_back() -> None:
    before = csv.field_size_limit()
    table_of(lines(HEADINGS, row("R1", '"' + "x" * 200_000 + '"')))
    assert csv.field_size_limit() == before
