"""The list of premises as rows of a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fourfold.web.accounts.permission import Answer, NotAllowedError, may
from fourfold.web.business.listing import chosen, shown
from fourfold.web.business.models import ListedPremises
from fourfold.web.business.saying import chosen_definition
from fourfold.web.business.scope import LISTS
from fourfold.web.exports.registering import Listing
from fourfold.web.ui.exports import Row, by_key

NAME = "business-premises"
TITLE = "Premises hit again"
MARKING = "OFFICIAL-SENSITIVE"
HEADINGS = [
    "Premises reference", "Name", "Kind and district", "Business crime as defined by", "Crimes in the window",
    "Put there by place alone", "Median days between", "Kinds", "Against staff", "Not recorded whether against staff",
    "Last crime", "Crimes ever", "Advised on", "Days compared", "Crimes before advice", "Crimes after advice",
]  # fmt: skip


def listing(person: Any, answer: Answer, asked: Mapping[str, str]) -> Listing:
    """Return the list for an export in the background; raises NotAllowedError for who sees counts alone."""
    sees = may(person, "see_business")
    if sees.scope not in LISTS:
        raise NotAllowedError(sees, is_hidden=False)
    rows = ((one.premises_id, row_of(one)) for one in by_key(chosen(asked)))
    return Listing(HEADINGS, rows, MARKING, "premises")


def row_of(one: ListedPremises) -> Row:
    """Return one premises as cells, in the order of HEADINGS."""
    told = shown(one)
    return (
        one.premises_id, told.name, told.where, chosen_definition(one.definition, also_any=True).title, told.crimes,
        told.by_place_alone, told.gap_days, ", ".join(told.kinds), told.on_staff, told.staff_unclear, told.last_on,
        one.crimes_ever, told.advised_on, told.advice_days, told.before_advice, told.after_advice,
    )  # fmt: skip
