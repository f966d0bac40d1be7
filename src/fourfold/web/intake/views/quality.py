"""Pages of what was told: how far optional fields are filled, and how fresh each source is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from fourfold.measures.figure import FigureName
from fourfold.measures.period import Period
from fourfold.pipeline import completeness as filled
from fourfold.pipeline.freshness import IN_TIME, LATE, NEVER_CAME, NO_DAYS, NO_RHYTHM, Freshness, freshness
from fourfold.web.accounts.permission import may
from fourfold.web.intake.frames import known_batches, opened
from fourfold.web.ui.exports import FORMATS
from fourfold.web.ui.lists import Heading

MARKING = "OFFICIAL"
STATES = {
    IN_TIME: ("In time", "green"),
    LATE: ("Late", "red"),
    NO_RHYTHM: ("No rhythm set", "grey"),
    NO_DAYS: ("Cannot tell", "yellow"),
    NEVER_CAME: ("Never came", "grey"),
}
"""The states of a source in words with their colours."""
DIMENSIONS = {
    "unit": "unit",
    "npu": "neighbourhood policing unit",
    "district": "district",
    "victim_type": "kind of victim",
}


class ForceForm(forms.Form):
    """Which force's records."""

    force = forms.ChoiceField(label="Force", required=False)

    def __init__(self, *args: Any, forces: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["force"].choices = [(one, one) for one in forces]


def _force(told: pl.DataFrame, asked: str) -> tuple[str, list[str]]:
    """Return the force to show and all there are: the one asked for, the home's own, or the first."""
    forces = sorted(told["force"].drop_nulls().unique())
    own = settings.HOME.settings.get("force", "")
    chosen = next((one for one in (asked, own) if one in forces), forces[0] if forces else "")
    return chosen, forces


@require_safe
def completeness(request: Any) -> HttpResponse:
    """Show how far each field that matters is filled, by month."""
    told = filled.series(*opened())
    fields = filled.fields_that_matter(timezone.localdate(), settings.HOME.policy)
    if told is None or not told.height:
        return render(request, "intake/completeness.html", {"table": None, "form": None})
    force, forces = _force(told, request.GET.get("force", ""))
    table = filled.by_field(told, force, fields)
    context = {
        "table": table,
        "fields": fields,
        "form": ForceForm({"force": force}, forces=forces) if len(forces) > 1 else None,
        "force": force,
        "traces": _traces(request, table, force),
        "headings": _headings("Field", table),
        "query": f"?{urlencode({'force': force})}",
    }
    return render(request, "intake/completeness.html", context)


def _headings(first: str, table: filled.Table) -> list[Heading]:
    months = [f"{month:%b %Y}" for month in table.months]
    return [Heading(words) for words in (first, "Year", "Records", "On the year before", *months)]


def _traces(request: Any, table: filled.Table, force: str) -> dict[str, str]:
    """Return the address of each field's figure for the year shown, where the papers desk shows figures."""
    if not table.months or not may(request.user, "trace_figures"):
        return {}
    period = Period.year_to(table.months[-1])
    found = {}
    for row in table.rows:
        name = FigureName(f"{filled.PREFIX}{row.field}", period).with_slice(force=force)
        try:
            found[row.field] = f"{reverse('papers:figure')}?{urlencode({'name': str(name)})}"
        except NoReverseMatch:
            return {}
    return found


@require_safe
def field(request: Any, name: str) -> HttpResponse:
    """Show how far one field is filled, by unit and month."""
    told = filled.series(*opened())
    fields = filled.fields_that_matter(timezone.localdate(), settings.HOME.policy)
    if told is None or name not in fields:
        raise Http404
    force, _ = _force(told, request.GET.get("force", ""))
    own = told.filter((pl.col("force") == force) & (pl.col("measure") == filled.PREFIX + name))
    has = set(own["dimension"].drop_nulls())
    dimensions = {key: words for key, words in DIMENSIONS.items() if key in has}
    by = request.GET.get("by", "")
    by = by if by in dimensions else next(iter(dimensions), "")
    table = filled.by_unit(told, force, name, by) if by else None
    context = {
        "name": name,
        "headings": _headings(dimensions[by].capitalize(), table) if table else [],
        "about": fields[name],
        "force": force,
        "by": by,
        "dimensions": dimensions,
        "table": table,
    }
    return render(request, "intake/field.html", context)


@require_safe
def export(request: Any, kind: str) -> HttpResponseBase:
    """Export the shares of every field that matters by month."""
    told = filled.series(*opened())
    if kind not in FORMATS or told is None:
        raise Http404
    fields = filled.fields_that_matter(timezone.localdate(), settings.HOME.policy)
    force, _ = _force(told, request.GET.get("force", ""))
    names = ("Force", "Field", "Month", "Filled in", "Records", "State")
    return FORMATS[kind]("Completeness", names, _exported(filled.by_field(told, force, fields)), MARKING)


def _exported(table: filled.Table) -> Iterator[tuple[Any, ...]]:
    for row in table.rows:
        for month, share in zip(table.months, row.months, strict=True):
            state = "not sent" if share.whole is None else "no records" if not share.whole else "sent"
            yield table.force, row.field, month, share.filled, share.whole, state


def all_sources() -> list[Freshness]:
    """Return every source as it stands today."""
    return freshness(known_batches(), timezone.localdate(), settings.HOME.policy)


@require_safe
def sources(request: Any) -> HttpResponse:
    """Show how fresh each source is: the late ones first, then those that came."""
    order = [LATE, NO_DAYS, IN_TIME, NO_RHYTHM, NEVER_CAME]
    told = sorted(all_sources(), key=lambda one: (order.index(one.state), one.title))
    words = ("Source", "State", "Last file", "Came", "Covers to", "Next due by")
    context = {"sources": told, "states": STATES, "headings": [Heading(one) for one in words]}
    return render(request, "intake/sources.html", context)
