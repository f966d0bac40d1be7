"""Review of one marker: the next record with the guideline beside it, a single key for each answer, undo, and settling."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from fourfold.home import FourfoldError
from fourfold.pipeline.fraud_facts import marker_row, texts_of
from fourfold.web.accounts.permission import check_may
from fourfold.web.fraud.actions import reviewing
from fourfold.web.fraud.models import Reading
from fourfold.web.fraud.reading import SKIPPED, disputes, lot_of, next_to_read, progress, round_of
from fourfold.web.fraud.saying import ANSWERS, code_words
from fourfold.web.fraud.scope import READS
from fourfold.web.fraud.views.markers import definition_of
from fourfold.web.fraud.views.parts import tell

KEYS_OFF = "fraud_keys_off"
KEYS = (
    ("yes", "Y", "It is"),
    ("no", "N", "It is not"),
    ("cannot_tell", "C", "Cannot tell"),
    ("skipped", "S", "Skip"),
)
"""Each answer with its key and its words; U undoes."""


@require_safe
def queue(request: Any, name: str) -> HttpResponse:
    """Show the next record to a reader; that they read it is trailed."""
    definition = definition_of(name)
    answer = check_may(request.user, "see_narratives", why=request.why)
    if answer.scope not in READS:
        return redirect("fraud:marker", name)
    opened = round_of(name)
    ref = next_to_read(lot_of(opened), request.user, reviewing.review_settings()) if opened else None
    found = texts_of(settings.HOME, definition.record, [ref]) if ref else []
    if found:
        tell(request, "narratives_read", definition.record, [str(ref)], marker=name)
    mine = Reading.objects.filter(marker=name, reader=request.user, is_standing=True)
    context = {
        "one": definition,
        "opened": opened,
        "told": found[0] if found else None,
        "ref": ref,
        "row": marker_row(settings.HOME, name, ref) if ref else None,
        "progress": progress(lot_of(opened), name) if opened else None,
        "keys": KEYS,
        "keys_off": request.session.get(KEYS_OFF, False),
        "last": mine.order_by("-at", "-id").first(),
        "answers": ANSWERS,
        "skipped": mine.filter(answer=SKIPPED).count(),
        "own": mine.exclude(answer=SKIPPED).count(),
        "code_words": code_words,
    }
    return render(request, "fraud/review.html", context)


@require_POST
def give_answer(request: Any, name: str) -> HttpResponse:
    """Take a reader's answer and go on to the next record."""
    definition_of(name)
    try:
        reviewing.give_answer(
            marker=name,
            record_ref=request.POST.get("ref", "")[:120],
            told=request.POST.get("answer", ""),
            by=request.user,
        )
    except FourfoldError as error:
        messages.error(request, str(error))
    return redirect("fraud:review", name)


@require_POST
def undo(request: Any, name: str) -> HttpResponse:
    """Take the last answer back; the record is shown again."""
    definition_of(name)
    last = reviewing.undo(marker=name, by=request.user)
    if last is None:
        messages.error(request, "There is no answer of yours to take back.")
    return redirect("fraud:review", name)


@require_POST
def begin(request: Any, name: str) -> HttpResponse:
    """Draw a round of review."""
    definition_of(name)
    try:
        reviewing.begin_round(marker=name, by=request.user)
    except FourfoldError as error:
        messages.error(request, str(error))
        return redirect("fraud:marker", name)
    return redirect("fraud:review", name)


@require_POST
def again(request: Any, name: str) -> HttpResponse:
    """Give the reader back what they skipped."""
    definition_of(name)
    reviewing.give_back_skipped(marker=name, by=request.user)
    return redirect("fraud:review", name)


@require_POST
def keys(request: Any, name: str) -> HttpResponse:
    """Turn the single keys off or on for this session: somebody who speaks to their machine may need them off."""
    definition_of(name)
    request.session[KEYS_OFF] = not request.session.get(KEYS_OFF, False)
    return redirect("fraud:review", name)


@require_safe
def differences(request: Any, name: str) -> HttpResponse:
    """Show the records of which two readers differ, with both answers."""
    definition = definition_of(name)
    refs = disputes(name)
    if check_may(request.user, "see_narratives", why=request.why).scope not in READS:
        return redirect("fraud:marker", name)
    told = texts_of(settings.HOME, definition.record, refs)
    tell(request, "narratives_read", definition.record, refs, marker=name)
    said = (
        Reading.objects.filter(marker=name, record_ref__in=refs, is_standing=True)
        .select_related("reader")
        .order_by("at")
    )
    by_ref: dict[str, list[Reading]] = {}
    for reading in said.exclude(answer=SKIPPED):
        by_ref.setdefault(reading.record_ref, []).append(reading)
    rows = [(row, by_ref.get(row["ref"], [])) for row in told]
    return render(request, "fraud/differences.html", {"one": definition, "rows": rows, "answers": ANSWERS})


@require_POST
def settle(request: Any, name: str) -> HttpResponse:
    """End a difference between two readers."""
    definition_of(name)
    ref, told = request.POST.get("ref", "")[:120], request.POST.get("answer", "")
    if ref not in disputes(name):
        messages.error(request, "This record is settled already, or was never in dispute.")
        return redirect("fraud:differences", name)
    try:
        reviewing.settle(marker=name, record_ref=ref, told=told, by=request.user)
    except FourfoldError as error:
        messages.error(request, str(error))
    return redirect("fraud:differences", name)
