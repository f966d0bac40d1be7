"""Which fraud reports there are: day, code, organisation or person, age band, and the story behind each."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.draws import Floats, Whole, share_out
from fourfold.synthetic.fraud_kinds import (
    COURIER_IN_3C,
    COURIER_METHOD_SHARES,
    COURIER_METHODS,
    COURIER_REPORTS,
    EMERGING_TOPIC,
    KINDS,
    ORGANISATION_SHARE,
    REPORTS_2020,
    REPORTS_2021,
    TOPICS,
)
from fourfold.synthetic.fraud_seasons import day_weights, days_of, emerging_weights

BANDS: tuple[tuple[int, int, int, int], ...] = (
    (11, 20, 520, 560),
    (21, 30, 2300, 2562),
    (31, 40, 2400, 2690),
    (41, 50, 2000, 2480),
    (51, 60, 1800, 2448),
    (61, 70, 1200, 1488),
    (71, 80, 900, 1045),
    (81, 90, 450, 517),
    (91, 104, 82, 101),
)
"""Age from, to, weights of 2020 and 2021: rises of 24, 36, 24 % for 41 to 70 (2022 board paper, para 11)."""
NO_AGE = -1
NO_AGE_SHARE = 0.05
COURIER_BANDS = (0, 0, 1, 2, 4, 11, 44, 33, 5)
"""Age of courier fraud victims by band, in hundredths: mostly over 70, as the national bureau says."""
OLD_BANDS = (8, 7, 6, 5, 0)
"""The order in which bands take their reports: the old first, then the youngest, then all the others."""


def plan_reports(scale: float, rng: np.random.Generator) -> pl.DataFrame:
    """Return one row for each report of 2020 and 2021, by day.

    Columns: year, day (days from 1970), kind (place in KINDS), story (topic, courier method or code),
    courier_method (null where none), organisation, band (place in BANDS, -1 where no age is told).
    """
    years = [plan_year(number, scale, rng) for number in (0, 1)]
    plan = pl.concat(years).sort("day", maintain_order=True)
    return plan.with_row_index("report_no").with_columns(pl.col("report_no").cast(pl.Int64))


def plan_year(number: int, scale: float, rng: np.random.Generator) -> pl.DataFrame:
    """Return the reports of 2020 (number 0) or 2021 (number 1)."""
    total = round((REPORTS_2020, REPORTS_2021)[number] * scale)
    counts = share_out(total, [(kind.in_2020, kind.in_2021)[number] for kind in KINDS])
    kind = np.repeat(np.arange(len(KINDS)), counts)
    story, courier = stories(kind, number, scale, rng)
    day = report_days(kind, story, number, rng)
    organisation = choose_organisations(kind, courier, round(total * ORGANISATION_SHARE[number]), story, rng)
    band = age_bands(kind, courier, organisation, number, rng)
    return pl.DataFrame(
        {
            "year": np.full(total, 2020 + number),
            "day": day,
            "kind": kind,
            "story": pl.Series(story.tolist(), dtype=pl.String),
            "courier_method": pl.Series(courier.tolist(), dtype=pl.String),
            "organisation": organisation,
            "band": band,
        }
    )


def stories(
    kind: Whole, number: int, scale: float, rng: np.random.Generator
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Return each report's story and, for courier fraud, its method (else None)."""
    codes = np.array([row.code for row in KINDS], dtype=object)[kind]
    story = codes.copy()
    courier = np.full(len(kind), None, dtype=object)
    hidden = round(COURIER_REPORTS[number] * scale)
    in_3c = round(hidden * COURIER_IN_3C)
    for code, count in (("NFIB90", hidden - in_3c), ("NFIB3C", in_3c)):
        rows = rng.permutation(np.flatnonzero(codes == code))
        topics = [topic for topic in TOPICS if topic.code == code]
        weights = [(topic.weight_2020, topic.weight_2021)[number] for topic in topics]
        names = np.array([topic.name for topic in topics], dtype=object)
        few = min(count, len(rows))
        courier[rows[:few]] = rng.choice(
            np.array(COURIER_METHODS, dtype=object), few, p=list(COURIER_METHOD_SHARES)
        )
        story[rows[:few]] = courier[rows[:few]]
        story[rows[few:]] = np.repeat(names, share_out(len(rows) - few, weights))
    return story, courier


