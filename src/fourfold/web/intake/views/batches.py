"""Pages of the batch history: every file that was read or refused, every corrected row, and the account of one."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import polars as pl
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fourfold.pipeline.batches import brought, read_with, set_aside_by_rule, titles
from fourfold.records import DeskDecision
from fourfold.web.intake.forms import BATCH_KINDS, BatchFilterForm
from fourfold.web.intake.frames import fault_key, known_batches, opened, order_of, page_of
from fourfold.web.trail.recording import record
from fourfold.web.ui.exports import FORMATS
from fourfold.web.ui.lists import address, chosen_sort, filter_tags, headings

MARKING = "OFFICIAL"
COLUMNS = (
    ("told_at", "Taken in"),
    ("file", "File"),
    ("source", "Source"),
    ("", "Kind"),
    ("received", "Received"),
    ("accepted", "Accepted"),
    ("quarantined", "Set aside"),
    ("unchanged", "Unchanged"),
    ("last_on", "Covers to"),
)
SORTS = {column: column for column, _ in COLUMNS if column}
ORDERS: dict[str, tuple[str, ...]] = {order: () for one in SORTS for order in (one, f"-{one}")}
EXPORTED = (
    "told_at",
    "file",
    "source",
    "kind",
    "received",
    "accepted",
    "quarantined",
    "unchanged",
    "first_on",
    "last_on",
    "note",
    "batch_id",
    "sha256",
    "size_bytes",
)
KINDS = dict(BATCH_KINDS)


def _chosen(form: BatchFilterForm) -> pl.DataFrame:
    found = known_batches()
    if not form.is_valid():
        return found.clear()
    asked = form.cleaned_data
    if asked["q"]:
        found = found.filter(pl.col("file").str.to_lowercase().str.contains(asked["q"].lower(), literal=True))
    for name in ("source", "kind"):
        if asked[name]:
            found = found.filter(pl.col(name) == asked[name])
    if asked["since"]:
        found = found.filter(pl.col("told_at") >= _midnight(asked["since"]))
    if asked["until"]:
        found = found.filter(pl.col("told_at") < _midnight(asked["until"] + timedelta(days=1)))
    return found


def _midnight(day: Any) -> datetime:
    midnight: datetime = timezone.make_aware(datetime.combine(day, time()))
    return midnight.astimezone(UTC)


@require_safe
def batches(request: Any) -> HttpResponse:
    """List batches, newest first."""
    form = BatchFilterForm(request.GET)
    sort = chosen_sort(request.GET, ORDERS, "-told_at")
    found = _chosen(form)
    listed = page_of(found, order_of(sort, SORTS, "batch_id"), "batch_id", request.GET.get("page", ""))
    context = {
        "form": form,
        "tags": filter_tags(form, request.GET),
        "headings": headings(COLUMNS, request.GET, sort),
        "listed": listed,
        "count": found.height,
        "titles": titles(),
        "kinds": KINDS,
        "query": address(request.GET, page=None),
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
    }
    return render(request, "intake/batches.html", context)


@require_safe
def export(request: Any, kind: str) -> HttpResponseBase:
    """Export the batches that the filters find."""
    if kind not in FORMATS:
        raise Http404
    form = BatchFilterForm(request.GET)
    sort = chosen_sort(request.GET, ORDERS, "-told_at")
    by = order_of(sort, SORTS, "batch_id")
    found = _chosen(form).sort([name for name, _ in by], descending=[down for _, down in by], nulls_last=True)
    with transaction.atomic():
        record("batches_exported", by=request.user, answer=request.answer, detail={"rows": found.height})
    return FORMATS[kind]("Batch history", EXPORTED, found.select(EXPORTED).iter_rows(), MARKING)


@require_safe
def batch(request: Any, key: str) -> HttpResponse:
    """Show one batch: its account, how it was read, what it brought, what was set aside."""
    found = known_batches().filter(pl.col("batch_id") == key).to_dicts()
    if not found:
        raise Http404
    (told,) = found
    lake, manifest = opened()
    faults = [
        (fault_key(told["source"], rule, words), words, rows)
        for rule, words, rows in set_aside_by_rule(lake, manifest, key)
    ]
    context = {
        "told": told,
        "title_of_source": titles().get(told["source"], "Not known: the file was refused"),
        "kind": KINDS[told["kind"]],
        "brought": brought(lake, manifest, told),
        "read_with": read_with(told),
        "faults": faults,
        "decision": decision_on(told["sha256"]) if told["kind"] == "corrected" else None,
    }
    return render(request, "intake/batch.html", context)


def decision_on(digest: str) -> dict[str, Any] | None:
    """Return who corrected the row with this digest last, when and why, None where nobody did."""
    lake, manifest = opened()
    frame = lake.scan(DeskDecision.table, manifest)
    if frame is None:
        return None
    rows = (
        frame.filter((pl.col("kind") == "readmission") & (pl.col("subject_ref") == digest))
        .sort("made_at")
        .collect()
        .to_dicts()
    )
    return rows[-1] | {"who": who(rows[-1]["made_by"])} if rows else None


def who(made_by: str) -> str:
    """Return the name of who decided: desks keep a person's key, the terminal a name."""
    if not made_by.isdigit():
        return made_by
    person = get_user_model().objects.filter(pk=int(made_by)).first()
    return str(person.name) if person is not None else f"Person {made_by}"
