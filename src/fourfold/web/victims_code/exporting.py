"""The list of duties as rows of a file: references, and no name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import Answer, may
from fourfold.web.exports.registering import Listing
from fourfold.web.ui.exports import Row, by_key
from fourfold.web.victims_code.listing import ShownDuty, chosen, shown
from fourfold.web.victims_code.models import DutyRow
from fourfold.web.victims_code.scope import EXPORTS, visible_duties

NAME = "duties-to-victims"
TITLE = "Duties to victims"
MARKING = "OFFICIAL-SENSITIVE"
AT_ONCE = 500
HEADINGS = [
    "Crime", "Duty", "Rule", "List", "Due", "Began", "To or about", "State", "Why", "What would settle it", "Unit",
    "Officer", "Enhanced rights set the day", "Being worked out", "Escalated",
]  # fmt: skip


def exported(person: Any, answer: Answer, asked: Mapping[str, Any], why: str = "") -> QuerySet[DutyRow]:
    """Return the duties that a person may export of those asked for; raises WrongUseError where that is none.

    answer: of `export_rows`; asked: as `listing.chosen` reads it. What they see is asked again.
    """
    if answer.scope not in EXPORTS:
        raise WrongUseError("You may not export this list.", "Ask your administrator.")
    duties = visible_duties(may(person, "see_duties", why=why))
    return chosen(duties, asked, timezone.localdate()).select_related("unit")


def listing(person: Any, answer: Answer, asked: Mapping[str, str]) -> Listing:
    """Return the list for an export in the background."""
    return Listing(HEADINGS, _rows(exported(person, answer, asked)), MARKING, "crime")


def _rows(duties: QuerySet[DutyRow]) -> Iterator[tuple[str, Row]]:
    today, rows = timezone.localdate(), iter(by_key(duties))
    while some := list(islice(rows, AT_ONCE)):
        yield from ((one.row.case_ref, row_of(one)) for one in shown(some, today))


def row_of(one: ShownDuty) -> Row:
    """Return one duty as cells, in the order of HEADINGS."""
    row = one.row
    return (
        row.case_ref, one.title, row.rule, one.tag.word, one.due_on, row.started_on, one.about, row.state, one.why,
        one.settles, row.unit.name, row.officer_ref, row.is_enhanced, one.is_waiting, row.escalated_at,
    )  # fmt: skip
