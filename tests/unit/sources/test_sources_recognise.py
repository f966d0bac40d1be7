"""Which source a table is, what it lacks in words, and the mapping files that name other headings."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_tables import HEADINGS, ROW, intake_of, lines, names_by_row

from fourfold.home import FourfoldError, WrongUseError
from fourfold.pipeline.stages import SOURCES
from fourfold.sources.mappings import read_mappings, read_missing_words
from fourfold.sources.recognise import recognise


def refusal(*headings: str) -> str:
    with pytest.raises(FourfoldError) as error:
        recognise([headings], SOURCES, {})
    assert error.value.next_step
    return error.value.what


def test_every_source_is_recognised_by_its_own_headings() -> None:
    for contract in SOURCES:
        headings = [item.headings[0] for item in contract.fields]
        assert recognise([headings], SOURCES, {}).contract.source == contract.source
        needed = [item.headings[0] for item in contract.needed]
        assert recognise([needed], SOURCES, {}).contract.source == contract.source


def test_headings_are_known_in_any_case_and_spacing() -> None:
    text = lines(tuple(f" {heading.upper()} " for heading in HEADINGS), ROW)
    assert names_by_row(intake_of(text)) == {2: "Smith"}


def test_the_headings_are_found_below_a_title_and_not_in_a_second_copy() -> None:
    rows = [["OFFICIAL"], [], list(HEADINGS), list(ROW), list(HEADINGS)]
    assert recognise(rows, SOURCES, {}).header_row == 2


def test_a_missing_heading_suggests_the_near_one() -> None:
    assert (
        refusal("NFRC reference", "Date reportd", "NFIB code", "Victim type")
        == "it looks like Weekly list of fraud victims, but lacks 'Date reported' (is it 'Date reportd'?)."
    )


def test_a_table_of_no_source_says_how_it_begins() -> None:
    assert (
        refusal("Colour", "Shape")
        == "its headings are those of no source we know (they begin: Colour, Shape)."
    )


def test_two_columns_of_one_heading_that_is_used_are_refused() -> None:
    assert refusal(*HEADINGS, "Last Name") == "it has two columns headed 'Last Name'."


def test_a_mapping_file_names_another_heading_and_goes_before_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "niche.toml").write_text(
        'source = "fraud_list"\n[columns]\n"Last name" = "Family"\n"NFRC reference" = "Our ref"\n'
    )
    mapped = read_mappings(tmp_path, SOURCES)
    text = lines(("Our ref", *HEADINGS[1:], "Family"), (*ROW, "Jones"))
    assert names_by_row(intake_of(text, mapped=mapped)) == {2: "Jones"}
    assert names_by_row(intake_of(lines(HEADINGS, ROW), mapped=mapped)) == {2: "Smith"}, (
        "another sender's file"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('source = "fraud_list"\n[columns]\n"Last nam" = "Family"', "Is 'Last name' meant"),
        ('source = "frauds"', "does not exist"),
        ("source = ", "cannot be read"),
        ('source = "fraud_list"\ncolumns = "Family"', "should hold texts"),
        ('source = "fraud_list"\n[missing]\n"NULL" = ""', "without a reason"),
    ],
)
def test_a_mapping_file_that_is_wrong_says_how(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(text)
    reads = read_missing_words if "[missing]" in text else read_mappings
    with pytest.raises(WrongUseError, match=says) as error:
        reads(tmp_path, SOURCES)
    assert error.value.next_step


def test_words_for_an_empty_cell_carry_their_reason(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('source = "crimes"\n[missing]\n"NULL" = "the export writes it"\n')
    assert read_missing_words(tmp_path, SOURCES) == {"crimes": {"NULL": "the export writes it"}}
