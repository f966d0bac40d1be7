"""A person's own exports: the list, fetching a file, deleting one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from fourfold.web.accounts.permission import NotAllowedError
from fourfold.web.exports.clearing import KEPT_FOR, delete_file
from fourfold.web.exports.models import UNDER_WAY, Export
from fourfold.web.trail.recording import record
from fourfold.web.ui.exports import CSV_TYPE, XLSX_TYPE, file_name

MOST_LISTED = 50


@require_safe
def exports(request: Any) -> HttpResponse:
    """List the person's exports, newest first, with how far each has come."""
    listed = list(Export.objects.filter(person=request.user)[:MOST_LISTED])
    for export in listed:
        export.deleted_at = export.made_at + KEPT_FOR if export.made_at else None
    is_waiting = any(export.state in UNDER_WAY for export in listed)
    return render(request, "exports/exports.html", {"listed": listed, "is_waiting": is_waiting})


def _own(request: Any, key: str) -> Export:
    """Return the person's own export; one of somebody else is as if it did not exist, and that is trailed."""
    export: Export | None = Export.objects.filter(pk=key).first()
    if export is None:
        raise Http404
    if export.person_id != request.user.pk:
        raise NotAllowedError(request.answer, is_hidden=True)
    return export


@require_GET
def fetch(request: Any, key: str) -> HttpResponseBase:
    """Send the file, once the trail has it."""
    export = _own(request, key)
    is_over = export.made_at is None or timezone.now() - export.made_at > KEPT_FOR
    if export.state != "ready" or is_over or not export.path.exists():
        return render(request, "exports/gone.html", {"export": export}, status=404)
    with transaction.atomic():
        record(
            "export_fetched",
            by=request.user,
            answer=request.answer,
            subject_kind="export",
            subject_refs=[export.key],
            detail={"list": export.name, "rows": export.row_count},
        )
    return FileResponse(
        export.path.open("rb"),
        as_attachment=True,
        filename=file_name(export.title, export.kind),
        content_type=CSV_TYPE if export.kind == "csv" else XLSX_TYPE,
    )


@require_http_methods(["POST"])
def delete(request: Any, key: str) -> HttpResponse:
    """Delete the file before its day is over."""
    export = _own(request, key)
    if export.state == "ready":
        delete_file(export)
        with transaction.atomic():
            record(
                "export_deleted",
                by=request.user,
                answer=request.answer,
                subject_kind="export",
                subject_refs=[export.key],
            )
    return redirect("exports:exports")
