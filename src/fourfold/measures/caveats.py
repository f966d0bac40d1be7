"""What a reader must know beside a figure: series breaks, lockdowns, and months that are not whole."""

from __future__ import annotations

from datetime import date

from fourfold.measures.coverage import Coverage
from fourfold.measures.measure import Rules
from fourfold.measures.period import month_words
from fourfold.measures.registry import Asked
from fourfold.policy.breaks import SeriesBreak, breaks_between, lockdowns_between

Crossed = tuple[date, date, str, str | None]
"""What a search for series breaks asks: first and last day, subject, force."""


def caveats_of(asked: Asked, rules: Rules, known: dict[Crossed, list[str]]) -> tuple[str, ...]:
    """Return the measure's own caveats, then the breaks its months cross and the lockdowns a comparison does.

    `known` keeps the breaks already looked up: the figures of one paper ask for few different ones.
    """
    name, measure = asked.name, asked.measure
    periods = [name.period] if name.baseline is None else [name.period, name.baseline]
    own = (*measure.caveats, *(asked.suffix.caveats if asked.suffix else ()))
    found: list[str] = []
    if measure.subject:
        start, end = min(one.first for one in periods), max(one.end for one in periods)
        force = name.slices.get("force")
        crossed = (start, end, measure.subject, force)
        if crossed not in known:
            known[crossed] = [break_words(one) for one in breaks_between(*crossed, rules.policy)]
        found += known[crossed]
    for period in periods if name.baseline is not None else ():
        for lockdown in lockdowns_between(period.first, period.end, rules.policy):
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
