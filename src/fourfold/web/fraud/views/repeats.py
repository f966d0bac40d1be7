"""Victims and homes told of again: the list, one of them, the file, and the list that goes to a partner."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.home import WrongUseError
from fourfold.pipeline.fraud_facts import reports_of, texts_of
from fourfold.web.accounts.permission import check_may, may
from fourfold.web.exports.asking import ask_for
from fourfold.web.fraud.actions.handing_over import PARTNER, hand_over, partner_facts, rows_for
from fourfold.web.fraud.exporting import HEADINGS, MARKING, NAME, TITLE, names_go_out, rows_of
from fourfold.web.fraud.forms import HandOverForm
from fourfold.web.fraud.listing import COLUMNS, MOST, ORDERS, RepeatFilterForm, chosen, shown
from fourfold.web.fraud.models import HandOver, RepeatVictim
from fourfold.web.fraud.saying import code_words
from fourfold.web.fraud.scope import LISTS, is_of_unit, may_read, shows_names
from fourfold.web.fraud.views.parts import tell
from fourfold.web.ui.exports import FORMATS
from fourfold.web.ui.keyset import Page, keyset_page
from fourfold.web.ui.lists import address, chosen_sort, filter_tags, headings

MOST_AT_ONCE = 2_000


@require_safe
def listed(request: Any) -> HttpResponse:
    """List victims and homes told of again, those with the most reports first."""
    form, sort = RepeatFilterForm(request.GET), chosen_sort(request.GET, ORDERS, MOST)
    page, named = Page([]), shows_names(request)
    if form.is_valid():
        page = keyset_page(chosen(form.cleaned_data), ORDERS[sort], request.GET.get("page", ""))
        tell(request, "repeat_victims_listed", "person", [one.subject_ref for one in page.rows])
    handing = may(request.user, "hand_over_victims")
    context = {
        "form": form,
        "tags": filter_tags(form, request.GET),
        "headings": headings(COLUMNS, request.GET, sort),
        "listed": page,
        "rows": shown(page.rows, named),
        "named": named,
        "earlier": address(request.GET, page=page.earlier),
        "later": address(request.GET, page=page.later),
        "query": address(request.GET, page=None),
        "may_export": bool(may(request.user, "export_rows")),
        "may_hand_over": bool(handing) and is_of_unit(handing),
    }
    return render(request, "fraud/repeats.html", context)


@require_safe
def one(request: Any, key: int) -> HttpResponse:
    """Show one victim or home with every report behind it."""
    victim = get_object_or_404(RepeatVictim, pk=key)
    named = shows_names(request)
    tell(request, "repeat_victim_opened", "person", [victim.subject_ref])
    reports = reports_of(settings.HOME, victim.report_refs)
    context = {
        "one": victim,
        "told": shown([victim], named)[0],
        "named": named,
        "reports": [reports[ref] for ref in reversed(victim.report_refs) if ref in reports],
        "code_words": code_words,
        "may_read": may_read(request),
    }
    return render(request, "fraud/repeat.html", context)


@require_safe
def accounts(request: Any, key: int) -> HttpResponse:
    """Show what the reports of one victim say; that it was read is trailed with each report's key."""
    victim = get_object_or_404(RepeatVictim, pk=key)
    sees = check_may(request.user, "see_victims", why=request.why)
    if sees.scope not in LISTS:
        raise Http404
    told = texts_of(settings.HOME, "fraud_report", list(reversed(victim.report_refs)))
    tell(request, "narratives_read", "fraud_report", victim.report_refs)
    return render(request, "fraud/accounts.html", {"one": victim, "told": told, "code_words": code_words})


@require_safe
def export(request: Any, kind: str) -> HttpResponseBase:
    """Hand out the list that the filters ask for, names masked as on the page."""
    form = RepeatFilterForm(request.GET)
    sees = check_may(request.user, "see_victims", why=request.why)
    if kind not in FORMATS or sees.scope not in LISTS:
        raise Http404
    back = f"{reverse('fraud:repeats')}?{request.GET.urlencode()}"
    if not form.is_valid():
        return redirect(back)
    order = ORDERS[chosen_sort(request.GET, ORDERS, MOST)]
    found = list(chosen(form.cleaned_data).order_by(*order)[: MOST_AT_ONCE + 1])
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
    tell(
        request,
        "repeat_victims_exported",
        "person",
        [one.subject_ref for one in found],
        kind=kind,
        rows=len(found),
    )
    rows = (cells for _, cells in rows_of(found, names_go_out(sees, request.answer)))
    return FORMATS[kind](TITLE.lower(), HEADINGS, rows, MARKING)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_page(request: Any) -> HttpResponseBase:
    """Check, and then hand over, the vulnerable repeat victims to the partner: only the fields that the agreement allows."""
    answer = check_may(request.user, "hand_over_victims", why=request.why)
    if not is_of_unit(answer):
        raise Http404
    found = list(RepeatVictim.objects.filter(goes_to_partner=True).order_by(*ORDERS[MOST]))
    facts = partner_facts(PARTNER)
    form = HandOverForm(request.POST or None, facts=facts, victims=found)
    if request.method == "POST" and form.is_valid():
        chosen_ones = [one for one in found if str(one.pk) in form.cleaned_data["victims"]]
        headings_told, rows = hand_over(
            partner=PARTNER,
            ground=form.cleaned_data["ground"],
            why=form.cleaned_data["why"],
            victims=chosen_ones,
            by=request.user,
        )
        return FORMATS["csv"]("repeat victims for trading standards", headings_told, rows, MARKING)
    tell(request, "hand_over_checked", "person", [one.subject_ref for one in found])
    told_headings, cells = rows_for(facts, found)
    context = {
        "form": form,
        "facts": facts,
        "told_headings": told_headings,
        "rows": list(zip(found, cells, strict=True)),
        "earlier": HandOver.objects.select_related("by")[:10],
    }
    return render(request, "fraud/hand_over.html", context)
