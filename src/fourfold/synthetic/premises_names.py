"""How the name of one made-up premises comes to be written in many ways."""

from __future__ import annotations

import numpy as np
import polars as pl

MISSPELT_SHARE, SHORT_SHARE, ROAD_SHARE = 0.08, 0.06, 0.10
"""Share of the names told with two letters the wrong way round, without the street, and with Rd for Road."""


def as_keyed(names: pl.Series, rng: np.random.Generator) -> pl.Series:
    """Return premises names as officers key them: misspelt, shortened, in capitals now and then."""
    n = len(names)
    misspelt, short, road = (rng.random(n) < share for share in (MISSPELT_SHARE, SHORT_SHARE, ROAD_SHARE))
    loud, at = rng.random(n) < 0.04, rng.random(n)
    told: list[str | None] = []
    for place, name in enumerate(names.to_list()):
        if name is None:
            told.append(None)
            continue
        written = str(name)
        if short[place]:
            written = written.partition(",")[0]
        if road[place]:
            written = written.replace(" Road", " Rd")
        if misspelt[place]:
            written = swapped(written, at[place])
        told.append(written.upper() if loud[place] else written)
    return pl.Series(names.name, told, dtype=pl.String)


def swapped(name: str, at: float) -> str:
    """Return a name with two letters of its first word the wrong way round; `at` is from 0 to 1."""
    first = name.split(" ")[0]
    if len(first) < 4:
        return name
    place = 1 + int(at * (len(first) - 3))
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
