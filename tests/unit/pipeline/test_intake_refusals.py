"""One bad file never stops the others, and says itself what it is and what to do."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from pathlib import Path

import pytest
from intake_files import FRAUD, STREET, counts, manifest, report, rows, street, write

from fourfold.home import DataProblemError, Home, WrongUseError
from fourfold.pipeline.intake import take_in
from fourfold.pipeline.refresh import refresh

BAD = {
    "01-empty.csv": (b"\r\n", "it is empty"),
    "02-picture.csv": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "it is a picture (PNG)"),
    "03-page.csv": (b"<html><body>Sign in</body></html>", "it is a web page"),
    "04-json.csv": (b'{"a": [1, 2]}', "it is JSON"),
    "05-headings.csv": ((",".join(FRAUD) + "\n").encode(), "it has headings but no rows"),
    "06-other.csv": (b"Colour,Shape\nred,round\n", "those of no source we know"),
    "07-lacks.csv": (
        b"NFRC reference,Date reported,NFIB code\nR1,04/03/2022,90\n",
        "lacks 'Victim type'",
    ),
    "08-cut.csv": ((",".join(FRAUD) + "\nR1,04/03/2022,90,indiv").encode(), "it is cut short"),
    "09-cut.csv.gz": (gzip.compress(b"x" * 999)[:-9], "it is damaged or cut short"),
    "10-program.csv": (b"MZ\x90\x00\x03\x00", "it is a Windows program"),
}


def test_every_bad_file_of_a_folder_is_named_and_the_good_ones_are_read(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "received"
    for name, (data, _) in BAD.items():
        write(folder / "x.csv", FRAUD).with_name(name).write_bytes(data)
    (folder / "x.csv").unlink()
    write(folder / "00-good.csv", FRAUD, report("R1"))
    write(folder / "99-good.csv", FRAUD, report("R2"), report("R3"))
    (folder / "README.md").write_text("What these files are.")
    (folder / "map.geojson").write_text('{"type": "FeatureCollection"}')
    (folder / ".DS_Store").write_bytes(b"x")
    found = take_in(home, [folder], "northumbria")
    assert {Path(one.file).name for one in found.refused} == set(BAD)
    for one in found.refused:
        assert BAD[Path(one.file).name][1] in one.refused
        assert one.refused.endswith(".")
        assert one.source == "not read"
    assert found.passed_over == ["received/README.md", "received/map.geojson"]
    assert found.by_source() == [
        {"source": "fraud_list", "files": 2, "received": 3, "accepted": 3, "quarantined": 0, "unchanged": 0}
    ]
    assert found.has_problems
    assert rows(home, "fraud_report").height == 3


def test_a_table_in_a_file_that_usually_stands_beside_the_data_is_read(home: Home, tmp_path: Path) -> None:
    """Tab-divided exports are often called .txt."""
    folder = tmp_path / "received"
    write(folder / "list.txt", FRAUD, report("R1"))
    (folder / "notes.txt").write_text("Nothing to see.")
    found = take_in(home, [folder], "northumbria")
    assert [counts(result) for result in found.files] == [(1, 1, 0, 0)]
    assert found.passed_over == ["received/notes.txt"]
    assert not found.has_problems


def test_a_file_named_by_hand_is_refused_whatever_its_kind(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Nothing to see.")
    (result,) = take_in(home, [path], "northumbria").files
    assert "no source we know" in result.refused


def test_a_refused_file_leaves_its_account_and_may_come_again(home: Home, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", FRAUD, report("R1"))
    (result,) = take_in(home, [path]).files
    assert "do not say which force" in result.refused
    (account,) = rows(home, "batch").to_dicts()
    assert (account["state"], account["source"], account["file"]) == ("refused", "not read", "a.csv")
    assert (account["note"], account["size_bytes"]) == (result.refused, path.stat().st_size)
    assert account["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    before = manifest(home)
    take_in(home, [path])
    assert manifest(home) == before, "refused once more for the same reason it has one account"
    assert [counts(one) for one in take_in(home, [path], "northumbria").files] == [(1, 1, 0, 0)]
    assert sorted(rows(home, "batch")["state"]) == ["read", "refused"]


def test_files_refused_before_they_are_opened_leave_an_account_too(home: Home, tmp_path: Path) -> None:
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(gzip.compress(b"x" * 999)[:-9])
    (tmp_path / "link.csv").symlink_to(tmp_path / "nowhere" / "x.csv")
    take_in(home, [cut])
    take_in(home, [tmp_path], "northumbria")
    told = {one["file"]: one for one in rows(home, "batch").to_dicts()}
    assert told["cut.csv.gz"]["sha256"] == hashlib.sha256(cut.read_bytes()).hexdigest()
    (link,) = (one for name, one in told.items() if name.endswith("link.csv"))
    assert link["sha256"] is None
    assert "link to nothing" in link["note"]


def test_where_only_files_were_refused_nothing_is_loaded(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Nothing to see.")
    take_in(home, [path])
    with pytest.raises(DataProblemError, match="Nothing is loaded"):
        refresh(home)


def test_a_row_without_a_force_among_rows_that_name_one_is_set_aside_alone(
    home: Home, tmp_path: Path
) -> None:
    path = write(
        tmp_path / "a.csv",
        (*FRAUD, "Police force"),
        (*report("R1"), "Northumbria Police"),
        (*report("R2"), ""),
    )
    (result,) = take_in(home, [path]).files
    assert counts(result) == (2, 1, 1, 0)
    assert rows(home, "quarantine")["rule"].to_list() == ["force|nullability"]


def test_a_path_that_is_not_there_stops_before_anything_is_loaded(home: Home, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", FRAUD, report("R1"))
    with pytest.raises(WrongUseError, match="There is no"):
        take_in(home, [path, tmp_path / "nowhere.csv"], "northumbria")
    assert manifest(home) == "000000"


def test_a_workbook_gives_each_sheet_it_knows_and_names_those_it_does_not(home: Home, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (FRAUD, report("R1")):
        book.active.append(row)
    book.create_sheet("Notes").append(("Read me",))
    book.create_sheet("Blank")
    posts = book.create_sheet("Posts")
    for row in (("Unit", "Post role", "Month", "Funded FTE"), ("ECVCU", "Officer", "Dec-21", 4.5)):
        posts.append(row)
    hidden = book.create_sheet("Old")
    hidden.append(FRAUD)
    hidden.sheet_state = "hidden"
    path = tmp_path / "pack.xlsx"
    book.save(path)
    first, second = take_in(home, [path], "northumbria").files
    assert (first.file, first.source, counts(first)) == ("pack.xlsx [Sheet]", "fraud_list", (1, 1, 0, 0))
    assert (second.file, second.source, counts(second)) == ("pack.xlsx [Posts]", "staffing", (1, 1, 0, 0))
    assert "sheet 'Notes' not read" in first.note
    assert "hidden sheet 'Old' not read" in first.note
    assert "Blank" not in first.note
    before = manifest(home)
    assert [counts(one) for one in take_in(home, [path], "northumbria").files] == [(1, 0, 0, 1)] * 2
    assert manifest(home) == before


def test_a_sheet_becomes_known_by_a_mapping_file_and_the_others_stay_read(home: Home, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (FRAUD, report("R1")):
        book.active.append(row)
    theirs = book.create_sheet("Theirs")
    for row in (("Our ref", *FRAUD[1:]), report("R2")):
        theirs.append(row)
    path = tmp_path / "pack.xlsx"
    book.save(path)
    (first,) = take_in(home, [path], "northumbria").files
    assert "lacks 'NFRC reference'" in first.note
    home.prepare()
    (home.mappings / "x.toml").write_text('source = "fraud_list"\n[columns]\n"NFRC reference" = "Our ref"\n')
    refs = {result.file: counts(result) for result in take_in(home, [path], "northumbria").files}
    assert refs == {"pack.xlsx [Sheet]": (1, 0, 0, 1), "pack.xlsx [Theirs]": (1, 1, 0, 0)}


def test_a_zip_of_months_with_one_damaged_is_read_but_for_that_one(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "archive.zip"
    good = write(tmp_path / "a.csv", STREET, street()).read_bytes()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2021-11/2021-11-northumbria-street.csv", good[: len(good) - 40])
        archive.writestr("2021-12/2021-12-northumbria-street.csv", good)
    found = take_in(home, [path])
    assert [bool(result.refused) for result in found.files] == [True, False]
    assert rows(home, "street_crime").height == 1
