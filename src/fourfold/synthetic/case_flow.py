"""The course of every case of a quarter: contact with the victim, the suspects' way, filing, reviews."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic import duties
from fourfold.synthetic.case_contact import first_contact, vouch
from fourfold.synthetic.case_events import END, EventLog, Instants, Whole, days, first_by_crime, only_words
from fourfold.synthetic.case_suspects import suspects_way
from fourfold.synthetic.crime_levels import HIGH_HARM
from fourfold.synthetic.crime_volumes import Quarter
from fourfold.synthetic.duties import Care, DutyBook
from fourfold.synthetic.suspects import paths

Bools = NDArray[np.bool_]

ENHANCED_SHARE = 0.045
GROUNDS = (
    "Domestic abuse",
    "Hate crime",
    "Persistently targeted",
    "Vulnerable: mental disorder",
    "Vulnerable: physical disability",
    "Intimidated",
)
FILED = 0.78
FILING_LOGGED = 0.55
"""Share of filed cases whose log says so; for the others only the outcome does."""


@dataclass(frozen=True)
class Course:
    """What became of the cases of one quarter.

    found: moments by suspect (identified, arrested, interviewed, removed). bail: words by suspect, None
    where none. charged_at, cautioned_at, resolved_at, dropped_at, concluded_at: the first such by crime,
    NaT where none; filed_at likewise. ground: of enhanced rights, by crime.
    """

    found: dict[str, Instants]
    bail: NDArray[np.object_]
    charged_at: Instants
    cautioned_at: Instants
    resolved_at: Instants
    dropped_at: Instants
    concluded_at: Instants
    filed_at: Instants
    ground: NDArray[np.object_]


def run_cases(
    crimes: pl.DataFrame, suspects: pl.DataFrame, quarter: Quarter, log: EventLog, rng: np.random.Generator
) -> tuple[Course, DutyBook]:
    """Plant every event of a quarter's cases in `log`, and book every duty that falls.

    crimes: ho_code, kind, cancelled, is_business, has_victim, crime_recorded_at. suspects: row, cantil.
    """
    n = crimes.height
    owed = (crimes["has_victim"] & ~crimes["cancelled"]).to_numpy()
    enhanced = owed & ~crimes["is_business"].to_numpy() & (rng.random(n) < ENHANCED_SHARE)
    book = DutyBook(log, rng, vouch(quarter, n, owed, rng), enhanced)
    recorded = crimes["crime_recorded_at"].to_numpy().astype("datetime64[m]")
    keys = log.add("crime_recorded", np.arange(n), recorded)
    first_contact(crimes, book, (np.flatnonzero(owed), keys[owed], recorded[owed]))
    found = paths(suspects, crimes, rng)
    way = suspects_way(suspects, found, crimes, book, owed)
    suspected = np.zeros(n, dtype=bool)
    suspected[suspects["row"].to_numpy()] = True
    filed = file_cases(crimes, book, owed, suspected, way, recorded)
    audited = np.flatnonzero(~np.isnat(book.vouched_to))
    log.add("log_complete_to", audited, book.vouched_to[audited].astype("datetime64[m]") + 1020)
    ground = only_words(np.array(GROUNDS, dtype=object)[rng.integers(0, len(GROUNDS), n)], enhanced)
    by_crime = {name: first_by_crime(at, rows, n) for name, (rows, at) in way.items() if name != "bail"}
    return Course(
        found=found, bail=bail_words(suspects.height, way), filed_at=filed, ground=ground, **by_crime
    ), book


def file_cases(
    crimes: pl.DataFrame,
    book: DutyBook,
    owed: Bools,
    suspected: Bools,
    way: dict[str, tuple[Whole, Instants]],
    recorded: Instants,
) -> Instants:
    """Plant decisions not to investigate, filings and what the victim was told; return when filed (NaT)."""
    n, rng, log = crimes.height, book.rng, book.log
    ended = np.zeros(n, dtype=bool)
    for name in ("charged_at", "cautioned_at", "resolved_at"):
        ended[way[name][0]] = True
    code = crimes["ho_code"].to_numpy().astype(str)
    none = owed & np.isin(code, ("44", "45", "49", "46", "126")) & (rng.random(n) < 0.07) & ~suspected
    at = recorded + days(n, rng, 0.6, 0.1)
    rows = np.flatnonzero(none)
    keys = log.add("not_investigated", rows, at[rows])
    book.plant(
        "victim_updated",
        Care(0.55, 0.10, 0.04, 1.0),
        (rows, keys, at[rows]),
        (duties.TELL_NO_INQUIRY,),
        untied=0.3,
    )
    dropped = first_by_crime(way["dropped_at"][1], way["dropped_at"][0], n)
    closes = np.where(np.isnat(dropped), recorded + days(n, rng, 22.0, 0.3), dropped + days(n, rng, 6.0, 0.5))
    closes = np.where(none, at + days(n, rng, 2.0, 0.1), closes)
    filed = ~ended & ~crimes["cancelled"].to_numpy() & (closes <= END) & (rng.random(n) < FILED)
    rows = np.flatnonzero(filed & (rng.random(n) < FILING_LOGGED))
    keys = log.add("filed", rows, closes[rows])
    mine = owed[rows]
    high = np.isin(code[rows], HIGH_HARM)
    for some, care in ((mine & high, Care(0.62, 0.0, 0.06, 2.0)), (mine & ~high, Care(0.14, 0.0, 0.01, 2.0))):
        book.plant("filing_told", care, (rows[some], keys[some], closes[rows][some]), (duties.TELL_FILING,))
    return np.asarray(np.where(filed, closes, np.datetime64("NaT", "m")))


def bail_words(n: int, way: dict[str, tuple[Whole, Instants]]) -> NDArray[np.object_]:
    """Return "police bail" for suspects who were bailed."""
    words = np.full(n, None, dtype=object)
    words[way["bail"][0]] = "police bail"
    return words
