"""Change between two periods: the ratio of two counts, and how far it could be off."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

from fourfold.measures.counting import Counts
from fourfold.measures.figure import Figure, State
from fourfold.measures.measure import Statistic
from fourfold.measures.period import Period
from fourfold.measures.registry import Asked
from fourfold.statistics import change, overdispersion

ENOUGH_MONTHS = 3
"""Months from which their spread can be told; with fewer, the interval allows for chance alone."""

CHANCE_ONLY = "The interval allows for chance alone, not for other variation between months."
NO_CHANCE = "It has no interval: what is added up is not a number of independent events."
OTHER_SEASON = "The two periods are different months of the year, so a season can show as a change."


@dataclass(frozen=True)
class Spread:
    """A ratio with its limits, the p-value that both counts have one rate, and the dispersion if above 1."""

    lower: float
    upper: float
    p: float
    dispersion: float | None = None


def change_between(counts: Counts, asked: Asked, blank: Figure) -> Figure:
    """The ratio of two counts as a percentage, its interval widened where months vary more than chance.

    Each month is compared with the same month of the year in the other period (January with January, also
    where one year ends in March and the other in December), so a season that both share is not noise. What
    varies from month to month beyond the common season counts as noise and widens the interval
    (quasi-Poisson; McCullagh and Nelder 1989); where the months vary no more than chance, it is the exact
    one of two Poisson counts. So the interval says how far the ratio could be off if the months had varied
    otherwise, as they do; a lockdown that struck one period only widens it. It knows nothing of causes,
    nor of a drift that moves several months together: where neighbouring months are strongly correlated
    it is too narrow.
    """
    name, measure, baseline = asked.name, asked.measure, asked.name.baseline
    assert baseline is not None
    if name.period.first <= baseline.last and baseline.first <= name.period.last:
        return replace(blank, state=State.NOT_STATED, why="the two periods share months")
    now, before = (counts.count_in(measure, name, period) for period in (name.period, baseline))
    rested = with_records(counts, asked, blank, now + before)
    figure = replace(rested, parts=(("now", now), ("before", before)))
    if rested.state is State.NOT_STATED:
        return figure
    if before == 0:
        why = "there were none before, so there is no percentage; the counts stand beside it"
        return replace(figure, state=State.NOT_STATED, why=why)
    figure = replace(figure, value=(now / before - 1.0) * 100.0)
    if not same_seasons(name.period, baseline):
        figure = replace(figure, caveats=(*figure.caveats, OTHER_SEASON))
    return with_spread(figure, spread_of(counts, asked, now, before, blank.level), asked)


def with_records(counts: Counts, asked: Asked, blank: Figure, both: float) -> Figure:
    """Note how many records of both periods the change rests on, and how many do not say."""
    measure, baseline = asked.measure, asked.name.baseline
    if measure.statistic is Statistic.COUNT or baseline is None:
        return replace(blank, n=round(both))
    stating, missing = counts.rows_stating(measure, asked.name, asked.name.period, baseline)
    state = State.NOT_STATED if missing and not stating else blank.state
    why = "none of the records states it" if state is State.NOT_STATED else blank.why
    return replace(blank, n=stating, missing=missing, state=state, why=why)


def with_spread(figure: Figure, spread: Spread | None, asked: Asked) -> Figure:
    if spread is None:
        return replace(figure, caveats=(*figure.caveats, NO_CHANCE))
    parts: tuple[tuple[str, float], ...] = (*figure.parts, ("p", spread.p))
    if spread.dispersion is not None:
        parts = (*parts, ("dispersion", spread.dispersion))
    blind = asked.measure.statistic is Statistic.DISTINCT or asked.name.period.months < ENOUGH_MONTHS
    caveats = (*figure.caveats, CHANCE_ONLY) if blind else figure.caveats
    lower, upper = ((limit - 1.0) * 100.0 for limit in (spread.lower, spread.upper))
    return replace(figure, lower=lower, upper=upper, parts=parts, caveats=caveats)


def spread_of(counts: Counts, asked: Asked, now: float, before: float, level: float) -> Spread | None:
    """Return the interval of a ratio by the wider of the two kinds of noise, None for what is not counted."""
    name, measure, baseline = asked.name, asked.measure, asked.name.baseline
    assert baseline is not None
    if measure.statistic is not Statistic.DISTINCT and name.period.months >= ENOUGH_MONTHS:
        monthly = counts.monthly(measure, name)
        later, earlier = (
            [monthly.get(month, 0.0) for month in by_season(period)] for period in (name.period, baseline)
        )
        paired = same_seasons(name.period, baseline)
        wide = overdispersion.rate_ratio_overdispersed(later, earlier, level, paired=paired)
        dispersion = float(wide.dispersion)
        if dispersion > 1.0:
            _, lower, upper = wide.floats()
            return Spread(lower, upper, p_of(later, earlier, dispersion, paired), dispersion)
    if measure.statistic is Statistic.SUM:
        return None
    _, lower, upper = change.rate_ratio(now, before, level=level).floats()
    return Spread(lower, upper, float(change.p_value(now, before)))


def by_season(period: Period) -> list[date]:
    """Return the months of a period from January to December, so that a year to March meets a year to December."""
    return sorted(period.list_months(), key=lambda month: (month.month, month.year))


def same_seasons(one: Period, other: Period) -> bool:
    """Say whether two periods hold the same months of the year, each as often."""
    return [month.month for month in by_season(one)] == [month.month for month in by_season(other)]


def p_of(later: list[float], earlier: list[float], dispersion: float, paired: bool) -> float:
    """Return the two-sided p-value of an overdispersed change: below 0.05 where the 95% interval leaves out 0.

    `later`, `earlier`: the monthly counts. Student's t of the log ratio, as the interval is made; where
    one period has none, the exact test on counts divided by the dispersion, rounded down.
    """
    from scipy.special import stdtr

    now, before = sum(later), sum(earlier)
    if not now or not before:
        exact = float(change.p_value(math.floor(now / dispersion), math.floor(before / dispersion)))
        return 1.0 if math.isnan(exact) else exact
    if paired:
        freedom = sum(one + other > 0 for one, other in zip(later, earlier, strict=True)) - 1
    else:
        freedom = len(later) + len(earlier) - 2
    error = math.sqrt(dispersion * (1.0 / now + 1.0 / before))
    return float(2.0 * stdtr(freedom, -abs(math.log(now / before)) / error))
