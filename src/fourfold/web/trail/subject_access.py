"""The answer to a subject access request: who saw or changed what is kept of one person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fourfold.web.trail.models import TrailEntry
from fourfold.web.trail.recording import record
from fourfold.web.trail.search import SubjectAccessForm, act_words, found_entries, known_keys
from fourfold.web.ui.exports import FORMATS, Row, by_key

MARKING = "OFFICIAL-SENSITIVE"
HEADINGS = ["Number", "When", "Who", "Role", "Unit", "What was done", "Key", "Reason"]


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: Any) -> HttpResponseBase:
    """Ask for the keys and the request's reference, then hand the entries out and trail that they were."""
    asked = request.POST or (
        {"subject": request.GET["subject"], "kind": "csv"} if "subject" in request.GET else None
    )
    form = SubjectAccessForm(request.POST or None, initial=asked)
    if request.method != "POST" or not form.is_valid():
        return render(request, "trail/subject_access.html", {"form": form})
    keys, _ = known_keys(form.cleaned_data["subject"])
    entries = found_entries({"subject": form.cleaned_data["subject"]})
    kind, count = form.cleaned_data["kind"], entries.count()
    if not count:
        form.add_error("subject", "Nothing in the trail has this key")
        return render(request, "trail/subject_access.html", {"form": form})
    with transaction.atomic():
        own = record(
            "trail_exported",
            by=request.user,
            answer=request.answer,
            subject_kind="key",
            subject_refs=keys,
            why=form.cleaned_data["why"],
            detail={"entries": count, "kind": kind},
        )
    return FORMATS[kind](
        "subject access", HEADINGS, rows_of(entries.filter(number__lt=own.number), keys), MARKING
    )


def rows_of(entries: Any, keys: list[str]) -> Iterator[Row]:
    """Yield a row for each entry and key asked for, oldest first; keys of other people in it are left out."""
    wanted = set(keys)
    entry: TrailEntry
    for entry in by_key(entries):
        for key in sorted(wanted.intersection(entry.subject_refs)):
            yield [
                entry.number,
                timezone.localtime(entry.at),
                entry.who_name or "Not signed in",
                entry.role.replace("_", " "),
                entry.unit,
                act_words(entry.act),
                key,
                entry.why,
            ]
