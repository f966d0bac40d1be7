"""The data-protection pages over the trail; reading them is itself trailed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from fourfold.web.trail.models import TrailEntry
from fourfold.web.trail.recording import record
from fourfold.web.trail.search import TrailForm, act_words, found_entries, keys_of, known_keys
from fourfold.web.ui.keyset import Page, keyset_page
from fourfold.web.ui.lines import Line, Section
from fourfold.web.ui.lists import address, filter_tags

LATEST_FIRST = ("-number",)


@require_safe
def entries(request: Any) -> HttpResponse:
    """List entries, newest first: by key, by user, by act, by day."""
    form = TrailForm(request.GET)
    listed = Page([])
    if form.is_valid():
        listed = keyset_page(found_entries(form.cleaned_data), LATEST_FIRST, request.GET.get("page", ""))
        _tell(request, form.cleaned_data)
    context = {
        "form": form,
        "tags": filter_tags(form, request.GET),
        "listed": listed,
        "act_words": act_words,
        "keys": ", ".join(keys_of(request.GET.get("subject", ""))),
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
    }
    return render(request, "trail/entries.html", context)


def _tell(request: Any, asked: dict[str, Any]) -> None:
    used: dict[str, Any] = {
        name: str(getattr(value, "pk", value)) for name, value in asked.items() if value and name != "subject"
    }
    refs, unknown = known_keys(asked.get("subject") or "")
    with transaction.atomic():
        record(
            "trail_read",
            by=request.user,
            answer=request.answer,
            subject_kind="key" if asked.get("subject") else "",
            subject_refs=refs,
            detail=used | ({"unknown_keys": unknown} if unknown else {}),
        )


def lines_of_data_protection(request: Any) -> Section:
    """Return the section of Today for a data-protection officer: the last seven days."""
    since = timezone.now() - timedelta(days=7)
    asked = timezone.localtime(since).date()
    days = f"since_day={asked.day}&since_month={asked.month}&since_year={asked.year}"
    watched = (
        ("export_made", "Exports made in the background"),
        ("trail_exported", "Answers to subject access requests"),
        ("reason_given", "Reasons given to see personal data"),
        ("access_denied", "Pages refused"),
        ("locked_out", "Accounts locked after failed sign-ins"),
    )
    recent = TrailEntry.objects.filter(at__gte=since)
    lines = [
        Line(words, f"{reverse('trail:entries')}?act={act}&{days}", count=count)
        for act, words in watched
        if (count := recent.filter(act=act).count())
    ]
    empty = "Reasons given, pages refused and accounts locked in the last 7 days appear here. There are none."
    return Section("The last 7 days", lines, empty)
