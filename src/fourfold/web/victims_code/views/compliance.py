"""The page of compliance: by duty, unit, offence group or month, with the bounds of the truth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fourfold.measures.compliance_counts import STATES
from fourfold.pipeline.duties import compliance_counts
from fourfold.web.ui.exports import FORMATS, Row
from fourfold.web.ui.lists import address, filter_tags
from fourfold.web.victims_code.chart import bounds_chart
from fourfold.web.victims_code.compliance import (
    DIMENSIONS,
    Asked,
    Compliance,
    groups_of,
    months_of,
    shifted,
    units_of,
)
from fourfold.web.victims_code.states import state_words
from fourfold.web.victims_code.taking_up import standing_now

MARKING = "OFFICIAL-SENSITIVE"
A_YEAR = 12
ENHANCED = [("", "All"), ("yes", "Enhanced rights set the day"), ("no", "Standard limit")]


class ComplianceForm(forms.Form):
    """What compliance is asked for."""

    by = forms.ChoiceField(label="Show by", required=False, choices=list(DIMENSIONS.items()))
    first = forms.ChoiceField(label="From month", required=False)
    last = forms.ChoiceField(label="To month", required=False)
    unit = forms.ChoiceField(label="Unit", required=False)
    rule = forms.ChoiceField(label="Duty", required=False)
    group = forms.ChoiceField(label="Offence group", required=False)
    enhanced = forms.ChoiceField(label="Limit", required=False, choices=ENHANCED)

    def __init__(self, *args: Any, seen: Compliance, months: list[date], **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in reversed(months)]
        for name in ("first", "last"):
            self.fields[name].choices = [("", "Usual"), *named]
        self.fields["unit"].choices = [("", "Any unit"), *units_of(seen)]
        self.fields["rule"].choices = [("", "Any duty"), *sorted(seen.titles.items(), key=lambda one: one[1])]
        groups = [(one, seen.label("offence_group", one)) for one in groups_of(seen)]
        self.fields["group"].choices = [("", "Any group"), *groups]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("first") and told.get("last") and told["first"] > told["last"]:
            self.add_error("first", "From month must not be after to month")
        return told


def usual_period(months: list[date]) -> tuple[date, date]:
    """Return the year to the last month that the records cover whole."""
    standing = standing_now()
    last = months[-1]
    if standing and standing.as_of:
        covered = standing.as_of.replace(day=1)
        is_whole = shifted(covered, 1) == date.fromordinal(standing.as_of.toordinal() + 1)
        last = covered if is_whole else shifted(covered, -1)
    return shifted(last, 1 - A_YEAR), last


def asked_of(told: dict[str, Any], months: list[date]) -> Asked:
    """Return the question that a valid form asks."""
    first, last = usual_period(months)
    if told.get("last"):
        last = date.fromisoformat(f"{told['last']}-01")
        first = shifted(last, 1 - A_YEAR)
    if told.get("first"):
        first = date.fromisoformat(f"{told['first']}-01")
    last = max(first, last)
    by = told.get("by") or "rule"
    return Asked(by, first, last, *(told.get(name) or "" for name in ("unit", "rule", "group", "enhanced")))


def answered(request: Any) -> tuple[ComplianceForm | None, Compliance | None]:
    """Return the form and the answer to what it asks; neither where no counts were made yet."""
    counts = compliance_counts(settings.HOME)
    if counts is None or not counts.height:
        return None, None
    nothing = Asked("rule", date.min, date.max)
    seen = Compliance(counts, request.answer, nothing)
    months = months_of(seen.mine)
    if not months:
        return None, None
    form = ComplianceForm(request.GET, seen=seen, months=months)
    if not form.is_valid():
        return form, None
    return form, Compliance(counts, request.answer, asked_of(form.cleaned_data, months))


@require_safe
def compliance(request: Any) -> HttpResponse:
    """Show compliance."""
    form, found = answered(request)
    context: dict[str, Any] = {"form": form, "found": found, "standing": standing_now(), "tags": []}
    if found is not None and form is not None:
        by = DIMENSIONS[found.asked.by]
        context |= {
            "by": by,
            "asked": found.asked,
            "before": found.asked.before(),
            "lines": found.lines,
            "chart": bounds_chart(found.lines, by),
            "states": [(state, state_words(state)) for state in STATES],
            "tags": [tag for tag in filter_tags(form, request.GET) if not tag.words.startswith("Show by")],
            "query": address(request.GET),
        }
    return render(request, "victims_code/compliance.html", context)


@require_safe
def export(request: Any, kind: str) -> HttpResponseBase:
    """Hand out the table of compliance: counts and shares, nothing of anybody."""
    if kind not in FORMATS:
        raise Http404
    _, found = answered(request)
    if found is None:
        return redirect(f"{reverse('victims_code:compliance')}?{request.GET.urlencode()}")
    headings = [
        DIMENSIONS[found.asked.by], *(state_words(state) for state in STATES), "Recorded compliance, percent",
        "Strict bound, percent", "Best case, percent", "Not recorded, percent",
    ]  # fmt: skip
    return FORMATS[kind]("compliance with duties to victims", headings, _rows(found), MARKING)


def _rows(found: Compliance) -> Iterator[Row]:
    for line in found.lines:
        counts = ("hidden" if line.counts[state] is None else line.counts[state] for state in STATES)
        shares = (line.recorded, line.strict, line.best, line.missing)
        told = ("hidden" if line.is_hidden else "" if one is None else round(one, 2) for one in shares)
        yield (line.label, *counts, *told)
