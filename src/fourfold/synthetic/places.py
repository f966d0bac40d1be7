"""The made-up ground: seven districts, ten policing units and 400 small areas in the North Sea.

Nothing here is a real place: the land lies off the coast, the postcode areas are not in use, and the
names are invented.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.grid import degrees

Floats = NDArray[np.float64]

FORCE = "aldermere"
FORCE_NAME = "Aldermere Police"
EDITION = "2011"

SIDE = 20
"""Small areas along each side of the square: 400 in all, whatever the scale."""
CELL_M = 1500.0
WEST_M, SOUTH_M = 605000.0, 565000.0

DISTRICTS: tuple[tuple[str, str, float, float, tuple[str, ...]], ...] = (
    ("Aldermere", "ZA", 0.45, 0.52, ("Aldermere North", "Aldermere South", "Aldermere Central")),
    ("Vellacombe", "ZB", 0.20, 0.75, ("Vellacombe East", "Vellacombe West")),
    ("Tarrowby", "ZC", 0.80, 0.80, ("Tarrowby",)),
    ("Quillbrook", "ZD", 0.15, 0.30, ("Quillbrook",)),
    ("Wendlecote", "ZF", 0.82, 0.45, ("Wendlecote",)),
    ("Orsendale", "ZG", 0.50, 0.12, ("Orsendale",)),
    ("Marrowick", "ZH", 0.88, 0.14, ("Marrowick",)),
)
"""Name, postcode area (none is in use), centre as a share of the square, and its policing units."""

POSTCODES_EACH = 50
"""Postcodes in one small area."""
INWARD = "ABDEFGHJLNPQRSTUWXYZ"
"""Letters that the second half of a postcode may hold."""


@dataclass(frozen=True)
class Places:
    """The ground as frames.

    lsoas: lsoa_code, name, district, npu, easting, northing, longitude, latitude, weight, index.
    districts: district, postcode_area, lsoas. npus: npu, district, lsoas.
    postcodes: postcode, lsoa_code, lsoa_index; 50 to a small area, in the order of `lsoas`.
    corners: shape (21, 21, 2), metres: the shared corners of the areas, so that they tile without gaps.
    """

    lsoas: pl.DataFrame
    districts: pl.DataFrame
    npus: pl.DataFrame
    postcodes: pl.DataFrame
    corners: Floats
    scale: float


def make_places(scale: float, rng: np.random.Generator) -> Places:
    """Return the made-up ground; `scale` is kept for the number of people, the areas are always 400."""
    corners = make_corners(rng)
    centres = (corners[:-1, :-1] + corners[1:, :-1] + corners[:-1, 1:] + corners[1:, 1:]) / 4
    east, north = centres[..., 0].ravel(), centres[..., 1].ravel()
    district, npu = divide(east, north)
    longitude, latitude = degrees(east, north)
    lsoas = pl.DataFrame(
        {
            "district": [DISTRICTS[i][0] for i in district],
            "npu": [DISTRICTS[i][4][k] for i, k in zip(district, npu, strict=True)],
            "easting": east.round(0),
            "northing": north.round(0),
            "longitude": longitude.round(6),
            "latitude": latitude.round(6),
            "weight": weights(east, north, rng),
        }
    ).with_row_index("index")
    lsoas = lsoas.with_columns(
        lsoa_code=pl.lit("Z01") + (pl.col("index") + 1).cast(pl.String).str.zfill(6),
        name=pl.col("district")
        + pl.lit(" ")
        + (pl.int_range(pl.len()).over("district") + 1).cast(pl.String).str.zfill(3),
        index=pl.col("index").cast(pl.Int64),
    )
    return Places(
        lsoas=lsoas,
        districts=lsoas.group_by("district", maintain_order=True)
        .agg(lsoas=pl.len())
        .with_columns(postcode_area=pl.col("district").replace_strict({row[0]: row[1] for row in DISTRICTS})),
        npus=lsoas.group_by("npu", "district", maintain_order=True).agg(lsoas=pl.len()),
        postcodes=make_postcodes(lsoas),
        corners=corners,
        scale=scale,
    )


def make_corners(rng: np.random.Generator) -> Floats:
    """Return the corners of the areas in metres, each moved a little from a square grid."""
    steps = np.arange(SIDE + 1) * CELL_M
    square = np.stack(np.meshgrid(WEST_M + steps, SOUTH_M + steps), axis=-1)
    moved = square + rng.uniform(-0.28, 0.28, size=square.shape) * CELL_M
    return np.asarray(moved.round(1), dtype=np.float64)


def divide(east: Floats, north: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give each area the nearest district, and each district's areas to its units in bands."""
    side = SIDE * CELL_M
    x, y = (east - WEST_M) / side, (north - SOUTH_M) / side
    away = np.stack([(x - cx) ** 2 + (y - cy) ** 2 for _, _, cx, cy, _ in DISTRICTS])
    district = away.argmin(axis=0)
    unit = np.zeros(len(east), dtype=np.int64)
    for i, row in enumerate(DISTRICTS):
        mine = np.flatnonzero(district == i)
        along = np.argsort(y[mine] + 0.3 * x[mine], kind="stable")
        unit[mine[along]] = np.arange(len(mine)) * len(row[4]) // len(mine)
    return district, unit


def weights(east: Floats, north: Floats, rng: np.random.Generator) -> Floats:
    """Return each area's share of the people: more in the middle of Aldermere, and uneven elsewhere."""
    side = SIDE * CELL_M
    away = np.hypot((east - WEST_M) / side - 0.45, (north - SOUTH_M) / side - 0.52)
    raw = (0.7 + np.exp(-((away / 0.3) ** 2))) * rng.lognormal(0.0, 0.25, len(east))
    return np.asarray(raw / raw.sum(), dtype=np.float64)


def make_postcodes(lsoas: pl.DataFrame) -> pl.DataFrame:
    """Return 50 postcodes for each area; the part before the last two letters is the area's own."""
    areas = {row[0]: row[1] for row in DISTRICTS}
    numbered = lsoas.with_columns(nth=pl.int_range(pl.len()).over("district"))
    sector = numbered.select(
        "lsoa_code",
        lsoa_index="index",
        sector=pl.col("district").replace_strict(areas)
        + (pl.col("nth") // 9 + 1).cast(pl.String)
        + pl.lit(" ")
        + (pl.col("nth") % 9 + 1).cast(pl.String),
    )
    units = pl.DataFrame(
        {"unit": [INWARD[k * 7 % 20] + INWARD[(k * 3 + k // 20) % 20] for k in range(POSTCODES_EACH)]}
    )
    return sector.join(units, how="cross", maintain_order="left_right").select(
        "lsoa_code", "lsoa_index", postcode=pl.col("sector") + pl.col("unit")
    )
