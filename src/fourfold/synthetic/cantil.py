"""Operation Cantil: how many suspects it arrests and how many stolen cars it finds in each quarter.

Totals: 2022 board paper, para 34 (since September 2018: 2,636 suspects arrested, 785 of them for
burglary and car theft, 1,096 stolen cars recovered).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from fourfold.synthetic.crime_volumes import quarters
from fourfold.synthetic.draws import share_out
from fourfold.synthetic.roster import Roster
from fourfold.synthetic.streams import stream

Whole = NDArray[np.int64]

OPERATION = "Cantil"
SINCE = date(2018, 9, 1)
ARRESTED, ARRESTED_FOR_CARS, CARS_FOUND = 2636, 785, 1096
OTHER_CODES = ("45", "126", "54", "33", "34B", "46", "49", "8N", "9A", "105A")
"""For what else the operation arrests: what its patrols come upon."""


@dataclass(frozen=True)
class CantilPlan:
    """Numbers for each quarter, shape (17,), and the offenders not yet in any group, each used once.

    for_cars, for_other: suspects arrested. cars: cars recovered. offenders: places in the roster.
    """

    for_cars: Whole
    for_other: Whole
    cars: Whole
    offenders: Whole

    def offenders_of(self, index: int) -> Whole:
        """Return the offenders kept for the arrests of one quarter; no other quarter has them."""
        each = self.for_cars + self.for_other
        start = int(each[:index].sum())
        return self.offenders[start : start + int(each[index])]


def plan_cantil(roster: Roster, scale: float, seed: int) -> CantilPlan:
    """Return the plan; the totals are the paper's times the scale, rounded."""
    rng = stream(seed, "cantil")
    months_in = np.array([sum(month >= SINCE for month in quarter.months) for quarter in quarters()])
    # The last ten days bring arrests that nobody has keyed yet, so the last quarter has fewer.
    weight = months_in * rng.lognormal(0.0, 0.15, len(months_in))
    weight[-1] *= 0.85
    for_cars = round(ARRESTED_FOR_CARS * scale)
    return CantilPlan(
        for_cars=share_out(for_cars, weight),
        for_other=share_out(round(ARRESTED * scale) - for_cars, weight),
        cars=share_out(round(CARS_FOUND * scale), weight),
        offenders=rng.permutation(roster.others),
    )
