"""The crimes of a sample: the list, giving ticked ones to a reader, the list as a file, and what was answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import may
from fourfold.web.audit.actions.giving import count_of, give
from fourfold.web.audit.forms.lists import CrimeFilterForm, GiveForm
from fourfold.web.audit.listing import CRIME_ORDERS, crimes
from fourfold.web.audit.models import Sample, SampledCrime, Settlement
from fourfold.web.audit.questions import period_words, questionnaire_of, reason_words, strata_of, told_answers
from fourfold.web.audit.readers import readers
from fourfold.web.audit.scope import HAVE_FINDINGS, seen_sample
from fourfold.web.audit.states import CrimeState, Step, can
from fourfold.web.audit.views.common import show, trail
from fourfold.web.ui.exports import FORMATS, Row
from fourfold.web.ui.fields import whole_number
from fourfold.web.ui.keyset import Page, keyset_page
from fourfold.web.ui.lists import address, chosen_sort, filter_tags, headings

COLUMNS = (
    ("ref", "Crime"),
    ("order", "Group and order"),
    ("recorded", "Recorded"),
    ("", "State"),
    ("", "Readers"),
)
HEADINGS = [
    "Crime",
    "Group",
    "Order",
    "Role",
    "Inclusion probability",
    "Also in groups",
    "Recorded",
    "State",
    "Readers",
    "Replaces",
]
MARKING = "OFFICIAL-SENSITIVE"
OWN = "You"


def filter_form(request: Any, sample: Sample) -> CrimeFilterForm:
    """Return the list's filter form over what was asked."""
    able = [(str(one.pk), one.name) for one in readers()]
    return CrimeFilterForm(request.GET, strata=list(strata_of(sample).items()), readers=able)


@require_safe
def crime_list(request: Any, key: int) -> HttpResponse:
    """List the crimes of a sample, without anybody's name but the readers'."""
    sample = seen_sample(request, key)
    form = filter_form(request, sample)
    sort = chosen_sort(request.GET, CRIME_ORDERS, "order")
    listed = Page([])
    if form.is_valid():
        found = (
            crimes(sample, form.cleaned_data, request.user.pk)
            .select_related("replaces")
            .prefetch_related("readings__reader")
        )
        listed = keyset_page(
            found, CRIME_ORDERS[sort], request.GET.get("page", ""), among=sample.crimes.all()
        )
        trail(request, "audit_crimes_listed", "audit", [sample.ref], rows=len(listed.rows))
    strata = strata_of(sample)
    context = {
        "sample": sample,
        "form": form,
        "tags": filter_tags(form, request.GET),
        "headings": headings(COLUMNS, request.GET, sort),
        "listed": listed,
        "rows": [_line(one, strata, request.user.pk) for one in listed.rows],
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
        "period": period_words(sample),
        "readers": [(str(one.pk), one.name) for one in readers()],
        "can_give": can(Step.GIVE, sample.state),
        "has_findings": sample.state in HAVE_FINDINGS,
        "may_export": may(request.user, "export_rows").scope in ("yes", "sampled"),
        "here": request.GET.urlencode(),
        "query": address(request.GET, page=None),
    }
    return show(request, "crimes.html", context)


def _line(crime: SampledCrime, strata: dict[str, str], viewer: int) -> dict[str, Any]:
    return {
        "pk": crime.pk,
        "ref": crime.crime_ref,
        "stratum": strata.get(crime.stratum, crime.stratum),
        "order": crime.order,
        "also": [strata.get(flag, flag) for flag in crime.flags if flag != crime.stratum],
        "recorded_on": crime.recorded_on,
        "state": CrimeState(crime.state),
        "readers": readers_shown(crime, viewer),
        "is_twice": crime.is_twice,
        "replaces": crime.replaces.crime_ref if crime.replaces else "",
        "can_give": crime.state == CrimeState.TO_READ,
    }


def readers_shown(crime: SampledCrime, viewer: int) -> list[str]:
    """Return who reads a crime; one of its readers is shown nothing of the other before both have handed it in."""
    held = list(crime.readings.all())
    if crime.state == CrimeState.TO_READ and viewer in {one.reader_id for one in held}:
        return [OWN]
    return [OWN if one.reader_id == viewer else str(one.reader.name) for one in held]


