"""What all quarters of the crime extract share: places, offenders, and the plans made ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic import programmes
from fourfold.synthetic.cantil import CantilPlan, plan_cantil
from fourfold.synthetic.crime_levels import LEVELS
from fourfold.synthetic.crime_places import area_levels
from fourfold.synthetic.crime_volumes import Quarter, volumes
from fourfold.synthetic.groups import Plan, plan_groups
from fourfold.synthetic.outcomes import plan_resolved
from fourfold.synthetic.places import Places
from fourfold.synthetic.premises import Premises, make_premises
from fourfold.synthetic.property_items import dismantling_sites
from fourfold.synthetic.roster import Roster, make_roster
from fourfold.synthetic.streams import stream
from fourfold.synthetic.victims import KEPT_AT_ONCE, Residents, find_residents

PERIODS = (
    ("April 2019 to March 2020", date(2019, 4, 1), date(2020, 3, 1)),
    ("calendar 2020", date(2020, 1, 1), date(2020, 12, 1)),
    ("calendar 2021", date(2021, 1, 1), date(2021, 12, 1)),
)


@dataclass(frozen=True)
class Ground:
    """What all quarters share: the places, the people who offend, and the plans made ahead."""

    places: Places
    scale: float
    seed: int
    premises: Premises
    roster: Roster
    groups: Plan
    cantil: CantilPlan
    volumes: pl.DataFrame
    levels: dict[str, NDArray[np.float64]]
    resolved: tuple[NDArray[np.int64], NDArray[np.int64]]
    sites: list[str]
    participants: pl.DataFrame
    residents: Residents

    def rng(self, subject: str, quarter: Quarter) -> np.random.Generator:
        return stream(self.seed, subject, quarter.index)

    def residents_of(self, quarter: Quarter) -> Residents:
        """Return who lives where; at national scales each quarter draws on other people."""
        if len(self.residents.people) < KEPT_AT_ONCE // 2:
            return self.residents
        return find_residents(self.places, self.scale, self.seed, quarter.index)


def lay_ground(places: Places, scale: float, seed: int) -> Ground:
    """Make what all quarters share."""
    roster = make_roster(scale, seed)
    return Ground(
        places=places,
        scale=scale,
        seed=seed,
        premises=make_premises(places, scale, seed),
        roster=roster,
        groups=plan_groups(roster, seed),
        cantil=plan_cantil(roster, scale, seed),
        volumes=volumes(scale, seed),
        levels=area_levels(places, seed),
        resolved=plan_resolved(scale, seed),
        sites=dismantling_sites(places, seed),
        participants=programmes.crime_free_cases(roster, scale, seed),
        residents=find_residents(places, scale, seed, 0),
    )


def not_yet_joined(ground: Ground, quarter: Quarter) -> NDArray[np.int64]:
    """Return the places in the roster of those whom the Crime Free Programme has yet to take on."""
    block = ground.roster.crime_free
    waiting = (ground.participants["referred_on"] > quarter.last_on).to_numpy()
    joined = np.unique(np.flatnonzero(~waiting) % len(block))
    return np.setdiff1d(block[: min(len(waiting), len(block))], block[joined])


def targets(ground: Ground) -> dict[str, int]:
    """Return the counts that the extract is made to hold, cancelled crimes, repeats and bad rows apart."""
    found = {}
    for level in LEVELS:
        mine = ground.volumes.filter(pl.col("ho_code").is_in(list(level.codes)))
        for name, first, last in PERIODS:
            crimes = mine.filter(pl.col("month").is_between(first, last))["crimes"].sum()
            found[f"{level.group}, {name}"] = int(crimes)
    homes, other = ground.resolved
    return found | {
        "Cantil, arrested": int((ground.cantil.for_cars + ground.cantil.for_other).sum()),
        "Cantil, arrested for burglary and car theft": int(ground.cantil.for_cars.sum()),
        "Cantil, cars recovered": int(ground.cantil.cars.sum()),
        "Crime Free, residential burglaries resolved": int(homes.sum()),
        "Crime Free, other offences resolved": int(other.sum()),
    }
