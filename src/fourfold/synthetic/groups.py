"""Co-offending groups that steal cars: grown men who bring in boys and young men, then keep away.

Pattern: 2022 board paper, para 35. Groups, members and offences are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.cantil import SINCE
from fourfold.synthetic.crime_volumes import MONTHS, Quarter, months
from fourfold.synthetic.roster import Roster
from fourfold.synthetic.streams import stream

CODES = ("48", "28E", "45")
CODE_SHARES = (0.48, 0.37, 0.15)
LAST_ARRESTS = date(2021, 11, 30)
STAYS = 0.2
"""How often the recruiter still comes along after the first offence."""


@dataclass(frozen=True)
class Plan:
    """What the groups will do: one row an offender of an offence.

    frame: group_id, slot (number of the offence), month, ho_code, offender (place in the roster), part
    (recruiter, recruit, alone), first_arrest (True where Operation Cantil may arrest the offender for it).
    """

    frame: pl.DataFrame

    def of_quarter(self, quarter: Quarter) -> pl.DataFrame:
        return self.frame.filter(pl.col("month").is_in(quarter.months))


def plan_groups(roster: Roster, seed: int) -> Plan:
    """Return the plan: one group a recruiter, the recruits shared out among them."""
    rng = stream(seed, "groups")
    of = np.sort(rng.integers(0, len(roster.recruiters), len(roster.recruits)))
    rows: list[tuple[str, int, int, str, int, str]] = []
    for number, recruiter in enumerate(roster.recruiters):
        mine = roster.recruits[of == number]
        if len(mine):
            rows += one_group(f"G{number + 1:03d}", int(recruiter), mine, len(rows), rng)
    frame = pl.DataFrame(
        rows,
        schema={
            "group_id": pl.String,
            "slot": pl.Int64,
            "at": pl.Int64,
            "ho_code": pl.String,
            "offender": pl.Int64,
            "part": pl.String,
        },
        orient="row",
    )
    calendar = dict(enumerate(months()))
    frame = frame.with_columns(month=pl.col("at").replace_strict(calendar, return_dtype=pl.Date)).drop("at")
    # The first theft or burglary with others after the operation began is the one each may be arrested for.
    can = (
        pl.col("month").is_between(SINCE, LAST_ARRESTS)
        & (pl.col("ho_code") != "45")
        & (pl.col("part") != "alone")
    )
    first = frame.filter(can).group_by("offender").agg(first_arrest_slot=pl.col("slot").min())
    return Plan(
        frame.join(first, on="offender", how="left", maintain_order="left")
        .with_columns(first_arrest=(pl.col("slot") == pl.col("first_arrest_slot")).fill_null(False))
        .drop("first_arrest_slot")
    )


def one_group(
    group: str, recruiter: int, recruits: NDArray[np.int64], first_slot: int, rng: np.random.Generator
) -> list[tuple[str, int, int, str, int, str]]:
    """Return the offences of one group, at most one a month so that their order is certain."""
    start = int(rng.integers(4, MONTHS - 20))
    rows: list[tuple[str, int, int, str, int, str]] = []
    slot, at = first_slot, start

    def offence(month: int, who: list[tuple[int, str]]) -> None:
        nonlocal slot
        slot += 1
        code = str(rng.choice(CODES, p=CODE_SHARES))
        rows.extend((group, slot, month, code, offender, part) for offender, part in who)

    for earlier in sorted(int(k) for k in rng.choice(start, size=min(2, start), replace=False)):
        offence(earlier, [(recruiter, "alone")])
    joined: list[int] = []
    for recruit in recruits:
        if at >= MONTHS - 1:
            break
        offence(at, [(recruiter, "recruiter"), (int(recruit), "recruit")])
        joined.append(int(recruit))
        at += 1
        for _ in range(int(rng.integers(1, 4))):
            if at >= MONTHS:
                break
            pair = rng.choice(joined, size=min(2, len(joined)), replace=False)
            who = [(int(one), "recruit") for one in pair]
            offence(at, who + ([(recruiter, "recruiter")] if rng.random() < STAYS else []))
            at += 1
    return rows


def place_groups(
    plan: pl.DataFrame, crimes: pl.DataFrame, free: NDArray[np.bool_], rng: np.random.Generator
) -> pl.DataFrame:
    """Return the plan of one quarter with the row of the crime that each offence became.

    free: shape (n,), crimes that nobody else uses; those taken are marked no longer free. An offence
    for which the month has no free crime of its class is left out.
    """
    code, month = crimes["ho_code"].to_numpy().astype(str), crimes["month"].to_numpy().astype("datetime64[D]")
    found: dict[int, int] = {}
    for slot, first, wanted in (
        plan.unique("slot", maintain_order=True).select("slot", "month", "ho_code").rows()
    ):
        open_to = np.flatnonzero(free & (code == wanted) & (month == np.datetime64(first)))
        if len(open_to):
            found[slot] = int(rng.choice(open_to))
            free[found[slot]] = False
    rows = pl.DataFrame(
        {"slot": list(found), "row": list(found.values())}, schema={"slot": pl.Int64, "row": pl.Int64}
    )
    return plan.join(rows, on="slot", maintain_order="left")
