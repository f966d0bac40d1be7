"""The worklist as a file: a short one at once, a long one made in the background."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import may
from fourfold.web.exports.asking import ask_for
from fourfold.web.trail.recording import record
from fourfold.web.ui.exports import FORMATS
from fourfold.web.ui.lists import chosen_sort
from fourfold.web.victim_care.exporting import HEADINGS, MARKING, NAME, TITLE, exported, rows_of
from fourfold.web.victim_care.listing import orders_shown
from fourfold.web.victim_care.views.worklist import filter_form, officers_shown

MOST_AT_ONCE = 2_000
"""Rows handed out while somebody waits; more are made in the background."""


@require_safe
def export(request: Any, kind: str) -> HttpResponseBase:
    """Hand out the cases that the filters ask for, as far as the reader may; the trail names them all."""
    if kind not in FORMATS:
        raise Http404
    answer = request.answer
    request.answer = may(request.user, "see_victims", why=request.why)
    form = filter_form(request, request.GET, officers_shown(request))
    back = f"{reverse('victim_care:list')}?{request.GET.urlencode()}"
    if not form.is_valid():
        return redirect(back)
    found, masked = exported(request.user, answer, form.cleaned_data, request.why)
    orders = orders_shown(masked)
    order = orders[chosen_sort(request.GET, orders, "due")]
    cases = list(found.order_by(*order)[: MOST_AT_ONCE + 1])
    if len(cases) > MOST_AT_ONCE:
        return _in_background(request, kind, form.cleaned_data, back)
    with transaction.atomic():
        record(
            "cases_exported",
            by=request.user,
            answer=answer,
            subject_kind="person",
            subject_refs=[case.person_id for case in cases],
            why=request.why,
            detail={"kind": kind, "rows": len(cases)},
        )
    return FORMATS[kind](TITLE.lower(), HEADINGS, rows_of(cases, masked), MARKING)


def _in_background(request: Any, kind: str, asked: dict[str, Any], back: str) -> HttpResponseBase:
    told = {name: "on" if value is True else str(value) for name, value in asked.items() if value}
    try:
        ask_for(NAME, by=request.user, kind=kind, asked=told)
    except WrongUseError as error:
        messages.error(request, str(error))
        return redirect(back)
    return redirect("exports:exports")
