"""How the crime extract is written: spellings and date forms of the old crime system and of the new.

Until March 2021 the old system writes days as 04/03/2021 in Windows-1252 or UTF-8; from April 2021 the
new one writes 2021-04-03 in UTF-8 with a mark at the start.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from fourfold.synthetic.crime_headings import HEADINGS, OLDER_HEADINGS, OLDER_UNTIL
from fourfold.synthetic.crime_volumes import CONNECT_ON, Quarter
from fourfold.vocabulary import load

OLD_STATUS = {
    "open": "Under investigation",
    "filed": "Closed",
    "charged": "Charged",
    "finalised": "Finalised",
    "cancelled": "No crime",
}
LOOSE_SHARE = 0.06


def is_connect(quarter: Quarter) -> bool:
    """Say whether the new crime system held the crimes of a quarter."""
    return quarter.first_on >= CONNECT_ON


def form(quarter: Quarter) -> str:
    """Return the form in which the files of a quarter are written (see write.FORMS)."""
    if is_connect(quarter):
        return "csv_bom"
    return "csv_1252" if quarter.last_on <= OLDER_UNTIL else "csv"


def loose_codes(codes: pl.Series, rng: np.random.Generator) -> pl.Series:
    """Return HO classes as keyed: mostly as listed, now and then 28e, 28/E, HO 28E, 028E or 48.0."""
    n = codes.len()
    number, letter = codes.str.extract(r"^(\d+)"), codes.str.extract(r"([A-Z])$")
    way = pl.Series("way", np.where(rng.random(n) < LOOSE_SHARE, rng.integers(0, 4, n), 9))
    frame = pl.DataFrame({"code": codes, "number": number, "letter": letter, "way": way})
    plain_number = pl.col("letter").is_null() & ~pl.col("code").str.contains(".", literal=True)
    return frame.select(
        pl.when(pl.col("way") == 0)
        .then(pl.format("HO {}", "code"))
        .when(pl.col("letter").is_not_null() & (pl.col("way") == 1))
        .then(pl.col("code").str.to_lowercase())
        .when(pl.col("letter").is_not_null() & (pl.col("way") == 2))
        .then(pl.format("{}/{}", "number", "letter"))
        .when(plain_number & (pl.col("way") == 1))
        .then(pl.col("code") + pl.lit(".0"))
        .when(
            (pl.col("way") == 3)
            & (pl.col("number").str.len_chars() < 3)
            & ~pl.col("code").str.contains(".", literal=True)
        )
        .then(pl.lit("0") + pl.col("code"))
        .otherwise("code")
    ).to_series()


def offence_names() -> dict[str, str]:
    """Return the name of each HO class."""
    return {row.code: row.name for row in load("offence_groups").rows}


def event_names() -> dict[str, str]:
    """Return the name of each event type, as the new crime system writes it."""
    return {row.code: row.name for row in load("case_events").rows}


def written(frame: pl.DataFrame, kind: str, quarter: Quarter) -> pl.DataFrame:
    """Return one file's rows as text under the record's column names, in the way of the quarter's system."""
    connect = is_connect(quarter)
    day, moment = ("%Y-%m-%d", "%Y-%m-%d %H:%M") if connect else ("%d/%m/%Y", "%d/%m/%Y %H:%M")
    yes, no = ("Yes", "No") if connect else ("Y", "N")
    told = frame.select(*HEADINGS[kind])
    cells = []
    for name, dtype in told.schema.items():
        if dtype == pl.Date:
            cells.append(pl.col(name).dt.strftime(day))
        elif dtype.is_temporal():
            cells.append(pl.col(name).dt.strftime(moment))
        elif dtype == pl.Boolean:
            cells.append(pl.when(name).then(pl.lit(yes)).when(~pl.col(name)).then(pl.lit(no)).alias(name))
        elif name in ("easting", "northing"):
            cells.append(pl.col(name).cast(pl.Int64).cast(pl.String))
        else:
            cells.append(pl.col(name).cast(pl.String))
    told = told.select(cells)
    if kind == "crimes" and not connect:
        told = told.with_columns(pl.col("status").replace(OLD_STATUS))
    if kind == "case-events" and connect:
        told = told.with_columns(pl.col("event_type").replace(event_names()))
    if kind == "persons":
        told = told.with_columns(pl.col("role").str.replace("_", " ").str.to_titlecase())
    return told


def headed(told: pl.DataFrame, kind: str, quarter: Quarter) -> pl.DataFrame:
    """Return one file's rows under the headings of its time."""
    headings = HEADINGS[kind]
    if kind == "crimes" and quarter.last_on <= OLDER_UNTIL:
        headings = {column: OLDER_HEADINGS.get(heading, heading) for column, heading in headings.items()}
    return told.select(*headings).rename(headings)
