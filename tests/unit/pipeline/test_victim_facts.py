"""What victim care takes up: each person on the list once, with all their reports and the latest details."""

from __future__ import annotations

from datetime import date

import polars as pl
from small_force import FRAUD_HEADINGS, reports, write

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.intake import take_in
from fourfold.pipeline.refresh import refresh
from fourfold.pipeline.victim_facts import listed_victims, narratives_of
from fourfold.records.derived import PersonLink


def test_a_person_of_many_reports_is_one_row(loaded: Home) -> None:
    refresh(loaded)
    found = listed_victims(loaded)
    assert found.height == 1
    row = found.row(0, named=True)
    assert (row["person_id"], row["force"], row["cannot_tell"]) == ("NFRC2101000000", "kent", False)
    assert (row["first_on"], row["last_on"], len(row["reports"])) == (date(2021, 1, 1), date(2021, 1, 12), 12)
    assert [one["report_ref"] for one in row["reports"]] == [f"NFRC2101{n:06d}" for n in range(12)]
    assert (row["first_names"], row["date_of_birth"], row["district"]) == ("Zebedee", date(1931, 7, 9), None)
    assert "narrative" not in found.columns
    assert "ethnicity" not in found.columns


def test_the_latest_detail_that_was_told_stands(loaded: Home) -> None:
    later = reports(1)[0] | {
        "NFRC reference": "NFRC2109000001",
        "Date reported": "02/02/2021",
        "Postcode": "",
    }
    write(loaded.path / "later.csv", FRAUD_HEADINGS, [later | {"Email": "new@example.org"}])
    take_in(loaded, [loaded.path / "later.csv"])
    refresh(loaded)
    row = listed_victims(loaded).row(0, named=True)
    assert (row["email"], row["postcode"], len(row["reports"])) == ("new@example.org", "ZE1 9QQ", 13)


def test_a_person_whose_link_is_gone_stays_on_the_list(loaded: Home) -> None:
    refresh(loaded)
    lake = Lake(loaded.lake)
    with lake.load("a link lost") as load:
        table = lake.scan("fraud_report")
        assert table is not None
        other = pl.DataFrame(
            {"record": ["fraud_report"] * 12, "record_ref": table.select("report_ref").collect()["report_ref"],
             "person_id": ["somebody-else"] * 12, "evidence": [None] * 12},
            schema={name: pl.String for name in PersonLink.column_names()},
        )  # fmt: skip
        load.replace_all(PersonLink.table, other)
    row = listed_victims(loaded).row(0, named=True)
    assert (row["person_id"], row["reports"], row["last_name"]) == ("NFRC2101000000", None, None)
    assert row["first_on"] == date(2021, 1, 1)


def test_nothing_listed_is_an_empty_frame(loaded: Home) -> None:
    assert listed_victims(loaded).height == 0


def test_narratives_are_read_for_the_reports_asked_for_alone(loaded: Home) -> None:
    found = narratives_of(loaded, ["NFRC2101000003", "no-such"], "kent")
    assert found["report_ref"].to_list() == ["NFRC2101000003"]
    assert found["narrative"].to_list() == ["said that the bank had rung"]
    assert narratives_of(loaded, ["NFRC2101000003"], "aldermere").height == 0
