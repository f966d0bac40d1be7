"""What the posts filled can do in a week, from the staffing records and the force's own working times."""

from __future__ import annotations

from datetime import date

import polars as pl

from fourfold import policy
from fourfold.measures.measure import Rules
from fourfold.measures.period import Period
from fourfold.pipeline.what_if_result import Capacity

HOURS_A_REFERRAL = "local_limits.victim_care_hours_a_referral"
HOURS_AN_OFFICER = "local_limits.victim_care_officer_hours_a_week"


def capacity_of(staffing: pl.DataFrame | None, period: Period, rules: Rules, force: str) -> Capacity:
    """Return the capacity of the care unit over a period; what is not known is said and nothing is assumed.

    staffing: columns of `staffing`, None where it was never loaded. A month counts only where filled posts and
    both secondments of every role are stated: people lent to another unit are still filled at home.
    """

    def value(name: str) -> policy.PolicyValue:
        return policy.value_on(name, rules.on, rules.policy)

    unit, roles = str(value("capacity.care_unit").value), tuple(value("capacity.care_roles").value)
    a_referral, an_officer = value(HOURS_A_REFERRAL), value(HOURS_AN_OFFICER)
    by_month = posts_by_month(staffing, unit, roles, period, force)
    known = [posts for posts in by_month.values() if posts is not None]
    posts = sum(known) / len(known) if known else None
    unknown = [f"{one.title}: {one.words}." for one in (a_referral, an_officer) if not one.is_set]
    if posts is None:
        unknown.append(f"Posts filled: the staffing records state none for {', '.join(roles)} in {unit}.")
    hours = posts * float(an_officer.value) if posts is not None and an_officer.is_set else None
    return Capacity(
        unit=unit,
        roles=roles,
        posts=posts,
        months_known=len(known),
        months=period.months,
        hours_a_referral=float(a_referral.value) if a_referral.is_set else None,
        hours_an_officer=float(an_officer.value) if an_officer.is_set else None,
        hours_a_week=hours,
        unknown=tuple(unknown),
    )


def posts_by_month(
    staffing: pl.DataFrame | None, unit: str, roles: tuple[str, ...], period: Period, force: str
) -> dict[date, float | None]:
    """Return posts filled less lent plus borrowed, by month; None where any part of it is not stated."""
    if staffing is None:
        return {}
    months = staffing.filter(
        (pl.col("unit") == unit)
        & pl.col("role").is_in(list(roles))
        & pl.col("month").is_between(period.first, period.end)
        & ((pl.col("force") == force) if force else pl.lit(True))
    )
    present = pl.col("filled_fte") - pl.col("seconded_out_fte") + pl.col("seconded_in_fte")
    table = months.group_by("month").agg(
        pl.when(present.null_count() == 0).then(present.sum()).alias("posts"),
        pl.col("role").n_unique().alias("roles"),
    )
    return {
        month: float(posts) if posts is not None and told == len(roles) else None
        for month, posts, told in table.iter_rows()
    }
