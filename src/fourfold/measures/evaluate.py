"""Figures by name: each worked out from the records, with interval, counts, caveats and origin."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from fourfold.home import WrongUseError
from fourfold.measures.caveats import caveats_of
from fourfold.measures.counting import Counts
from fourfold.measures.figure import Figure, FigureName, Origin, State
from fourfold.measures.measure import Rules, Statistic
from fourfold.measures.period import Period, month_words
from fourfold.measures.registry import Asked, understand
from fourfold.statistics import average, change, counts, overdispersion, proportion

LEVEL = 0.95


@dataclass
class Figures:
    """Works figures out, each once. `made_up` marks them all as made from made-up data."""

    counts: Counts
    rules: Rules
    origin: Origin
    made_up: bool = False

    def __post_init__(self) -> None:
        self._made: dict[FigureName, Figure] = {}

    def get(self, name: FigureName | str) -> Figure:
        """Return a figure by its name; raises WrongUseError for a name that asks for nothing there is."""
        wanted = FigureName.parse(name) if isinstance(name, str) else name
        if wanted not in self._made:
            self._made[wanted] = self._make(understand(wanted))
        return self._made[wanted]

    @property
    def made(self) -> list[Figure]:
        """Every figure worked out so far, in the order of asking."""
        return list(self._made.values())

    def _make(self, asked: Asked) -> Figure:
        blank = self._blank(asked)
        if not self.counts.is_loaded(asked.measure):
            return replace(blank, why=f"no {asked.measure.record.table.replace('_', ' ')} records are loaded")
        unset = asked.measure.unset(self.rules) if asked.measure.unset else ""
        if unset:
            return replace(blank, state=State.NOT_STATED, why=unset)
        why = self._not_sent(asked)
        if why:
            return replace(blank, why=why)
        made = maker_of(asked)(self, asked, replace(blank, state=State.KNOWN))
        return no_number_for_nan(made)

    def _blank(self, asked: Asked) -> Figure:
        name, measure, suffix = asked.name, asked.measure, asked.suffix
        words = [measure.definition, suffix.words if suffix else ""]
        if measure.definition_now:
            words.append(measure.definition_now(self.rules))
        return Figure(
            name=str(name),
            title=asked.title,
            state=State.MISSING,
            unit=suffix.unit if suffix else measure.unit,
            decimals=suffix.decimals if suffix else measure.decimals,
            period=str(name.period),
            period_words=name.period.words,
            baseline=str(name.baseline) if name.baseline else None,
            baseline_words=name.baseline.words if name.baseline else None,
            definition=" ".join(filter(None, words)),
            source=measure.source,
            made_up=self.made_up,
            level=LEVEL,
            caveats=caveats_of(asked, self.rules),
            origin=self.origin,
        )

    def _not_sent(self, asked: Asked) -> str:
        """Say which months are not loaded, or nothing if all are."""
        force = asked.name.slices.get("force")
        missing: list[date] = []
        for period in filter(None, (asked.name.period, asked.name.baseline)):
            missing += self.counts.months_missing(asked.measure, force, period)
        if not missing:
            if not self.counts.months_sent(asked.measure, force):
                return f"no {asked.measure.record.table.replace('_', ' ')} records of this force are loaded"
            return ""
        return f"not loaded: {months_said(missing)}"

    def count_in(self, asked: Asked, period: Period) -> float:
        """Return the count of a slice in a period."""
        if asked.measure.statistic is Statistic.DISTINCT:
            rows = self.counts.rows(asked.measure, asked.name, period)
            return float(rows.select(asked.measure.column).unique().collect().shape[0])
        monthly = self.counts.monthly(asked.measure, asked.name)
        return sum(monthly.get(month, 0.0) for month in period.list_months())

    def months_in(self, asked: Asked, period: Period) -> list[float]:
        monthly = self.counts.monthly(asked.measure, asked.name)
        return [monthly.get(month, 0.0) for month in period.list_months()]


Maker = Callable[[Figures, Asked, Figure], Figure]


def maker_of(asked: Asked) -> Maker:
    """Return the function that works out what is asked."""
    if asked.suffix is None:
        return PLAIN[asked.measure.statistic]
    return BY_SUFFIX.get(asked.suffix.name, of_amount)


def plain_count(figures: Figures, asked: Asked, blank: Figure) -> Figure:
    """A count has no interval of its own: it is what was recorded."""
    count = figures.count_in(asked, asked.name.period)
    return replace(blank, value=count, n=round(count))


def level(figures: Figures, asked: Asked, blank: Figure) -> Figure:
    months = figures.months_in(asked, asked.name.period)
    return replace(blank, value=sum(months) / len(months), n=len(months))


def share_of_part(figures: Figures, asked: Asked, blank: Figure) -> Figure:
    """The share of a measure's rows for which its `part` holds."""
    assert asked.measure.part is not None
    rows = figures.counts.rows(asked.measure, asked.name, asked.name.period)
    import narwhals as nw

    held = asked.measure.part(figures.rules).fill_null(False)
    table = rows.select(nw.len().alias("whole"), held.cast(nw.Int64).sum().alias("part")).collect()
    whole, part = int(table["whole"].item()), int(table["part"].item() or 0)
    return with_share(blank, part, whole)


