"""Findings: the page, signing them off, files, and the actions that come of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.home import WrongUseError
from fourfold.web.accounts.models import Membership, User
from fourfold.web.accounts.permission import NotAllowedError, may
from fourfold.web.audit.actions import acting, signing
from fourfold.web.audit.downloads import FORMS, file_name, findings_file, pack_file
from fourfold.web.audit.drawing import force_words
from fourfold.web.audit.finding import findings_of
from fourfold.web.audit.forms.lists import ActionFilterForm
from fourfold.web.audit.forms.planning import ActionForm, EndActionForm, SignForm
from fourfold.web.audit.listing import ACTION_ORDERS, actions
from fourfold.web.audit.models import Action, Reading, Sample
from fourfold.web.audit.questions import ANSWER_WORDS, period_words, questionnaire_of, strata_of
from fourfold.web.audit.readers import roles_that
from fourfold.web.audit.scope import runs_audits, visible_samples, with_findings
from fourfold.web.audit.shares import SHARES, questions_of, reasons_of
from fourfold.web.audit.states import State, Step, can
from fourfold.web.audit.views.common import show, trail, try_to_save, version_of
from fourfold.web.handover.models import OutboxDecision
from fourfold.web.ui.exports import FORMATS
from fourfold.web.ui.keyset import Page, keyset_page
from fourfold.web.ui.lists import address, chosen_sort, filter_tags, headings

ACTION_COLUMNS = (("", "What is to be done"), ("", "Audit"), ("", "Who"), ("due", "By when"), ("", "State"))
ACTION_HEADINGS = [
    "Action",
    "Audit",
    "Period",
    "Question",
    "Group",
    "Who",
    "By when",
    "State",
    "What became of it",
]
MARKING = "OFFICIAL-SENSITIVE"


@require_safe
def findings(request: Any, key: int) -> HttpResponse:
    """Show what an audit found, for the force and each group, with what is not known beside what is."""
    sample = with_findings(request, key)
    told, asked, strata = findings_of(sample), questionnaire_of(sample), strata_of(sample)
    trail(request, "audit_findings_opened", "audit", [sample.ref])
    context = {
        "sample": sample,
        "state": State(sample.state),
        "period": period_words(sample),
        "force": force_words(sample.force),
        "questions": questions_of(told, asked, strata),
        "shares": SHARES,
        "overall": told["agreements"].get("", {}),
        "out_of_scope": reasons_of(told, ""),
        "answer_words": ANSWER_WORDS,
        "earlier": told["earlier"],
        "labels": {one.question: one.short for one in asked.questions},
        "strata": strata,
        "actions": [_action_line(one) for one in sample.actions.select_related("owner")],
        "runs": runs_audits(request.user),
        "may_sign": _may_sign(request, sample),
        "drew": request.user.pk == sample.drawn_by_id,
        "forms": FORMS,
        "is_on_its_way": is_on_its_way(sample),
    }
    return show(request, "findings.html", context)


def _may_sign(request: Any, sample: Sample) -> bool:
    answer = may(request.user, "approve")
    is_another = request.user.pk != sample.drawn_by_id
    return answer.scope in signing.SIGNS and is_another and can(Step.APPROVE, sample.state)


def is_on_its_way(sample: Sample) -> bool:
    """Return whether a decision of this audit has not reached the lake yet: figures of papers do not have it."""
    refs = list(sample.crimes.filter(finished_at__isnull=False).values_list("crime_ref", flat=True))
    waiting = OutboxDecision.objects.filter(carried_at__isnull=True)
    return bool(
        waiting.filter(
            Q(subject="audit", subject_ref=sample.ref)
            | Q(subject="crime", subject_ref__in=refs, kind="audit_reading")
        ).exists()
    )


@require_safe
def findings_download(request: Any, key: int, form: str) -> HttpResponse:
    """Hand out the findings as a file."""
    sample = with_findings(request, key)
    if form not in FORMS:
        raise Http404
    trail(request, "audit_findings_fetched", "audit", [sample.ref], form=form)
    return _file(findings_file(sample, form), file_name(sample, "findings", form), form)


@require_safe
def pack_download(request: Any, key: int, form: str) -> HttpResponse:
    """Hand out the blank questionnaires of the crimes that the person still has to read."""
    sample = get_object_or_404(Sample, pk=key, state=State.BEING_READ)
    left = Reading.objects.filter(crime__sample=sample, reader=request.user, in_at=None).select_related(
        "crime"
    )
    refs = [one.crime.crime_ref for one in left]
    if form not in FORMS or not refs:
        raise Http404
    trail(request, "audit_pack_fetched", "crime", refs, audit=sample.ref, form=form)
    return _file(pack_file(sample, request.user, form), file_name(sample, "audit pack", form), form)


def _file(content: bytes, name: str, form: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=FORMS[form][1])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: Any, key: int) -> HttpResponse:
    """Sign findings off, or have crimes read again: by another auditor than who drew."""
    sample = with_findings(request, key)
    if not can(Step.APPROVE, sample.state):
        return redirect("audit:findings", sample.pk)
    fault = _signer_fault(request, sample)
    form = SignForm(request.POST or None, version=sample.version)
    if request.method == "POST" and not fault and form.is_valid():
        told = form.cleaned_data
        saved = (
            "The findings are signed off." if told["decision"] == "approve" else "The crimes were sent back."
        )
        done = try_to_save(request, form, lambda: _decide(request, sample, form), saved, version_of(sample))
        if done:
            sent_back = told["decision"] == "send_back"
            return redirect("audit:sample" if sent_back else "audit:findings", sample.pk)
    context = {"sample": sample, "form": form, "fault": fault, "period": period_words(sample)}
    return show(request, "sign_off.html", context)


def _signer_fault(request: Any, sample: Sample) -> str:
    try:
        signing.check_signer(sample, request.user)
    except WrongUseError as error:
        return str(error)
    return ""


def _decide(request: Any, sample: Sample, form: SignForm) -> None:
    told = form.cleaned_data
    if told["decision"] == "approve":
        signing.approve(
            sample=sample.pk,
            findings=findings_of(sample),
            words=told["words"],
            by=request.user,
            **form.common,
        )
        return
    known = dict(sample.crimes.filter(crime_ref__in=form.refs).values_list("crime_ref", "pk"))
    unknown = [ref for ref in form.refs if ref not in known]
    if unknown:
        raise WrongUseError(f"These crimes are not in the sample: {', '.join(unknown[:5])}.")
    signing.send_back(
        sample=sample.pk, crimes=known.values(), why=told["words"], by=request.user, **form.common
    )


def owners() -> list[tuple[str, str]]:
    """Return everybody who may read findings, to do something about them."""
    able = Membership.objects.filter(role__in=roles_that("read_findings")).values("person")
    return [(str(one.pk), str(one.name)) for one in User.objects.filter(is_active=True, pk__in=able)]


@require_http_methods(["GET", "HEAD", "POST"])
def add_action(request: Any, key: int) -> HttpResponse:
    """Set an action about a finding."""
    sample = with_findings(request, key)
    asked = questionnaire_of(sample)
    form = ActionForm(
        request.POST or None,
        questions=[(one.question, one.short) for one in asked.questions],
        strata=list(strata_of(sample).items()),
        owners=owners(),
        version=sample.version,
        initial={"question": request.GET.get("question", "")},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = try_to_save(
            request,
            form,
            lambda: acting.set_action(
                sample=sample.pk,
                question=told["question"],
                stratum=told["stratum"],
                words=told["words"],
                owner=User.objects.get(pk=int(told["owner"])),
                due_on=told["due_on"],
                by=request.user,
                form_key=told["form_key"],
            ),
            "The action is set.",
        )
        if done:
            return redirect("audit:findings", sample.pk)
    return show(request, "action.html", {"sample": sample, "form": form, "period": period_words(sample)})


@require_http_methods(["GET", "HEAD", "POST"])
def end_action(request: Any, key: int) -> HttpResponse:
    """Say what became of an action: by its owner, or by whoever runs audits."""
    visible = Action.objects.filter(sample__in=visible_samples(request.user))
    action = get_object_or_404(visible.select_related("sample", "owner"), pk=key)
    if action.owner_id != request.user.pk and not runs_audits(request.user):
        raise NotAllowedError(may(request.user, "run_audits"), is_hidden=False)
    if action.state != acting.OPEN:
        messages.info(request, f"This action is {acting.STATES[action.state].lower()} already.")
        return redirect("audit:actions")
    form = EndActionForm(request.POST or None, version=action.version)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = try_to_save(
            request,
            form,
            lambda: acting.end_action(
                action=action.pk, state=told["state"], words=told["words"], by=request.user, **form.common
            ),
            "What became of the action is saved.",
        )
        if done:
            return redirect("audit:actions")
    context = {
        "action": action,
        "line": _action_line(action),
        "form": form,
        "period": period_words(action.sample),
    }
    return show(request, "end_action.html", context)


def _action_line(one: Action) -> dict[str, Any]:
    late = one.state == acting.OPEN and one.due_on < timezone.localdate()
    asked = {each.question: each.short for each in questionnaire_of(one.sample).questions}
    colour = {"open": "blue", "done": "green", "dropped": "grey"}[one.state]
    return {
        "pk": one.pk,
        "words": one.words,
        "owner": str(one.owner.name),
        "owner_pk": one.owner_id,
        "due_on": one.due_on,
        "word": "Late" if late else acting.STATES[one.state],
        "colour": "red" if late else colour,
        "is_open": one.state == acting.OPEN,
        "question": asked.get(one.question, "All questions"),
        "stratum": strata_of(one.sample).get(one.stratum, "All groups"),
        "ended_words": one.ended_words,
        "sample_pk": one.sample_id,
        "audit": f"{one.sample.title}, {period_words(one.sample)}",
    }


@require_safe
def action_list(request: Any) -> HttpResponse:
    """List the actions of all audits that the person sees."""
    form = ActionFilterForm(request.GET, owners=owners())
    visible = visible_samples(request.user)
    sort = chosen_sort(request.GET, ACTION_ORDERS, "due")
    listed = Page([])
    among = Action.objects.filter(sample__in=visible)
    if form.is_valid():
        found = actions(form.cleaned_data, visible, timezone.localdate()).select_related("owner", "sample")
        listed = keyset_page(found, ACTION_ORDERS[sort], request.GET.get("page", ""), among=among)
    context = {
        "form": form,
        "tags": filter_tags(form, request.GET),
        "headings": headings(ACTION_COLUMNS, request.GET, sort),
        "listed": listed,
        "rows": [_action_line(one) for one in listed.rows],
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
        "runs": runs_audits(request.user),
        "query": address(request.GET, page=None),
    }
    return show(request, "actions.html", context)


@require_safe
def actions_export(request: Any, kind: str) -> HttpResponseBase:
    """Hand out the list of actions as a file."""
    form = ActionFilterForm(request.GET, owners=owners())
    if kind not in FORMATS or not form.is_valid():
        raise Http404
    visible = visible_samples(request.user)
    order = ACTION_ORDERS[chosen_sort(request.GET, ACTION_ORDERS, "due")]
    found = actions(form.cleaned_data, visible, timezone.localdate()).order_by(*order)
    rows = [_action_row(one) for one in found.select_related("owner", "sample")]
    refs = sorted({one.sample.ref for one in found})
    trail(request, "audit_actions_exported", "audit", refs, kind=kind, rows=len(rows))
    return FORMATS[kind]("audit actions", ACTION_HEADINGS, rows, MARKING)


def _action_row(one: Action) -> tuple[Any, ...]:
    line = _action_line(one)
    return (
        one.words,
        one.sample.title,
        period_words(one.sample),
        line["question"],
        line["stratum"],
        line["owner"],
        one.due_on,
        line["word"],
        one.ended_words,
    )
