"""The pages on which something is done on a case: opened, refused, saved, or shown beside what changed meanwhile."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from fourfold.home import WrongUseError
from fourfold.web.accounts.models import User
from fourfold.web.trail.recording import record
from fourfold.web.ui.fields import plain_text, whole_number
from fourfold.web.victim_care.actions import ending, noting, sharing
from fourfold.web.victim_care.actions.changing import ChangedMeanwhileError, SavedAlreadyError
from fourfold.web.victim_care.assessing import questions_by_part, suggest
from fourfold.web.victim_care.catalogue import GROUNDS, PARTNERS, TOPICS, entries, label, standing
from fourfold.web.victim_care.forms.steps import LONGEST_TEXT, AssignForm, CaseForm, ReferForm
from fourfold.web.victim_care.models import Case, CaseTask, Draft, Stock
from fourfold.web.victim_care.scope import officers_of, seen_case
from fourfold.web.victim_care.states import REFUSALS, State, Step, StepRefusedError, can
from fourfold.web.victim_care.steps import BY_SLUG, StepPage

LONGEST_NAME = 80
"""Characters kept of the name of a field in a draft."""


@require_http_methods(["GET", "HEAD", "POST"])
def step_page(request: Any, key: int, what: str) -> HttpResponse:
    """Show the form of one step, and save it."""
    if what not in BY_SLUG:
        raise Http404
    step, case = BY_SLUG[what], seen_case(request, key, "work_cases")
    if not can(step.step, case.state):
        return refused_step(request, case)
    if request.method != "POST":
        trail_opened(request, case, what)
        return show(request, step, case, step.form(case=case, initial=drafted(request, case, step)))
    if request.POST.get("do") == "draft" and step.keeps_draft:
        keep_draft(request, case, step.slug, request.POST)
        messages.success(request, "The draft was kept. It is not on the case yet.")
        return redirect("victim_care:step", case.pk, step.slug)
    form = step.form(request.POST, case=case)
    if not form.is_valid() or (what == "assess" and not has_decided(form)):
        trail_opened(request, case, what)
        return show(request, step, case, form)
    saved = try_to_save(request, form, lambda: step.save(case.pk, form, request.user), step.saved)
    if saved is not None:
        return redirect("victim_care:case", case.pk)
    trail_opened(request, case, what)
    return show(request, step, case, form)


def try_to_save(request: Any, form: Any, save: Callable[[], Any], saved: str) -> bool | None:
    """Save, and say so; None where the form must be shown again, with what is wrong on it."""
    try:
        save()
    except SavedAlreadyError as error:
        messages.info(request, str(error))
        return True
    except StepRefusedError as error:
        messages.error(request, f"Nothing was saved. {error}")
        return False
    except ChangedMeanwhileError as error:
        form.changed = error.events
        form.standing = error.case
        form.data = form.data.copy()
        form.data["seen"] = str(error.case.version)
        form.add_error(None, str(error))
        return None
    except WrongUseError as error:
        form.add_error(None, str(error))
        form.data = form.data.copy()
        form.data["form_key"] = uuid.uuid4().hex
        return None
    messages.success(request, saved)
    return True


def show(request: Any, step: StepPage, case: Case, form: CaseForm) -> HttpResponse:
    """Return the page of a step."""
    context: dict[str, Any] = {
        "step": step,
        "case": case,
        "form": form,
        "topics": [],
        "changed": getattr(form, "changed", None),
    }
    template = "victim_care/step.html"
    if step.slug == "assess":
        template = "victim_care/assess.html"
        context |= {"parts": questions_by_part(), "definition": standing("victim_care_assessment.definition")}
        if form.is_bound and not _question_errors(form):
            context["suggestion"] = suggest(form.answers)
    if step.slug in ("call", "advice"):
        context |= {"topics": entries(TOPICS), "reminders": standing("victim_care.scripts_offered")}
    if step.slug in ("call", "materials"):
        context["stock"] = dict(Stock.objects.filter(unit=case.unit_id).values_list("material", "on_hand"))
    return render(request, template, context)


def has_decided(form: Any) -> bool:
    """Return whether the officer has seen what these answers suggest, and decided."""
    suggestion = suggest(form.answers)
    if form.cleaned_data["suggestion_seen"] == suggestion.level and form.cleaned_data["level"]:
        if (
            form.cleaned_data["level"] != suggestion.level
            and not form.cleaned_data["differs_because"].strip()
        ):
            form.add_error("differs_because", f"Say why, for {suggestion.words.lower()} is suggested")
            return False
        return True
    if form.cleaned_data["suggestion_seen"] == suggestion.level:
        form.add_error("level", "Choose the level of support you decide on")
    form.data = form.data.copy()
    form.data["suggestion_seen"] = suggestion.level
    return False


def _question_errors(form: Any) -> bool:
    return any(name.startswith("q_") for name in form.errors)


def refused_step(request: Any, case: Case) -> HttpResponse:
    """Send the officer back to a case whose state does not allow the step, saying so."""
    messages.error(request, REFUSALS[State(case.state)])
    return redirect("victim_care:case", case.pk)


def trail_opened(request: Any, case: Case, page: str) -> None:
    """Trail that a page of a case was opened."""
    with transaction.atomic():
        record(
            "case_opened",
            by=request.user,
            answer=request.answer,
            subject_kind="person",
            subject_refs=[case.person_id],
            why=request.why,
            detail={"page": page},
        )


def drafted(request: Any, case: Case, step: StepPage) -> dict[str, Any]:
    """Return what this officer typed before and did not save."""
    if not step.keeps_draft:
        return {}
    draft = Draft.objects.filter(case=case, person=request.user, form=step.slug).first()
    return {**draft.values, "draft_at": draft.at} if draft else {}


def keep_draft(request: Any, case: Case, form: str, told: Any, number: int = 0) -> None:
    """Keep what was typed; an older one that comes late does not take the place of a newer one."""
    values: dict[str, Any] = {}
    for name in told:
        if name in ("csrfmiddlewaretoken", "do", "number", "seen", "form_key", "suggestion_seen"):
            continue
        listed = [plain_text(one, LONGEST_TEXT) for one in told.getlist(name)]
        values[plain_text(name, LONGEST_NAME)] = listed if name == "topics" else listed[-1]
    for name in ("call_again_on",):
        parts = [values.pop(f"{name}_{part}", "") for part in ("day", "month", "year")]
        if any(parts):
            values[name] = parts
    standing_draft = Draft.objects.filter(case=case, person=request.user, form=form).first()
    if standing_draft is not None and number and standing_draft.number > number:
        return
    Draft.objects.update_or_create(
        case=case,
        person=request.user,
        form=form,
        defaults={"values": values, "number": number, "at": timezone.now()},
    )


@require_POST
def autosave(request: Any, key: int, what: str) -> HttpResponse:
    """Keep a draft that the page sends by itself; answers without a page."""
    case = seen_case(request, key, "work_cases")
    if what not in BY_SLUG or not BY_SLUG[what].keeps_draft:
        raise Http404
    keep_draft(request, case, what, request.POST, whole_number(request.POST.get("number", "")) or 0)
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: Any, key: int) -> HttpResponse:
    """Give a case to an officer, to oneself or to nobody."""
    case = seen_case(request, key, "work_cases")
    if not can(Step.ASSIGN, case.state):
        return refused_step(request, case)
    officers = [(str(one.pk), one.name) for one in officers_of([case.unit_id])]
    if request.method != "POST":
        trail_opened(request, case, "assign")
        form = AssignForm(case=case, officers=officers, initial={"officer": case.officer_id or ""})
        return render(request, "victim_care/assign.html", {"case": case, "form": form})
    form = AssignForm(request.POST, case=case, officers=officers)
    if form.is_valid():
        told = form.cleaned_data
        officer = User.objects.get(pk=int(told["officer"])) if told["officer"] else None
        saved = try_to_save(
            request,
            form,
            lambda: noting.assign(
                case=case.pk, officer=officer, by=request.user, seen=told["seen"], form_key=told["form_key"]
            ),
            f"The case was given to {officer.name}." if officer else "Nobody has the case now.",
        )
        if saved is not None:
            return redirect("victim_care:case", case.pk)
    trail_opened(request, case, "assign")
    return render(
        request,
        "victim_care/assign.html",
        {"case": case, "form": form, "changed": getattr(form, "changed", None)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: Any, key: int) -> HttpResponse:
    """Refer a victim to a partner: the form, then exactly what would leave, then the referral."""
    case = seen_case(request, key, "work_cases")
    if not can(Step.WORK, case.state):
        return refused_step(request, case)
    form = ReferForm(request.POST or None, case=case)
    if request.method != "POST" or not form.is_valid() or request.POST.get("do") == "change":
        trail_opened(request, case, "refer")
        return render(request, "victim_care/refer.html", {"case": case, "form": form})
    told = form.cleaned_data
    shared = sharing.to_share(case, told["partner"])
    if request.POST.get("do") == "share":
        checked = dict(zip(request.POST.getlist("word"), request.POST.getlist("value"), strict=False))
        saved = try_to_save(
            request,
            form,
            lambda: sharing.refer(
                case=case.pk,
                partner=told["partner"],
                ground=told["ground"],
                has_consent=told["has_consent"],
                why=told["why"],
                checked=checked,
                by=request.user,
                seen=told["seen"],
                form_key=told["form_key"],
            ),
            f"The referral to {label(PARTNERS, told['partner'])} was saved.",
        )
        if saved is not None:
            return redirect("victim_care:case", case.pk)
    trail_opened(request, case, "refer")
    context = {
        "case": case,
        "form": form,
        "shared": shared,
        "partner": label(PARTNERS, told["partner"]),
        "ground": label(GROUNDS, told["ground"]),
        "changed": getattr(form, "changed", None),
    }
    return render(request, "victim_care/refer_check.html", context)


@require_POST
def end_task(request: Any, key: int, task: int) -> HttpResponse:
    """Say that a waiting task is done."""
    case = seen_case(request, key, "work_cases")
    if not CaseTask.objects.filter(pk=task, case=case).exists():
        raise Http404
    seen = whole_number(request.POST.get("seen", ""))
    words = plain_text(request.POST.get("words", ""), 200)
    try:
        ending.end_task(
            case=case.pk,
            task=task,
            words=words,
            by=request.user,
            seen=case.version if seen is None else seen,
            form_key=plain_text(request.POST.get("form_key", ""), 32),
        )
    except WrongUseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The task is done.")
    return redirect("victim_care:case", case.pk)


@require_POST
def take(request: Any, key: int) -> HttpResponse:
    """Give a case to oneself."""
    case = seen_case(request, key, "work_cases")
    seen = whole_number(request.POST.get("seen", ""))
    try:
        noting.assign(
            case=case.pk,
            officer=request.user,
            by=request.user,
            seen=case.version if seen is None else seen,
        )
    except WrongUseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The case is yours.")
    return redirect("victim_care:case", case.pk)
