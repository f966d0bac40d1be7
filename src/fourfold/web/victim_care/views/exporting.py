"""The worklist as a file: what the reader may export of it, masked where names are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fourfold.web.accounts.permission import may
from fourfold.web.trail.recording import record
from fourfold.web.ui.environment import written_count
from fourfold.web.ui.exports import FORMATS
from fourfold.web.ui.lists import chosen_sort
from fourfold.web.victim_care.listing import ORDERS, chosen, shown
from fourfold.web.victim_care.models import FAR_OFF, Case
from fourfold.web.victim_care.scope import EXPORTS_OWN, is_masked, visible_cases
from fourfold.web.victim_care.views.worklist import filter_form, officers_shown

MOST_ROWS = 5_000
HEADINGS = (
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
)


@require_safe
def export(request: Any, kind: str) -> HttpResponseBase:
    """Hand out the cases that the filters ask for, as far as the reader may; one trail entry names them all."""
    if kind not in FORMATS:
        raise Http404
    sees = may(request.user, "see_victims", why=request.why)
    masked = is_masked(sees) or request.answer.scope == "masked"
    found = visible_cases(sees, request.user)
    if request.answer.scope in EXPORTS_OWN:
        found = found.filter(officer=request.user)
    request.answer, export_answer = sees, request.answer
    form = filter_form(request, request.GET, officers_shown(request))
    back = f"{reverse('victim_care:list')}?{request.GET.urlencode()}"
    if not form.is_valid():
        return redirect(back)
    found = chosen(found, form.cleaned_data, timezone.localdate(), masked)
    sort = chosen_sort(request.GET, ORDERS, "due")
    cases = list(found.select_related("officer").order_by(*ORDERS[sort])[: MOST_ROWS + 1])
    if len(cases) > MOST_ROWS:
        messages.error(
            request,
            f"There are more than {written_count(MOST_ROWS)} cases. Narrow the list with a filter, then export.",
        )
        return redirect(back)
    with transaction.atomic():
        record(
            "cases_exported",
            by=request.user,
            answer=export_answer,
            subject_kind="person",
            subject_refs=[case.person_id for case in cases],
            why=request.why,
            detail={"kind": kind, "rows": len(cases)},
        )
    return FORMATS[kind]("victim care cases", HEADINGS, _rows(cases, masked), "OFFICIAL-SENSITIVE")


def _rows(cases: list[Case], masked: bool) -> Iterator[tuple[Any, ...]]:
    today = timezone.localdate()
    for case in cases:
        one = shown(case, masked, today)
        yield (
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