def report_days(kind: Whole, story: NDArray[np.object_], number: int, rng: np.random.Generator) -> Whole:
    """Return the day of each report in days from 1970."""
    days = days_of(2020 + number)
    day = np.zeros(len(kind), dtype=np.int64)
    for place in np.unique(kind):
        rows = np.flatnonzero(kind == place)
        chance = day_weights(days, KINDS[place].season)
        day[rows] = rng.choice(days, len(rows), p=chance / chance.sum())
    rising = np.flatnonzero(story == EMERGING_TOPIC)
    start = dt.date.fromisoformat(next(t.from_on for t in TOPICS if t.name == EMERGING_TOPIC and t.from_on))
    chance = emerging_weights(days, start)
    if len(rising):
        day[rising] = rng.choice(days, len(rising), p=chance / chance.sum())
    return day


def choose(rows: Whole, weights: Floats, count: int, rng: np.random.Generator) -> Whole:
    """Return `count` of the rows without repetition, drawn by weight (Efraimidis and Spirakis 2006)."""
    keys = rng.exponential(size=len(rows)) / np.maximum(weights, 1e-12)
    return np.asarray(rows[np.argsort(keys, kind="stable")[:count]], dtype=np.int64)


def choose_organisations(
    kind: Whole,
    courier: NDArray[np.object_],
    count: int,
    story: NDArray[np.object_],
    rng: np.random.Generator,
) -> NDArray[np.bool_]:
    """Return which reports are by organisations; nobody calls an organisation out of love."""
    weights = np.array([row.organisations for row in KINDS], dtype=np.float64)[kind]
    personal = np.isin(story, ("family_message", "account_in_my_name", "roofer"))
    weights[(courier != None) | personal] = 0.0  # noqa: E711 (an array of objects)
    chosen = np.zeros(len(kind), dtype=np.bool_)
    chosen[choose(np.arange(len(kind)), weights, count, rng)] = True
    return chosen


def age_bands(
    kind: Whole,
    courier: NDArray[np.object_],
    organisation: NDArray[np.bool_],
    number: int,
    rng: np.random.Generator,
) -> Whole:
    """Return the age band told of each report (place in BANDS), -1 where none is."""
    band = np.full(len(kind), NO_AGE, dtype=np.int64)
    people = np.flatnonzero(~organisation)
    is_courier = courier[people] != None  # noqa: E711 (an array of objects)
    ageless = choose(
        people[~is_courier], np.ones((~is_courier).sum()), round(len(people) * NO_AGE_SHARE), rng
    )
    left = np.setdiff1d(people, ageless)
    room = share_out(len(left), [(row[2], row[3])[number] for row in BANDS])
    sought = people[is_courier]
    told = np.minimum(share_out(len(sought), COURIER_BANDS), room)
    band[rng.permutation(sought)[: told.sum()]] = np.repeat(np.arange(len(BANDS)), told)
    room = room - told
    left = left[band[left] == NO_AGE]
    old = np.array([row.over_70 for row in KINDS], dtype=np.float64)[kind]
    for place in OLD_BANDS:
        weights = {0: 1 / (0.2 + old), 5: np.sqrt(old)}.get(place, old)
        taken = choose(left, weights[left], int(room[place]), rng)
        band[taken] = place
        left = np.setdiff1d(left, taken)
    middle = np.arange(1, 5)
    band[rng.permutation(left)] = np.repeat(middle, room[middle])
    return band
