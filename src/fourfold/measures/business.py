"""Business crime and violence against shop workers (source paper, paragraphs 23 to 26)."""

from __future__ import annotations

import narwhals as nw

from fourfold.measures.acquisitive import DIMENSIONS, RECORDED, SOURCE, codes_where
from fourfold.measures.measure import Measure, Rules
from fourfold.policy.definitions import business_crime
from fourfold.records import Crime

VIOLENCE = codes_where(
    "ho_subgroup", "Violence with injury", "Violence without injury", "Stalking and harassment"
)
PUBLIC_ORDER = codes_where("ho_subgroup", "Public order")
SHOPS = ("shop", "supermarket", "convenience_store", "petrol_station")
NOT_BUSINESS = ("education", "healthcare", "place_of_worship", "public_building")
"""Public sector and places of worship, which the NPCC definition leaves out."""
FLOOR = "The fields that show it are optional and mostly blank, so the count is a floor; the share filled in is shown beside it."


def is_business(rules: Rules) -> nw.Expr:
    """NPCC 2019: the victim is a business, or a person at work and because of the work."""
    kept_out = nw.col("premises_type").is_in(list(NOT_BUSINESS))
    victim = nw.col("victim_is_organisation").fill_null(False) | nw.col("victim_at_work").fill_null(False)
    return victim & ~kept_out.fill_null(False)


def on_shop_worker(rules: Rules) -> nw.Expr:
    codes = (*VIOLENCE(rules), *PUBLIC_ORDER(rules))
    return (
        nw.col("ho_code").is_in(list(codes))
        & nw.col("victim_at_work").fill_null(False)
        & nw.col("premises_type").is_in(list(SHOPS)).fill_null(False)
    )


def definition(rules: Rules) -> str:
    told = business_crime(None, rules.on, rules.policy)
    return f"Definition: {told.value['label']} ({told.source})."


MEASURES = (
    Measure(
        name="business.crimes",
        title="business crimes",
        definition=f"{RECORDED} A named organisation is a victim, or the victim is recorded as at work.",
        view="crimes",
        record=Crime,
        subject="business_crime",
        on="recorded_on",
        where=is_business,
        dimensions=DIMENSIONS,
        source=SOURCE,
        caveats=(FLOOR,),
        definition_now=definition,
    ),
    Measure(
        name="business.shop_workers",
        title="violence and abuse against shop workers",
        definition=f"{RECORDED} Violence or public order, the victim at work, the premises a shop, as far as the fields say so.",
        view="crimes",
        record=Crime,
        subject="shop_worker_violence",
        on="recorded_on",
        where=on_shop_worker,
        dimensions=DIMENSIONS,
        source=SOURCE,
        caveats=(FLOOR,),
    ),
)
