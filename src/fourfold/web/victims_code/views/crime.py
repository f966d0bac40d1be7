"""The page of one crime's duties."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fourfold.web.accounts.models import Unit
from fourfold.web.trail.recording import record
from fourfold.web.victims_code.crime import CrimePage, crime_told
from fourfold.web.victims_code.looks import looks_at
from fourfold.web.victims_code.scope import Names, SeenCrime, may_record, seen_crime
from fourfold.web.victims_code.taking_up import standing_now

SHOWN_ENTRIES = 50


def page_of(request: Any, crime: SeenCrime) -> CrimePage:
    """Return a crime's duties as the request's person may see them."""
    today = timezone.localdate()
    told = crime_told(crime.case_ref, today)
    if told is None:
        raise Http404
    names = Names(request.user, crime, told.people, request.why)
    return CrimePage(crime.case_ref, told, names, today)


@require_safe
def crime_page(request: Any, ref: str) -> HttpResponse:
    """Show one crime's duties: how each stands, why, what would settle it, and what the log says."""
    crime = seen_crime(request, ref)
    page = page_of(request, crime)
    everything = "all" in request.GET
    entries = page.entries if everything else page.entries[:SHOWN_ENTRIES]
    context = {
        "crime": page.told.crime or {},
        "case_ref": ref,
        "unit": Unit.objects.filter(code=crime.unit).first(),
        "shown_duties": [one for one in page.duties if not one.is_folded],
        "folded": [one for one in page.duties if one.is_folded],
        "entries": entries,
        "has_more": len(page.entries) > len(entries),
        "people": [(one, page.called(one["person_ref"])) for one in page.told.people],
        "history": page.history,
        "to_take_back": page.to_take_back,
        "on_its_way": page.on_its_way,
        "may_record": may_record(request.user, crime.unit),
        "looks": looks_at(ref),
        "standing": standing_now(),
    }
    trail_opened(request, crime, page, "crime")
    return render(request, "victims_code/crime.html", context)


def trail_opened(request: Any, crime: SeenCrime, page: CrimePage, which: str, **more: Any) -> None:
    """Trail that a page of a crime was opened, and whose names it showed."""
    with transaction.atomic():
        record(
            "duties_of_crime_opened",
            by=request.user,
            answer=crime.answer,
            subject_kind="crime",
            subject_refs=[crime.case_ref],
            why=request.why,
            detail={"page": which, "names": page.names.shown, **more},
        )
