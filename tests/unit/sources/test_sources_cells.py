"""Money, numbers, yes and no, words for nothing: what is read, and what a person must look at."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from made_tables import HEADINGS, ROW, WEST_MIDLANDS, intake_of, lines, rules_by_row, text_received

from fourfold.sources import cells
from fourfold.sources.contract import Parse, ReadingContext


def read(parse: Parse, *told: str | None) -> list[object]:
    frame = pl.DataFrame({"cell": told}, schema={"cell": pl.String})
    return frame.select(parse(pl.col("cell"))).to_series().to_list()


@pytest.mark.parametrize(
    "cell", ["4599", "4599.00", "£4,599.00", "£ 4599", "GBP 4,599", "4,599.00 GBP", "4 599", "4599.000"]
)
def test_money_in_its_usual_forms(cell: str) -> None:
    assert read(cells.pounds, cell) == [Decimal("4599.00")]


@pytest.mark.parametrize(
    "cell",
    [
        "12,50",
        "1,2,3",
        "5k",
        "about 5",
        "(45)",
        "1e5",
        "50p",
        "$5",
        "€5",
        "12%",
        "nil",
        "unknown",
        "4.599,00",
    ],
)
def test_what_may_not_be_pounds_is_not_read(cell: str) -> None:
    """A continental comma above all: 12,50 read as 1,250 would be a hundredfold loss."""
    assert read(cells.pounds, cell, "0") == [None, Decimal("0.00")]


def test_a_negative_loss_is_read_and_then_breaks_a_rule() -> None:
    intake = intake_of(lines(HEADINGS, (*ROW[:5], "-£45.00")))
    assert rules_by_row(intake) == {2: "loss_gbp|min"}


@pytest.mark.parametrize("cell", ["nan", "inf", "1e5", "1E+05", "12%", "1,2", "high", "0x1", "1_000"])
def test_what_may_not_be_a_number_is_not_read(cell: str) -> None:
    assert read(cells.number, cell) == [None]
    assert read(cells.whole_number, cell) == [None]


def test_numbers() -> None:
    assert read(cells.number, "1,234.5", "-3", ".5", None) == [1234.5, -3.0, 0.5, None]
    assert read(cells.whole_number, "1,234", "12.0", "12.5", "-1") == [1234, 12, None, -1]
    assert read(cells.coordinate, "-1.723517", "5e-05", "nan", "52,4") == [-1.723517, 5e-05, None, None]


def test_yes_no_and_blank_are_three_things() -> None:
    assert read(cells.yes_or_no, "Y", "yes", "TRUE", "1", "N", "no", "False", None) == [
        *[True] * 4,
        *[False] * 3,
        None,
    ]
    assert read(cells.yes_or_no, "unknown", "N/A", "-") == [None, None, None]


def test_sex_has_a_word_for_not_stated() -> None:
    assert read(cells.SEX, "F", "Male", "not known", "Non-Binary", "aggrieved") == [
        "female",
        "male",
        "not stated",
        "other",
        None,
    ]


def test_a_postcode_is_written_one_way_and_what_is_none_is_kept_as_told() -> None:
    assert read(cells.postcode, "b1 1aa", "B11AA", "EC1A  1BB", "Not given") == [
        "B1 1AA",
        "B1 1AA",
        "EC1A 1BB",
        "Not given",
    ]


@pytest.mark.parametrize("word", ["nil", "unknown", "N/A", "NULL", "-", "n/k", "none"])
def test_a_word_for_nothing_where_a_value_belongs_is_looked_at_by_a_person(word: str) -> None:
    intake = intake_of(lines(HEADINGS, (*ROW[:5], word)))
    assert rules_by_row(intake) == {2: "loss_gbp|cannot_be_read"}
    assert text_received(intake, 2)["Loss (GBP)"] == word


def test_a_mapping_file_may_say_which_word_the_system_writes_for_an_empty_cell() -> None:
    missing = {"fraud_list": {"NULL": "the export writes NULL where the field is empty"}}
    context = ReadingContext(force=WEST_MIDLANDS.force, missing=missing)
    intake = intake_of(lines(HEADINGS, (*ROW[:5], "NULL"), ("R2", *ROW[1:4], "Null", "5")), context)
    assert intake.accepted["loss_gbp"].to_list() == [None, Decimal("5.00")]
    assert intake.accepted["last_name"].to_list() == ["Smith", "Null"]
    assert intake.notes == ("1 cells 'NULL' read as missing, as the mapping file says",)


def test_a_row_set_aside_keeps_the_word_that_would_be_read_as_missing() -> None:
    missing = {"fraud_list": {"NULL": "the export writes NULL where the field is empty"}}
    context = ReadingContext(force=WEST_MIDLANDS.force, missing=missing)
    intake = intake_of(lines(HEADINGS, ("R1", "31/02/2021", *ROW[2:5], "NULL")), context)
    assert text_received(intake, 2)["Loss (GBP)"] == "NULL"
