"""Every fraud report as numbers: plan, victim, loss, risk score, dissemination; words come later.

This much is held for all reports at once; names, addresses and narratives are made list by list.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.draws import Floats, Whole
from fourfold.synthetic.fraud_kinds import COURIER_METHODS, KINDS
from fourfold.synthetic.fraud_losses import losses
from fourfold.synthetic.fraud_plan import plan_reports
from fourfold.synthetic.fraud_seasons import day_number
from fourfold.synthetic.fraud_victims import choose_victims, told_ages
from fourfold.synthetic.organisations import choose_organisations
from fourfold.synthetic.streams import stream

FIRST_LIST = dt.date(2020, 1, 6)
"""The Monday of the first weekly list; each list holds the reports of the seven days before."""
LISTS = 105
COURIER_LOSS = 3_800.0
"""Pounds: what a courier fraud typically takes (our own, near published means of 2021 to 2025)."""
RISK_MISSING = 0.15
DISSEMINATED = (0.16, 0.06)
"""Shares of reports sent to the force for enforcement, and for victim care only (our own)."""
LASTING_STORIES = ("nothing_lost",)


def report_numbers(scale: float, seed: int) -> pl.DataFrame:
    """Return one row for each report of 2020 and 2021, by day.

    Columns: those of `plan_reports`; week (place of its list), victim (number of the person, -1),
    organisation_no (-1), age (true, -1), loss (pounds; missing; 0 for stated none), risk (0 to 100,
    missing), sent (day of dissemination, missing), sent_for.
    """
    plan = plan_reports(scale, stream(seed, "fraud plan"))
    day, band = plan["day"].to_numpy(), plan["band"].to_numpy()
    organisation = plan["organisation"].to_numpy()
    story = plan["story"].to_numpy()
    courier = plan["courier_method"].is_not_null().to_numpy()
    again = aptness(plan)
    victim = choose_victims(day, band, ~organisation, again, scale, seed, stream(seed, "fraud victims"))
    who = np.full(len(day), -1, dtype=np.int64)
    who[organisation] = choose_organisations(
        int(organisation.sum()), scale, stream(seed, "fraud organisations")
    )
    age = told_ages(victim, day, seed)
    kind = plan["kind"].to_numpy()
    median = np.where(courier, COURIER_LOSS, np.array([row.loss_median for row in KINDS])[kind])
    loss = losses(
        median,
        plan["year"].to_numpy(),
        organisation,
        np.isin(story, LASTING_STORIES),
        scale,
        stream(seed, "losses"),
    )
    first_monday = day_number(FIRST_LIST)
    numbers = plan.with_columns(
        week=pl.Series((day - first_monday + 7) // 7),
        victim=pl.Series(victim),
        organisation_no=pl.Series(who),
        age=pl.Series(age),
        loss=pl.Series(loss).fill_nan(None),
        risk=pl.Series(risk_scores(age, loss, kind, courier, stream(seed, "risk"))).fill_nan(None),
    )
    return disseminated(numbers, stream(seed, "dissemination"))


def aptness(plan: pl.DataFrame) -> Floats:
    """Return how apt a report is to come from an earlier victim: recovery fraud tenfold, romance twofold."""
    codes = np.array([row.code for row in KINDS], dtype=object)[plan["kind"].to_numpy()]
    return np.asarray(
        np.where(codes == "NFIB1E", 10.0, np.where(codes == "NFIB1D", 2.0, 1.0)), dtype=np.float64
    )


def risk_scores(
    age: Whole, loss: Floats, kind: Whole, courier: NDArray[np.bool_], rng: np.random.Generator
) -> Floats:
    """Return a made-up score from 0 to 100 for each report, NaN where none came; the real is secret."""
    codes = np.array([row.code for row in KINDS], dtype=object)[kind]
    score = 14 + 3.2 * np.log10(1 + np.nan_to_num(loss)) ** 1.6 + 0.35 * np.maximum(age - 55, 0)
    score += 16 * courier + 14 * (codes == "NFIB1D") + 8 * (codes == "NFIB1E") + rng.normal(0, 11, len(age))
    score = np.clip(score, 0, 100).round(0)
    return np.where(rng.random(len(age)) < RISK_MISSING, np.nan, score)


def disseminated(numbers: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Add which reports were sent on to the force within their week, when, and what for."""
    drawn = rng.random(numbers.height)
    for_what = np.where(
        drawn < DISSEMINATED[0], "For enforcement", np.where(drawn < sum(DISSEMINATED), "For victim care", "")
    )
    monday = day_number(FIRST_LIST) + 7 * numbers["week"].to_numpy()
    day = numbers["day"].to_numpy()
    sent = day + (rng.random(numbers.height) * (monday - day + 1)).astype(np.int64)
    return numbers.with_columns(sent=pl.Series(sent), sent_for=pl.Series(for_what.tolist())).with_columns(
        sent=pl.when(pl.col("sent_for") != "").then("sent"),
        sent_for=pl.when(pl.col("sent_for") != "").then("sent_for"),
    )


def report_refs(numbers: pl.DataFrame) -> pl.Expr:
    """Return the reference of each report: NFRC, year and month, and a number that rises."""
    day = pl.from_epoch("day", time_unit="d")
    return (
        pl.lit("NFRC")
        + day.dt.strftime("%y%m")
        + (pl.col("report_no") + 1_000_001).cast(pl.String).str.zfill(8)
    )


def courier_truth(numbers: pl.DataFrame) -> pl.DataFrame:
    """Return reference, code and method of the courier frauds; their code never says so."""
    return numbers.filter(pl.col("courier_method").is_in(COURIER_METHODS)).select(
        report_ref=report_refs(numbers),
        nfib_code=pl.col("kind").replace_strict({place: row.code for place, row in enumerate(KINDS)}),
        method="courier_method",
    )
