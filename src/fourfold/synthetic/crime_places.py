"""Where made-up crimes happen: areas of their own for each kind of crime, and hot corners within areas."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.crime_levels import THEMES
from fourfold.synthetic.draws import uniform
from fourfold.synthetic.places import SIDE, Places
from fourfold.synthetic.streams import stream

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

UNEVEN = {
    "home": 0.6,
    "business": 0.9,
    "street": 1.1,
    "vehicle": 0.7,
    "shop": 1.0,
    "violence": 0.8,
    "other": 0.7,
}
"""Spread (log scale) of the areas' levels beyond their people."""
HOT_CORNERS = 4
"""Places within an area where crime gathers."""
HOT_SHARE = 0.45
CENTRE_PULL = {"street": 1.6, "shop": 1.0, "violence": 0.8}
"""How much more of a theme happens in the middle of the town (log scale)."""


def area_levels(places: Places, seed: int) -> dict[str, Floats]:
    """Return, for each theme, the share of its crimes in each small area; the same in every quarter."""
    rng = stream(seed, "area levels")
    lsoas = places.lsoas
    weight = lsoas["weight"].to_numpy()
    common = rng.normal(0.0, 0.45, lsoas.height)
    middle = np.hypot(
        lsoas["easting"].to_numpy() - np.average(lsoas["easting"], weights=weight),
        lsoas["northing"].to_numpy() - np.average(lsoas["northing"], weights=weight),
    )
    found = {}
    for theme in THEMES:
        pull = CENTRE_PULL.get(theme, 0.2) * np.exp(-((middle / 4000.0) ** 2))
        raw = weight * np.exp(common + pull + rng.normal(0.0, UNEVEN[theme], lsoas.height))
        found[theme] = raw / raw.sum()
    return found


def draw_areas(theme: NDArray[np.str_], levels: dict[str, Floats], rng: np.random.Generator) -> Whole:
    """Return the small area (row of places.lsoas) of each crime."""
    found = np.zeros(len(theme), dtype=np.int64)
    for name, share in levels.items():
        mine = np.flatnonzero(theme == name)
        found[mine] = rng.choice(len(share), size=len(mine), p=share)
    return found


def points_within(places: Places, area: Whole, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return a point in metres inside each area, near one of its hot corners in nearly half of cases."""
    n = len(area)
    corner = rng.integers(0, HOT_CORNERS, n)
    # Drawn from the corner's number, so that a hot corner stays where it is from quarter to quarter.
    number = area * HOT_CORNERS + corner
    hot_u = 0.12 + 0.76 * uniform(number, 0, "hot corner, east")
    hot_v = 0.12 + 0.76 * uniform(number, 0, "hot corner, north")
    hot = rng.random(n) < HOT_SHARE
    u = np.where(hot, hot_u + rng.normal(0, 0.03, n), rng.random(n)).clip(0.06, 0.94)
    v = np.where(hot, hot_v + rng.normal(0, 0.03, n), rng.random(n)).clip(0.06, 0.94)
    return between_corners(places, area, u, v)


def between_corners(places: Places, area: Whole, u: Floats, v: Floats) -> tuple[Floats, Floats]:
    """Return the point at shares u (west to east) and v (south to north) of each area, in whole metres."""
    row, column = area // SIDE, area % SIDE
    corners = places.corners
    low = corners[row, column] * (1 - u)[:, None] + corners[row, column + 1] * u[:, None]
    high = corners[row + 1, column] * (1 - u)[:, None] + corners[row + 1, column + 1] * u[:, None]
    point = low * (1 - v)[:, None] + high * v[:, None]
    return point[:, 0].round(0), point[:, 1].round(0)


def add_places(
    crimes: pl.DataFrame, places: Places, levels: dict[str, Floats], rng: np.random.Generator
) -> pl.DataFrame:
    """Add area (row of places.lsoas), easting and northing."""
    area = draw_areas(crimes["theme"].to_numpy().astype(str), levels, rng)
    east, north = points_within(places, area, rng)
    return crimes.with_columns(area=pl.Series(area), easting=pl.Series(east), northing=pl.Series(north))


def name_places(crimes: pl.DataFrame, places: Places) -> pl.DataFrame:
    """Add lsoa_code, district and npu of each crime's area."""
    return crimes.with_columns(
        places.lsoas[name].gather(crimes["area"]).alias(name) for name in ("lsoa_code", "district", "npu")
    )
