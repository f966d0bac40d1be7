"""National tables of areas as published: look-ups of two editions, and population by single year of age."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.intake import IntakeReport, take_in

AREAS_2011 = (
    "lsoa11cd,lsoa11nm,lad_name,long,lat\nE01,Town 001A,Town,-1.5,52.5\nE02,Town 001B,Town,-1.6,52.6\n"
)
LINKS = (
    "LSOA11CD,LSOA11NM,CHGIND,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM\n"
    "E01,Town 001A,S,E11,Town 001E,E07,Town\n"
    "E01,Town 001A,S,E12,Town 001F,E07,Town\n"
)
WIDE = "lsoa11_name,lsoa11_code,total_population,0,1,45,90+\nTown 001A,E01,10.0,1.0,2.0,3.0,4.0\nTown 001B,E02,6,0,1,2,3\n"


def taken(home: Home, folder: Path, force: str | None = None, **files: str) -> IntakeReport:
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.csv").write_text(text, encoding="utf-8")
    return take_in(home, sorted(folder.glob("*.csv")), force=force)


def table(home: Home, name: str) -> pl.DataFrame:
    frame = Lake(home.lake).scan(name)
    assert frame is not None
    return frame.collect()


def test_areas_of_2011_take_the_force_they_were_handed_in_for(home: Home, tmp_path: Path) -> None:
    taken(home, tmp_path, force="west-midlands", areas=AREAS_2011)
    rows = table(home, "area").sort("lsoa_code")
    assert rows.select("lsoa_code", "edition", "name", "district", "force").rows() == [
        ("E01", "2011", "Town 001A", "Town", "west-midlands"),
        ("E02", "2011", "Town 001B", "Town", "west-midlands"),
    ]


def test_a_look_up_of_two_editions_keeps_every_pair(home: Home, tmp_path: Path) -> None:
    report = taken(home, tmp_path, links=LINKS)
    assert [row["source"] for row in report.by_source()] == ["area_links"]
    rows = table(home, "area_link").sort("lsoa21_code")
    assert rows.select("lsoa11_code", "lsoa21_code", "change").rows() == [
        ("E01", "E11", "split"),
        ("E01", "E12", "split"),
    ]


def test_a_wide_population_is_one_row_an_area_and_age(home: Home, tmp_path: Path) -> None:
    report = taken(home, tmp_path, pop2020=WIDE)
    assert report.files[0].received == report.files[0].accepted == 8
    rows = table(home, "population").sort("lsoa_code", "people")
    assert rows["year"].unique().to_list() == [2020]
    assert rows.filter(pl.col("lsoa_code") == "E01").select("age_band", "people").rows() == [
        ("0", 1),
        ("1", 2),
        ("45", 3),
        ("90+", 4),
    ]


def test_a_population_without_a_year_in_its_name_is_refused(home: Home, tmp_path: Path) -> None:
    report = taken(home, tmp_path, people=WIDE)
    assert "no year stands in its name" in report.refused[0].refused


def test_the_published_tables_of_a_real_force(home: Home, reference_data: Path) -> None:
    folder = reference_data / "wm_geography"
    names = ("wm_lsoa11.csv", "wm_lsoa11_to_lsoa21.csv", "wm_pop2020_single_year_lsoa11.csv.gz")
    report = take_in(home, [folder / name for name in names], force="west-midlands")
    assert not report.has_problems
    whole = (
        pl.read_csv(folder / names[2]).filter(pl.col("lsoa11_code").is_not_null())["total_population"].sum()
    )
    assert table(home, "population")["people"].sum() == whole == 2_939_927
    assert table(home, "area").height == 1_680

    from fourfold.measures.counting import Counts
    from fourfold.pipeline.opening import open_figures

    counts: Counts = open_figures(home, date(2021, 12, 31)).figures.counts
    assert "population" in counts.tables
