"""What is owed to every victim once the crime is recorded, and the audits that vouch for contact logs."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic import duties
from fourfold.synthetic.case_events import LAST_DAY, Instants, Whole, days
from fourfold.synthetic.crime_levels import HIGH_HARM
from fourfold.synthetic.crime_volumes import Quarter
from fourfold.synthetic.duties import Care, DutyBook, pick

Bools = NDArray[np.bool_]

VOUCHED = 0.05
"""Share of contact logs that an audit vouches to be complete up to its day."""
NEEDS_SUPPORT = {"home": 0.12, "doorstep": 0.5, "assault": 0.14, "threat": 0.16, "street robbery": 0.18}
"""Share of victims found to need support, by kind of crime."""


def vouch(quarter: Quarter, n: int, victims: Bools, rng: np.random.Generator) -> NDArray[np.datetime64]:
    """Return the day up to which each contact log is vouched complete: the next quarter's audit, or never."""
    audit = np.datetime64(quarter.last_on) + rng.integers(40, 100, n)
    chosen = victims & (rng.random(n) < VOUCHED) & (audit < LAST_DAY)
    return np.asarray(np.where(chosen, audit, np.datetime64("NaT", "D")))


def first_contact(crimes: pl.DataFrame, book: DutyBook, start: tuple[Whole, Whole, Instants]) -> None:
    """Plant what is owed to every victim from the day the crime is recorded."""
    rows, _, at = start
    rng, log = book.rng, book.log
    code = crimes["ho_code"].to_numpy().astype(str)[rows]
    kind = crimes["kind"].to_numpy().astype(str)[rows]
    worker = np.char.startswith(kind, "shop worker")
    book.plant("acknowledgement_sent", Care(0.18, 0.0, 0.01, 1.0), start, (duties.ACKNOWLEDGE,))
    high_harm = np.isin(code, HIGH_HARM)
    for mine, care in ((high_harm, Care(0.66, 0.10, 0.04, 2.0)), (~high_harm, Care(0.16, 0.04, 0.01, 3.0))):
        book.plant("officer_named", care, pick(start, mine), (duties.NAME_OFFICER,))
    book.plant(
        "contact_plan_agreed", Care(0.55, 0.0, 0.05, 3.0), pick(start, high_harm), (duties.CONTACT_PLAN,)
    )
    violent = (
        np.isin(kind, ("assault", "threat", "officer assault", "street robbery", "home", "doorstep")) | worker
    )
    book.plant("vps_offered", Care(0.20, 0.0, 0.02, 6.0), pick(start, violent & ~worker), (duties.OFFER_VPS,))
    book.plant("vps_offered", Care(0.70, 0.0, 0.05, 4.0), pick(start, worker), (duties.OFFER_VPS,))
    enhanced = book.enhanced[rows]
    assessed_at = at + 15
    assessed = enhanced | (rng.random(len(rows)) < 0.05)
    assessed_keys = log.add("needs_assessed", rows[assessed], assessed_at[assessed], to_victim=True)
    log.add(
        "enhanced_found",
        rows[enhanced],
        assessed_at[enhanced],
        about=assessed_keys[enhanced[assessed]],
        to_victim=True,
    )
    share = np.array([NEEDS_SUPPORT.get(name, 0.02) for name in kind])
    need = assessed | (rng.random(len(rows)) < share)
    need &= rng.random(len(rows)) < 0.55
    log.add("support_need_found", rows[need], at[need] + 20, to_victim=True)
    book.plant("support_referred", Care(0.62, 0.12, 0.05, 0.7), pick(start, need), (duties.REFER,))
    declined = ~need & (rng.random(len(rows)) < 0.03)
    log.add(
        "support_declined", rows[declined], at[declined] + days(int(declined.sum()), rng, 1.0), to_victim=True
    )