@require_POST
def give_ticked(request: Any, key: int) -> HttpResponse:
    """Give the ticked crimes to a reader."""
    sample = seen_sample(request, key)
    back = f"{reverse('audit:crimes', args=[sample.pk])}?{request.POST.get('here', '')}"
    form = GiveForm(request.POST, readers=[(str(one.pk), one.name) for one in readers()])
    ticked = [n for n in map(whole_number, request.POST.getlist("crimes")[:500]) if n is not None]
    if not form.is_valid() or not ticked:
        faults = [fault for faults in form.errors.values() for fault in faults] or ["Tick the crimes first"]
        messages.error(request, f"Nothing was given to anybody. {'. '.join(faults)}.")
        return redirect(back)
    told = form.cleaned_data
    try:
        given, faults = give(
            sample=sample.pk,
            crimes=ticked,
            reader=int(told["reader"]),
            turn=int(told["turn"]),
            by=request.user,
        )
    except WrongUseError as error:
        messages.error(request, str(error))
        return redirect(back)
    messages.success(request, f"{count_of(given, 'crime')} given out.")
    for fault in faults:
        messages.error(request, f"Not given: {fault}")
    return redirect(back)


@require_safe
def export(request: Any, key: int, kind: str) -> HttpResponseBase:
    """Hand out the list of crimes as a file; the trail names them all."""
    sample = seen_sample(request, key)
    form = filter_form(request, sample)
    if kind not in FORMATS or not form.is_valid() or not may(request.user, "run_audits"):
        raise Http404
    order = CRIME_ORDERS[chosen_sort(request.GET, CRIME_ORDERS, "order")]
    found = list(
        crimes(sample, form.cleaned_data, request.user.pk)
        .order_by(*order)
        .select_related("replaces")
        .prefetch_related("readings__reader")
    )
    trail(
        request,
        "audit_crimes_exported",
        "crime",
        [one.crime_ref for one in found],
        audit=sample.ref,
        kind=kind,
    )
    name = f"crimes of {sample.title.lower()} {period_words(sample)}"
    return FORMATS[kind](name, HEADINGS, rows_of(found, strata_of(sample), request.user.pk), MARKING)


def rows_of(found: list[SampledCrime], strata: dict[str, str], viewer: int) -> Iterator[Row]:
    """Return the rows of the file, in the order of HEADINGS."""
    for crime in found:
        line = _line(crime, strata, viewer)
        yield (
            line["ref"],
            line["stratum"],
            crime.order,
            crime.role,
            crime.probability,
            line["also"],
            crime.recorded_on,
            line["state"].words,
            line["readers"],
            line["replaces"],
        )


@require_safe
def answers(request: Any, key: int, crime: int) -> HttpResponse:
    """Show what was answered about one crime, by each reader and as settled, once the whole sample has been read."""
    sample = seen_sample(request, key)
    if sample.state not in HAVE_FINDINGS:
        raise Http404
    found = get_object_or_404(SampledCrime.objects.select_related("replaces"), pk=crime, sample=sample)
    if found.state == CrimeState.RESERVE:
        raise Http404
    asked = questionnaire_of(sample)
    told = [_told(asked, one, str(one.reader.name)) for one in found.readings.select_related("reader")]
    for settled in Settlement.objects.select_related("proposed_by", "agreed_by").filter(
        crime=found, agreed_at__isnull=False
    ):
        told.append(
            _told(asked, settled, f"Settled by {settled.proposed_by.name} and {settled.agreed_by.name}")
        )
    trail(request, "audit_answers_opened", "crime", [found.crime_ref], audit=sample.ref)
    context = {
        "sample": sample,
        "crime": found,
        "state": CrimeState(found.state),
        "stratum": strata_of(sample).get(found.stratum, found.stratum),
        "told": told,
        "period": period_words(sample),
    }
    return show(request, "answers.html", context)


def _told(asked: Any, one: Any, who: str) -> dict[str, Any]:
    return {
        "who": who,
        "scope": reason_words(asked, "out_of_scope", one.scope_reason),
        "scope_words": one.scope_words,
        "answers": [] if one.scope_reason else told_answers(asked, one.answers),
    }
