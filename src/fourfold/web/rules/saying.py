"""What trying a rule out found, in words that somebody who decides can act on."""

from __future__ import annotations

from datetime import date

from fourfold.measures.disparity import Limits
from fourfold.pipeline.what_if_result import Capacity, Side, WhatIf
from fourfold.web.ui.environment import written_date

CHARACTERISTICS = {"age": "Age", "sex": "Sex", "ethnicity": "Ethnicity"}


def day(told: str | None) -> str:
    """Return a day kept as text as people write it."""
    return written_date(date.fromisoformat(told)) if told else ""


def number(value: float | None, digits: int = 1) -> str:
    """Return a number with one decimal, none where it is whole; "not known" where there is none."""
    if value is None:
        return "not known"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.{digits}f}"


def mean(limits: Limits) -> str:
    """Return a mean with its interval: 47.0 (44.8 to 49.2)."""
    value, lower, upper = limits
    if value is None:
        return "not known"
    return (
        f"{value:,.1f}" if lower is None or upper is None else f"{value:,.1f} ({lower:,.1f} to {upper:,.1f})"
    )


def percent(limits: Limits | None) -> str:
    """Return a share with its interval: 17.1% (16.2 to 18.0)."""
    if limits is None or limits[0] is None:
        return ""
    value, lower, upper = (0.0 if part is None else part * 100 for part in limits)
    return f"{value:.1f}% ({lower:.1f} to {upper:.1f})"


def ratio(limits: Limits | None) -> str:
    """Return a ratio with its interval: 1.02 (0.95 to 1.10)."""
    if limits is None or (limits[0] is None and limits[1] is None):
        return ""
    value, lower, upper = limits
    first = "endless" if value is None else f"{value:.2f}"
    low, high = ("0" if lower is None else f"{lower:.2f}"), ("no end" if upper is None else f"{upper:.2f}")
    return f"{first} ({low} to {high})"


def people(count: int) -> str:
    """Return how many people in words: nobody, 1 person, 654 people."""
    return {0: "nobody", 1: "1 person"}.get(count, f"{count:,} people")


def effect(found: WhatIf) -> list[str]:
    """Return what the change would have done, the greatest thing first."""
    said = [_weekly(found.in_force, found.tried)]
    moved = found.moved
    said.append(
        f"Over the period {people(moved['newly_in'])} would newly have been referred. "
        + _no_longer(moved["newly_out"])
    )
    before, after = found.in_force.cannot_tell, found.tried.cannot_tell
    if before == after:
        said.append(f"{people(after).capitalize()} would have been listed as cannot tell, as many as now.")
    else:
        more = "more" if after > before else "fewer"
        said.append(
            f"{people(after).capitalize()} would have been listed as cannot tell, {abs(after - before):,} {more} than now."
        )
    return said


def _no_longer(count: int) -> str:
    if not count:
        return "Everybody who was referred would still have been."
    return f"{people(count).capitalize()} who {'was' if count == 1 else 'were'} referred would not have been."


def _weekly(in_force: Side, tried: Side) -> str:
    was, would_be = in_force.a_week[0], tried.a_week[0]
    if was is None or would_be is None:
        return "There are too few whole weeks to say how many people are referred in a week."
    if was == would_be:
        return f"As many people would have been referred in a week as now: {was:,.1f} on average."
    way = "more" if would_be > was else "fewer"
    return (
        f"{abs(would_be - was):,.1f} {way} people would have been referred in a week on average: "
        f"{would_be:,.1f} in place of {was:,.1f}."
    )


def warning(found: WhatIf) -> str:
    """Return what must not be overlooked: people whom nobody would have looked at any more."""
    lost = found.moved["lost_from_sight"]
    if not lost:
        return ""
    was = "was" if lost == 1 else "were"
    return f"{people(lost).capitalize()} who {was} referred or listed as cannot tell would have been on no list at all."


def hours(found: WhatIf) -> list[str]:
    """Return how the work stands to the posts, or what is not known about it."""
    there = found.capacity
    said = []
    if found.tried.hours_a_week is not None and found.in_force.hours_a_week is not None:
        said.append(
            f"At {number(there.hours_a_referral)} hours a referral the change would take "
            f"{found.tried.hours_a_week:,.1f} hours a week on average; the rule in force takes "
            f"{found.in_force.hours_a_week:,.1f}. Looking at who is listed as cannot tell "
            f"({people(found.tried.cannot_tell)} over the period) is not in these hours."
        )
    if there.hours_a_week is not None:
        said.append(posts(there))
        if found.tried.weeks_over is not None:
            said.append(_over(found))
    elif there.posts is not None:
        said.append(posts(there))
    return said


def _over(found: WhatIf) -> str:
    tried, in_force = (
        f"{count:,}" if count else "none" for count in (found.tried.weeks_over, found.in_force.weeks_over)
    )
    return (
        f"In {tried} of {found.whole_weeks:,} whole weeks the work would have been more than the hours there are; "
        f"under the rule in force in {in_force}."
    )


def posts(there: Capacity) -> str:
    """Return the posts filled and the hours they give."""
    known = (
        ""
        if there.months_known == there.months
        else f", as stated for {there.months_known} of {there.months} months"
    )
    roles = " and ".join(there.roles)
    told = (
        f"{number(there.posts)} full-time posts of {roles} in the {there.unit} were filled on average{known}"
    )
    if there.hours_a_week is None:
        return f"{told}."
    return f"{told}. At {number(there.hours_an_officer)} hours an officer a week that is {there.hours_a_week:,.1f} hours a week."


def use(side: Side, there: Capacity) -> str:
    """Return the share of the hours there are that a rule takes."""
    if side.hours_a_week is None or not there.hours_a_week:
        return "not known"
    return f"{side.hours_a_week / there.hours_a_week:.0%}"


def gaps(found: WhatIf) -> str:
    """Return which months were not sent, in words; empty where all were."""
    months = [f"{date.fromisoformat(month):%B %Y}" for month in found.months_not_sent]
    if not months:
        return ""
    return f"No report was sent for {', '.join(months)}: the weeks of these months are in no mean."
