"""The worklist as rows of a file: what a person may export of it, masked where names are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from fourfold.web.accounts.permission import Answer, may
from fourfold.web.exports.registering import Listing
from fourfold.web.ui.exports import Row, by_key
from fourfold.web.victim_care.listing import chosen, shown
from fourfold.web.victim_care.models import FAR_OFF, Case
from fourfold.web.victim_care.scope import EXPORTS_OWN, is_masked, visible_cases

NAME = "victim-care-cases"
TITLE = "Victim care cases"
MARKING = "OFFICIAL-SENSITIVE"
HEADINGS = [
    "Reference",
    "Name",
    "State",
    "Due",
    "What is due",
    "Support",
    "Reasons",
    "Officer",
    "District",
    "Last report",
    "Reports",
    "Phone",
    "Postcode",
]


def exported(
    person: Any, answer: Answer, asked: Mapping[str, Any], why: str = ""
) -> tuple[QuerySet[Case], bool]:
    """Return the cases that a person may export of those asked for, and whether names are hidden.

    answer: of `export_rows`; asked: as `listing.chosen` reads it.
    """
    sees = may(person, "see_victims", why=why)
    masked = is_masked(sees) or answer.scope == "masked"
    cases = visible_cases(sees, person)
    if answer.scope in EXPORTS_OWN:
        cases = cases.filter(officer=person)
    return chosen(cases, asked, timezone.localdate(), masked).select_related("officer"), masked


def listing(person: Any, answer: Answer, asked: Mapping[str, str]) -> Listing:
    """Return the list for an export in the background."""
    cases, masked = exported(person, answer, asked)
    rows = ((case.person_id, row_of(case, masked)) for case in by_key(cases))
    return Listing(HEADINGS, rows, MARKING, "person")


def rows_of(cases: list[Case], masked: bool) -> Iterator[Row]:
    """Return the rows of these cases, in their order."""
    return (row_of(case, masked) for case in cases)


def row_of(case: Case, masked: bool) -> Row:
    """Return one case as cells, in the order of HEADINGS."""
    one = shown(case, masked, timezone.localdate())
    return (
        one.person_id,
        one.name,
        one.state.words,
        None if case.due_on == FAR_OFF else case.due_on,
        one.due_words,
        one.need,
        one.reasons,
        one.officer or "Nobody yet",
        one.district,
        one.last_on,
        one.report_count,
        "" if masked else case.phone,
        "" if masked else case.postcode,
    )
