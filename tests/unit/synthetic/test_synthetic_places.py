"""The made-up ground: nothing in it is a real place, and it fits together without gaps."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import fourfold
from fourfold.sources import cells
from fourfold.synthetic.grid import airy_degrees, degrees
from fourfold.synthetic.names import listed
from fourfold.synthetic.places import DISTRICTS, FORCE, FORCE_NAME, make_places
from fourfold.synthetic.places_files import area_rows, polygons, population_rows

REAL_POSTCODE_AREAS = set(
    listed(
        "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC "
        "EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS "
        "LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR "
        "SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE "
    )
)
"""The 124 postcode areas in use (Royal Mail)."""


@pytest.fixture(scope="module")
def places():
    return make_places(1.0, np.random.default_rng(1))


def test_postcodes_are_well_formed_unique_and_in_no_real_area(places):
    codes = places.postcodes["postcode"]
    assert codes.str.contains(cells.POSTCODE_PATTERN).all()
    assert codes.n_unique() == len(codes) == 20_000
    assert not set(codes.str.extract(r"^([A-Z]+)")) & REAL_POSTCODE_AREAS


def test_no_district_or_unit_has_a_name_of_a_real_force(places):
    listed = Path(fourfold.__file__).parent / "vocabulary" / "forces.csv"
    with listed.open(encoding="utf-8") as file:
        real = " ".join(" ".join(row.values()) for row in csv.DictReader(file)).casefold()
    for name in [FORCE_NAME, FORCE, *places.lsoas["district"].unique(), *places.lsoas["npu"].unique()]:
        assert name.casefold() not in real


def test_seven_districts_and_ten_units_each_with_areas(places):
    assert places.districts.height == len(DISTRICTS) == 7
    assert places.npus.height == 10
    assert places.npus["lsoas"].min() >= 10
    assert places.lsoas.height == places.lsoas["lsoa_code"].n_unique() == 400
    assert places.lsoas["weight"].sum() == pytest.approx(1.0)


def test_the_ground_lies_in_the_sea(places):
    # Nothing of Great Britain lies east of 0 degrees at this latitude.
    assert places.lsoas["longitude"].min() > 1.0
    assert places.lsoas["easting"].is_between(600_000, 640_000).all()
    assert places.lsoas["northing"].is_between(560_000, 600_000).all()


def test_polygons_are_closed_anticlockwise_and_tile_the_square(places):
    features = polygons(places)["features"]
    total = 0.0
    for feature in features:
        (ring,) = feature["geometry"]["coordinates"]
        x, y = np.array(ring).T
        area = float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)
        assert ring[0] == ring[-1]
        assert area > 0
        total += area
    longitude, latitude = degrees(places.corners[..., 0], places.corners[..., 1])
    edge = np.concatenate(
        [
            np.stack([longitude, latitude], -1)[side]
            for side in (np.s_[0, :], np.s_[:, -1], np.s_[-1, ::-1], np.s_[::-1, 0])
        ]
    )
    x, y = edge.T
    whole = float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)
    assert total == pytest.approx(whole, rel=1e-4)
    assert json.dumps(features[0])


def test_population_adds_up_at_every_scale():
    for scale, people in ((1.0, 2_900_000), (0.01, 29_000)):
        places = make_places(scale, np.random.default_rng(1))
        rows = population_rows(places, np.random.default_rng(2))
        assert rows.filter(pl.col("Year") == 2021)["People"].sum() == people
        assert rows["People"].min() >= 0
        assert rows.filter(pl.col("Year") == 2019)["People"].sum() < people
        assert set(area_rows(places)["LSOA code"]) == set(rows["LSOA code"])


def test_grid_agrees_with_the_ordnance_surveys_worked_example():
    # A guide to coordinate systems in Great Britain, annexe C: 651409.903 E, 313177.270 N.
    longitude, latitude = airy_degrees(np.array([651409.903]), np.array([313177.270]))
    assert latitude[0] == pytest.approx(52 + 39 / 60 + 27.2531 / 3600, abs=5e-8)
    assert longitude[0] == pytest.approx(1 + 43 / 60 + 4.5177 / 3600, abs=5e-8)


def test_same_seed_same_ground():
    one, two, other = (make_places(1.0, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert one.lsoas.equals(two.lsoas)
    assert not one.lsoas.equals(other.lsoas)
