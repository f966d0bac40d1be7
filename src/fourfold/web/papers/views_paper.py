"""One paper: where it stands, reading it, its checks and figures, building, sending, deciding, downloading."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fourfold.home import FourfoldError, WrongUseError
from fourfold.web.papers import approving, building, throwing
from fourfold.web.papers.figures import EXPORTED, FigureFilterForm, as_row, found_figures, paged
from fourfold.web.papers.findings import findings_of
from fourfold.web.papers.forms import AcceptForm, DecisionForm, ThrowAwayForm
from fourfold.web.papers.history import history_of
from fourfold.web.papers.keeping import FORMS, PAGE, DamagedPaperError, file_name, read_document, read_form
from fourfold.web.papers.models import Paper, RunKind
from fourfold.web.papers.reading import may_approve, may_build, paper_for, tell, visible_papers
from fourfold.web.papers.starting import AlreadyOpenError, start_paper
from fourfold.web.papers.states import COLOURS, OPEN_STATES, can, can_send, can_throw_away
from fourfold.web.papers.work_steps import STEPS
from fourfold.web.papers.writing import standing_texts
from fourfold.web.ui.exports import FORMATS
from fourfold.web.ui.lists import address, filter_tags


def shown(request: Any, template: str, paper: Paper, status: int = 200, **more: Any) -> HttpResponse:
    """Return a page about one paper."""
    facts = {"paper": paper, "colour": COLOURS[paper.state], "can": can, "may_build": may_build(request.user)}
    return render(request, template, facts | more, status=status)


@require_safe
def paper(request: Any, key: int) -> HttpResponse:
    """Show where a paper stands and what may be done with it."""
    one = paper_for(request, key)
    run = one.runs.select_related("asked_by").first()
    makers = approving.made_by(one) if one.state == "sent" else set()
    versions = visible_papers(request.user).filter(force=one.force, to=one.to).order_by("-number")
    is_builder = may_build(request.user)
    facts: dict[str, Any] = {
        "run": run,
        "run_is_dead": run is not None and building.is_dead(run),
        "findings": findings_of(one),
        "can_send": can_send(one),
        "can_throw_away": can_throw_away(one),
        "may_decide": may_approve(request.user) and request.user.pk not in makers,
        "is_own": request.user.pk in makers,
        "versions": versions,
        "has_open_version": versions.filter(state__in=OPEN_STATES).exists(),
        "texts": [text for text in standing_texts(one).values() if text.text.strip()],
        "history": history_of(one) if is_builder or may_approve(request.user) else [],
        "forms": FORMS,
    }
    return shown(request, "papers/paper.html", one, **facts)


@require_safe
def read(request: Any, key: int) -> HttpResponse:
    """Show the paper as it was built, each figure a link to its trace."""
    one = paper_for(request, key)
    if not one.build:
        return redirect("papers:paper", one.pk)
    try:
        content = read_form(one, PAGE).decode("utf-8")
        document = read_document(one)
    except DamagedPaperError as error:
        return shown(request, "papers/damaged.html", one, 409, fault=str(error))
    tell(request, "paper_read", [str(one.pk)], version=one.number, build=one.build)
    # The markup is our own templates' work, with every word escaped there, and its hash has been compared.
    body = mark_safe(content)
    return shown(request, "papers/read.html", one, body=body, document=document)


@require_safe
def checks(request: Any, key: int) -> HttpResponse:
    """Show what the paper's own checks found, each with a link to its place."""
    one = paper_for(request, key)
    return shown(request, "papers/checks.html", one, findings=findings_of(one))


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: Any, key: int, digest: str) -> HttpResponse:
    """Let a warning stand, with the reason."""
    one = paper_for(request, key)
    found = next((found for found in findings_of(one) if found.digest == digest), None)
    if found is None or found.severity != "warning":
        raise Http404
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            approving.accept_warning(
                paper=one, digest=digest, words=form.cleaned_data["words"], by=request.user
            )
        except WrongUseError as error:
            form.add_error(None, str(error))
        else:
            return redirect("papers:checks", one.pk)
    return shown(request, "papers/accept.html", one, form=form, found=found)


@require_safe
def figures(request: Any, key: int) -> HttpResponse:
    """List every figure of the paper, found by words, each a link to its trace."""
    one = paper_for(request, key)
    if not one.build:
        return redirect("papers:paper", one.pk)
    form = FigureFilterForm(request.GET)
    found = found_figures(read_document(one), form)
    listed, start, following = paged(found, request.GET.get("from", ""))
    facts: dict[str, Any] = {
        "form": form,
        "tags": filter_tags(form, request.GET),
        "figures": listed,
        "total": len(found),
        "start": start,
        "earlier": address(request.GET, **{"from": str(max(0, start - len(listed)))}) if start else "",
        "later": address(request.GET, **{"from": str(following)}) if following else "",
        "asked": address(request.GET),
    }
    return shown(request, "papers/figures.html", one, **facts)


