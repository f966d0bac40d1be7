"""The list of duties: filtered, sorted, a page at a time."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fourfold.pipeline.duties import group_labels
from fourfold.pipeline.duty_crime import unit_of_crime
from fourfold.web.accounts.crime_units import unit_code
from fourfold.web.accounts.permission import may
from fourfold.web.trail.recording import record
from fourfold.web.ui.keyset import Page, keyset_page
from fourfold.web.ui.lists import address, chosen_sort, filter_tags, headings
from fourfold.web.victims_code.forms import DutyFilterForm
from fourfold.web.victims_code.listing import (
    COUNTED,
    LISTS,
    ORDERS,
    chosen,
    counts,
    rules_shown,
    shown,
    units_shown,
)
from fourfold.web.victims_code.models import DutyStanding
from fourfold.web.victims_code.scope import EXPORTS, SEES, visible_duties
from fourfold.web.victims_code.taking_up import standing_now

COLUMNS = (
    ("due", "Due"), ("", "Duty and crime"), ("began", "Began"), ("", "Why it stands here"), ("", "Unit and officer"),
)  # fmt: skip
FILTERS = ("unit", "rule", "officer", "group", "enhanced")
MORE = ("group", "enhanced", "officer")


def filter_form(request: Any, asked: QueryDict, standing: DutyStanding | None) -> DutyFilterForm:
    """Return the list's filter form over what was asked."""
    labels = group_labels(settings.HOME)
    groups = [(one, labels.get(one, one)) for one in (standing.groups if standing else ())]
    return DutyFilterForm(asked, units=units_shown(request.answer), rules=rules_shown(), groups=groups)


@require_safe
def worklist(request: Any) -> HttpResponse:
    """List duties; whoever may see counts alone is sent to those."""
    if request.answer.scope not in SEES:
        return redirect("victims_code:compliance")
    today, standing = timezone.localdate(), standing_now()
    form = filter_form(request, request.GET, standing)
    sort = chosen_sort(request.GET, ORDERS, "due")
    visible, listed = visible_duties(request.answer), Page([])
    if form.is_valid():
        found = chosen(visible, form.cleaned_data, today).select_related("unit")
        listed = keyset_page(found, ORDERS[sort], request.GET.get("page", ""), among=visible)
        trail_list(request, form.cleaned_data, [row.case_ref for row in listed.rows])
    told = form.cleaned_data if form.is_valid() else {}
    counted = counts(visible, today)
    context = {
        "form": form,
        "tags": [tag for tag in filter_tags(form, request.GET) if not tag.words.startswith("List:")],
        "lists": [(key, words, counted[key], address(QueryDict(), list=key)) for key, words in LISTS if key in COUNTED],
        "list": told.get("list") or ("all" if told.get("q") else ""),
        "list_words": dict(LISTS)[told.get("list") or ("all" if told.get("q") else "")],
        "headings": headings(COLUMNS, request.GET, sort),
        "listed": listed,
        "rows": shown(listed.rows, today),
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
        "query": address(request.GET, page=None),
        "may_export": may(request.user, "export_rows").scope in EXPORTS,
        "standing": standing,
        "before": before_of(request, standing),
        "other": other_crime(request, told, listed),
        "uses_more": any(request.GET.get(name) for name in MORE),
        "is_filtered": any(request.GET.get(name) for name in (*FILTERS, "q")),
        "today": today,
    }  # fmt: skip
    return render(request, "victims_code/list.html", context)


def before_of(request: Any, standing: DutyStanding | None) -> dict[str, int]:
    """Return how many duties of the reader's units are older than the desk goes back, by state."""
    found: dict[str, int] = {}
    for unit, by_state in (standing.before if standing else {}).items():
        if not request.answer.units or unit in request.answer.units:
            for state, number in by_state.items():
                found[state] = found.get(state, 0) + number
    return found


def other_crime(request: Any, told: dict[str, Any], listed: Page) -> str:
    """Return the reference that was searched for where no duty of that crime is listed and the reader may see it."""
    ref = told.get("q", "")
    if not ref or listed.rows:
        return ""
    unit = unit_of_crime(settings.HOME, ref)
    if unit is None:
        return ""
    answer = may(request.user, "see_duties", unit=unit_code(unit), why=request.why)
    return ref if answer and answer.scope in SEES else ""


def trail_list(request: Any, asked: dict[str, Any], refs: list[str], **more: Any) -> None:
    """Trail a page of the list with the crimes it showed."""
    used = {name: str(value) for name, value in asked.items() if value}
    with transaction.atomic():
        record(
            "duties_listed",
            by=request.user,
            answer=request.answer,
            subject_kind="crime",
            subject_refs=refs,
            why=request.why,
            detail=used | more,
        )
