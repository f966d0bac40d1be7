"""What a reader must know beside a figure: series breaks, lockdowns, and months that are not whole."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path

from fourfold.measures.coverage import Coverage
from fourfold.measures.period import Period, month_words
from fourfold.measures.registry import Asked
from fourfold.policy.breaks import (
    Lockdown,
    SeriesBreak,
    all_breaks,
    crossed,
    lockdowns_between,
    related_subjects,
)


class Crossings:
    """The series breaks and lockdowns of one policy, read once for all figures that are judged by it.

    `policy` is the folder of a force's own values, None where it has none.
    """

    def __init__(self, policy: Path | None) -> None:
        self.policy = policy
        self._related: dict[str, frozenset[str]] = {}

    @cached_property
    def _breaks(self) -> list[SeriesBreak]:
        return all_breaks(self.policy)

    @cached_property
    def _lockdowns(self) -> list[Lockdown]:
        return lockdowns_between(date.min, date.max, self.policy)

    def breaks(self, start: date, end: date, subject: str, force: str | None) -> list[SeriesBreak]:
        """Return the breaks that data of a subject and force cross from `start` to `end`, earliest first."""
        if subject not in self._related:
            self._related[subject] = related_subjects(subject, self.policy)
        return crossed(self._breaks, start, end, self._related[subject], force)

    def lockdowns(self, period: Period) -> list[Lockdown]:
        """Return the lockdowns with at least one day in a period, earliest first."""
        return [one for one in self._lockdowns if one.starts_on <= period.end and period.first <= one.ends_on]


def caveats_of(asked: Asked, crossings: Crossings) -> tuple[str, ...]:
    """Return the measure's own caveats, then the breaks its months cross and the lockdowns a comparison does."""
    name, measure = asked.name, asked.measure
    periods = [name.period] if name.baseline is None else [name.period, name.baseline]
    own = (*measure.caveats, *(asked.suffix.caveats if asked.suffix else ()))
    found: list[str] = []
    if measure.subject:
        start, end = min(one.first for one in periods), max(one.end for one in periods)
        breaks = crossings.breaks(start, end, measure.subject, name.slices.get("force"))
        found += [break_words(one) for one in breaks]
    for period in periods if name.baseline is not None else ():
        for lockdown in crossings.lockdowns(period):
            found.append(
                f"Lockdown: {lockdown.title}, {day_words(lockdown.starts_on)} to {day_words(lockdown.ends_on)}."
            )
    return (*own, *dict.fromkeys(found))


def break_words(one: SeriesBreak) -> str:
    """Say a series break with its day, or with the months it lies between where the day is not public."""
    when = (
        month_words(one.latest)
        if one.day_is_known
        else f"some time from {month_words(one.earliest)} to {month_words(one.latest)}"
    )
    return f"Series break: {one.title} ({when}). {one.changed}"


def unfinished_words(asked: Asked, coverage: Coverage) -> tuple[str, ...]:
    """Say which outer months of a figure's periods are not whole, with the day the records reach to."""
    found: list[str] = []
    for period in filter(None, (asked.name.period, asked.name.baseline)):
        unfinished = coverage.unfinished(asked.measure, asked.name.slices.get("force"), period)
        if unfinished.begins_on:
            day = unfinished.begins_on
            found.append(f"{month_words(day)} is not whole: the records loaded begin on {day_words(day)}.")
        if unfinished.ends_on:
            day = unfinished.ends_on
            found.append(f"{month_words(day)} is not whole: the records loaded end on {day_words(day)}.")
    return tuple(dict.fromkeys(found))


def day_words(day: date) -> str:
    """Say a day: 4 March 2022."""
    return f"{day.day} {day:%B %Y}"
