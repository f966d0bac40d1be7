"""Which cells of a row set aside broke a rule, and how sensitive each is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fourfold.pipeline.broken_cells import cells_of
from fourfold.records.base import Sensitivity

LIST = {
    "NFRC reference": "R1",
    "Date reported": "31/02/2021",
    "NFIB code": "90",
    "Victim type": "individual",
    "Surname": "Smith",
    "DOB": "04/03/2030",
    "Self-defined ethnicity": "W1",
    "Shoe size": "9",
}


def row(rule: str, words: str, source: str = "fraud_list", **more: str) -> dict[str, Any]:
    return {"source": source, "rule": rule, "words": words, "text_received": json.dumps(LIST | more)}


def broken(told: dict[str, Any]) -> list[str]:
    return [cell.heading for cell in cells_of(told, {}) if cell.is_broken]


@pytest.mark.parametrize(
    ("rule", "words", "headings"),
    [
        ("reported_on|cannot_be_read", "Date reported cannot be read: it should be a day", ["Date reported"]),
        ("born_before_report", "the date of birth is after the day of the report", ["Date reported", "DOB"]),
        (
            "age_is_human",
            "the age is not between 0 and 120; the date of birth is after the day of the report",
            ["Date reported", "DOB"],
        ),
        ("report_ref|nullability", "report_ref is missing and ...", ["NFRC reference"]),
        ("row|shape", "row has another number of cells than the file has headings", list(LIST)),
        ("key|repeated", "the file has another row with the same reference that says something else", []),
    ],
)
def test_the_cells_a_rule_is_about(rule: str, words: str, headings: list[str]) -> None:
    assert broken(row(rule, words)) == headings


def test_cells_beyond_the_headings_are_broken() -> None:
    assert broken(row("other", "other", **{"(more)": "x"})) == ["(more)"]


def test_how_sensitive_each_cell_is_and_an_unknown_one_counts_as_personal() -> None:
    told = {cell.heading: cell.sensitivity for cell in cells_of(row("x|y", "z"), {})}
    assert told["NFRC reference"] is Sensitivity.OPEN
    assert told["Surname"] is told["DOB"] is told["Shoe size"] is Sensitivity.PERSONAL
    assert told["Self-defined ethnicity"] is Sensitivity.SENSITIVE


def test_a_row_of_a_source_that_is_known_no_more_is_wholly_personal() -> None:
    cells = cells_of(row("x|y", "z", source="gone"), {})
    assert all(cell.sensitivity is Sensitivity.PERSONAL and not cell.is_broken for cell in cells)
