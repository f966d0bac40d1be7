"""Pages of quarantine: what is wrong by source and rule, the rows of one fault, and files of rows to correct."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import polars as pl
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.pipeline.batches import titles
from fourfold.pipeline.broken_cells import cells_of, mapped_of
from fourfold.pipeline.correction_file import write_rows
from fourfold.pipeline.quarantine import rows_to_correct
from fourfold.web.accounts.permission import check_may, may
from fourfold.web.intake import handing_in
from fourfold.web.intake.correcting import ROW
from fourfold.web.intake.forms import CorrectionsForm, FaultFilterForm, RowFilterForm
from fourfold.web.intake.frames import order_of, page_of, texts_of, waiting_faults
from fourfold.web.intake.masking import Sight, shown, sight_of
from fourfold.web.intake.models import CORRECTIONS
from fourfold.web.trail.recording import record
from fourfold.web.ui.exports import FORMATS, file_name
from fourfold.web.ui.lists import address, chosen_sort, filter_tags, headings

MARKING = "OFFICIAL"
COLUMNS = (
    ("source", "Source"),
    ("words", "What is wrong"),
    ("rows", "Rows"),
    ("files", "Files"),
    ("first", "First came"),
    ("latest", "Latest came"),
)
SORTS = {column: column for column, _ in COLUMNS}
ORDERS: dict[str, tuple[str, ...]] = {order: () for one in SORTS for order in (one, f"-{one}")}
ROW_COLUMNS = (
    ("told_at", "Came"),
    ("file", "File"),
    ("", "Row"),
    ("", "Key and what is wrong"),
    ("", "Action"),
)
ROW_SORTS = {"told_at": "told_at", "file": "file"}
ROW_ORDERS: dict[str, tuple[str, ...]] = {order: () for one in ROW_SORTS for order in (one, f"-{one}")}
ROWS_A_PAGE = 25


def faults_of(rows: pl.DataFrame) -> pl.DataFrame:
    """Count waiting rows by what is wrong with them."""
    return rows.group_by("fault", "source", "rule", "words").agg(
        pl.len().alias("rows"),
        pl.col("file").n_unique().alias("files"),
        first=pl.col("told_at").min(),
        latest=pl.col("told_at").max(),
    )


def _chosen(form: FaultFilterForm) -> pl.DataFrame:
    found = faults_of(waiting_faults())
    if not form.is_valid():
        return found.clear()
    asked = form.cleaned_data
    if asked["q"]:
        found = found.filter(
            pl.col("words").str.to_lowercase().str.contains(asked["q"].lower(), literal=True)
        )
    if asked["source"]:
        found = found.filter(pl.col("source") == asked["source"])
    return found


@require_safe
def faults(request: Any) -> HttpResponse:
    """List what is wrong with rows in quarantine, most rows first."""
    form = FaultFilterForm(request.GET)
    sort = chosen_sort(request.GET, ORDERS, "-rows")
    found = _chosen(form)
    listed = page_of(found, order_of(sort, SORTS, "fault"), "fault", request.GET.get("page", ""))
    context = {
        "form": form,
        "tags": filter_tags(form, request.GET),
        "headings": headings(COLUMNS, request.GET, sort),
        "listed": listed,
        "rows": int(found["rows"].sum()),
        "sources": sorted(set(found["source"])),
        "titles": titles(),
        "query": address(request.GET, page=None),
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
        "may_download": request.answer.scope == "yes" and bool(may(request.user, "export_rows")),
    }
    return render(request, "intake/faults.html", context)


@require_safe
def export(request: Any, kind: str) -> HttpResponseBase:
    """Export the counts by fault that the filters find; no row is in it."""
    if kind not in FORMATS:
        raise Http404
    names = ("source", "rule", "words", "rows", "files", "first", "latest")
    found = _chosen(FaultFilterForm(request.GET)).sort("rows", "fault", descending=[True, False])
    with transaction.atomic():
        record("quarantine_counts_exported", by=request.user, answer=request.answer)
    return FORMATS[kind]("Quarantine by rule", names, found.select(names).iter_rows(), MARKING)


@require_safe
def rows(request: Any) -> HttpResponse:
    """List the rows with one fault: the key and the broken cells as far as this person may see them."""
    form = RowFilterForm(request.GET)
    fault = request.GET.get("fault", "")
    waiting = waiting_faults().filter(pl.col("fault") == fault)
    if form.is_valid() and form.cleaned_data["q"]:
        wanted = form.cleaned_data["q"].lower()
        found = waiting.filter(pl.col("file").str.to_lowercase().str.contains(wanted, literal=True))
    else:
        found = waiting
    sort = chosen_sort(request.GET, ROW_ORDERS, "-told_at")
    order = order_of(sort, ROW_SORTS, "place")
    listed = page_of(found, order, "place", request.GET.get("page", ""), ROWS_A_PAGE)
    sight = sight_of(request)
    context = {
        "form": form,
        "tags": [tag for tag in filter_tags(form, request.GET) if not tag.words.startswith("Fault")],
        "fault_key": fault,
        "about": waiting.row(0, named=True) if waiting.height else None,
        "titles": titles(),
        "headings": headings(ROW_COLUMNS, request.GET, sort),
        "listed": listed,
        "count": found.height,
        "cells": _cells_of_page(request, listed.rows, sight),
        "sight": sight,
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
        "may_change": request.answer.scope == "yes",
    }
    return render(request, "intake/rows.html", context)


def _cells_of_page(request: Any, listed: list[dict[str, Any]], sight: Sight) -> dict[str, Any]:
    """Return the key cells and broken cells of a page's rows by place, and trail that they were shown."""
    texts = texts_of([(row["batch_id"], row["file_row"]) for row in listed])
    mapped = mapped_of(settings.HOME)
    cells = {
        row["place"]: [
            cell
            for cell in shown(cells_of({**row, "text_received": texts[row["place"]]}, mapped), sight)
            if cell.is_key or cell.is_broken
        ]
        for row in listed
    }
    if listed:
        tell_seen(request, [row["row_digest"] for row in listed], sight)
    return cells


