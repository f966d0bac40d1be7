"""The files of the ground: small areas, their polygons, and how many people live in them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl

from fourfold.synthetic.draws import Floats, Whole, share_out
from fourfold.synthetic.grid import degrees
from fourfold.synthetic.places import EDITION, FORCE_NAME, Places
from fourfold.synthetic.write import as_text, write_table

PEOPLE_AT_ONE = 2_900_000
GROWTH_A_YEAR = 0.004
YEARS = (2019, 2020, 2021)
POLYGON_FILE = "areas.geojson"

AGE_BANDS: tuple[tuple[str, float], ...] = (
    ("0-10", 0.141),
    ("11-20", 0.132),
    ("21-30", 0.138),
    ("31-40", 0.139),
    ("41-50", 0.126),
    ("51-60", 0.127),
    ("61-70", 0.091),
    ("71-80", 0.068),
    ("81-90", 0.031),
    ("91-and-over", 0.007),
)
"""Ten-year bands of the vocabulary with round shares of our own."""


def write_places(received: Path, places: Places, rng: np.random.Generator) -> None:
    """Write `areas/`: the small areas, their polygons as GeoJSON, and the population of three years."""
    folder = received / "areas"
    write_table(as_text(area_rows(places)), folder, "areas")
    write_table(as_text(population_rows(places, rng)), folder, "population")
    text = json.dumps(polygons(places), separators=(",", ":"))
    (folder / POLYGON_FILE).write_text(text + "\n", encoding="utf-8")


def area_rows(places: Places) -> pl.DataFrame:
    """Return the small areas under the headings of their file."""
    return places.lsoas.select(
        pl.col("lsoa_code").alias("LSOA code"),
        pl.lit(EDITION).alias("Edition"),
        pl.col("name").alias("LSOA name"),
        pl.col("district").alias("District"),
        pl.col("npu").alias("NPU"),
        pl.lit(FORCE_NAME).alias("Force"),
        pl.col("longitude").alias("Longitude"),
        pl.col("latitude").alias("Latitude"),
        pl.lit(POLYGON_FILE).alias("Polygon file"),
    )


def population_rows(places: Places, rng: np.random.Generator) -> pl.DataFrame:
    """Return people by area, year, age band and sex, whole numbers that add up to the force's total."""
    weight = places.lsoas["weight"].to_numpy()
    bands = np.array([share for _, share in AGE_BANDS])
    shares = (
        weight[:, None, None]
        * (bands * rng.lognormal(0.0, 0.18, (len(weight), len(bands))))[:, :, None]
        * np.array([0.507, 0.493])
    ).ravel()
    cells = pl.DataFrame({"LSOA code": places.lsoas["lsoa_code"]}).join(
        pl.DataFrame({"Age band": [name for name, _ in AGE_BANDS]}), how="cross", maintain_order="left_right"
    )
    cells = cells.join(pl.DataFrame({"Sex": ["female", "male"]}), how="cross", maintain_order="left_right")
    years = []
    for year in YEARS:
        people = round(PEOPLE_AT_ONE * places.scale * (1 + GROWTH_A_YEAR) ** (year - YEARS[-1]))
        years.append(
            cells.with_columns(pl.lit(year).alias("Year"), pl.Series("People", share_out(people, shares)))
        )
    return pl.concat(years).select(
        "LSOA code",
        pl.lit(EDITION).alias("Edition"),
        "Year",
        "Age band",
        "Sex",
        pl.lit("all").alias("Ethnic group"),
        "People",
    )


def polygons(places: Places) -> dict[str, object]:
    """Return the areas as a GeoJSON collection in longitude and latitude, anticlockwise (RFC 7946)."""
    longitude, latitude = degrees(places.corners[..., 0], places.corners[..., 1])
    points = np.stack([longitude, latitude], axis=-1).round(6)
    side = points.shape[1] - 1
    features = [
        {
            "type": "Feature",
            "properties": {
                "lsoa_code": code,
                "edition": EDITION,
                "name": name,
                "district": district,
                "npu": npu,
            },
            "geometry": {"type": "Polygon", "coordinates": [ring(points, number, side)]},
        }
        for number, (code, name, district, npu) in enumerate(
            places.lsoas.select("lsoa_code", "name", "district", "npu").iter_rows()
        )
    ]
    return {
        "type": "FeatureCollection",
        "name": f"Small areas of {FORCE_NAME} (made up)",
        "features": features,
    }


def ring(points: Floats, number: int, side: int) -> list[list[float]]:
    """Return the five corners of one area, the first again at the end."""
    row, column = divmod(number, side)
    steps: Whole = np.array([(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)])
    return [[float(x), float(y)] for x, y in (points[row + down, column + right] for down, right in steps)]
