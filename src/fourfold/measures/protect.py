"""Reach of Protect work and posts filled (source paper, paragraphs 13, 14, 21, 47, 48)."""

from __future__ import annotations

from fourfold.measures.measure import Measure, Statistic
from fourfold.records import ProtectActivity, Staffing

REACH = "Reach counts showings, seats and leaflets. It does not say how much crime was prevented."
PROTECT_SOURCE = "Victim care unit's and press office's lists"
STAFF_SOURCE = "Workforce plan"


def reach(name: str, title: str, column: str, definition: str) -> Measure:
    return Measure(
        name=f"protect.{name}",
        title=title,
        definition=definition,
        view="protect_activity",
        record=ProtectActivity,
        subject="",
        on="on",
        statistic=Statistic.SUM if column else Statistic.COUNT,
        column=column,
        dimensions=("kind", "campaign", "channel"),
        source=PROTECT_SOURCE,
        caveats=(REACH,),
        months_must_be_there=False,
        already_public=True,
    )


def posts(name: str, title: str, column: str) -> Measure:
    return Measure(
        name=f"staffing.{name}",
        title=title,
        definition="Full-time equivalents, as the monthly average over the period.",
        view="staffing",
        record=Staffing,
        subject="",
        on="month",
        statistic=Statistic.LEVEL,
        column=column,
        decimals=1,
        dimensions=("unit", "role"),
        source=STAFF_SOURCE,
        already_public=True,
    )


MEASURES = (
    reach(
        "activities",
        "Protect activities",
        "",
        "Posts, events, webinars, visits and issues of materials in the period.",
    ),
    reach(
        "impressions",
        "impressions of Protect posts",
        "impressions",
        "Times that posts were shown, as the platforms count them.",
    ),
    reach(
        "attendance",
        "attendance at Protect events",
        "attendance",
        "Seats taken at events; one person may attend twice.",
    ),
    reach(
        "materials",
        "Protect materials issued",
        "materials",
        "Booklets, call blockers and other materials handed out.",
    ),
    posts("funded", "posts funded", "funded_fte"),
    posts("filled", "posts filled", "filled_fte"),
    posts("seconded_out", "posts lent to other units", "seconded_out_fte"),
    posts("seconded_in", "posts lent from other units", "seconded_in_fte"),
)
