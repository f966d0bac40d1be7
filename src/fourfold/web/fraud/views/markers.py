"""Markers: each with its three counts, and a new one that shows what it would find before it is switched on."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.home import WrongUseError
from fourfold.measures.marker_estimates import count_marker, sample_of
from fourfold.measures.marker_parts import by_month, where_it_hides
from fourfold.pipeline.fraud_facts import KEYS, fields_of, marker_rows
from fourfold.policy.marker_definitions import MarkerDefinition, markers
from fourfold.web.accounts.permission import may
from fourfold.web.fraud.actions.marking import parts, switch_marker_on, tried
from fourfold.web.fraud.actions.reviewing import review_settings
from fourfold.web.fraud.forms import NewMarkerForm, SwitchOnForm
from fourfold.web.fraud.models import ReviewRound
from fourfold.web.fraud.reading import agreement_of, disputes, lot_of, progress, round_of, verdicts_of
from fourfold.web.fraud.saying import code_words

MONTHS_SHOWN = 24
FOUND_SHOWN = 50


def definitions() -> dict[str, MarkerDefinition]:
    """Return the markers that hold today, by name."""
    return {one.name: one for one in markers(timezone.localdate(), settings.HOME.policy)}


def definition_of(name: str) -> MarkerDefinition:
    """Return a marker that holds today; any other name answers 404."""
    found = definitions().get(name)
    if found is None:
        raise Http404
    return found


@require_safe
def listed(request: Any) -> HttpResponse:
    """List the markers with how far each has been reviewed."""
    rounds = {one.marker: one for one in ReviewRound.objects.order_by("id")}
    rows = []
    for name, definition in definitions().items():
        opened = rounds.get(name)
        rows.append(
            (
                definition,
                progress(lot_of(opened), name) if opened else None,
                len(disputes(name)) if opened else 0,
            )
        )
    context = {"rows": rows, "may_review": bool(may(request.user, "review_markers"))}
    return render(request, "fraud/markers.html", context)


@require_safe
def one(request: Any, name: str) -> HttpResponse:
    """Show one marker: its definition, the three counts, the months, where it hides, and how far two readers agree."""
    definition = definition_of(name)
    rows, opened, choices = marker_rows(settings.HOME, name), round_of(name), review_settings()
    lot = lot_of(opened) if opened else None
    said = verdicts_of(name)
    cuts = lot.cuts if lot else None
    sample = sample_of(rows, said, cuts) if cuts is not None and rows.height else None
    has_read = sample is not None and bool(sample.read.any())
    key = KEYS[definition.record][0]
    fields = fields_of(
        settings.HOME, definition.record, [place.field for place in definition.hides], rows["record_ref"]
    )
    context = {
        "one": definition,
        "count": count_marker(rows, rows, said, cuts, choices) if rows.height else None,
        "opened": opened,
        "progress": progress(lot, name) if lot else None,
        "months": by_month(rows, sample, choices).tail(MONTHS_SHOWN).to_dicts()
        if sample is not None and has_read
        else [],
        "recorded": recorded_by_month(rows),
        "places": where_it_hides(rows, fields, key, definition.hides, said, cuts, choices)
        if rows.height
        else [],
        "agreement": agreement_of(name),
        "disputes": disputes(name),
        "may_review": bool(may(request.user, "review_markers")),
        "code_words": code_words,
    }
    return render(request, "fraud/marker.html", context)


def recorded_by_month(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Return `month, recorded` of the records that a cue found, for months before any estimate."""
    found = (
        rows.filter(pl.col("cues").is_not_null())
        .group_by(month=pl.col("on").dt.truncate("1mo"))
        .agg(recorded=pl.len())
    )
    return found.sort("month").tail(MONTHS_SHOWN).to_dicts()


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    """Try a new marker out, and switch it on once what it would find has been seen."""
    begun = {name: request.GET[name] for name in NewMarkerForm.base_fields if name in request.GET}
    form = NewMarkerForm(request.POST) if request.method == "POST" else NewMarkerForm(initial=begun)
    switch = SwitchOnForm(request.POST if "switch_on" in request.POST else None)
    found, definition = None, None
    if request.method == "POST" and form.is_valid():
        try:
            definition, found = tried(form.cleaned_data)
            if "switch_on" in request.POST and switch.is_valid():
                made = switch_marker_on(
                    told=form.cleaned_data, source=switch.cleaned_data["source"], by=request.user
                )
                messages.success(
                    request, f"{definition.label} is switched on. Records are marked at the next refresh."
                )
                return redirect("fraud:marker", made.name)
        except WrongUseError as error:
            form.add_error("examples" if "example" in str(error) else None, str(error))
            found = None
    context = {
        "form": form,
        "switch": switch,
        "found": found,
        "definition": definition,
        "shown": found.found.head(FOUND_SHOWN).to_dicts() if found is not None else [],
        "months": found.by_month.tail(MONTHS_SHOWN).to_dicts() if found is not None else [],
        "codes": found.by_code.to_dicts() if found is not None else [],
        "code_words": code_words,
        "examples": parts(str(form["examples"].value() or "")),
    }
    return render(request, "fraud/new_marker.html", context)
