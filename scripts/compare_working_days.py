"""Compare working days with another implementation, the `holidays` package, on 100,000 random dates.

The package holds python-dateutil back, so it is no dependency: docs/clocks.md says how to run this in an
environment of its own. Exits with 1 where the two differ.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from importlib.metadata import version

import holidays
import numpy as np

from fourfold.rules.working_days import working_days

DATES = 100_000
FIRST, LAST = date(2012, 1, 1), date(2027, 12, 31)
"""The years that both know; the last months are left to the limits that start before them."""
MOST_DAYS = 60
SATURDAY = 5


def main() -> int:
    """Walk day by day by their holidays, jump by our calendar, and say how many of the last days agree."""
    theirs = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST.year, LAST.year + 2))
    rng = np.random.default_rng(4)
    starts = rng.integers(0, (LAST - FIRST).days - 3 * MOST_DAYS, DATES)
    counts = rng.integers(1, MOST_DAYS + 1, DATES)
    ours = working_days().after(np.datetime64(FIRST) + starts, counts).astype(object)
    closed = [FIRST + timedelta(days=day) for day in range((LAST - FIRST).days + 1)]
    is_open = {day: day.weekday() < SATURDAY and day not in theirs for day in closed}
    wrong = []
    for offset, count, found in zip(starts.tolist(), counts.tolist(), ours, strict=True):
        day = start = FIRST + timedelta(days=offset)
        left = count
        while left:
            day += timedelta(days=1)
            left -= is_open[day]
        if day != found:
            wrong.append((start, count, found, day))
    told = [f"holidays {version('holidays')}: {DATES - len(wrong):,} of {DATES:,} last days agree"]
    told += [
        f"  {count} working days after {at}: here {found}, there {day}"
        for at, count, found, day in wrong[:10]
    ]
    sys.stdout.write("\n".join(told) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
