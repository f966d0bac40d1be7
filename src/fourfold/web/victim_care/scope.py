"""Which cases a person may see, and how much of them: asked here and nowhere else on this desk."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from fourfold.web.accounts.matrix import NO
from fourfold.web.accounts.models import Membership, Unit, User
from fourfold.web.accounts.permission import Answer, may, standing_matrix
from fourfold.web.trail.recording import record
from fourfold.web.victim_care.models import Case

SEES_CASES = ("yes", "with_reason", "own_unit", "own_cases", "own_list", "masked")
"""Answers of `see_victims` that show cases; a sample of an audit is drawn by a later desk and shows none yet."""
OWN = ("own_cases", "own_list")
EXPORTS_OWN = ("own_list", "own_cases")
"""Answers of `export_rows` that hand out no more than a person's own cases."""
EXPORTS = (*EXPORTS_OWN, "yes", "own_unit", "masked")


def is_masked(answer: Answer) -> bool:
    """Return whether names and contact details are hidden from whoever has this answer."""
    return answer.scope == "masked"


def visible_cases(answer: Answer, person: Any) -> QuerySet[Case]:
    """Return the cases that an answer of `see_victims` shows to a person."""
    if answer.scope not in SEES_CASES or not answer:
        return Case.objects.none()
    found = Case.objects.all()
    if answer.units:
        found = found.filter(unit__in=unit_keys(answer))
    if answer.scope in OWN:
        found = found.filter(officer=person.pk)
    return found


def unit_keys(answer: Answer) -> list[int]:
    """Return the keys of the units that an answer is held to."""
    return list(Unit.objects.filter(code__in=answer.units).values_list("pk", flat=True))


def working_roles() -> list[str]:
    """Return the roles that may work on cases."""
    return [role for role, scope in standing_matrix().act("work_cases").scopes.items() if scope != NO]


def officers_of(units: Collection[int] | None) -> QuerySet[User]:
    """Return the people who work on cases of these units, or of any where None."""
    held = Membership.objects.filter(role__in=working_roles())
    if units is not None:
        held = held.filter(unit__in=units)
    return User.objects.filter(is_active=True, pk__in=held.values("person"))


def seen_case(request: Any, key: int, act: str = "see_victims") -> Case:
    """Return a case that the request's person may see; any other answers 404, and that they asked is trailed."""
    case: Case | None = Case.objects.select_related("unit", "officer", "joined_to").filter(pk=key).first()
    if case is None:
        raise Http404
    if not _is_theirs(request, case, act):
        refuse(request, case, act)
    # Whoever works on a case sees its person on every page, so a force that narrows the one narrows the other.
    if act == "work_cases" and not _is_theirs(request, case, "see_victims"):
        refuse(request, case, "see_victims")
    return case


def _is_theirs(request: Any, case: Case, act: str) -> bool:
    answer = may(request.user, act, unit=case.unit, why=getattr(request, "why", ""))
    if not answer or (answer.scope in OWN and case.officer_id != request.user.pk):
        return False
    if act == "see_victims":
        return answer.scope in SEES_CASES
    return answer.scope != "sampled"


def refuse(request: Any, case: Case, act: str) -> None:
    """Trail that somebody asked for a case that is not theirs, and answer as if there were none."""
    with transaction.atomic():
        record(
            "access_denied",
            by=request.user,
            subject_kind="person",
            subject_refs=[case.person_id],
            detail={"page": request.resolver_match.view_name, "act": act, "method": request.method},
        )
    raise Http404