def share_of_whole(figures: Figures, asked: Asked, blank: Figure) -> Figure:
    """The share of a slice in the same records with all values of its dimensions together."""
    kept = {key: value for key, value in asked.name.slices.items() if key in ("force", "month")}
    whole_name = replace(asked.name, slice=tuple(sorted(kept.items())))
    part = figures.count_in(asked, asked.name.period)
    whole = figures.count_in(replace(asked, name=whole_name), asked.name.period)
    return with_share(blank, round(part), round(whole))


def with_share(blank: Figure, part: int, whole: int) -> Figure:
    if whole == 0:
        return replace(blank, state=State.NOT_STATED, n=0, why="there are no records to take a share of")
    value, lower, upper = proportion.proportion(part, whole, LEVEL).floats()
    return replace(
        blank,
        value=100 * value,
        lower=100 * lower,
        upper=100 * upper,
        n=whole,
        parts=(("part", float(part)), ("whole", float(whole))),
    )


def change_between(figures: Figures, asked: Asked, blank: Figure) -> Figure:
    """The ratio of two counts as a percentage, its interval widened where months vary more than chance."""
    baseline = asked.name.baseline
    assert baseline is not None
    if baseline.months != asked.name.period.months:
        raise WrongUseError(
            f"'{asked.name}' compares {asked.name.period.months} months with {baseline.months}.",
            "Compare periods of the same length.",
        )
    now, before = (figures.count_in(asked, period) for period in (asked.name.period, baseline))
    parts: tuple[tuple[str, float], ...] = (("now", now), ("before", before))
    if before == 0:
        why = "there were none before, so there is no percentage; the counts stand beside it"
        return replace(blank, state=State.NOT_STATED, why=why, n=round(now), parts=parts)
    ratio = change.rate_ratio(now, before, level=LEVEL)
    if asked.measure.statistic is not Statistic.DISTINCT and asked.name.period.months > 2:
        later, earlier = figures.months_in(asked, asked.name.period), figures.months_in(asked, baseline)
        paired = asked.name.period.first.month == baseline.first.month
        spread = overdispersion.rate_ratio_overdispersed(later, earlier, LEVEL, paired=paired)
        if float(spread.dispersion) > 1.0:
            ratio = spread
            parts += (("dispersion", float(spread.dispersion)),)
    value, lower, upper = ((number - 1.0) * 100.0 for number in ratio.floats())
    parts += (("p", float(change.p_value(now, before))),) if len(parts) == 2 else ()
    return replace(blank, value=value, lower=lower, upper=upper, n=round(now + before), parts=parts)


