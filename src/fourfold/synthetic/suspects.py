"""Who is suspected of each made-up crime, and where they stand: wanted, arrested, removed."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.cantil import OTHER_CODES, SINCE, CantilPlan
from fourfold.synthetic.case_events import END, LAST_DAY, Instants, Whole, days
from fourfold.synthetic.crime_levels import BURGLARY_OR_CAR_THEFT, RESIDENTIAL
from fourfold.synthetic.roster import Roster, nominal_refs, variants

SUSPECT_KNOWN = {
    "assault": 0.28,
    "threat": 0.24,
    "public order": 0.18,
    "officer assault": 0.97,
    "shop theft": 0.24,
    "home": 0.11,
    "home tried": 0.06,
    "doorstep": 0.06,
    "doorstep tried": 0.05,
    "firm": 0.13,
    "firm tried": 0.08,
    "shop robbery": 0.32,
    "street robbery": 0.22,
    "pickpocket": 0.05,
    "car": 0.11,
    "from car": 0.04,
    "car tried": 0.10,
    "cycle": 0.05,
    "other theft": 0.10,
    "fuel": 0.15,
    "found on": 0.97,
    "shop worker, theft": 0.50,
    "shop worker, covid": 0.30,
    "shop worker, age": 0.30,
    "shop, no worker": 0.40,
}
"""Share of crimes of each kind with a named suspect."""
ARRESTED, INTERVIEWED = 0.44, 0.22
"""Shares of suspects arrested, and interviewed without arrest."""
REMOVED = 0.22
REASONS = (
    "Alibi confirmed",
    "Mistaken identity",
    "Victim does not support",
    "Died",
    "Dealt with by another force",
)
BLOCK_OF_TIME = np.timedelta64(1, "m")

SCHEMA = {"row": pl.Int64, "offender": pl.Int64, "cantil": pl.Boolean, "first": pl.Boolean}


def suspects_of_quarter(
    crimes: pl.DataFrame,
    groups: pl.DataFrame,
    plan: CantilPlan,
    roster: Roster,
    index: int,
    before: Whole,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Return row, offender (place in the roster), cantil (the operation arrests them), person, suspect_ref.

    groups: row, offender of the planted groups. before: participants of the Crime Free Programme who have
    not yet joined it. One row a person and crime.
    """
    chosen = cantil_arrests(crimes, groups, plan, index, rng)
    planned = pl.concat(
        [chosen.select("row", "offender", "cantil"), groups.select("row", "offender", cantil=pl.lit(False))]
    )
    planned = planned.unique(["row", "offender"], keep="first", maintain_order=True)
    usual = usual_suspects(crimes, roster, before, planned["row"].to_numpy(), rng)
    found = (
        pl.concat([planned, usual]).unique(["row", "offender"], keep="first", maintain_order=True).sort("row")
    )
    people = roster.people[found["offender"].to_numpy()]
    other = np.where(found["cantil"].to_numpy(), 0, variants(found.height, rng))
    return found.with_columns(person=pl.Series(people), suspect_ref=nominal_refs(people, other))


def usual_suspects(
    crimes: pl.DataFrame, roster: Roster, before: Whole, planned: Whole, rng: np.random.Generator
) -> pl.DataFrame:
    """Return the suspects of crimes that no plan has touched; a few offenders have many crimes."""
    share = crimes["kind"].replace_strict(SUSPECT_KNOWN, return_dtype=pl.Float64).to_numpy()
    named = (rng.random(crimes.height) < share) & ~crimes["cancelled"].to_numpy()
    named[planned] = False
    rows = np.flatnonzero(named)
    several = np.array([rng.random(len(rows)) < 0.13, rng.random(len(rows)) < 0.03]).sum(axis=0)
    rows = np.repeat(rows, 1 + several)
    offender = roster.others[(rng.random(len(rows)) ** 1.7 * len(roster.others)).astype(np.int64)]
    if len(before):
        burglary = np.isin(crimes["ho_code"].to_numpy().astype(str)[rows], RESIDENTIAL) & (
            rng.random(len(rows)) < 0.2
        )
        offender = np.where(burglary, before[rng.integers(0, len(before), len(rows))], offender)
    return pl.DataFrame({"row": rows, "offender": offender, "cantil": np.zeros(len(rows), dtype=bool)})


