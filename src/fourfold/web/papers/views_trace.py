"""The trace of a figure: what it is, what it was made from, and the records behind it as far as the reader may see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.home import FourfoldError, WrongUseError
from fourfold.measures.figure import Figure, FigureName
from fourfold.measures.registry import understand
from fourfold.pipeline.figure_rows import FigureRows, Wanted, opened_as_printed, rows_of_figure
from fourfold.pipeline.opening import Opened, open_figures
from fourfold.web.accounts.permission import may
from fourfold.web.papers.keeping import read_document
from fourfold.web.papers.models import Paper
from fourfold.web.papers.reading import paper_for, tell
from fourfold.web.papers.seeing import Seeing, seeing
from fourfold.web.papers.trace_words import TraceTable, facts_of, keys_of, table_of
from fourfold.web.ui.exports import FORMATS
from fourfold.web.ui.lists import address

SIZE = 25
MOST_EXPORTED = 20_000
"""Rows of one export; more are asked for by a narrower figure."""
EXPORT_SCOPES = ("yes", "masked")


@dataclass(frozen=True)
class Source:
    """Where a figure is looked up: the lake as it was for a paper, or as it is now."""

    opened: Opened
    name: FigureName
    printed: Figure | None = None
    paper: Paper | None = None


@contextmanager
def source_of(request: Any) -> Iterator[Source]:
    """Open what the figure asked for is made from.

    Raises WrongUseError for a name that asks for nothing, or for a figure that the paper does not print.
    """
    asked = request.GET.get("name", "").strip()
    key = request.GET.get("paper", "")
    if not key:
        name = with_force(FigureName.parse(asked))
        understand(name)
        yield Source(open_figures(settings.HOME, name.period.end), name)
        return
    if not (key.isascii() and key.isdigit() and len(key) < 10):
        raise Http404
    paper = paper_for(request, int(key))
    if not paper.build:
        raise Http404
    document = read_document(paper)
    printed = {figure.name: figure for figure in document.figures}.get(asked)
    if printed is None:
        raise WrongUseError("The paper prints no figure of that name.", "Open the list of its figures.")
    with opened_as_printed(settings.HOME, document) as opened:
        yield Source(opened, FigureName.parse(asked), printed, paper)


def with_force(name: FigureName) -> FigureName:
    """Return the name with the home's own force where it names none."""
    own = settings.HOME.settings.get("force", "")
    return name.with_slice(force=own) if own and "force" not in name.slices else name


def wanted_of(request: Any) -> Wanted:
    """Return which page of which period's rows is asked for."""
    start = request.GET.get("from", "")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 10 else 0
    return Wanted(which=1 if request.GET.get("of") == "baseline" else 0, start=first, size=SIZE)


@require_safe
def figure(request: Any) -> HttpResponse:
    """Show the trace of one figure; what the reader may see of its records is trailed by key."""
    if not request.GET.get("name", "").strip():
        return render(request, "papers/trace_ask.html", {"asked": ""})
    sees = seeing(request)
    wanted = wanted_of(request) if sees.has_rows else None
    try:
        with source_of(request) as source:
            found = rows_of_figure(source.opened, source.name, wanted, sees.shows, source.printed)
    except FourfoldError as error:
        asked = request.GET["name"]
        return render(request, "papers/trace_ask.html", {"asked": asked, "fault": error}, status=400)
    context = {
        "found": found,
        "figure": found.figure,
        "figure_title": found.figure.title[:1].upper() + found.figure.title[1:],
        "paper": source.paper,
        "facts": facts_of(found),
        "is_other_version": is_other_version(source),
        "has_rows": sees.has_rows,
        "asks": sees.asks,
        "may_export": may(request.user, "export_rows").scope in EXPORT_SCOPES,
        "asked": address(request.GET),
    }
    if found.rows is not None and wanted is not None:
        tell_rows(request, found, source, sees, wanted.start)
        context |= paging(request, found, wanted)
    return render(request, "papers/trace.html", context)


def is_other_version(source: Source) -> bool:
    """Say whether the records are looked up by other rules than those by which the paper's figure was made."""
    if source.printed is None:
        return False
    was, now = source.printed.origin, source.opened.origin
    return (was.policy, was.vocabulary, was.code) != (now.policy, now.vocabulary, now.code)


def paging(request: Any, found: FigureRows, wanted: Wanted) -> dict[str, Any]:
    """Return the table of one page, where it stands, and the addresses of its neighbours."""
    assert found.rows is not None
    assert found.counts is not None
    total = found.counts[min(wanted.which, len(found.counts) - 1)]
    table: TraceTable = table_of(found)
    end = wanted.start + found.rows.height
    return {
        "table": table,
        "total": total,
        "first": wanted.start + 1,
        "last": end,
        "which": min(wanted.which, len(found.counts) - 1),
        "of_period": address(request.GET, of=None, **{"from": None}),
        "of_baseline": address(request.GET, of="baseline", **{"from": None}),
        "earlier": address(request.GET, **{"from": str(max(0, wanted.start - SIZE))}) if wanted.start else "",
        "later": address(request.GET, **{"from": str(end)}) if end < total else "",
    }


def tell_rows(request: Any, found: FigureRows, source: Source, sees: Seeing, start: int) -> None:
    """Trail the keys of the rows shown, with what was shown in clear and why."""
    if sees.why:
        request.why = sees.why
    tell(
        request,
        "figure_traced",
        keys_of(found),
        kind=found.asked.measure.record.table,
        figure=found.figure.name,
        paper=source.paper.pk if source.paper else None,
        start=start,
        in_clear=sorted(sees.open_acts),
        manifest=source.opened.manifest.name,
    )


@require_safe
def export(request: Any, form: str) -> HttpResponseBase:
    """Hand out the records behind a figure, masked as on the page."""
    sees = seeing(request)
    if form not in FORMATS or not sees.has_rows:
        raise Http404
    if request.answer.scope == "masked":
        sees = Seeing(has_rows=True)
    which = wanted_of(request).which
    try:
        with source_of(request) as source:
            wanted = Wanted(which, 0, MOST_EXPORTED)
            found = rows_of_figure(source.opened, source.name, wanted, sees.shows, source.printed)
    except FourfoldError as error:
        asked = request.GET.get("name", "")
        return render(request, "papers/trace_ask.html", {"asked": asked, "fault": error}, status=400)
    counts = found.counts or (0,)
    total = counts[min(which, len(counts) - 1)]
    if total > MOST_EXPORTED or found.rows is None:
        fault = WrongUseError(
            f"There are {total:,} records, and an export holds {MOST_EXPORTED:,}."
            if total > MOST_EXPORTED
            else "No records of this figure may be shown.",
            "Ask for a narrower figure: a district, or a shorter period." if total > MOST_EXPORTED else "",
        )
        return render(
            request, "papers/trace_ask.html", {"asked": found.figure.name, "fault": fault}, status=400
        )
    table = table_of(found, every_column=True)
    if sees.why:
        request.why = sees.why
    table_name = found.asked.measure.record.table
    tell(request, "figure_rows_exported", keys_of(found), kind=table_name, figure=found.figure.name,
         form=form, rows=len(table.rows), in_clear=sorted(sees.open_acts))  # fmt: skip
    return FORMATS[form]("Records behind a figure", table.headings, table.rows, "OFFICIAL-SENSITIVE")