def rate_of_residents(figures: Figures, asked: Asked, blank: Figure) -> Figure:
    """Records for each 1,000 residents, the population of the nearest year before or in the period named."""
    force = asked.name.slices.get("force", "")
    wider = set(asked.name.slices) - {"force", "district"}
    if wider:
        raise WrongUseError(
            f"A rate cannot be sliced by {', '.join(sorted(wider))}.", "Slice it by district, or not."
        )
    years = sorted(year for of_force, year in figures.counts.people_by_area if of_force == force)
    if not years:
        return replace(blank, state=State.MISSING, why="no population of this area is loaded")
    year = max((one for one in years if one <= asked.name.period.last.year), default=years[0])
    people = figures.counts.people_by_area[(force, year)].get(asked.name.slices.get("district", ""), 0)
    count = figures.count_in(asked, asked.name.period)
    if not people:
        return replace(blank, state=State.MISSING, why="no population of this area is loaded")
    value, lower, upper = counts.rate(count, people, LEVEL).floats()
    definition = f"{blank.definition} Population: residents in mid-{year}."
    parts = (("count", count), ("people", float(people)), ("population_year", float(year)))
    return replace(
        blank, value=value, lower=lower, upper=upper, n=round(count), parts=parts, definition=definition
    )


def of_amount(figures: Figures, asked: Asked, blank: Figure) -> Figure:
    """Averages and totals of stated amounts, and how many state none or do not say."""
    assert asked.suffix is not None
    rows = figures.counts.rows(asked.measure, asked.name, asked.name.period)
    import narwhals as nw

    column = (
        rows.select(nw.col(asked.measure.column).cast(nw.Float64)).collect()[asked.measure.column].to_numpy()
    )
    amounts = np.asarray(column, dtype=np.float64)
    stated = amounts[amounts > 0]
    missing = int(np.isnan(amounts).sum())
    blank = replace(blank, n=len(stated), missing=missing)
    if asked.suffix.name in ("stated", "none", "missing"):
        found = {"stated": len(stated), "none": int((amounts == 0).sum()), "missing": missing}[
            asked.suffix.name
        ]
        return replace(blank, value=float(found), n=found, parts=(("all", float(len(amounts))),))
    if not len(stated):
        return replace(blank, state=State.NOT_STATED, why="no report states an amount")
    return averaged(blank, stated, asked.suffix.name)


def averaged(blank: Figure, stated: NDArray[np.float64], kind: str) -> Figure:
    if kind == "total":
        return replace(blank, value=float(stated.sum()))
    if kind == "largest_share":
        largest = average.largest_share(stated)
        return replace(
            blank, value=100 * largest.value, parts=(("largest", largest.largest), ("total", largest.total))
        )
    found = AVERAGES[kind](stated)
    # A loss cannot lie below zero; a symmetric interval on a heavy tail can.
    return replace(blank, value=found.value, lower=max(found.lower, 0.0), upper=found.upper)


AVERAGES: dict[str, Callable[[NDArray[np.float64]], average.Average]] = {
    "mean": average.mean,
    "median": average.median,
    "trimmed_mean": average.trimmed_mean,
}
PLAIN: dict[Statistic, Maker] = {
    Statistic.COUNT: plain_count,
    Statistic.DISTINCT: plain_count,
    Statistic.SUM: plain_count,
    Statistic.LEVEL: level,
    Statistic.SHARE: share_of_part,
}
BY_SUFFIX: dict[str, Maker] = {"change": change_between, "share": share_of_whole, "rate": rate_of_residents}


def no_number_for_nan(figure: Figure) -> Figure:
    """Take away what came out as no number: an interval that cannot be had is not printed as one."""
    limits = [figure.lower, figure.upper]
    if any(limit is not None and not math.isfinite(limit) for limit in limits):
        figure = replace(figure, lower=None, upper=None)
    if figure.value is not None and math.isnan(figure.value):
        return replace(
            figure, state=State.NOT_STATED, value=None, lower=None, upper=None, why="it cannot be worked out"
        )
    return figure


def months_said(months: list[date]) -> str:
    """Say months in runs: `January 2020 to April 2020, June 2021`."""
    runs: list[list[date]] = []
    for month in sorted(set(months)):
        if runs and Period(runs[-1][-1], month).months == 2:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(
        month_words(run[0]) + (f" to {month_words(run[-1])}" if len(run) > 1 else "") for run in runs
    )
