"""The page of one case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fourfold.pipeline.trace import MASK
from fourfold.pipeline.victim_facts import narratives_of
from fourfold.web.accounts.matrix import ROLES
from fourfold.web.accounts.permission import may
from fourfold.web.handover.deciding import is_on_its_way
from fourfold.web.trail.models import TrailEntry, TrailSubject
from fourfold.web.trail.recording import record
from fourfold.web.trail.search import act_words
from fourfold.web.victim_care.actions.ending import ENDED_BY_HAND
from fourfold.web.victim_care.catalogue import GROUNDS, OUTCOMES, PARTNERS, label, standing
from fourfold.web.victim_care.codes import nfib_name
from fourfold.web.victim_care.dues import due_state
from fourfold.web.victim_care.duties import duties, state_hint
from fourfold.web.victim_care.models import Case, CaseEvent, SharedReferral
from fourfold.web.victim_care.scope import OWN, is_masked, seen_case
from fourfold.web.victim_care.states import State, Step, can
from fourfold.web.victim_care.told import is_met

SHOWN_EVENTS = 50
KINDS_ON_TASK_LIST = ("advice", "materials", "questionnaire")
LOOKS = 100
ROLE_WORDS = {role.key: role.words.lower() for role in ROLES}


@require_safe
def case_page(request: Any, key: int) -> HttpResponse:
    """Show one case: what is known, what is due, what was done, who looked."""
    case = seen_case(request, key)
    request.answer = may(request.user, "see_victims", unit=case.unit, why=request.why)
    masked, today = is_masked(request.answer), timezone.localdate()
    work = may(request.user, "work_cases", unit=case.unit)
    may_work = bool(work) and (work.scope not in OWN or case.officer_id == request.user.pk)
    events = list(_events(case, everything="all" in request.GET))
    tasks = list(case.tasks.filter(ended_at=None).order_by("due_on", "id"))
    reports, referrals = list(case.reports.all()), list(case.referrals.select_related("by"))
    done = CaseEvent.objects.filter(case=case, kind__in=KINDS_ON_TASK_LIST).order_by("at", "id")
    latest = {event.kind: event for event in done}
    codes = [one.nfib_code for one in reports]
    context = {
        "case": case,
        "name": MASK if masked and case.name else case.name or "No name told",
        "masked": masked,
        "mask": MASK,
        "state": State(case.state),
        "due": due_state(case.due_on, today),
        "today": today,
        "may_work": may_work,
        "can": {step.value: may_work and can(step, case.state) for step in Step},
        "duties": duties(case, tasks, latest, case.attempts.count(), referrals, codes, today)
        if may_work
        else [],
        "hint": state_hint(case),
        "outcome": label(OUTCOMES, case.outcome) if case.outcome else "",
        "is_met": is_met,
        "settles": standing("victim_care.what_settles"),
        "tasks": [task for task in tasks if task.kind in ENDED_BY_HAND],
        "due_state": due_state,
        "reports": reports,
        "nfib_name": nfib_name,
        "assessments": case.assessments.select_related("by"),
        "referrals": referrals,
        "questionnaire": _questionnaire(latest.get("questionnaire")),
        "label": label,
        "partners": PARTNERS,
        "grounds": GROUNDS,
        "joined": case.joined.all() if not case.joined_to_id else [],
        "events": events[:SHOWN_EVENTS] if "all" not in request.GET else events,
        "has_more": len(events) > SHOWN_EVENTS and "all" not in request.GET,
        "looks": looks_at(case),
        "may_read_narratives": _may_read_narratives(request, case),
        "is_on_its_way": is_on_its_way("person", case.person_id),
    }
    _tell_opened(request, case)
    return render(request, "victim_care/case.html", context)


def _tell_opened(request: Any, case: Case) -> None:
    with transaction.atomic():
        record(
            "case_opened",
            by=request.user,
            answer=request.answer,
            subject_kind="person",
            subject_refs=[case.person_id],
            why=request.why,
        )


def _events(case: Case, everything: bool) -> Any:
    found = CaseEvent.objects.filter(case=case).select_related("by").order_by("-at", "-id")
    return found if everything else found[: SHOWN_EVENTS + 1]


def _questionnaire(latest: CaseEvent | None) -> list[tuple[str, str]]:
    """Return the last answers to the romance-fraud questionnaire, each with its question."""
    if latest is None:
        return []
    asked = {one["key"]: one["label"] for one in standing("victim_care_questionnaire.questions")}
    return [(asked.get(key, key), str(answer)) for key, answer in latest.value["answers"].items()]


@dataclass(frozen=True)
class Look:
    """One person who looked at a case, with what they did there, the latest first."""

    who: str
    role: str
    at: datetime
    acts: list[str]


def looks_at(case: Case) -> list[Look]:
    """Return who looked at a case among the last entries of the trail that name it, each person once."""
    # Who asked the trail about a person ("key") is between the data-protection officer and the trail.
    looked = TrailSubject.objects.filter(ref=case.person_id).exclude(kind="key")
    numbers = looked.order_by("-number").values_list("number", flat=True)
    entries = TrailEntry.objects.filter(number__in=list(numbers[:LOOKS])).order_by("-number")
    found: dict[tuple[str, str], Look] = {}
    for entry in entries:
        role = ROLE_WORDS.get(entry.role, entry.role) or "the system"
        look = found.setdefault(
            (entry.who_id, entry.role), Look(entry.who_name or "Fourfold", role, entry.at, [])
        )
        words = act_words(entry.act).lower()
        if words not in look.acts:
            look.acts.append(words)
    return list(found.values())


def _may_read_narratives(request: Any, case: Case) -> bool:
    answer = may(request.user, "see_narratives", unit=case.unit)
    is_theirs = answer.scope not in OWN or case.officer_id == request.user.pk
    return (bool(answer) or answer.needs_reason) and is_theirs and answer.scope != "sampled"


@require_safe
def narratives(request: Any, key: int) -> HttpResponse:
    """Show what the victim wrote, read from the lake for this page alone."""
    case = seen_case(request, key, "see_narratives")
    refs = list(case.reports.values_list("report_ref", flat=True))
    told = narratives_of(settings.HOME, refs, case.force).to_dicts()
    with transaction.atomic():
        record(
            "narratives_read",
            by=request.user,
            answer=request.answer,
            subject_kind="person",
            subject_refs=[case.person_id],
            why=request.why,
            detail={"reports": len(told)},
        )
    return render(request, "victim_care/narratives.html", {"case": case, "told": told})


@require_safe
def referral(request: Any, key: int, number: int) -> HttpResponse:
    """Show one referral with exactly what left the force, to print or to look up."""
    case = seen_case(request, key)
    answer = may(request.user, "see_victims", unit=case.unit, why=request.why)
    found = get_object_or_404(SharedReferral.objects.select_related("by"), pk=number, case=case)
    with transaction.atomic():
        record(
            "referral_opened",
            by=request.user,
            answer=answer,
            subject_kind="person",
            subject_refs=[case.person_id],
            why=request.why,
        )
    context = {
        "case": case,
        "referral": found,
        "partner": label(PARTNERS, found.partner),
        "ground": label(GROUNDS, found.ground),
        "shared": {words: MASK for words in found.shared} if is_masked(answer) else found.shared,
        "masked": is_masked(answer),
    }
    return render(request, "victim_care/referral.html", context)
