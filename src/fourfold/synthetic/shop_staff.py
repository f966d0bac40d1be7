"""Who works in each made-up shop, so that some are hurt again; and advice to shops, which changes nothing."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.case_events import EventLog, days
from fourfold.synthetic.premises import Premises
from fourfold.synthetic.streams import stream
from fourfold.synthetic.victims import Residents

STAFF_A_SHOP = 8
"""People who work in a shop; the first of them are at the till most."""
AT_THE_TILL = 1.8
"""Above 1 some of them are victims more often than others."""
WORKER = ("theft", "covid", "age")
"""What sets off violence against a shop worker; "none" marks the lookalikes."""
ADVISED_SHARE = 0.035
"""Share of crimes in shops after which somebody came and advised. Crime there goes on as it would have."""


def staff_victims(
    crimes: pl.DataFrame, residents: Residents, premises: Premises, seed: int, rng: np.random.Generator
) -> pl.DataFrame:
    """Let the victim of each crime against a shop worker be one of those who work in that shop.

    crimes: trigger, premises_no, victim. The staff of a shop are the same in every quarter.
    """
    area = premises.frame["area"].to_numpy()
    staff = residents.draw(np.repeat(area, STAFF_A_SHOP), stream(seed, "shop staff")).reshape(len(area), -1)
    worker = crimes["trigger"].is_in(WORKER).fill_null(False).to_numpy()
    number = np.maximum(crimes["premises_no"].to_numpy(), 0)
    place = (rng.random(crimes.height) ** AT_THE_TILL * STAFF_A_SHOP).astype(np.int64)
    chosen = np.where(worker, staff[number, place], crimes["victim"].to_numpy())
    return crimes.with_columns(victim=pl.Series(chosen))


def plant_advice(crimes: pl.DataFrame, log: EventLog, rng: np.random.Generator) -> None:
    """Plant advice on hardening the premises, some days after a few of the crimes in shops.

    crimes: theme, cancelled, crime_recorded_at, one row a crime in the order of the log's rows.
    """
    in_shop = (crimes["theme"] == "shop").to_numpy() & ~crimes["cancelled"].to_numpy()
    rows: NDArray[np.int64] = np.flatnonzero(in_shop & (rng.random(crimes.height) < ADVISED_SHARE))
    at: NDArray[np.datetime64] = crimes["crime_recorded_at"].to_numpy().astype("datetime64[m]")[rows]
    given: NDArray[np.datetime64] = at + days(len(rows), rng, 9.0, least=1.0).astype("timedelta64[m]")
    log.add("prevention_advice_given", rows, given)
