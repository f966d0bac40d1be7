"""The register of the programmes that turn offenders from crime: Crime Free, and Offender to Rehab.

Success of Crime Free, as planted (2022 board paper, para 41: "around 65 %", without a definition): of
those who started at least 12 months before 31 December 2021, the share that completed or is still on
it, and has no recorded offence within 12 months of starting.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.case_events import only_words
from fourfold.synthetic.people import label
from fourfold.synthetic.roster import Roster, make_roster, nominal_refs
from fourfold.synthetic.streams import stream
from fourfold.synthetic.truth import write_facts, write_truth
from fourfold.synthetic.write import as_text, write_table

CRIME_FREE, REHAB = "Crime Free", "Offender to Rehab"
AS_OF = date(2021, 12, 31)
FOLLOWED_DAYS = 365
STARTED_AT_ONE, RECENT_AT_ONE, NOT_STARTED_AT_ONE = 40, 14, 22
FEWEST_STARTED = 20
SUCCESS = 0.65
DEFINITION = (
    "Started at least 12 months before 31 December 2021; completed or still on the programme; "
    "no recorded offence within 12 months of starting."
)
YEARS = 3
"""Length of the Crime Free Programme."""
HEADINGS = {
    "programme": "Programme",
    "case_ref": "Case ref",
    "person_ref": "Person ref",
    "referred_on": "Date referred",
    "assessed_on": "Date assessed",
    "started_on": "Date started",
    "ended_on": "Date ended",
    "ended_as": "Ended as",
    "reoffended_on": "Date reoffended",
}
BAD: tuple[tuple[dict[str, str | None], str], ...] = (
    ({"ended_on": "2021-03-02", "ended_as": None}, "ended_with_reason"),
    (
        {"started_on": "2018-01-05", "referred_on": "2019-06-01", "ended_on": None, "ended_as": None},
        "stages_in_order",
    ),
    ({"ended_as": "absconded", "ended_on": "2021-05-01"}, "ended_as|cannot_be_read"),
    ({"referred_on": "31/06/2020"}, "referred_on|cannot_be_read"),
)


def write_programmes(received: Path, truth: Path, scale: float, seed: int) -> None:
    """Write programmes/programme-register.csv, and what is true of it, for one scale and seed."""
    rng = stream(seed, "programmes")
    roster = make_roster(scale, seed)
    cases = pl.concat([crime_free_cases(roster, scale, seed), rehab_cases(roster, scale, rng)])
    told = as_text(cases.drop("person"))
    bad = broken(told, rng)
    write_table(
        pl.concat([told, bad.drop("rule")]).rename(HEADINGS).select(HEADINGS.values()),
        received / "programmes",
        "programme-register",
    )
    write_truth(
        cases.select("programme", "case_ref", true_person_id=label("P", "person")), truth, "programme_people"
    )
    write_truth(
        bad.select("case_ref", "rule", file=pl.lit("programme-register.csv")), truth, "programme_bad_rows"
    )
    started, succeeded = success(cases)
    write_facts(
        {
            "crime_free_started_12_months_before": started,
            "crime_free_successful": succeeded,
            "crime_free_success_percent": round(100 * succeeded / started, 1),
            "definition": DEFINITION,
            "bad_rows": bad.height,
        },
        truth,
        "programmes",
    )


def success(cases: pl.DataFrame) -> tuple[int, int]:
    """Return how many Crime Free starters were followed for 12 months, and how many succeeded."""
    followed = cases.filter(
        (pl.col("programme") == CRIME_FREE) & (pl.col("started_on") <= date(2020, 12, 31))
    )
    kept_on = pl.col("ended_as").is_null() | (pl.col("ended_as") == "completed")
    again = (pl.col("reoffended_on") <= pl.col("started_on").dt.offset_by("12mo")).fill_null(False)
    return followed.height, followed.filter(kept_on & ~again).height


def crime_free_cases(roster: Roster, scale: float, seed: int) -> pl.DataFrame:
    """Return the Crime Free register, with `person` (number of people_at)."""
    rng = stream(seed, "crime free cases")
    starters = max(round(STARTED_AT_ONE * scale), FEWEST_STARTED)
    recent, waiting = (max(round(k * scale), 6) for k in (RECENT_AT_ONE, NOT_STARTED_AT_ONE))
    n = starters + recent + waiting
    order = np.arange(n)
    start = np.where(
        order < starters,
        np.datetime64("2018-01-15") + rng.integers(0, 1070, n),
        np.datetime64("2021-01-05") + rng.integers(0, 330, n),
    ).astype("datetime64[D]")
    assessed, referred = start - rng.integers(5, 40, n), start - rng.integers(45, 110, n)
    begun = order < starters + recent
    ended, how, again = ends(start, order, starters, begun, rng)
    people = roster.people[roster.crime_free[order % len(roster.crime_free)]]
    return pl.DataFrame(
        {
            "programme": [CRIME_FREE] * n,
            "case_ref": [f"CF{k + 1:04d}" for k in range(n)],
            "person": people,
            "person_ref": nominal_refs(people, np.zeros(n, dtype=np.int64)),
            "referred_on": referred,
            "assessed_on": keep(assessed, begun | (rng.random(n) < 0.7)),
            "started_on": keep(start, begun),
            "ended_on": ended,
            "ended_as": pl.Series(how.tolist(), dtype=pl.String),
            "reoffended_on": again,
        }
    )


def ends(
    start: NDArray[np.datetime64],
    order: NDArray[np.int64],
    starters: int,
    begun: NDArray[np.bool_],
    rng: np.random.Generator,
) -> tuple[NDArray[np.datetime64], NDArray[np.object_], NDArray[np.datetime64]]:
    """Return when and how each case ended, and when the person offended again (NaT where not)."""
    n, last = len(order), np.datetime64(AS_OF)
    succeeds = order < round(starters * SUCCESS)
    fails = (order < starters) & ~succeeds
    full = start + YEARS * 365
    early = np.minimum(start + rng.integers(30, 300, n), last)
    again_on = start + rng.integers(20, 330, n)
    completed = succeeds & (full <= last)
    # Failing goes three ways: a breach with a new offence, leaving without one, a new offence alone.
    way = order % 3
    leaves = fails & (way != 2)
    ended = np.where(completed, full, np.where(leaves, early, np.datetime64("NaT", "D")))
    words = np.array(["breached", "withdrew", "removed"], dtype=object)[
        np.where(way == 0, 0, 1 + (order // 3) % 2)
    ]
    how = only_words("completed", completed)
    how[leaves] = words[leaves]
    offends = fails & (way != 1)
    long_after = succeeds & (order % 5 == 0) & (start + 500 <= last)
    again = np.where(offends, again_on, np.where(long_after, start + 480, np.datetime64("NaT", "D")))
    gone = ~begun & (rng.random(n) < 0.6)
    ended = np.where(gone, np.minimum(start + 5, last), ended)
    how[gone] = "withdrew"
    return ended.astype("datetime64[D]"), how, again.astype("datetime64[D]")


def rehab_cases(roster: Roster, scale: float, rng: np.random.Generator) -> pl.DataFrame:
    """Return the Offender to Rehab register: a pilot, wider from July 2021 (2022 board paper, para 27)."""
    n = min(max(round(60 * scale), 12), len(roster.rehab))
    late = rng.random(n) < 0.55
    referred = np.where(
        late,
        np.datetime64("2021-07-05") + rng.integers(0, 160, n),
        np.datetime64("2019-02-01") + rng.integers(0, 850, n),
    )
    referred = referred.astype("datetime64[D]")
    begun = rng.random(n) < 0.5
    start = np.minimum(referred + rng.integers(10, 60, n), np.datetime64(AS_OF))
    over = start + rng.integers(20, 190, n)
    ended = begun & (over <= np.datetime64(AS_OF))
    gone = ~begun & (rng.random(n) < 0.8)
    ways = np.array(["completed", "withdrew", "removed", "died"], dtype=object)[
        rng.choice(4, n, p=[0.42, 0.36, 0.18, 0.04])
    ]
    how = only_words(ways, ended)
    people = roster.people[roster.rehab[:n]]
    return pl.DataFrame(
        {
            "programme": [REHAB] * n,
            "case_ref": [f"OR{k + 1:04d}" for k in range(n)],
            "person": people,
            "person_ref": nominal_refs(people, np.zeros(n, dtype=np.int64)),
            "referred_on": referred,
            "assessed_on": keep(np.minimum(referred + 7, np.datetime64(AS_OF)), begun),
            "started_on": keep(start, begun),
            "ended_on": keep(
                np.where(ended, over, np.minimum(referred + 30, np.datetime64(AS_OF))), ended | gone
            ),
            "ended_as": pl.Series(np.where(gone, "withdrew", how).tolist(), dtype=pl.String),
            "reoffended_on": keep(
                start + 200, ended & (rng.random(n) < 0.35) & (start + 200 <= np.datetime64(AS_OF))
            ),
        }
    )


def keep(days: NDArray[Any], holds: NDArray[np.bool_]) -> NDArray[np.datetime64]:
    """Return the days, missing where it does not hold."""
    return np.asarray(np.where(holds, days, np.datetime64("NaT", "D")).astype("datetime64[D]"))


def broken(told: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Return rows that break a rule, with the rule; they have case references of their own."""
    source = told.filter(pl.col("started_on").is_not_null())
    chosen = source[rng.integers(0, source.height, len(BAD))]
    rows = [
        row | change | {"case_ref": f"XX{k:04d}", "rule": rule}
        for k, (row, (change, rule)) in enumerate(zip(chosen.to_dicts(), BAD, strict=True))
    ]
    return pl.DataFrame(rows, schema={**told.schema, "rule": pl.String})
