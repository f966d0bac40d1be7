"""The outcomes of a quarter's crimes, those of the Crime Free Programme among them, and each one's status.

Crime Free total: 2022 board paper, para 40 (950 residential burglaries resolved since November 2017).
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.case_events import LAST_DAY, Instants, only_words
from fourfold.synthetic.case_flow import Course
from fourfold.synthetic.crime_levels import RESIDENTIAL
from fourfold.synthetic.crime_volumes import quarters
from fourfold.synthetic.draws import share_out
from fourfold.synthetic.streams import stream

PROGRAMME = "Crime Free"
RESOLVED_HOMES, RESOLVED_OTHER = 950, 430
OTHER_CODES = ("30C", "30D", "48", "45", "126")
ADMITTED_AFTER = 60
"""Least days from recording to an admission."""


def plan_resolved(scale: float, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the homes and other offences resolved by the programme, by the quarter of recording."""
    rng = stream(seed, "crime free")
    weight = rng.lognormal(0.0, 0.2, len(quarters()))
    weight[0] *= 0.7
    weight[-2:] *= (0.4, 0.0)
    return share_out(round(RESOLVED_HOMES * scale), weight), share_out(round(RESOLVED_OTHER * scale), weight)


def endings(crimes: pl.DataFrame, course: Course, rng: np.random.Generator) -> pl.DataFrame:
    """Return row, outcome_raw, outcome_on and filed_on of each crime that has come to an outcome."""
    n = crimes.height
    youth = rng.random(n) < 0.18
    drawn = rng.random(n)
    suspected = ~np.isnat(course.dropped_at)
    charge = np.select([drawn < 0.72, drawn < 0.86, drawn < 0.98], ["1", "1A", "1B"], "1D")
    dropped = np.select([drawn < 0.50, drawn < 0.93], ["16", "15"], "21")
    unsolved = np.select([drawn < 0.86, drawn < 0.95, drawn < 0.98], ["18", "14", "20"], "13")
    found = []
    for at, code in (
        (course.charged_at, charge),
        (course.cautioned_at, np.where(youth, "2", np.where(drawn < 0.9, "3", "3A"))),
        (course.resolved_at, np.where(drawn < 0.7, "8", "22")),
        (course.filed_at, np.where(suspected, dropped, unsolved)),
    ):
        rows = np.flatnonzero(~np.isnat(at))
        found.append(
            pl.DataFrame(
                {
                    "row": rows,
                    "outcome_raw": code[rows].astype(object),
                    "at": at[rows].astype("datetime64[D]"),
                },
                schema={"row": pl.Int64, "outcome_raw": pl.String, "at": pl.Date},
            )
        )
    first = (
        pl.concat(found)
        .sort("row", "at", maintain_order=True)
        .unique("row", keep="first", maintain_order=True)
    )
    filed = pl.Series(course.filed_at.astype("datetime64[D]")).gather(first["row"])
    return first.select(
        "row", "outcome_raw", outcome_on="at", filed_on=filed, programme=pl.lit(None, dtype=pl.String)
    )


def resolved_by_programme(
    crimes: pl.DataFrame, course: Course, homes: int, other: int, rng: np.random.Generator
) -> pl.DataFrame:
    """Return the offences taken into consideration on the programme, and a few outside any programme."""
    code = crimes["ho_code"].to_numpy().astype(str)
    recorded = crimes["recorded_on"].to_numpy().astype("datetime64[D]")
    last = LAST_DAY
    able = (
        ~crimes["cancelled"].to_numpy()
        & np.isnat(course.charged_at)
        & np.isnat(course.cautioned_at)
        & np.isnat(course.resolved_at)
    )
    able &= recorded < last - ADMITTED_AFTER - 5
    parts = []
    plain = round(homes * 0.06)
    for codes, count, programme in ((RESIDENTIAL, homes + plain, PROGRAMME), (OTHER_CODES, other, PROGRAMME)):
        rows = np.flatnonzero(able & np.isin(code, codes))
        rows = rng.permutation(rows)[:count]
        wait = ADMITTED_AFTER + (
            rng.random(len(rows)) * np.minimum((last - recorded[rows]).astype(np.int64) - ADMITTED_AFTER, 900)
        ).astype(np.int64)
        named = only_words(programme, np.arange(len(rows)) < (homes if codes == RESIDENTIAL else count))
        parts.append(
            pl.DataFrame(
                {
                    "row": rows,
                    "outcome_raw": pl.Series(["4", "4 - Taken into consideration"]).gather(
                        (rng.random(len(rows)) < 0.1).astype(np.int64)
                    ),
                    "outcome_on": recorded[rows] + wait,
                    "filed_on": pl.Series([None] * len(rows), dtype=pl.Date),
                    "programme": pl.Series(named.tolist(), dtype=pl.String),
                }
            )
        )
    return pl.concat(parts)


def outcome_rows(crimes: pl.DataFrame, first: pl.DataFrame, resolved: pl.DataFrame) -> pl.DataFrame:
    """Return the outcome file's rows (columns of records.Outcome), numbered within each crime."""
    both = pl.concat([first, resolved]).sort("row", "outcome_on", maintain_order=True)
    return both.select(
        "outcome_raw",
        "outcome_on",
        "filed_on",
        "programme",
        subject=pl.lit("crime"),
        outcome_no=pl.int_range(pl.len()).over("row") + 1,
        subject_ref=crimes["crime_ref"].gather(both["row"]),
    )


def crime_status(crimes: pl.DataFrame, course: Course, resolved: pl.DataFrame) -> pl.Series:
    """Return the status of each crime at the end of the extract."""

    def has(at: Instants) -> pl.Series:
        return pl.Series(~np.isnat(at))

    admitted = np.zeros(crimes.height, dtype=bool)
    admitted[resolved["row"].to_numpy()] = True
    closed = (
        has(course.concluded_at) | has(course.cautioned_at) | has(course.resolved_at) | pl.Series(admitted)
    )
    return crimes.select(
        status=pl.when("cancelled")
        .then(pl.lit("cancelled"))
        .when(closed)
        .then(pl.lit("finalised"))
        .when(has(course.charged_at))
        .then(pl.lit("charged"))
        .when(has(course.filed_at))
        .then(pl.lit("filed"))
        .otherwise(pl.lit("open"))
    ).to_series()
