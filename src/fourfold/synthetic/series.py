"""What a good analyst would find, planted: offence series, near-repeat burglaries and two emerging rises.

Crimes that are there anyway are moved in place, hour and method; their number never changes.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.crime_levels import RESIDENTIAL
from fourfold.synthetic.crime_methods import CONVERTER, METHODS
from fourfold.synthetic.crime_places import points_within
from fourfold.synthetic.crime_volumes import Quarter
from fourfold.synthetic.places import Places

Bools = NDArray[np.bool_]

SERIES_EACH_QUARTER = 7
SERIES_CODES = ("28E", "48", "45", "34B", "30C", "28G")
SERIES_SPREAD_M = 700.0
FAITHFUL = 0.85
"""How often an offence of a series shows the method of the series."""
FOLLOWED = 0.12
"""Share of residential burglaries that come within a week and 200 metres of an earlier one."""
WITHIN_DAYS = 7
NEAR_M = 60.0
RISES: tuple[tuple[str, str, date, float], ...] = (
    ("45", "Tarrowby", date(2021, 10, 1), 0.18),
    ("48", "Vellacombe West", date(2021, 11, 1), 0.12),
)
"""HO class, policing unit, first month, and the share of the force's such crimes that go there on top."""


def plant_near_repeats(crimes: pl.DataFrame, rng: np.random.Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Move some residential burglaries beside earlier ones; return crimes and pairs (row, earlier_row)."""
    mine = crimes.with_row_index("row").filter(pl.col("ho_code").is_in(RESIDENTIAL) & ~pl.col("cancelled"))
    mine = mine.sort("occurred_from", "row")
    day = mine["occurred_from"].to_numpy().astype("datetime64[D]").astype(np.int64)
    first, last = np.searchsorted(day, day - WITHIN_DAYS), np.searchsorted(day, day)
    follows = (rng.random(len(day)) < FOLLOWED) & (last > first)
    earlier = first + (rng.random(len(day)) * np.maximum(last - first, 1)).astype(np.int64)
    # One that is itself moved cannot be the first of a pair: its place is not yet settled.
    follows &= ~follows[np.minimum(earlier, max(len(day) - 1, 0))] if len(day) else follows
    row, source = mine["row"].to_numpy()[follows], mine["row"].to_numpy()[earlier[follows]]
    place = {name: crimes[name].to_numpy().copy() for name in ("area", "easting", "northing")}
    place["area"][row] = place["area"][source]
    for name in ("easting", "northing"):
        place[name][row] = (place[name][source] + rng.normal(0, NEAR_M, len(row)).clip(-140, 140)).round(0)
    moved = crimes.with_columns(pl.Series(name, values) for name, values in place.items())
    return moved, pl.DataFrame(
        {"row": row, "earlier_row": source}, schema={"row": pl.Int64, "earlier_row": pl.Int64}
    )


def plant_series(
    crimes: pl.DataFrame, free: Bools, quarter: Quarter, scale: float, rng: np.random.Generator
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Turn groups of free crimes into series: one method, one part of the town, a few weeks, one time of day.

    free: shape (n,), crimes that no other plant uses; those taken are marked no longer free. Returns the
    crimes and the members (series_id, row).
    """
    columns = (
        "area",
        "easting",
        "northing",
        "mo_entry",
        "mo_method",
        "mo_target",
        "occurred_from",
        "occurred_to",
    )
    held = {name: crimes[name].to_numpy().copy() for name in columns[:3]}
    words = {name: crimes[name].to_list() for name in columns[3:6]}
    times = {name: crimes[name].to_numpy().copy() for name in columns[6:]}
    code = crimes["ho_code"].to_numpy().astype(str)
    day = crimes["recorded_on"].to_numpy().astype("datetime64[D]")
    members = []
    for number in range(max(1, round(SERIES_EACH_QUARTER * scale))):
        taken = members_of_one(code, day, free, quarter, rng)
        if len(taken) < 3:
            continue
        free[taken] = False
        anchor = taken[0]
        held["area"][taken] = held["area"][anchor]
        for name in ("easting", "northing"):
            held[name][taken] = (held[name][anchor] + rng.normal(0, SERIES_SPREAD_M, len(taken))).round(0)
        sign_method(words, taken, str(code[anchor]), rng)
        keep_hours(times, taken, rng)
        members += [(f"S{quarter.index:02d}-{number:03d}", int(row)) for row in taken]
    changed = crimes.with_columns(pl.Series(name, values) for name, values in (held | times).items())
    changed = changed.with_columns(pl.Series(name, values, dtype=pl.String) for name, values in words.items())
    return changed, pl.DataFrame(members, schema={"series_id": pl.String, "row": pl.Int64}, orient="row")


def members_of_one(
    code: NDArray[np.str_],
    day: NDArray[np.datetime64],
    free: Bools,
    quarter: Quarter,
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Return the rows of one series: 4 to 14 free crimes of one class within 10 to 40 days."""
    chosen = SERIES_CODES[int(rng.integers(len(SERIES_CODES)))]
    length = int(rng.integers(10, 41))
    whole = (quarter.last_on - quarter.first_on).days
    start = np.datetime64(quarter.first_on) + int(rng.integers(0, max(whole - length, 1)))
    found = np.flatnonzero(free & (code == chosen) & (day >= start) & (day <= start + length))
    return np.sort(rng.permutation(found)[: int(rng.integers(4, 15))])


def sign_method(
    words: dict[str, list[str | None]], taken: NDArray[np.int64], code: str, rng: np.random.Generator
) -> None:
    """Give the crimes of one series the method of the series, in most of them."""
    ways = next(row for row in METHODS if code in row.codes)
    for name, choices in (
        ("mo_entry", ways.entries),
        ("mo_method", ways.methods),
        ("mo_target", ways.targets),
    ):
        if not choices:
            continue
        own = choices[int(rng.integers(len(choices)))]
        for row in taken[rng.random(len(taken)) < FAITHFUL]:
            words[name][row] = own


def keep_hours(
    times: dict[str, NDArray[np.datetime64]], taken: NDArray[np.int64], rng: np.random.Generator
) -> None:
    """Move the crimes of one series to its hour of the day before they ended, never later."""
    hour = int(rng.integers(0, 24))
    end = times["occurred_to"][taken].astype("datetime64[D]").astype("datetime64[m]") - 1440
    end = end + (hour * 60 + rng.normal(0, 45, len(taken)).astype(np.int64)) % 1440
    # Between one and two in the morning the clocks may be going forward; half past two is always there.
    minutes = (end - end.astype("datetime64[D]").astype("datetime64[m]")).astype(np.int64)
    end = np.where((minutes >= 60) & (minutes < 120), end + 60, end)
    times["occurred_to"][taken] = end.astype("datetime64[us]")
    times["occurred_from"][taken] = (end - rng.integers(0, 50, len(taken)) * (minutes > 200)).astype(
        "datetime64[us]"
    )


def plant_rises(
    crimes: pl.DataFrame, free: Bools, places: Places, rng: np.random.Generator
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Move crimes of the last months into one policing unit; return the crimes and the moved (rise, row)."""
    moved = []
    for number, (code, npu, first, share) in enumerate(RISES, start=1):
        wanted = (pl.col("ho_code") == code) & (pl.col("month") >= first) & pl.Series(free)
        rows = crimes.with_row_index("row").filter(wanted)["row"].to_numpy().astype(np.int64)
        months_in = (crimes["month"].gather(rows).dt.month() - first.month).to_numpy()
        rows = rows[rng.random(len(rows)) < share * (0.6 + 0.4 * months_in)]
        areas = places.lsoas.filter(pl.col("npu") == npu)["index"].to_numpy()[:6]
        area = rng.choice(areas, size=len(rows))
        east, north = points_within(places, area, rng)
        crimes = put(crimes, rows, {"area": area, "easting": east, "northing": north})
        if code == "45":
            crimes = put(
                crimes,
                rows,
                {"mo_method": [CONVERTER[0]] * len(rows), "mo_target": [CONVERTER[1]] * len(rows)},
            )
        free[rows] = False
        moved.append(pl.DataFrame({"rise": pl.Series([number] * len(rows), dtype=pl.Int64), "row": rows}))
    return crimes, pl.concat(moved)


def put(
    crimes: pl.DataFrame, rows: NDArray[np.int64], values: dict[str, list[str] | NDArray[np.generic]]
) -> pl.DataFrame:
    """Return the crimes with other values at some rows."""
    found = []
    for name, new in values.items():
        column = crimes[name].clone()
        if len(rows):
            column = column.scatter(rows, pl.Series(new, dtype=column.dtype))
        found.append(column)
    return crimes.with_columns(found)
