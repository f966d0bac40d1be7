"""Crimes put together by premises: slips in names, neighbours, blank names."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from fourfold.link.premises import SamePremises, name_key, premises_of

HOW = SamePremises(metres=60, metres_unnamed=15, most_edits=2)
WORDS = {"rd": "road", "st": "street"}
DAY = date(2021, 3, 1)


def crimes(*told: tuple[Any, ...]) -> pl.DataFrame:
    """Crimes A, B, C ... told as (name, easting, northing) or (name, easting, northing, force)."""
    rows = [
        {
            "crime_ref": chr(65 + place),
            "force": one[3] if len(one) > 3 else "kent",
            "recorded_on": DAY + timedelta(place),
            "premises_name": one[0],
            "easting": one[1],
            "northing": one[2],
        }
        for place, one in enumerate(told)
    ]
    schema = {"crime_ref": pl.String, "force": pl.String, "recorded_on": pl.Date, "premises_name": pl.String,
              "easting": pl.Float64, "northing": pl.Float64}  # fmt: skip
    return pl.DataFrame(rows, schema=schema)


def grouped(*told: tuple[Any, ...]) -> str:
    """The premises of each crime, in the order told, by the letter of its oldest crime."""
    found = premises_of(crimes(*told), HOW, WORDS)
    return "".join(found["premises_id"])


FENN = "Fennimart Local, 12 Heron Road"


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ("FENNIMART LOCAL 12 HERON RD", True),
        ("Fennimrat Local, 12 Heron Road", True),
        ("Fenimart Local, 12 Heron Road", True),
        ("Fennimart Local", True),
        ("Fennimart Local, 14 Heron Road", False),
        ("Larkwell Local, 12 Heron Road", False),
        ("Fenmra Local, 12 Heron Road", False),
        ("Fenn", False),
    ],
)
def test_names_at_one_place_are_one_premises_where_only_slips_tell_them_apart(
    other: str, is_same: bool
) -> None:
    assert grouped((FENN, 1000.0, 1000.0), (other, 1010.0, 1005.0)) == ("AA" if is_same else "AB")


def test_one_name_at_two_places_is_two_premises() -> None:
    assert grouped((FENN, 1000.0, 1000.0), (FENN, 1100.0, 1000.0)) == "AB"


def test_premises_are_named_after_their_oldest_crime_whatever_the_order_of_rows() -> None:
    told = crimes((FENN, 1000.0, 1000.0), (FENN, 1003.0, 1000.0), (FENN, 1001.0, 1002.0))
    found = premises_of(told.reverse(), HOW, WORDS)
    assert found["crime_ref"].to_list() == ["C", "B", "A"]
    assert set(found["premises_id"]) == {"A"}


def test_a_crime_without_a_name_goes_by_place_to_the_only_premises_there() -> None:
    told = ((FENN, 1000.0, 1000.0), (None, 1004.0, 1000.0), (None, 1500.0, 1000.0), (None, 1500.0, 1000.0))
    assert grouped(*told) == "AACC"
    by = premises_of(crimes(*told), HOW, WORDS)["matched_by"].to_list()
    assert by == ["name_and_place", "place", "place", "place"]


def test_where_two_businesses_stand_a_crime_without_a_name_is_put_to_neither() -> None:
    assert (
        grouped((FENN, 1000.0, 1000.0), ("Larkwell Stores", 1004.0, 1000.0), (None, 1002.0, 1000.0)) == "ABC"
    )


def test_a_crime_without_a_place_goes_to_the_only_premises_of_exactly_its_name() -> None:
    assert grouped((FENN, 1000.0, 1000.0), (FENN, None, None)) == "AA"
    assert grouped((FENN, 1000.0, 1000.0), (FENN, 9000.0, 1000.0), (FENN, None, None)) == "ABC"
    assert grouped((FENN, None, None), ("fennimart local 12 heron rd", None, None)) == "AA"


def test_crimes_that_tell_neither_name_nor_place_stand_alone() -> None:
    told = ((None, None, None), (None, None, None), ("  ", None, None))
    assert grouped(*told) == "ABC"
    assert set(premises_of(crimes(*told), HOW, WORDS)["matched_by"]) == {"alone"}


def test_forces_are_never_put_together() -> None:
    assert grouped((FENN, 1000.0, 1000.0), (FENN, 1000.0, 1000.0, "essex")) == "AB"


def test_nothing_told_is_nothing_found() -> None:
    assert premises_of(crimes(), HOW, WORDS).height == 0


def test_names_in_other_scripts_keep_their_letters() -> None:
    names = pl.DataFrame({"n": ["Ali’s  Мясо & مخبز", "O'Hara's"]})
    assert names.select(name_key(pl.col("n"), WORDS)).to_series().to_list() == [
        "alis мясо and مخبز",
        "oharas",
    ]
