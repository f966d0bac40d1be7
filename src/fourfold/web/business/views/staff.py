"""Staff who are victims again: how often, how close together, and where; named only to those who may see names."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.pipeline.premises_facts import names_of
from fourfold.pipeline.trace import MASK
from fourfold.web.accounts.permission import check_may, may
from fourfold.web.business.listing import MOST_HIT, STAFF_COLUMNS, STAFF_ORDERS, staff_listed
from fourfold.web.business.models import ListedPremises, StaffMember
from fourfold.web.business.scope import LISTS, shows_names
from fourfold.web.trail.recording import record
from fourfold.web.ui.exports import FORMATS
from fourfold.web.ui.keyset import keyset_page
from fourfold.web.ui.lists import address, chosen_sort, headings
from fourfold.worklists.premises import ANY

HEADINGS = [
    "Person reference",
    "Name",
    "Crimes",
    "At work, by the fields",
    "Not recorded",
    "Median days between",
    "First",
    "Last",
]
MOST_EXPORTED = 20_000


@require_safe
def listed(request: Any) -> HttpResponse:
    """List the people who were victims of violence at shops more than once."""
    sort = chosen_sort(request.GET, STAFF_ORDERS, MOST_HIT)
    page = keyset_page(staff_listed(), STAFF_ORDERS[sort], request.GET.get("page", ""))
    named = shows_names(request)
    tell(request, "staff_listed", page.rows)
    context = {
        "headings": headings(STAFF_COLUMNS, request.GET, sort),
        "listed": page,
        "rows": list(zip(page.rows, names(page.rows, named), places_of(page.rows), strict=True)),
        "named": named,
        "earlier": address(request.GET, page=page.earlier),
        "later": address(request.GET, page=page.later),
        "query": address(request.GET, page=None),
        "may_export": bool(may(request.user, "export_rows")),
    }
    return render(request, "business/staff.html", context)


def names(rows: list[StaffMember], named: bool) -> list[str]:
    """Return the name of each person as last told, or the mask for who may not see it."""
    if not named:
        return [MASK] * len(rows)
    told = names_of(settings.HOME, [ref for one in rows for ref in one.crime_refs])
    found = []
    for one in rows:
        mine = [
            row for ref in one.crime_refs for row in told.get(ref, []) if row["person_id"] == one.person_id
        ]
        last = mine[-1] if mine else {}
        found.append(
            " ".join(str(last[part]) for part in ("first_names", "last_name") if last.get(part))
            or "No name told"
        )
    return found


def places_of(rows: list[StaffMember]) -> list[list[tuple[int | None, str]]]:
    """Return the premises of each person's crimes, each with the number of its page where it is listed."""
    wanted = {ref for one in rows for ref in one.premises_ids}
    found = ListedPremises.objects.filter(premises_id__in=wanted, definition=ANY)
    by_ref = {(row.force, row.premises_id): (row.pk, row.name or "Name not recorded") for row in found}
    elsewhere = (None, "Not on the list of premises")
    return [[by_ref.get((one.force, ref), elsewhere) for ref in one.premises_ids] for one in rows]


def tell(request: Any, act: str, people: list[StaffMember], **detail: Any) -> None:
    with transaction.atomic():
        record(
            act,
            by=request.user,
            answer=request.answer,
            subject_kind="person",
            subject_refs=[one.person_id for one in people],
            why=request.why,
            detail=detail,
        )


@require_safe
def export(request: Any, kind: str) -> HttpResponseBase:
    """Hand out the list, names masked as on the page."""
    sees = check_may(request.user, "see_business", why=request.why)
    if kind not in FORMATS or sees.scope not in LISTS:
        raise Http404
    rows = list(
        staff_listed().order_by(*STAFF_ORDERS[chosen_sort(request.GET, STAFF_ORDERS, MOST_HIT)])[
            :MOST_EXPORTED
        ]
    )
    named = shows_names(request) and request.answer.scope != "masked"
    tell(request, "staff_exported", rows, kind=kind, rows=len(rows))
    cells = (
        (one.person_id, name, one.crimes, one.on_staff, one.unclear, one.gap_days, one.first_on, one.last_on)
        for one, name in zip(rows, names(rows, named), strict=True)
    )
    return FORMATS[kind]("staff who are victims again", HEADINGS, cells, "OFFICIAL-SENSITIVE")