def cantil_arrests(
    crimes: pl.DataFrame, groups: pl.DataFrame, plan: CantilPlan, index: int, rng: np.random.Generator
) -> pl.DataFrame:
    """Return the operation's arrests in one quarter: group members, then offenders of its own."""
    code = crimes["ho_code"].to_numpy().astype(str)
    recorded = crimes["crime_recorded_at"].to_numpy().astype("datetime64[m]")
    able = (
        ~crimes["cancelled"].to_numpy()
        & (recorded >= np.datetime64(SINCE))
        & (recorded < END - 10 * 1440 * BLOCK_OF_TIME)
    )
    cars, other = (
        np.flatnonzero(able & np.isin(code, BURGLARY_OR_CAR_THEFT)),
        np.flatnonzero(able & np.isin(code, OTHER_CODES)),
    )
    n_cars, n_other = int(plan.for_cars[index]), int(plan.for_other[index])
    known = groups.filter(pl.col("first_arrest") & pl.col("row").is_in(cars.tolist())).head(n_cars // 2)
    fresh = plan.offenders_of(index)
    taken = known["row"].to_numpy()
    free_cars, free_other = (
        np.setdiff1d(cars, groups["row"].to_numpy()),
        np.setdiff1d(other, groups["row"].to_numpy()),
    )
    rows = np.concatenate(
        [
            taken,
            rng.choice(free_cars, size=n_cars - len(taken), replace=len(free_cars) < n_cars),
            rng.choice(free_other, size=n_other, replace=len(free_other) < n_other),
        ]
    )
    offender = np.concatenate([known["offender"].to_numpy(), fresh[: len(rows) - len(taken)]])
    return pl.DataFrame({"row": rows, "offender": offender, "cantil": np.ones(len(rows), dtype=bool)})


def paths(suspects: pl.DataFrame, crimes: pl.DataFrame, rng: np.random.Generator) -> dict[str, Instants]:
    """Return when each suspect was identified, arrested, interviewed (NaT where not) and removed.

    Each array has shape (n,), in the order of `suspects`; moments are London clock times in minutes.
    """
    n, row = suspects.height, suspects["row"].to_numpy()
    recorded = crimes["crime_recorded_at"].to_numpy().astype("datetime64[m]")[row]
    cantil = suspects["cantil"].to_numpy()
    identified = recorded + np.where(rng.random(n) < 0.6, rng.integers(5, 200, n), days(n, rng, 9.0))
    identified = np.where(cantil, recorded + rng.integers(5, 2 * 1440, n), identified)
    identified = np.maximum(recorded, np.minimum(identified, END))
    wait = np.where(rng.random(n) < 0.8, days(n, rng, 5.0, 0.15), days(n, rng, 90.0, 10.0))
    arrested = identified + np.where(cantil, rng.integers(240, 7 * 1440, n), wait)
    drawn = rng.random(n)
    is_arrested = cantil | ((drawn < ARRESTED) & (arrested <= END))
    voluntary = ~is_arrested & (drawn >= ARRESTED) & (drawn < ARRESTED + INTERVIEWED)
    interviewed = np.where(
        is_arrested, arrested + rng.integers(180, 1080, n), identified + days(n, rng, 14.0, 1.0)
    )
    is_interviewed = (is_arrested & (rng.random(n) < 0.9)) | voluntary
    removed = identified + days(n, rng, 30.0, 2.0)
    is_removed = ~is_arrested & ~is_interviewed & (rng.random(n) < REMOVED)
    return {
        "identified": identified,
        "arrested": dated(arrested, is_arrested),
        "interviewed": dated(interviewed, is_interviewed & (interviewed <= END)),
        "removed": dated(removed, is_removed & (removed <= END)),
    }


def dated(at: Instants, holds: NDArray[np.bool_]) -> Instants:
    """Return the moments, not a time where it does not hold."""
    return np.asarray(np.where(holds, at, np.datetime64("NaT", "m")))


def statuses(
    suspects: pl.DataFrame,
    found: dict[str, Instants],
    crimes: pl.DataFrame,
    bail: NDArray[np.object_],
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Return the suspect file's rows: where each suspect stood at the end, with reviews only where made."""
    n = suspects.height
    day = {name: at.astype("datetime64[D]") for name, at in found.items()}
    end = LAST_DAY
    reviewed = day["identified"] + rng.integers(0, 15, n)
    is_reviewed = (rng.random(n) < 0.72) & (reviewed <= end)
    evidence = rng.random(n) < 0.66
    wanted = (
        is_reviewed
        & evidence
        & np.isnat(day["arrested"])
        & np.isnat(day["interviewed"])
        & np.isnat(day["removed"])
    )
    circulated = reviewed + rng.integers(0, 12, n)
    is_circulated = wanted & (rng.random(n) < 0.7) & (circulated <= end)
    attempt = circulated + rng.integers(1, 60, n)
    kind = crimes["kind"].gather(suspects["row"])
    summary_only = kind.is_in(["public order", "assault"]).to_numpy() & (rng.random(n) < 0.25)
    recorded = crimes["recorded_on"].gather(suspects["row"])
    return suspects.select(
        "suspect_ref",
        crime_ref=crimes["crime_ref"].gather(suspects["row"]),
        identified_on=pl.Series(day["identified"]),
        reviewed_on=only(reviewed, is_reviewed),
        evidence_to_arrest=pl.when(pl.Series(is_reviewed)).then(pl.Series(evidence)),
        circulated_on=only(circulated, is_circulated),
        circulation_ref=pl.when(pl.Series(is_circulated)).then(
            pl.format("WM{}", pl.Series("ref", rng.integers(10**6, 10**7, n)))
        ),
        last_attempt_on=only(attempt, is_circulated & (attempt <= end) & (rng.random(n) < 0.6)),
        bail=pl.Series(bail.tolist(), dtype=pl.String),
        limitation_on=pl.when(pl.Series(summary_only)).then(recorded.dt.offset_by("6mo")),
        arrested_on=pl.Series(day["arrested"]),
        removed_on=pl.Series(day["removed"]),
        removed_reason=pl.when(pl.Series(~np.isnat(day["removed"]))).then(
            pl.Series(REASONS).gather(rng.integers(0, len(REASONS), n))
        ),
        **{name: factor(is_reviewed, rng) for name in ("threat", "harm", "risk", "vulnerability")},
    )


def only(at: NDArray[Any], holds: NDArray[np.bool_]) -> pl.Series:
    """Return days, missing where it does not hold."""
    return pl.Series(np.where(holds, at, np.datetime64("NaT", "D")).astype("datetime64[D]"))


def factor(reviewed: NDArray[np.bool_], rng: np.random.Generator) -> pl.Expr:
    """Return low, medium or high as the reviewing supervisor judged it; nothing where nobody reviewed."""
    n = len(reviewed)
    words = pl.Series(["low", "medium", "high"]).gather(rng.choice(3, size=n, p=[0.45, 0.35, 0.20]))
    return pl.when(pl.Series(reviewed & (rng.random(n) < 0.9))).then(words)
