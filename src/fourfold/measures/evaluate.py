"""Figures by name: each worked out from the records, with interval, counts, caveats and origin."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

from fourfold.measures.amounts import of_amount
from fourfold.measures.caveats import Crossings, caveats_of, unfinished_words
from fourfold.measures.changes import change_between
from fourfold.measures.counted import (
    Maker,
    level,
    plain_count,
    rate_of_residents,
    share_of_part,
    share_of_whole,
)
from fourfold.measures.counting import Counts, missing_words
from fourfold.measures.estimated import estimated
from fourfold.measures.figure import LEVEL, Figure, FigureName, Origin, State
from fourfold.measures.measure import Rules, Statistic
from fourfold.measures.period import Period, month_words
from fourfold.measures.registry import Asked, understand

PLAIN: dict[Statistic, Maker] = {
    Statistic.COUNT: plain_count,
    Statistic.DISTINCT: plain_count,
    Statistic.SUM: plain_count,
    Statistic.LEVEL: level,
    Statistic.SHARE: share_of_part,
    Statistic.ESTIMATE: estimated,
}
BY_SUFFIX: dict[str, Maker] = {"change": change_between, "share": share_of_whole, "rate": rate_of_residents}


@dataclass
class Figures:
    """Works figures out, each once. `made_up` marks them all as made from made-up data."""

    counts: Counts
    rules: Rules
    origin: Origin
    made_up: bool = False

    def __post_init__(self) -> None:
        self._made: dict[FigureName, Figure] = {}
        self._crossings = Crossings(self.rules.policy)

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
        table = self.counts.missing_table(asked.measure)
        if table:
            return replace(blank, why=missing_words(table))
        unset = asked.measure.unset(self.rules) if asked.measure.unset else ""
        if unset:
            return replace(blank, state=State.NOT_STATED, why=unset)
        why = self._not_sent(asked)
        if why:
            return replace(blank, why=why)
        caveats = (*blank.caveats, *unfinished_words(asked, self.counts.coverage))
        made = maker_of(asked)(self.counts, asked, replace(blank, state=State.KNOWN, caveats=caveats))
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
            caveats=caveats_of(asked, self._crossings),
            origin=self.origin,
        )

    def _not_sent(self, asked: Asked) -> str:
        """Say which months are not loaded, or nothing if all are."""
        force = asked.name.slices.get("force")
        if not self.counts.months_sent(asked.measure, force):
            return missing_words(asked.measure.record.table, " of this force")
        missing: list[date] = []
        for period in filter(None, (asked.name.period, asked.name.baseline)):
            missing += self.counts.months_missing(asked.measure, force, period)
        return f"not loaded: {months_said(missing)}" if missing else ""


def maker_of(asked: Asked) -> Maker:
    """Return the function that works out what is asked."""
    if asked.suffix is None:
        return PLAIN[asked.measure.statistic]
    return BY_SUFFIX.get(asked.suffix.name, of_amount)


def no_number_for_nan(figure: Figure) -> Figure:
    """Take away what came out as no number: an interval that cannot be had is not printed as one."""
    limits = [figure.lower, figure.upper]
    if any(limit is not None and not math.isfinite(limit) for limit in limits):
        figure = replace(figure, lower=None, upper=None)
    if figure.value is not None and not math.isfinite(figure.value):
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
