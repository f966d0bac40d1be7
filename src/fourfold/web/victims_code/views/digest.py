"""The digest of a morning, to read or to print."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from fourfold.web.trail.recording import record
from fourfold.web.victims_code.digests import MOST_LISTED, refs_of, visible_digests
from fourfold.web.victims_code.models import Digest, DutyStanding

SHOWN_DAYS = 20


def days_of() -> list[date]:
    """Return the last days that have a digest, the newest first."""
    return list(Digest.objects.order_by("-day").values_list("day", flat=True).distinct()[:SHOWN_DAYS])


@require_safe
def latest(request: Any) -> HttpResponse:
    """Go to the newest digest; before there is one, say when it is made."""
    days = days_of()
    if days:
        return redirect("victims_code:digest", days[0].isoformat())
    return render(request, "victims_code/digest.html", {"digests": [], "day": None, "days": []})


@require_safe
def digest(request: Any, day: str) -> HttpResponse:
    """Show the digests of a day for the person's units."""
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    digests = list(visible_digests(request.answer, on))
    with transaction.atomic():
        record(
            "digest_read", by=request.user, answer=request.answer, subject_kind="crime",
            subject_refs=refs_of(digests), why=request.why, detail={"day": day},
        )  # fmt: skip
    context = {
        "digests": digests,
        "day": on,
        "days": [one for one in days_of() if one != on],
        "most": MOST_LISTED,
        "standing": DutyStanding.objects.filter(pk=1).first(),
    }
    return render(request, "victims_code/digest.html", context)
