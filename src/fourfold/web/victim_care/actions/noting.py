"""Notes, and who works on a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fourfold.home import WrongUseError
from fourfold.web.accounts.models import Membership
from fourfold.web.victim_care.actions.changing import changing
from fourfold.web.victim_care.models import Case
from fourfold.web.victim_care.scope import working_roles
from fourfold.web.victim_care.states import Step


def add_note(*, case: int, text: str, by: Any, form_key: str = "") -> None:
    """Write a note on a case."""
    with changing(case, by=by, step=Step.NOTE, act="case_note_added", form_key=form_key) as change:
        change.say("note", "Note", text)


def assign(*, case: int, officer: Any, by: Any, seen: int | None = None, form_key: str = "") -> bool:
    """Give a case to an officer, or take it from everybody (None); return whether that changed anything.

    Raises WrongUseError for somebody who does not work on the cases of the unit.
    """
    if officer is not None and not _works_in_unit_of(case, officer):
        raise WrongUseError(
            f"{officer.name} does not work on the cases of this unit.", "Choose somebody who does."
        )
    standing = Case.objects.filter(pk=case).values_list("officer", flat=True).first()
    if standing == (officer.pk if officer else None):
        return False
    with changing(case, by=by, step=Step.ASSIGN, act="case_assigned", seen=seen, form_key=form_key) as change:
        change.case.officer = officer
        words = f"Given to {officer.name}" if officer else "Taken from its officer: nobody has it now"
        change.say("assigned", words)
        change.decide("case_officer", {"officer": str(officer.pk) if officer else None})
    return True


def assign_all(*, cases: Sequence[int], officer: Any, by: Any) -> tuple[int, list[str]]:
    """Give several cases to an officer, each a change and a trail entry of its own.

    Returns how many were given, and in words what could not be.
    """
    given, faults = 0, []
    for case in cases:
        try:
            given += assign(case=case, officer=officer, by=by)
        except WrongUseError as error:
            faults.append(f"{Case.objects.get(pk=case).person_id}: {error}")
    return given, faults


def _works_in_unit_of(case: int, officer: Any) -> bool:
    unit = Case.objects.filter(pk=case).values("unit")
    held = Membership.objects.filter(person=officer, unit__in=unit, role__in=working_roles())
    return bool(officer.is_active and held.exists())