def tell_seen(request: Any, digests: list[str], sight: Sight) -> None:
    """Trail that rows of quarantine were shown, and how much of them."""
    with transaction.atomic():
        record(
            "quarantine_rows_seen",
            by=request.user,
            answer=request.answer,
            subject_kind=ROW,
            subject_refs=digests,
            detail={"personal": sight.victims, "sensitive": sight.narratives},
        )


@require_safe
def download(request: Any) -> HttpResponseBase:
    """Hand out the waiting rows of one source as a CSV file to correct; hidden cells are marked and stay."""
    answer = check_may(request.user, "export_rows")
    source = request.GET.get("source", "")
    waiting = waiting_faults().filter(pl.col("source") == source)
    if not waiting.height:
        raise Http404
    chosen = rows_to_correct(waiting, source)
    sight, mapped = sight_of(request), mapped_of(settings.HOME)
    with transaction.atomic():
        record(
            "quarantine_rows_exported",
            by=request.user,
            answer=answer,
            subject_kind=ROW,
            subject_refs=chosen["row_digest"].to_list(),
            detail={"rows": chosen.height, "personal": sight.victims, "sensitive": sight.narratives},
        )
    texts = texts_of(chosen.select("batch_id", "file_row").rows())
    told = chosen.with_columns(
        text_received=pl.Series([texts[place] for place in chosen["place"]], dtype=pl.String)
    )
    name = file_name(f"to correct {source}", "csv")
    heads = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return StreamingHttpResponse(
        _to_correct(told, sight, mapped), content_type="text/csv; charset=utf-8", headers=heads
    )


def _to_correct(told: pl.DataFrame, sight: Sight, mapped: Any) -> Iterator[bytes]:
    """Yield the file of rows to correct."""
    hidden: dict[str, set[str]] = {}

    def is_hidden(row: dict[str, Any], heading: str) -> bool:
        place = str(row["place"])
        if place not in hidden:
            hidden[place] = {cell.heading for cell in cells_of(row, mapped) if not sight.shows(cell)}
        return heading in hidden[place]

    out = io.StringIO(newline="")
    write_rows(told, out, is_hidden)
    yield b"\xef\xbb\xbf"
    yield out.getvalue().encode("utf-8", "replace")


@require_http_methods(["GET", "HEAD", "POST"])
def corrections(request: Any) -> HttpResponse:
    """Take a file of corrected rows and have it read in the background."""
    if request.method == "POST":
        form = CorrectionsForm(request.POST, request.FILES)
        if form.is_valid():
            asked = form.cleaned_data
            made = handing_in.hand_in(
                uploads=[asked["file"]],
                token=asked["token"],
                by=request.user,
                answer=request.answer,
                kind=CORRECTIONS,
                reason=asked["reason"],
            )
            return redirect("intake:hand_over", made.pk)
    else:
        form = CorrectionsForm(initial={"token": handing_in.new_token()})
    return render(request, "intake/corrections.html", {"form": form})
