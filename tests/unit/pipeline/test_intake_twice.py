"""The same file twice, rows told again, and a month that is published again."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
from intake_files import FRAUD, STREET, manifest, report, rows, street, taken, write

from fourfold.home import Home
from fourfold.pipeline.intake import take_in


def test_the_same_file_twice_changes_nothing(home: Home, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", FRAUD, report("R1"), report("R2", day="31/02/2021"))
    assert taken(home, path) == [(2, 1, 1, 0)]
    before = manifest(home)
    copy = tmp_path / "the same under another name.csv"
    shutil.copy(path, copy)
    assert taken(home, path, copy) == [(2, 0, 0, 2), (2, 0, 0, 2)]
    assert manifest(home) == before
    assert rows(home, "quarantine").height == 1


def test_two_copies_in_one_hand_over_are_read_once(home: Home, tmp_path: Path) -> None:
    first = write(tmp_path / "a.csv", STREET, street(), street())
    second = write(tmp_path / "b.csv", STREET, street(), street())
    assert taken(home, first, second) == [(2, 2, 0, 0), (2, 0, 0, 2)]
    assert rows(home, "street_crime").height == 2


def test_a_row_told_again_is_unchanged_and_a_changed_one_keeps_its_history(
    home: Home, tmp_path: Path
) -> None:
    first = write(tmp_path / "a.csv", FRAUD, report("R1"), report("R2"))
    second = write(tmp_path / "b.csv", FRAUD, report("R1"), report("R2", "Smythe"))
    assert taken(home, first) == [(2, 2, 0, 0)]
    assert taken(home, second) == [(2, 1, 0, 1)]
    assert rows(home, "fraud_report").sort("report_ref")["last_name"].to_list() == ["Smith", "Smythe"]
    assert rows(home, "fraud_report__earlier")["last_name"].to_list() == ["Smith"]


def test_in_one_file_the_first_row_of_a_reference_stands_and_a_contradiction_is_set_aside(
    home: Home, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.csv", FRAUD, report("R1"), report("R1", "Jones"), report("R1"))
    assert taken(home, path) == [(3, 1, 1, 1)]
    assert rows(home, "fraud_report")["last_name"].to_list() == ["Smith"]
    aside = rows(home, "quarantine")
    assert aside.select("file_row", "rule").rows() == [(3, "key|repeated")]
    assert "says something else" in aside["words"][0]


def test_files_of_one_hand_over_are_told_in_the_order_of_their_names(home: Home, tmp_path: Path) -> None:
    """The later week stands, though the folder was copied in another order."""
    write(tmp_path / "in" / "2022-03-14.csv", FRAUD, report("R1", "Later"))
    write(tmp_path / "in" / "2022-03-07.csv", FRAUD, report("R1", "Earlier"))
    assert taken(home, tmp_path / "in") == [(1, 1, 0, 0), (1, 1, 0, 0)]
    assert rows(home, "fraud_report")["last_name"].to_list() == ["Later"]
    assert rows(home, "fraud_report__earlier")["last_name"].to_list() == ["Earlier"]


def test_a_month_published_again_takes_the_place_of_that_month_alone(home: Home, tmp_path: Path) -> None:
    november = write(tmp_path / "2021-11-northumbria-street.csv", STREET, street("2021-11"))
    december = write(tmp_path / "2021-12-northumbria-street.csv", STREET, street(), street(), street())
    taken(home, november, december)
    before = manifest(home)
    again = write(
        tmp_path / "again" / "2021-12-northumbria-street.csv", STREET, street(), street(where="Elsewhere")
    )
    (result,) = take_in(home, [again]).files
    assert (result.received, result.accepted) == (2, 2)
    assert "replaced 3 rows" in result.note
    assert months(rows(home, "street_crime")) == {"2021-11": 1, "2021-12": 2}
    assert months(rows(home, "street_crime", before)) == {"2021-11": 1, "2021-12": 3}


def test_a_month_that_comes_twice_in_one_hand_over_is_committed_twice(home: Home, tmp_path: Path) -> None:
    """So that the rows taken out stand in a manifest, and can be found again."""
    first = write(tmp_path / "a" / "2021-12-northumbria-street.csv", STREET, street(), street())
    other = write(tmp_path / "b" / "2021-11-northumbria-street.csv", STREET, street("2021-11"))
    second = write(tmp_path / "c" / "2021-12-northumbria-street.csv", STREET, street(where="Elsewhere"))
    found = take_in(home, [first, other, second])
    assert [result.accepted for result in found.files] == [2, 1, 1]
    assert "replaced 2 rows" in found.files[2].note
    assert found.manifest == "000002"
    assert months(rows(home, "street_crime", "1")) == {"2021-11": 1, "2021-12": 2}
    assert months(rows(home, "street_crime")) == {"2021-11": 1, "2021-12": 1}
    assert set(rows(home, "batch")["received"]) == {2, 1}


def months(frame: pl.DataFrame) -> dict[str, int]:
    return dict(frame.group_by(pl.col("month").dt.strftime("%Y-%m")).len().iter_rows())
