"""The names in real published files are all in the lists."""

from __future__ import annotations

import csv
import json
import lzma
import os
from pathlib import Path

import pytest

from fourfold import vocabulary


@pytest.fixture
def data() -> Path:
    folder = os.environ.get("FOURFOLD_REFERENCE_DATA")
    if not folder:
        pytest.skip("FOURFOLD_REFERENCE_DATA is unset: no published files to read")
    return Path(folder)


def test_the_crime_types_of_february_2011_are_known(data):
    path = data / "policeuk/west_midlands/2011-02-west-midlands-street.csv.xz"
    types, forces = vocabulary.load("police_uk_crime_types"), vocabulary.load("forces")
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {types.normalise(row["Crime type"]) for row in rows} == {
        "anti-social-behaviour",
        "burglary",
        "other-crime",
        "robbery",
        "vehicle-crime",
        "violent-crime-to-2013-04",
    }
    assert {forces.normalise(row["Reported by"]) for row in rows} == {"west-midlands"}


def test_the_stop_and_search_names_are_known(data):
    groups, bands = vocabulary.load("ethnic_groups"), vocabulary.load("age_bands")
    path = data / "policeuk/west_midlands/wmp_stop_search_2018-08_first_rows.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["Self-defined ethnicity"]:
                assert (
                    groups.get(groups.normalise(row["Self-defined ethnicity"])).attributes["defined_by"]
                    == "self"
                )
            if row["Officer-defined ethnicity"]:
                officer = groups.get(groups.normalise(row["Officer-defined ethnicity"]))
                assert officer.attributes["defined_by"] == "officer"
            assert (
                not row["Age range"]
                or bands.attribute(bands.normalise(row["Age range"]), "scheme") == "police_uk"
            )


def test_every_force_outline_is_a_force(data):
    forces = vocabulary.load("forces")
    outlines = json.loads((data / "wm_geography/uk_police_forces.geojson").read_text(encoding="utf-8"))
    told = {f["properties"]["id"]: f["properties"]["name"] for f in outlines["features"]}
    assert len(told) == 43
    for ons_code, name in told.items():
        assert forces.attribute(forces.normalise(name), "ons_code") == ons_code


def test_the_outcomes_of_a_real_return_are_known(data):
    outcomes = vocabulary.load("ho_outcomes")
    with (data / "wmp_foi/wmp_ecu_fraud_outcomes_2021.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = row["home_office_outcome_code"]
            assert outcomes.normalise(code) == code
            assert outcomes.normalise(row["description"]) == code
