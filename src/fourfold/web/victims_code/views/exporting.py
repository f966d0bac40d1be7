"""The list as a file: a short one at once, a long one made in the background."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import may
from fourfold.web.exports.asking import ask_for
from fourfold.web.ui.exports import FORMATS
from fourfold.web.ui.lists import chosen_sort
from fourfold.web.victims_code.exporting import HEADINGS, MARKING, NAME, TITLE, exported, row_of
from fourfold.web.victims_code.listing import ORDERS, shown
from fourfold.web.victims_code.scope import SEES, refuse
from fourfold.web.victims_code.taking_up import standing_now
from fourfold.web.victims_code.views.worklist import filter_form, trail_list

MOST_AT_ONCE = 2_000
"""Rows handed out while somebody waits; more are made in the background."""


@require_safe
def export(request: Any, kind: str) -> HttpResponseBase:
    """Hand out the duties that the filters ask for, as far as the reader may; the trail names them all."""
    if kind not in FORMATS:
        raise Http404
    answer = request.answer
    request.answer = may(request.user, "see_duties", why=request.why)
    if request.answer.scope not in SEES:
        refuse(request, "", "see_duties")
    form = filter_form(request, request.GET, standing_now())
    back = f"{reverse('victims_code:list')}?{request.GET.urlencode()}"
    if not form.is_valid():
        return redirect(back)
    order = ORDERS[chosen_sort(request.GET, ORDERS, "due")]
    found = exported(request.user, answer, form.cleaned_data, request.why)
    rows = list(found.order_by(*order)[: MOST_AT_ONCE + 1])
    if len(rows) > MOST_AT_ONCE:
        return _in_background(request, kind, form.cleaned_data, back)
    trail_list(request, form.cleaned_data, [row.case_ref for row in rows], exported=kind, rows=len(rows))
    cells = (row_of(one) for one in shown(rows, timezone.localdate()))
    return FORMATS[kind](TITLE.lower(), HEADINGS, cells, MARKING)


def _in_background(request: Any, kind: str, asked: dict[str, Any], back: str) -> HttpResponseBase:
    told = {name: "on" if value is True else str(value) for name, value in asked.items() if value}
    try:
        ask_for(NAME, by=request.user, kind=kind, asked=told)
    except WrongUseError as error:
        messages.error(request, str(error))
        return redirect(back)
    return redirect("exports:exports")
