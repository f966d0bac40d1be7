"""Business crime and violence against shop workers (source paper, paragraphs 23 to 26)."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from fourfold.measures.acquisitive import DIMENSIONS, RECORDED, SOURCE, codes_where
from fourfold.measures.measure import Measure, Rules
from fourfold.policy.definitions import business_crime
from fourfold.records import Crime
from fourfold.rules import business_crime as business_rule

VIOLENCE = codes_where(
    "ho_subgroup", "Violence with injury", "Violence without injury", "Stalking and harassment"
)
PUBLIC_ORDER = codes_where("ho_subgroup", "Public order")
FLOOR = "The fields that show it are optional and mostly blank, so the count is a floor; the share filled in is shown beside it."
DEFINITIONS = ("npcc_2019", "acpo_2014")


def is_business(name: str | None, rules: Rules) -> nw.Expr:
    """Count what is known to be a business crime by a definition; a blank field never makes one."""
    told = business_crime(name, rules.on, rules.policy).value
    return business_rule.is_business(told, rules.vocabulary).fill_null(False)


def is_at(types: tuple[str, ...]) -> nw.Expr:
    """Say whether a crime was at premises of some types; a blank type is not known to be one."""
    return nw.col("premises_type").is_in(list(types)).fill_null(False)


def premises(rules: Rules, column: str) -> tuple[str, ...]:
    """Return the types of premises that a column of the list marks with Y: business, public_sector, shop."""
    return business_rule.premises(column, rules.vocabulary)


def on_shop_worker(rules: Rules) -> nw.Expr:
    """Violence, harassment or public order, the victim at work and the premises a shop, as far as is filled in."""
    codes = (*VIOLENCE(rules), *PUBLIC_ORDER(rules))
    at_work = nw.col("victim_at_work").fill_null(False)
    return nw.col("ho_code").is_in(list(codes)) & at_work & is_at(premises(rules, "shop"))


def in_shop_unclear(rules: Rules) -> nw.Expr:
    """The same offences at a shop, where the field that says whether the victim was at work is blank."""
    codes = (*VIOLENCE(rules), *PUBLIC_ORDER(rules))
    return (
        nw.col("ho_code").is_in(list(codes))
        & nw.col("victim_at_work").is_null()
        & is_at(premises(rules, "shop"))
    )


def business(name: str | None) -> Measure:
    """Return the measure of business crime by one definition, or by the one policy chooses for None."""

    def where(rules: Rules) -> nw.Expr:
        return is_business(name, rules)

    def words(rules: Rules) -> str:
        told = business_crime(name, rules.on, rules.policy)
        return f"Definition: {told.value['label']} ({told.source})."

    return replace(
        OF_CRIMES,
        name="business.crimes" + (f".{name}" if name else ""),
        title="business crimes",
        definition=f"{RECORDED} Two published definitions differ; the one used is named.",
        subject="business_crime",
        where=where,
        needs=("person_role",),
        definition_now=words,
    )


OF_CRIMES = Measure(
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
)

UNCLEAR = replace(
    OF_CRIMES,
    name="business.shop_violence_unclear",
    title="violence and abuse at shops, not recorded whether against staff",
    definition=f"{RECORDED} Violence or public order, the premises a shop, nothing filled in on whether the victim was at work.",
    where=in_shop_unclear,
    caveats=("These are not known to be against shop workers, and not known not to be.",),
)

MEASURES = (business(None), *(business(name) for name in DEFINITIONS), OF_CRIMES, UNCLEAR)
