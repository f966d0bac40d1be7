"""What is planted as bad in the made-up force's files is what is set aside, row for row and by the right rule."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from intake_files import rows

from fourfold.home import Home
from fourfold.pipeline.intake import IntakeReport, take_in
from fourfold.pipeline.stages import SOURCES
from fourfold.sources.files import ReceivedFile
from fourfold.sources.recognise import recognise
from fourfold.sources.tables import preview
from fourfold.synthetic.force import make_force

OWN_REF = {
    "crimes": "Crime number",
    "persons": "Person ref",
    "case_events": "Event ID",
    "suspects": "Suspect ref",
    "property": "Crime number",
    "outcomes": "Subject ref",
    "programme_cases": "Case ref",
}
"""The heading under which each source's planted bad rows have a reference of their own."""
Planted = Counter[tuple[str, str, str]]
"""File, reference, rule."""


@dataclass(frozen=True)
class Made:
    """A made-up force as written and as taken in."""

    received: Path
    truth: Path
    home: Home
    report: IntakeReport

    def told(self, name: str) -> list[dict[str, str]]:
        with (self.truth / f"{name}.csv").open(encoding="utf-8", newline="") as truth:
            return list(csv.DictReader(truth))

    def set_aside(self, source: str) -> list[dict[str, object]]:
        return rows(self.home, "quarantine").filter(source=source).to_dicts()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("aldermere")
    force = make_force(folder, scale=0.02, seed=1)
    home = Home(folder / "home")
    home.prepare()
    home.write_settings(force.settings)
    return Made(force.received, folder / "truth", home, take_in(home, [force.received]))


def test_every_file_is_read_and_adds_up(made: Made) -> None:
    assert not made.report.refused
    assert all(result.adds_up for result in made.report.files)


@pytest.mark.parametrize(
    "source",
    [
        "crimes",
        "persons",
        "case_events",
        "suspects",
        "property",
        "outcomes",
        "programme_cases",
    ],
)
def test_the_bad_rows_of_the_crime_extract(source: str, made: Made) -> None:
    planted: Planted = Counter()
    for row in made.told("crime_bad_rows") + made.told("programme_bad_rows"):
        if source_of(made, row["file"]) == source:
            planted[row["file"], row.get("ref") or row.get("case_ref") or "", row["rule"]] += 1
    found: Planted = Counter()
    for row in made.set_aside(source):
        told = json.loads(str(row["text_received"]))
        (ref,) = [told[heading] for heading in ways_to_write(source) if heading in told]
        found[Path(str(row["file"])).name, ref, str(row["rule"])] += 1
    assert planted
    assert found == planted


def ways_to_write(source: str) -> tuple[str, ...]:
    """Return the headings under which files bring a source's own reference."""
    (contract,) = [one for one in SOURCES if one.source == source]
    return next(item.headings for item in contract.fields if item.headings[0] == OWN_REF[source])


def source_of(made: Made, file: str) -> str:
    (result,) = [one for one in made.report.files if Path(one.file).name == file]
    return result.source


def test_the_bad_rows_of_the_weekly_lists_stand_where_they_were_planted(made: Made) -> None:
    bad = [row for row in made.told("fraud_faults") if row["fault"] == "bad"]
    planted = Counter((row["file"], int(row["data_row"]), row["rule"]) for row in bad)
    found = Counter(
        (name, int(str(row["file_row"])) - headings_end(made, name), str(row["rule"]))
        for row in made.set_aside("fraud_list")
        for name in [Path(str(row["file"])).name]
    )
    assert found == planted


def headings_end(made: Made, name: str) -> int:
    """Return the number of the row with the headings: a Parquet file has none."""
    path = made.received / "fraud" / name
    ((_, first),) = preview(ReceivedFile(name, path.read_bytes()))
    return 0 if path.suffix == ".parquet" else recognise(first, SOURCES, {}).header_row + 1


def test_rows_sent_again_are_unchanged_and_corrections_keep_what_they_corrected(made: Made) -> None:
    faults = made.told("fraud_faults")
    resent = Counter(row["file"] for row in faults if row["fault"] == "resent")
    lists = [one for one in made.report.files if one.source == "fraud_list"]
    assert Counter({Path(one.file).name: one.unchanged for one in lists if one.unchanged}) == resent
    put_right = {row["report_ref"] for row in faults if row["fault"] == "correction"}
    earlier = rows(made.home, "fraud_report__earlier")
    assert Counter(earlier["report_ref"]) == Counter(put_right)
    standing = rows(made.home, "fraud_report").filter(pl.col("report_ref").is_in(list(put_right)))
    assert earlier.join(standing, on="batch_id", how="semi").height < earlier.height


def test_the_crime_extracts_repeats_and_corrections_are_as_planted(made: Made) -> None:
    resent = Counter(row["file"] for row in made.told("crime_resent"))
    sent = [one for one in made.report.files if one.source in ("crimes", "case_events")]
    assert Counter({Path(one.file).name: one.unchanged for one in sent if one.unchanged}) == resent
    corrections = {row["crime_ref"]: row["status"] for row in made.told("crime_corrections")}
    assert set(rows(made.home, "crime__earlier")["crime_ref"]) == set(corrections)
    standing = rows(made.home, "crime").filter(pl.col("crime_ref").is_in(list(corrections)))
    assert dict(standing.select("crime_ref", "status").iter_rows()) == corrections


def test_the_same_folder_again_changes_nothing(made: Made) -> None:
    again = take_in(made.home, [made.received])
    assert again.manifest == made.report.manifest
    assert all(result.unchanged == result.received for result in again.files)
