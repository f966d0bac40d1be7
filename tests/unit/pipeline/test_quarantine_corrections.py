"""Rows set aside go out to be corrected, come back through the same reader, and stay corrected."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from intake_files import FRAUD, STREET, manifest, report, rows, street, taken, write

from fourfold.home import DataProblemError, Home, WrongUseError
from fourfold.pipeline.quarantine import by_rule, waiting, write_out
from fourfold.pipeline.readmission import Decider, Readmitted, readmit, readmit_rows, try_row

BAD = report("R1", day="31/02/2021")
Edit = Callable[[dict[str, str]], None]


def corrected(
    home: Home, folder: Path, edit: Edit, source: str = "fraud_list", encoding: str = "utf-8-sig"
) -> Path:
    """Write the waiting rows of a source out, edit each, and return the file."""
    path = folder / "to-correct.csv"
    write_out(waiting(home), source, path)
    with path.open(encoding="utf-8-sig", newline="") as told:
        reader = csv.reader(told)
        headings, cells = next(reader), [dict(enumerate(row)) for row in reader]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    for row in cells:
        named = {heading: row[place] for place, heading in enumerate(headings)}
        edit(named)
        writer.writerow(named.values())
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def to(**cells: str) -> Edit:
    return lambda row: row.update({heading.replace("_", " "): cell for heading, cell in cells.items()})


def put_back(home: Home, folder: Path, edit: Edit, source: str = "fraud_list") -> Readmitted:
    return readmit(home, corrected(home, folder, edit, source), "A. Clerk", "confirmed by the sender")


def test_a_corrected_row_is_in_and_the_decision_keeps_who_why_and_the_text(
    home: Home, tmp_path: Path
) -> None:
    taken(home, write(tmp_path / "a.csv", FRAUD, report("R0"), BAD))
    assert put_back(home, tmp_path, to(Date_reported="28/02/2021")) == Readmitted(1, ())
    assert set(rows(home, "fraud_report")["report_ref"]) == {"R0", "R1"}
    assert waiting(home).is_empty()
    (told,) = rows(home, "desk_decision").to_dicts()
    assert (told["made_by"], told["reason"], told["kind"]) == (
        "A. Clerk",
        "confirmed by the sender",
        "readmission",
    )
    value = json.loads(told["value"])
    assert value["received"]["Date reported"] == "31/02/2021"
    assert value["cells"]["Date reported"] == "28/02/2021"
    assert rows(home, "quarantine").height == 1, "the row as received is kept"
    batch = rows(home, "batch").filter(received=1).to_dicts()[0]
    assert (batch["accepted"], batch["sha256"]) == (1, told["subject_ref"])


def test_a_correction_still_wrong_says_why_and_nothing_is_changed(home: Home, tmp_path: Path) -> None:
    taken(home, write(tmp_path / "a.csv", FRAUD, BAD))
    before = manifest(home)
    done = put_back(home, tmp_path, to(Date_reported="30/02/2021"))
    assert done.accepted == 0
    ((digest, words),) = done.still_wrong
    assert "Date reported cannot be read" in words
    assert manifest(home) == before
    assert waiting(home)["row_digest"].to_list() == [digest]


def test_the_same_file_after_its_correction_changes_nothing(home: Home, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", FRAUD, BAD)
    taken(home, path)
    put_back(home, tmp_path, to(Date_reported="28/02/2021"))
    before = manifest(home)
    assert taken(home, path) == [(1, 0, 0, 1)]
    assert manifest(home) == before
    assert f"{rows(home, 'fraud_report')['reported_on'][0]}" == "2021-02-28"


def test_a_later_file_with_the_same_row_is_corrected_again(home: Home, tmp_path: Path) -> None:
    taken(home, write(tmp_path / "a.csv", FRAUD, BAD))
    put_back(home, tmp_path, to(Date_reported="28/02/2021"))
    assert taken(home, write(tmp_path / "b.csv", FRAUD, report("R9"), BAD)) == [(2, 1, 0, 1)]
    assert waiting(home).is_empty()


def test_a_row_set_aside_for_its_key_stays_as_the_desk_decided(home: Home, tmp_path: Path) -> None:
    """Two rows say different things of R1: the first stands until somebody finds that the second is right."""
    both = [report("R1", "Smith"), report("R1", "Smythe")]
    taken(home, write(tmp_path / "a.csv", FRAUD, *both))
    assert put_back(home, tmp_path, to()) == Readmitted(1, ())
    assert rows(home, "fraud_report")["last_name"].to_list() == ["Smythe"]
    (counts,) = taken(home, write(tmp_path / "b.csv", FRAUD, *both, report("R2")))
    assert counts[2] == 0
    assert rows(home, "fraud_report").sort("report_ref")["last_name"].to_list() == ["Smythe", "Smith"]
    assert waiting(home).is_empty()


def test_a_correction_does_not_undo_what_a_later_file_has_told(home: Home, tmp_path: Path) -> None:
    taken(home, write(tmp_path / "1.csv", FRAUD, BAD))
    taken(home, write(tmp_path / "2.csv", FRAUD, report("R1", "Put right by the sender")))
    assert put_back(home, tmp_path, to(Date_reported="28/02/2021")) == Readmitted(0, (), superseded=1)
    assert rows(home, "fraud_report")["last_name"].to_list() == ["Put right by the sender"]
    assert waiting(home).is_empty()


def test_every_copy_of_an_open_data_row_is_readmitted_into_its_month(home: Home, tmp_path: Path) -> None:
    bad = street(east="far")
    taken(home, write(tmp_path / "2021-12-northumbria-street.csv", STREET, street(), bad, bad))
    assert put_back(home, tmp_path, to(Longitude="-1.5"), "street_crime") == Readmitted(2, ())
    assert rows(home, "street_crime")["longitude"].to_list().count(-1.5) == 2
    again = write(tmp_path / "b" / "2021-12-northumbria-street.csv", STREET, street(), bad)
    assert taken(home, again) == [(2, 2, 0, 0)]
    assert rows(home, "street_crime").height == 2


def test_a_row_of_a_month_since_published_again_is_not_added_to_it(home: Home, tmp_path: Path) -> None:
    taken(
        home, write(tmp_path / "1" / "2021-12-northumbria-street.csv", STREET, street(), street(east="far"))
    )
    taken(
        home, write(tmp_path / "2" / "2021-12-northumbria-street.csv", STREET, street(), street(east="-1.5"))
    )
    assert put_back(home, tmp_path, to(Longitude="-1.5"), "street_crime") == Readmitted(0, (), superseded=1)
    assert rows(home, "street_crime").height == 2


def test_a_month_of_nothing_but_bad_rows_is_readmitted_row_by_row(home: Home, tmp_path: Path) -> None:
    bad = [street(east="far"), street(where="Elsewhere", east="far")]
    taken(home, write(tmp_path / "2021-12-northumbria-street.csv", STREET, *bad))
    path = corrected(home, tmp_path, to(Longitude="-1.5"), "street_crime")
    whole = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    for row in whole[1:]:
        path.write_text(whole[0] + row, encoding="utf-8")
        assert readmit(home, path, "A. Clerk", "why") == Readmitted(1, ())
    assert rows(home, "street_crime").height == 2


def test_a_row_is_readmitted_for_the_force_its_file_was_handed_in_for(home: Home, tmp_path: Path) -> None:
    taken(home, write(tmp_path / "a.csv", FRAUD, report("R0"), BAD), force="cumbria")
    assert put_back(home, tmp_path, to(Date_reported="28/02/2021")) == Readmitted(1, ())
    assert set(rows(home, "fraud_report")["force"]) == {"cumbria"}


def test_rows_of_another_shape_are_corrected_too(home: Home, tmp_path: Path) -> None:
    taken(home, write(tmp_path / "a.csv", FRAUD, report("R0"), BAD[:3], (*report("R2"), "more")))

    def mend(row: dict[str, str]) -> None:
        row.update({"Victim type": "individual", "Date reported": "28/02/2021", "(more)": ""})

    assert put_back(home, tmp_path, mend) == Readmitted(2, ())
    assert set(rows(home, "fraud_report")["report_ref"]) == {"R0", "R1", "R2"}


def test_cells_beyond_the_headings_must_go_before_the_row_is_in(home: Home, tmp_path: Path) -> None:
    taken(home, write(tmp_path / "a.csv", FRAUD, (*report("R2"), "more")))
    ((_, words),) = put_back(home, tmp_path, to()).still_wrong
    assert "cells beyond the headings" in words


def test_the_old_and_the_new_layout_go_out_in_one_file_and_come_back(home: Home, tmp_path: Path) -> None:
    old = ("Month", "Reported by", "Falls within", "Easting", "Northing", "Location", "Crime type", "Context")
    by = "Northumbria Police"
    taken(home, write(tmp_path / "old.csv", old, ("2011-02", by, by, "far", "2", "x", "Robbery", "")))
    taken(home, write(tmp_path / "new.csv", STREET, street(east="far")))

    def mend(row: dict[str, str]) -> None:
        row["Longitude" if row["Easting"] == "" else "Easting"] = "1"

    assert put_back(home, tmp_path, mend, "street_crime") == Readmitted(2, ())
    standing = rows(home, "street_crime").sort("month")
    assert standing.select("easting", "northing", "longitude").rows() == [(1.0, 2.0, None), (None, None, 1.0)]


@pytest.mark.parametrize("text", ["=2+3", "@SUM(A1)", "-5", "+44 7700", "'=x", "\tx", "plain"])
def test_a_cell_that_would_run_as_a_formula_goes_out_harmless_and_comes_back_as_told(
    text: str, home: Home, tmp_path: Path
) -> None:
    taken(home, write(tmp_path / "a.csv", FRAUD, report("R1", f"{text}", day="31/02/2021")))
    path = corrected(home, tmp_path, to(Date_reported="28/02/2021"))
    with path.open(encoding="utf-8-sig", newline="") as told:
        (row,) = csv.DictReader(told)
    assert row["Last name"][0] not in "=+-@\t"
    readmit(home, path, "A. Clerk", "why")
    assert rows(home, "fraud_report")["last_name"].to_list() == [text.strip()]


def test_the_file_may_be_saved_as_a_spreadsheet_program_saves_it(home: Home, tmp_path: Path) -> None:
    taken(home, write(tmp_path / "a.csv", FRAUD, report("R1", "Renée", day="31/02/2021")))
    path = corrected(home, tmp_path, to(Date_reported="28/02/2021"), encoding="cp1252")
    path.write_bytes(path.read_bytes().replace(b",", b";"))
    assert readmit(home, path, "A. Clerk", "why").accepted == 1
    assert rows(home, "fraud_report")["last_name"].to_list() == ["Renée"]


def test_rows_with_a_column_called_as_one_of_ours_keep_it(home: Home, tmp_path: Path) -> None:
    taken(home, write(tmp_path / "a.csv", (*FRAUD, "source"), (*BAD, "local")))
    path = tmp_path / "to-correct.csv"
    write_out(waiting(home), "fraud_list", path)
    path.write_bytes(path.read_bytes().replace(b"31/02/2021", b"28/02/2021"))
    assert readmit(home, path, "A. Clerk", "why") == Readmitted(1, ())
    assert rows(home, "fraud_report")["source"].to_list() == ["local"]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda text: text.replace("quarantine_id", "id", 1), "does not begin with the column"),
        (lambda text: text.rsplit(",", 2)[0] + "\n", "has 9 cells"),
        (lambda text: text.split("\n", 1)[0] + "\n", "does not begin"),
        (lambda text: text.replace("\n", "\n0", 1), "not in quarantine"),
        (lambda text: "", "does not begin|cannot be read"),
    ],
)
def test_a_file_that_is_not_one_of_ours_is_refused(
    spoil: Callable[[str], str], says: str, home: Home, tmp_path: Path
) -> None:
    taken(home, write(tmp_path / "a.csv", FRAUD, BAD))
    path = tmp_path / "to-correct.csv"
    write_out(waiting(home), "fraud_list", path)
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(spoil(text), encoding="utf-8")
    before = manifest(home)
    with pytest.raises(WrongUseError, match=says) as error:
        readmit(home, path, "A. Clerk", "why")
    assert error.value.next_step
    assert manifest(home) == before


def test_a_correction_needs_a_name_and_a_reason(home: Home, tmp_path: Path) -> None:
    taken(home, write(tmp_path / "a.csv", FRAUD, BAD))
    path = corrected(home, tmp_path, to(Date_reported="28/02/2021"))
    with pytest.raises(WrongUseError, match="a name and a reason"):
        readmit(home, path, "A. Clerk", " ")


def test_nothing_in_quarantine(home: Home, tmp_path: Path) -> None:
    assert waiting(home).is_empty()
    path = tmp_path / "x.csv"
    path.write_text("quarantine_id,source,file,row,what_is_wrong,a\nx,y,z,1,w,b\n")
    with pytest.raises(DataProblemError, match="nothing in quarantine"):
        readmit(home, path, "A. Clerk", "why")


def test_rows_are_counted_by_rule_most_first(home: Home, tmp_path: Path) -> None:
    taken(
        home, write(tmp_path / "a.csv", FRAUD, BAD, report("R2", day="31/02/2021"), report("R3", loss="5k"))
    )
    assert [(row["rule"], row["rows"]) for row in by_rule(waiting(home))] == [
        ("reported_on|cannot_be_read", 2),
        ("loss_gbp|cannot_be_read", 1),
    ]


def test_cells_from_a_form_are_tried_without_changing_anything(home: Home, tmp_path: Path) -> None:
    taken(home, write(tmp_path / "a.csv", FRAUD, BAD))
    (row,) = waiting(home).to_dicts()
    before, cells = manifest(home), json.loads(row["text_received"])
    assert "Date reported cannot be read" in try_row(home, row["row_digest"], cells)
    assert try_row(home, row["row_digest"], cells | {"Date reported": "28/02/2021"}) == ""
    assert manifest(home) == before


def test_a_row_corrected_at_a_desk_keeps_role_and_unit_and_is_corrected_once(
    home: Home, tmp_path: Path
) -> None:
    taken(home, write(tmp_path / "a.csv", FRAUD, BAD))
    (row,) = waiting(home).to_dicts()
    cells = json.loads(row["text_received"]) | {"Date reported": "28/02/2021", "Last name": "[hidden]"}
    decider = Decider("7", "by letter", "analyst", "intelligence")
    given = {row["row_digest"]: cells}
    assert readmit_rows(home, given, decider, "the form", only_waiting=True) == Readmitted(1, ())
    (told,) = rows(home, "desk_decision").to_dicts()
    assert (told["made_by"], told["role"], told["unit"]) == ("7", "analyst", "intelligence")
    assert rows(home, "fraud_report")["last_name"].to_list() == ["Smith"], "hidden means as received"
    before = manifest(home)
    again = readmit_rows(home, given, Decider("8", "by telephone"), "the form", only_waiting=True)
    assert again == Readmitted(0, (), corrected_before=(row["row_digest"],))
    assert manifest(home) == before