@require_safe
def figures_export(request: Any, key: int, form: str) -> HttpResponseBase:
    """Hand out the figures of the paper as they are printed in it."""
    one = paper_for(request, key)
    if not one.build or form not in FORMATS:
        raise Http404
    found = found_figures(read_document(one), FigureFilterForm(request.GET))
    rows = [as_row(figure) for figure in found]
    tell(request, "paper_figures_exported", [str(one.pk)], form=form, rows=len(rows))
    return FORMATS[form](f"Figures of {one}", EXPORTED, rows, one.marking)


@require_safe
def download(request: Any, key: int, form: str) -> HttpResponse:
    """Hand out the paper in one of its forms."""
    one = paper_for(request, key)
    if form not in FORMS or not one.build:
        raise Http404
    try:
        content = read_form(one, form)
    except DamagedPaperError as error:
        return shown(request, "papers/damaged.html", one, 409, fault=str(error))
    tell(request, "paper_downloaded", [str(one.pk)], form=form, sha256=one.hashes[form], state=one.state)
    answer = HttpResponse(content, content_type=FORMS[form][1])
    answer["Content-Disposition"] = f'attachment; filename="{file_name(one, form)}"'
    return answer


@require_POST
def build(request: Any, key: int) -> HttpResponse:
    """Have the paper built in the background."""
    return asked_for(request, key, RunKind.BUILD)


@require_POST
def verify(request: Any, key: int) -> HttpResponse:
    """Have the paper made again in the background and compared with the one that stands."""
    return asked_for(request, key, RunKind.VERIFY)


def asked_for(request: Any, key: int, kind: str) -> HttpResponse:
    one = paper_for(request, key)
    try:
        building.ask_for(paper=one, kind=kind, by=request.user)
    except building.UnderWayError:
        pass  # the button pressed twice, or by two people: both are shown the work that is under way
    except WrongUseError as error:
        return shown(request, "papers/refused.html", one, 409, fault=error)
    return redirect("papers:work", one.pk)


@require_safe
def work(request: Any, key: int) -> HttpResponse:
    """Show how far the work on a paper has come."""
    one = paper_for(request, key)
    run = one.runs.select_related("asked_by").first()
    if run is None:
        return redirect("papers:paper", one.pk)
    steps = STEPS[RunKind(run.kind)]
    return shown(request, "papers/work.html", one, run=run, steps=steps, is_dead=building.is_dead(run))


@require_safe
def work_state(request: Any, key: int) -> HttpResponse:
    """Answer how far the work has come, for the page that asks again."""
    one = paper_for(request, key)
    run = one.runs.first()
    if run is None:
        raise Http404
    return JsonResponse({"run": run.pk, "stage": run.stage, "step": run.step, "words": run.words})


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: Any, key: int) -> HttpResponse:
    """Ask whether to send the paper for approval, then send it."""
    one = paper_for(request, key)
    fault = None
    if request.method == "POST":
        try:
            approving.send(paper=one, seen=request.POST.get("seen", ""), by=request.user)
            return redirect("papers:paper", one.pk)
        except FourfoldError as error:
            if one.state == "sent" and one.sent_by_id == request.user.pk:
                return redirect("papers:paper", one.pk)
            fault = error
    found = [one for one in findings_of(one) if not one.accepted]
    return shown(request, "papers/send.html", one, fault=fault, open_findings=found, can_send=can_send(one))


@require_http_methods(["GET", "HEAD", "POST"])
def throw_away(request: Any, key: int) -> HttpResponse:
    """Ask why a paper is thrown away, then throw it away."""
    one = paper_for(request, key)
    form = ThrowAwayForm(request.POST or None)
    if not can_throw_away(one):
        return redirect("papers:paper", one.pk)
    if request.method == "POST" and form.is_valid():
        try:
            throwing.throw_away(paper=one, words=form.cleaned_data["words"], by=request.user)
        except WrongUseError as error:
            form.add_error(None, str(error))
        else:
            return redirect("papers:paper", one.pk)
    return shown(request, "papers/throw_away.html", one, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Any, key: int) -> HttpResponse:
    """Approve the paper or send it back."""
    one = paper_for(request, key)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = approving.approve if form.cleaned_data["decision"] == "approve" else approving.send_back
        try:
            act(
                paper=one,
                seen=request.POST.get("seen", ""),
                words=form.cleaned_data["words"],
                by=request.user,
            )
        except FourfoldError as error:
            form.add_error(None, str(error))
        else:
            return redirect("papers:paper", one.pk)
    is_own = request.user.pk in approving.made_by(one)
    findings = findings_of(one)
    return shown(request, "papers/decide.html", one, form=form, is_own=is_own, findings=findings)


@require_POST
def next_version(request: Any, key: int) -> HttpResponse:
    """Start the version after this one; one that is being worked on is opened in its place."""
    one = paper_for(request, key)
    try:
        made = start_paper(force=one.force, to=one.to, by=request.user)
    except AlreadyOpenError as error:
        made = error.paper
    return redirect("papers:paper", made.pk)
