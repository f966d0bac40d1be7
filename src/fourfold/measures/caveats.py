"""What a reader must know beside a figure: series breaks and lockdowns between its periods."""

from __future__ import annotations

from datetime import date

from fourfold.measures.measure import Rules
from fourfold.measures.period import month_words
from fourfold.measures.registry import Asked
from fourfold.policy.breaks import breaks_between, lockdowns_between


def caveats_of(asked: Asked, rules: Rules) -> tuple[str, ...]:
    """Return the measure's own caveats, then the breaks and lockdowns that a comparison crosses."""
    name = asked.name
    own = (*asked.measure.caveats, *(asked.suffix.caveats if asked.suffix else ()))
    if name.baseline is None:
        return own
    start, end = min(name.period.first, name.baseline.first), max(name.period.end, name.baseline.end)
    force = name.slices.get("force")
    found = [
        f"Series break: {one.title} ({month_words(one.latest)}). {one.changed}"
        for one in breaks_between(start, end, asked.measure.subject, force, rules.policy)
    ]
    for period in (name.period, name.baseline):
        for lockdown in lockdowns_between(period.first, period.end, rules.policy):
            words = f"Lockdown: {lockdown.title}, {day_words(lockdown.starts_on)} to {day_words(lockdown.ends_on)}."
            if words not in found:
                found.append(words)
    return (*own, *found)


def day_words(day: date) -> str:
    """Say a day: 4 March 2022."""
    return f"{day.day} {day:%B %Y}"
