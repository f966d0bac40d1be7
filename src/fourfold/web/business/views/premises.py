"""Premises hit again: the list, one premises, what its crimes say, and writing down advice."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.home import WrongUseError
from fourfold.pipeline.premises_facts import accounts_at, crimes_at
from fourfold.web.accounts.permission import check_may, may
from fourfold.web.business.actions import advice_on_its_way, record_advice
from fourfold.web.business.exporting import HEADINGS, MARKING, NAME, TITLE, row_of
from fourfold.web.business.forms import AdviceForm
from fourfold.web.business.listing import COLUMNS, MOST_HIT, ORDERS, PremisesFilterForm, chosen, shown
from fourfold.web.business.models import ListedPremises
from fourfold.web.business.saying import (
    ADVICE_WORDS,
    KINDS,
    MATCHED,
    STATEMENTS,
    WHOM,
    chosen_definition,
    premises_words,
    triggers,
    value_of,
)
from fourfold.web.business.scope import LISTS
from fourfold.web.exports.asking import ask_for
from fourfold.web.trail.recording import record
from fourfold.web.ui.exports import FORMATS
from fourfold.web.ui.keyset import Page, keyset_page
from fourfold.web.ui.lists import address, chosen_sort, filter_tags, headings

MOST_AT_ONCE = 2_000


@require_safe
def listed(request: Any) -> HttpResponse:
    """List premises hit again, most hit first."""
    form = PremisesFilterForm(request.GET)
    sort = chosen_sort(request.GET, ORDERS, MOST_HIT)
    page = Page([])
    if form.is_valid():
        page = keyset_page(chosen(form.cleaned_data), ORDERS[sort], request.GET.get("page", ""))
        tell(
            request,
            "premises_listed",
            [one.premises_id for one in page.rows],
            searched=bool(form.cleaned_data["q"]),
        )
    context = {
        "form": form,
        "definition": chosen_definition(request.GET.get("definition", ""), also_any=True),
        "window": value_of("window_months"),
        "least": value_of("hit_least"),
        "as_of": page.rows[0].as_of if page.rows else None,
        "tags": filter_tags(form, request.GET),
        "headings": headings(COLUMNS, request.GET, sort),
        "listed": page,
        "rows": [shown(one) for one in page.rows],
        "earlier": address(request.GET, page=page.earlier),
        "later": address(request.GET, page=page.later),
        "query": address(request.GET, page=None),
        "advice_words": ADVICE_WORDS,
        "may_export": bool(may(request.user, "export_rows")),
    }
    return render(request, "business/premises.html", context)


def tell(request: Any, act: str, refs: list[str], **detail: Any) -> None:
    """Trail what a page of premises showed."""
    with transaction.atomic():
        record(
            act,
            by=request.user,
            answer=request.answer,
            subject_kind="premises",
            subject_refs=refs,
            why=request.why,
            detail=detail,
        )


@require_safe
def export(request: Any, kind: str) -> HttpResponseBase:
    """Hand out the premises that the filters ask for; the trail names them all."""
    form = PremisesFilterForm(request.GET)
    sees = check_may(request.user, "see_business", why=request.why)
    if kind not in FORMATS or sees.scope not in LISTS:
        raise Http404
    back = f"{reverse('business:premises')}?{request.GET.urlencode()}"
    if not form.is_valid():
        return redirect(back)
    found = list(
        chosen(form.cleaned_data).order_by(*ORDERS[chosen_sort(request.GET, ORDERS, MOST_HIT)])[
            : MOST_AT_ONCE + 1
        ]
    )
    if len(found) > MOST_AT_ONCE:
        asked = {
            name: "on" if value is True else str(value) for name, value in form.cleaned_data.items() if value
        }
        try:
            ask_for(NAME, by=request.user, kind=kind, asked=asked)
        except WrongUseError as error:
            messages.error(request, str(error))
            return redirect(back)
        return redirect("exports:exports")
    tell(request, "premises_exported", [one.premises_id for one in found], kind=kind, rows=len(found))
    return FORMATS[kind](TITLE.lower(), HEADINGS, (row_of(one) for one in found), MARKING)


@require_safe
def one(request: Any, key: int) -> HttpResponse:
    """Show one premises: its crimes, what set violence off, statements, advice and what followed."""
    premises = get_object_or_404(ListedPremises, pk=key)
    crimes = crimes_at(settings.HOME, premises.premises_id, premises.force)
    tell(request, "premises_opened", [premises.premises_id])
    context = {
        "one": premises,
        "told": shown(premises),
        "where": premises_words(premises.premises_type),
        "definition": chosen_definition(premises.definition, also_any=True),
        "crimes": crimes,
        "kinds": KINDS,
        "triggers": triggers(),
        "statements": STATEMENTS,
        "whom": WHOM,
        "matched": MATCHED,
        "advice_words": ADVICE_WORDS,
        "window": value_of("window_months"),
        "may_read": may(request.user, "see_narratives", why=request.why).scope in ("yes", "with_reason"),
        "may_advise": bool(may(request.user, "record_advice")),
        "is_on_its_way": advice_on_its_way(str(crime["crime_ref"]) for crime in crimes),
    }
    return render(request, "business/one.html", context)


@require_safe
def accounts(request: Any, key: int) -> HttpResponse:
    """Show what the crimes at one premises say in words; who read it is trailed with every crime's key."""
    premises = get_object_or_404(ListedPremises, pk=key)
    sees = check_may(request.user, "see_business", why=request.why)
    if sees.scope not in LISTS:
        raise Http404
    refs = [
        str(crime["crime_ref"]) for crime in crimes_at(settings.HOME, premises.premises_id, premises.force)
    ]
    told = accounts_at(settings.HOME, refs, premises.force)
    with transaction.atomic():
        record(
            "narratives_read",
            by=request.user,
            answer=request.answer,
            subject_kind="crime",
            subject_refs=refs,
            why=request.why,
        )
    return render(
        request, "business/accounts.html", {"one": premises, "name": shown(premises).name, "told": told}
    )


@require_http_methods(["GET", "POST", "HEAD"])
def advice(request: Any, key: int) -> HttpResponse:
    """Write down that the business was advised; it reaches the lake as an event of the last crime before that day."""
    premises = get_object_or_404(ListedPremises, pk=key)
    form = AdviceForm(request.POST or None, first_on=premises.first_on)
    if request.method == "POST" and form.is_valid():
        crimes = crimes_at(settings.HOME, premises.premises_id, premises.force)
        before = [crime for crime in crimes if crime["recorded_on"] <= form.cleaned_data["on"]]
        if before:
            record_advice(
                premises=premises,
                crime_ref=str(before[0]["crime_ref"]),
                on=form.cleaned_data["on"],
                what=form.cleaned_data["what"],
                by=request.user,
            )
            messages.success(
                request, "The advice is written down. What followed it is worked out at the next refresh."
            )
            return redirect("business:one", premises.pk)
        form.add_error("on", "No crime at these premises was recorded by that day")
    context = {"form": form, "one": premises, "name": shown(premises).name}
    return render(request, "business/advice.html", context)
