"""Open data: the layouts of today and of 2011, blank IDs, names that do not agree with rows, unknown forces."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from intake_files import STREET, counts, rows, street, taken, write

from fourfold.home import Home
from fourfold.pipeline.intake import take_in

SEARCH = (
    "Type",
    "Date",
    "Part of a policing operation",
    "Policing operation",
    "Latitude",
    "Longitude",
    "Gender",
    "Age range",
    "Self-defined ethnicity",
    "Officer-defined ethnicity",
    "Legislation",
    "Object of search",
    "Outcome",
    "Outcome linked to object of search",
    "Removal of more than just outer clothing",
)


def search(at: str) -> tuple[str, ...]:
    return ("Person search", at, "", "", "52.5", "-1.9", "", "", "", "", "", "", "", "True", "False")


def test_rows_without_an_id_are_all_kept(home: Home, tmp_path: Path) -> None:
    path = write(tmp_path / "2021-12-northumbria-street.csv", STREET, *[street()] * 5)
    assert taken(home, path) == [(5, 5, 0, 0)]
    assert rows(home, "street_crime")["crime_id"].to_list() == [None] * 5


def test_a_stray_row_of_another_month_does_not_take_that_months_rows_out(home: Home, tmp_path: Path) -> None:
    november = write(tmp_path / "2021-11-northumbria-street.csv", STREET, *[street("2021-11")] * 4)
    december = write(tmp_path / "2021-12-northumbria-street.csv", STREET, *[street()] * 3, street("2021-11"))
    assert taken(home, november, december) == [(4, 4, 0, 0), (4, 3, 1, 0)]
    aside = rows(home, "quarantine")
    assert aside.select("file_row", "rule").rows() == [(5, "month|not_of_this_file")]
    assert "hand it in with that month's rows" in aside["words"][0]
    assert Counter(rows(home, "street_crime")["month"].dt.month()) == {11: 4, 12: 3}


def test_a_file_whose_name_is_wrong_is_taken_by_its_rows_and_says_so(home: Home, tmp_path: Path) -> None:
    """Renamed, or several months put together under the first one's name."""
    path = write(
        tmp_path / "2021-10-northumbria-street.csv",
        STREET,
        street("2021-10"),
        *[street("2021-11")] * 2,
        street(),
    )
    (result,) = take_in(home, [path]).files
    assert counts(result) == (4, 4, 0, 0)
    assert "its name says 2021-10, its rows 2021-10 to 2021-12: the rows' Month column holds" in result.note


def test_a_force_that_no_list_knows_is_kept_under_its_name_and_named(home: Home, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", STREET, street(by="Ruritania Constabulary"), street())
    (result,) = take_in(home, [path]).files
    assert counts(result) == (2, 2, 0, 0)
    assert "no list knows the force ruritania: kept under that name" in result.note
    assert set(rows(home, "street_crime")["force"]) == {"ruritania", "northumbria"}


def test_a_row_whose_area_lies_outside_the_force_is_kept(home: Home, tmp_path: Path) -> None:
    row = list(street())
    row[STREET.index("LSOA code")] = "W01000001"
    assert taken(home, write(tmp_path / "a.csv", STREET, row)) == [(1, 1, 0, 0)]


def test_stop_and_search_takes_force_and_month_from_its_name(home: Home, tmp_path: Path) -> None:
    """In June's own file stands a search of 31 May: it belongs to the file, which is replaced whole."""
    name = "2020-06-northumbria-stop-and-search.csv"
    path = write(
        tmp_path / name, SEARCH, search("2020-05-31T23:30:00+00:00"), search("2020-06-02T10:00:00+00:00")
    )
    assert taken(home, path, force=None) == [(2, 2, 0, 0)]
    standing = rows(home, "stop_search")
    assert set(standing["force"]) == {"northumbria"}
    assert {f"{month:%Y-%m}" for month in standing["month"]} == {"2020-06"}
    assert standing["outcome_linked"].to_list() == [True, True]


def test_stop_and_search_under_another_name_needs_the_force(home: Home, tmp_path: Path) -> None:
    path = write(tmp_path / "searches.csv", SEARCH, search("2020-05-31T23:30:00+00:00"))
    (result,) = take_in(home, [path]).files
    assert "does not say which force" in result.refused
    assert "--force" in result.refused
    assert taken(home, path, force="west-midlands") == [(1, 1, 0, 0)]
    assert {f"{month:%Y-%m}" for month in rows(home, "stop_search")["month"]} == {"2020-06"}, (
        "London, not UTC"
    )


def test_the_published_first_rows_of_west_midlands_searches(home: Home, reference_data: Path) -> None:
    path = reference_data / "policeuk" / "west_midlands" / "wmp_stop_search_2018-08_first_rows.csv"
    (refused,) = take_in(home, [path]).files
    assert "does not say which force" in refused.refused
    assert taken(home, path, force="west-midlands") == [(8, 8, 0, 0)]


def test_the_columns_of_2011(home: Home, reference_data: Path) -> None:
    path = reference_data / "policeuk" / "west_midlands" / "2011-02-west-midlands-street.csv.xz"
    assert taken(home, path, force=None) == [(25_558, 25_558, 0, 0)]
    standing = rows(home, "street_crime")
    assert set(standing["force"]) == {"west-midlands"}
    assert standing["easting"].null_count() == 0
    assert standing["longitude"].null_count() == standing.height
