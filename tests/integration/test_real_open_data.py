"""The main job on real input: published files in, a checked paper out, every count the raw files' own."""

from __future__ import annotations

import csv
import io
import lzma
import tarfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from fourfold.home import Home
from fourfold.measures.figure import FigureName
from fourfold.pipeline.intake import IntakeReport, take_in
from fourfold.pipeline.opening import open_figures
from fourfold.pipeline.paper import make_paper, rebuild, write_paper
from fourfold.pipeline.trace import trace
from fourfold.products.document import Document, Notice, Text

TO = date(2021, 12, 1)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, reference_data: Path) -> tuple[Home, IntakeReport]:
    home = Home(tmp_path_factory.mktemp("real") / "home")
    folder = reference_data / "policeuk"
    month_of_2011 = folder / "west_midlands" / "2011-02-west-midlands-street.csv.xz"
    return home, take_in(home, [folder / "northumbria", folder / "city_of_london", month_of_2011])


@pytest.fixture(scope="module")
def document(loaded: tuple[Home, IntakeReport]) -> Document:
    return make_paper(loaded[0], "northumbria", TO)


@pytest.fixture(scope="module")
def raw_street(reference_data: Path) -> Counter[tuple[str, str]]:
    """Rows by (month, crime type), counted from the archive by Python's own reader."""
    counts: Counter[tuple[str, str]] = Counter()
    archive = reference_data / "policeuk" / "northumbria" / "northumbria_2020-05_to_2021-12.tar.xz"
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.name.endswith("-street.csv"):
                stream = tar.extractfile(member)
                assert stream is not None
                for row in csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8", newline="")):
                    counts[row["Month"], row["Crime type"]] += 1
    return counts


def test_every_row_is_accounted_for(loaded: tuple[Home, IntakeReport]) -> None:
    report = loaded[1]
    assert not report.refused
    assert all(one.adds_up for one in report.files)
    received = {row["source"]: row["received"] for row in report.by_source()}
    assert received == {"street_crime": 371_267, "street_outcome": 138_200, "stop_search": 13_725}


def test_the_columns_of_2011_are_read(loaded: tuple[Home, IntakeReport], reference_data: Path) -> None:
    home = loaded[0]
    file = reference_data / "policeuk" / "west_midlands" / "2011-02-west-midlands-street.csv.xz"
    with lzma.open(file, "rt", encoding="utf-8", newline="") as stream:
        raw = Counter(row["Crime type"] for row in csv.DictReader(stream))
    figures = open_figures(home, date(2011, 2, 28)).figures
    for kind, count in raw.items():
        name = FigureName.parse("open.crimes@2011-02").with_slice(force="west-midlands", crime_type=kind)
        assert figures.get(name).value == count, kind
    assert sum(raw.values()) == 25_558


def test_the_papers_counts_are_the_raw_files_own(
    document: Document, raw_street: Counter[tuple[str, str]]
) -> None:
    checked = 0
    for figure in document.figures:
        name = FigureName.parse(figure.name)
        if name.measure == "open.crimes" and figure.value is not None:
            months = {f"{month:%Y-%m}" for month in name.period.list_months()}
            kind = name.slices.get("crime_type")
            expected = sum(
                n for (month, of), n in raw_street.items() if month in months and kind in (None, of)
            )
            assert figure.value == expected, figure.name
            checked += 1
    assert checked > 50


def test_what_is_missing_is_stated_and_never_zero(document: Document) -> None:
    fraud = next(section for section in document.sections if section.key == "fraud")
    notice = fraud.blocks[0]
    assert isinstance(notice, Notice)
    assert isinstance(notice.content[0], Text)
    assert "No weekly list of fraud victims is loaded" in notice.content[0].text
    for name in ("2020", "2019-04..2020-03", "2020-04"):
        found = document.figure(f"open.crimes[force=northumbria]@{name}") if name != "2020-04" else None
        if found is not None:
            assert found.state == "missing"
            assert found.value is None
            assert "not loaded" in found.why
    april = [one for one in document.figures if one.period == "2020-04"]
    assert april
    assert all(one.value is None and one.state == "missing" for one in april)


def test_the_paper_passes_its_own_checks(document: Document) -> None:
    assert document.findings == ()


def test_a_figure_opens_its_records(loaded: tuple[Home, IntakeReport]) -> None:
    opened = open_figures(loaded[0], date(2021, 12, 31))
    name = FigureName.parse("open.crimes[crime_type=Robbery,force=northumbria]@2021")
    found = trace(opened, name, threshold=5, most=7)
    assert found.count == found.figure.value
    assert found.rows is not None
    assert found.rows.height == 7
    assert set(found.rows["crime_type"]) == {"Robbery"}


def test_rebuilding_gives_the_same_bytes(
    loaded: tuple[Home, IntakeReport], document: Document, tmp_path: Path
) -> None:
    files = write_paper(document, tmp_path)
    assert {path.suffix for path in files} == {".json", ".html", ".pdf", ".docx"}
    again = rebuild(loaded[0], tmp_path / "board-paper.json")
    assert again.same, again.differences
