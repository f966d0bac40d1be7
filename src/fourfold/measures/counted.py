"""Figures that count: plain counts and levels, shares, and rates of residents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fourfold.measures.counting import Counts
from fourfold.measures.figure import Figure, State
from fourfold.measures.measure import Statistic
from fourfold.measures.registry import Asked
from fourfold.statistics import counts as poisson
from fourfold.statistics import proportion

Maker = Callable[[Counts, Asked, Figure], Figure]
"""Works out what is asked and writes it into the blank figure it is given."""


def plain_count(counts: Counts, asked: Asked, blank: Figure) -> Figure:
    """A count has no interval of its own: it is what was recorded."""
    count = counts.count_in(asked.measure, asked.name, asked.name.period)
    if asked.measure.statistic is Statistic.COUNT:
        return replace(blank, value=count, n=round(count))
    stated = with_stated(counts, asked, blank)
    return stated if stated.state is State.NOT_STATED else replace(stated, value=count)


def level(counts: Counts, asked: Asked, blank: Figure) -> Figure:
    """The mean of the monthly sums; a row that leaves the number blank makes it a floor, which is said."""
    stated = with_stated(counts, asked, blank)
    if stated.state is State.NOT_STATED:
        return stated
    months = counts.months_in(asked.measure, asked.name, asked.name.period)
    return replace(stated, value=sum(months) / len(months))


def with_stated(counts: Counts, asked: Asked, blank: Figure) -> Figure:
    """Note how many records state what is added up; where there are records and none does, there is no sum."""
    stating, missing = counts.rows_stating(asked.measure, asked.name, asked.name.period)
    if missing and not stating:
        return replace(
            blank, state=State.NOT_STATED, n=0, missing=missing, why="none of the records states it"
        )
    floor = ("Some records leave it blank, so it is a floor.",) if missing else ()
    return replace(blank, n=stating, missing=missing, caveats=(*blank.caveats, *floor))


def share_of_part(counts: Counts, asked: Asked, blank: Figure) -> Figure:
    """The share of a measure's rows for which its `part` holds."""
    tallies = counts.tallies_in(asked.measure, asked.name, asked.name.period)
    part = sum(tally.counted for tally in tallies)
    return with_share(blank, round(part), sum(tally.records for tally in tallies), asked.measure.is_whole)


def share_of_whole(counts: Counts, asked: Asked, blank: Figure) -> Figure:
    """The share of a slice in the same records with all values of its dimensions together."""
    kept = tuple(pair for pair in asked.name.slice if pair[0] == "force")
    part = counts.count_in(asked.measure, asked.name, asked.name.period)
    whole = counts.count_in(asked.measure, replace(asked.name, slice=kept), asked.name.period)
    return with_share(blank, round(part), round(whole), asked.measure.is_whole)


def with_share(blank: Figure, part: int, whole: int, is_whole: bool = False) -> Figure:
    """Write a share into a figure; where the whole was counted and nothing drawn, it has no interval."""
    if whole == 0:
        return replace(blank, state=State.NOT_STATED, n=0, why="there are no records to take a share of")
    value, lower, upper = proportion.proportion(part, whole, blank.level).floats()
    return replace(
        blank,
        value=100 * value,
        lower=None if is_whole else 100 * lower,
        upper=None if is_whole else 100 * upper,
        n=whole,
        parts=(("part", float(part)), ("whole", float(whole))),
    )


def rate_of_residents(counts: Counts, asked: Asked, blank: Figure) -> Figure:
    """Records for each 1,000 residents, the population of the nearest year before or in the period named."""
    force, district = asked.name.slices.get("force", ""), asked.name.slices.get("district", "")
    residents = counts.people_by_area
    years = sorted(year for (of, year), people in residents.items() if of == force and people.get(district))
    if not years:
        return replace(blank, state=State.MISSING, why="no whole population of this area is loaded")
    year = max((one for one in years if one <= asked.name.period.last.year), default=years[0])
    people = residents[(force, year)][district]
    count = counts.count_in(asked.measure, asked.name, asked.name.period)
    value, lower, upper = poisson.rate(count, people, blank.level).floats()
    return replace(
        blank,
        value=value,
        lower=lower,
        upper=upper,
        n=round(count),
        parts=(("count", count), ("people", float(people)), ("population_year", float(year))),
        definition=f"{blank.definition} Population: residents in mid-{year}.",
    )
