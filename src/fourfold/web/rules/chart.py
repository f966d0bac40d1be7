"""The chart of weekly referrals under both rules, as SVG that a page may hold."""

from __future__ import annotations

import math
from datetime import date

from markupsafe import Markup

from fourfold.pipeline.what_if_result import WhatIf
from fourfold.products.render.chart_weeks import weeks_of_two_rules
from fourfold.products.render.charts import to_svg
from fourfold.products.render.html import inline_svg

NAMES = ("Rule in force", "Rule tried out")


def weekly_chart(found: WhatIf) -> Markup | None:
    """Return the chart, named and described; None where there is no week to show."""
    weeks = [
        (date.fromisoformat(week.starts_on), week.in_force, week.tried)
        for week in found.weeks
        if week.is_whole
    ]
    if not weeks:
        return None
    there = found.capacity
    limit = None
    if there.hours_a_week is not None and there.hours_a_referral:
        limit = there.hours_a_week / there.hours_a_referral
    # A limit far above the lines would press them flat; the words beside the chart give it in any case.
    highest = max((number for _, *pair in weeks for number in pair if number is not None), default=0)
    if limit is not None and limit > 3 * max(highest, 1):
        limit = None
    spec = weeks_of_two_rules(
        weeks,
        NAMES,
        value_title="Referrals in the week",
        limit=limit,
        limit_name=f"Hours of the posts filled: {math.floor(limit):,} referrals" if limit is not None else "",
    )
    chart = {
        "anchor": "weeks",
        "label": "Chart",
        "caption": "Referrals by week under both rules",
        "alt": "Every number stands in the table of weeks below the chart.",
    }
    return Markup(inline_svg(to_svg(spec), chart))
