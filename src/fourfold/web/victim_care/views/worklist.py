"""The worklist: filtered, sorted, a page at a time; allocating several cases; saved views; export."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fourfold.web.accounts.permission import may
from fourfold.web.trail.recording import record
from fourfold.web.ui.environment import written_count
from fourfold.web.ui.fields import whole_number
from fourfold.web.ui.keyset import Page, keyset_page
from fourfold.web.ui.lists import address, chosen_sort, filter_tags, headings
from fourfold.web.victim_care.actions.noting import assign_all
from fourfold.web.victim_care.forms.lists import AllocateForm, CaseFilterForm, SaveViewForm
from fourfold.web.victim_care.listing import ORDERS, chosen, orders_shown, shown, walked
from fourfold.web.victim_care.models import District, SavedView
from fourfold.web.victim_care.scope import is_masked, officers_of, unit_keys, visible_cases

COLUMNS = (
    ("name", "Name"),
    ("", "State"),
    ("due", "Due"),
    ("need", "Need"),
    ("", "Reasons"),
    ("", "Officer"),
    ("last", "Last report"),
)
MASKED_COLUMNS = (("", "Name"), *COLUMNS[1:])
KEPT_IN_VIEW = ("state", "officer", "due", "rule", "district", "repeat", "watched", "again", "sort")
"""What a saved view keeps: never the search, which may be a name."""


MORE_FILTERS = ("rule", "district", "repeat", "watched", "again")
"""Filters that stand folded away until one of them is used."""


def officers_shown(request: Any) -> list[tuple[str, str]]:
    """Return the officers of the units that the request's person sees."""
    units = unit_keys(request.answer) if request.answer.units else None
    return [(str(one.pk), one.name) for one in officers_of(units)]


def filter_form(request: Any, asked: QueryDict, officers: list[tuple[str, str]]) -> CaseFilterForm:
    """Return the list's filter form over what was asked."""
    return CaseFilterForm(
        asked,
        officers=officers,
        districts=list(District.objects.values_list("name", flat=True)),
        masked=is_masked(request.answer),
    )


@require_safe
def worklist(request: Any) -> HttpResponse:
    """List cases."""
    today, masked = timezone.localdate(), is_masked(request.answer)
    officers = officers_shown(request)
    form = filter_form(request, request.GET, officers)
    sort = chosen_sort(request.GET, orders_shown(masked), "due")
    listed = Page([])
    if form.is_valid():
        visible = visible_cases(request.answer, request.user)
        # Fetched beside, not joined: PostgreSQL takes the rows of a later page for one, and would sort a join of all.
        found = chosen(visible, form.cleaned_data, today, masked, sort).prefetch_related("officer")
        copies = walked(form.cleaned_data, sort)
        listed = keyset_page(found, ORDERS[sort], request.GET.get("page", ""), among=visible, copies=copies)
        trail_list(request, form.cleaned_data, [case.person_id for case in listed.rows])
    may_work = bool(may(request.user, "work_cases"))
    context = {
        "form": form,
        "tags": filter_tags(form, request.GET),
        "headings": headings(MASKED_COLUMNS if masked else COLUMNS, request.GET, sort),
        "listed": listed,
        "rows": [shown(case, masked, today) for case in listed.rows],
        "masked": masked,
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
        "may_work": may_work,
        "exports": may(request.user, "export_rows").scope,
        "officers": officers,
        "here": request.GET.urlencode(),
        "views": SavedView.objects.filter(person=request.user),
        "is_filtered": any(request.GET.get(name) for name in KEPT_IN_VIEW),
        "uses_more": any(request.GET.get(name) for name in MORE_FILTERS),
        "query": address(request.GET, page=None),
    }
    return render(request, "victim_care/list.html", context)


def trail_list(request: Any, asked: dict[str, Any], shown_refs: list[str]) -> None:
    """Trail a page of the list with the keys it showed; what was searched for is not kept, it may be a name."""
    used = {name: str(value) for name, value in asked.items() if value and name != "q"}
    if asked.get("q"):
        used["searched"] = "yes"
    with transaction.atomic():
        record(
            "cases_searched" if asked.get("q") else "cases_listed",
            by=request.user,
            answer=request.answer,
            subject_kind="person",
            subject_refs=shown_refs,
            why=request.why,
            detail=used,
        )


@require_POST
def allocate(request: Any) -> HttpResponse:
    """Give the ticked cases to an officer, each logged by itself."""
    back = f"{reverse('victim_care:list')}?{request.POST.get('here', '')}"
    seen = visible_cases(may(request.user, "see_victims"), request.user)
    numbers = map(whole_number, request.POST.getlist("cases")[:200])
    ticked = [number for number in numbers if number is not None]
    listed = list(seen.filter(pk__in=ticked).values_list("pk", flat=True))
    told = request.POST.copy()
    told.setlist("cases", [str(number) for number in ticked])
    form = AllocateForm(told, officers=officers_shown(request), listed=listed)
    if not form.is_valid():
        faults = [fault for faults in form.errors.values() for fault in faults]
        messages.error(request, f"Nothing was given to anybody. {'. '.join(faults)}.")
        return redirect(back)
    officer = officers_of(None).get(pk=int(form.cleaned_data["officer"]))
    given, faults = assign_all(cases=form.cleaned_data["cases"], officer=officer, by=request.user)
    many = "1 case was" if given == 1 else f"{written_count(given)} cases were"
    messages.success(request, f"{many} given to {officer.name}.")
    for fault in faults:
        messages.error(request, fault)
    return redirect(back)


@require_POST
def save_view(request: Any) -> HttpResponse:
    """Keep the filters in force under a name."""
    asked = QueryDict(request.POST.get("here", ""))
    kept = QueryDict(mutable=True)
    for name in KEPT_IN_VIEW:
        if asked.get(name):
            kept[name] = asked[name]
    form = SaveViewForm(request.POST)
    if form.is_valid():
        name = form.cleaned_data["name"]
        SavedView.objects.update_or_create(
            person=request.user, name=name, defaults={"query": kept.urlencode()[:500]}
        )
        messages.success(request, f"The view {name} was saved.")
    else:
        messages.error(request, "The view was not saved. Enter a name for it.")
    return redirect(f"{reverse('victim_care:list')}?{asked.urlencode()}")


@require_http_methods(["POST"])
def drop_view(request: Any, key: int) -> HttpResponse:
    """Take a saved view away."""
    get_object_or_404(SavedView, pk=key, person=request.user).delete()
    return redirect("victim_care:list")
