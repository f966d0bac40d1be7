"""The list of papers, its exports, and starting a paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.home import DataProblemError, WrongUseError
from fourfold.pipeline.loaded import what_is_loaded
from fourfold.web.papers.forms import PaperFilterForm, StartForm
from fourfold.web.papers.models import Paper
from fourfold.web.papers.reading import may_build, tell, visible_papers
from fourfold.web.papers.starting import AlreadyOpenError, start_paper
from fourfold.web.papers.states import COLOURS, READ_BY_ALL
from fourfold.web.ui.exports import FORMATS
from fourfold.web.ui.keyset import keyset_page
from fourfold.web.ui.lists import address, chosen_sort, filter_tags, headings

COLUMNS = (("force_name", "Force"), ("to", "Period"), ("number", "Version"), ("state", "State"), ("", "Checks found"),
           ("", "Built by"), ("", "Approved by"), ("changed_at", "Last change"))  # fmt: skip
ORDERS = {
    order: [order, f"{'-' if order.startswith('-') else ''}id"]
    for column in ("force_name", "to", "number", "state", "changed_at")
    for order in (column, f"-{column}")
}
LATEST_FIRST = "-changed_at"
MOST_EXPORTED = 10_000


def chosen(request: Any, form: PaperFilterForm) -> QuerySet[Paper]:
    """Return the papers that the person may see and the filters let through."""
    found = visible_papers(request.user)
    if not form.is_valid():
        return found.none()
    asked = form.cleaned_data
    for word in asked["q"].split():
        people = ("started_by", "built_by", "decided_by")
        named = Q(force_name__icontains=word) | Q(force__icontains=word)
        for person in people:
            named |= Q(**{f"{person}__name__icontains": word})
        found = found.filter(named)
    if asked["state"]:
        found = found.filter(state=asked["state"])
    if asked["year"]:
        found = found.filter(to__year=int(asked["year"]))
    if asked["checks"] == "errors":
        found = found.filter(errors__gt=0)
    elif asked["checks"] == "warnings":
        found = found.filter(warnings__gt=0)
    elif asked["checks"] == "none":
        found = found.filter(build__gt=0, errors=0, warnings=0)
    return found


@require_safe
def papers(request: Any) -> HttpResponse:
    """List papers, filtered, sorted, a page at a time."""
    form = PaperFilterForm(request.GET)
    sort = chosen_sort(request.GET, ORDERS, LATEST_FIRST)
    listed = keyset_page(chosen(request, form), ORDERS[sort], request.GET.get("page", ""))
    context = {
        "form": form,
        "tags": filter_tags(form, request.GET),
        "headings": headings(COLUMNS, request.GET, sort),
        "listed": listed,
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
        "asked": address(request.GET, page=None),
        "may_build": may_build(request.user),
        "colours": COLOURS,
    }
    return render(request, "papers/list.html", context)


EXPORTED = (
    "Force",
    "Period",
    "Version",
    "State",
    "Errors",
    "Warnings",
    "Built by",
    "Approved by",
    "Last change",
)


@require_safe
def export(request: Any, form: str) -> HttpResponseBase:
    """Hand out the list as it is filtered."""
    if form not in FORMATS:
        raise Http404
    sort = chosen_sort(request.GET, ORDERS, LATEST_FIRST)
    found = chosen(request, PaperFilterForm(request.GET)).order_by(*ORDERS[sort])[:MOST_EXPORTED]
    rows = [exported(paper) for paper in found]
    tell(request, "papers_exported", [], form=form, rows=len(rows))
    return FORMATS[form]("Papers", EXPORTED, rows, "OFFICIAL")


def exported(paper: Paper) -> tuple[Any, ...]:
    """Return one paper as a row of the list handed out."""
    return (
        paper.force_name,
        paper.period_words,
        paper.number,
        paper.get_state_display(),
        paper.errors if paper.build else None,
        paper.warnings if paper.build else None,
        paper.built_by.name if paper.built_by else None,
        paper.decided_by.name if paper.decided_by and paper.state in READ_BY_ALL else None,
        paper.changed_at,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Any) -> HttpResponse:
    """Start a paper; one that is being worked on already is opened in its place."""
    loaded = what_is_loaded(settings.HOME)
    form = StartForm(request.POST or None, loaded=loaded)
    if request.method == "POST" and form.is_valid():
        try:
            paper = start_paper(force=form.cleaned_data["force"], to=form.to, by=request.user)
        except AlreadyOpenError as error:
            return redirect("papers:paper", error.paper.pk)
        except (WrongUseError, DataProblemError) as error:
            form.add_error(None, str(error))
        else:
            return redirect("papers:paper", paper.pk)
    return render(request, "papers/start.html", {"form": form, "is_loaded": bool(loaded.last_month)})
