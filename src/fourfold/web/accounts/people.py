"""What the administrator does with people: each act with its trail entry in one transaction."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from fourfold.home import WrongUseError
from fourfold.web.accounts.models import Membership, Unit, User
from fourfold.web.accounts.permission import check_may
from fourfold.web.trail.recording import record

ACT = "manage_people"


def _check(by: User) -> Any:
    """Return the permission to change people; one to read them does not do."""
    from fourfold.web.accounts.permission import NotAllowedError

    answer = check_may(by, ACT)
    if answer.scope != "yes":
        raise NotAllowedError(answer, is_hidden=False)
    return answer


def _refuse_own(person: User, by: User) -> None:
    if person.pk == by.pk:
        raise WrongUseError("You cannot change your own access.", "Ask another administrator.")


@transaction.atomic
def add_person(*, email: str, name: str, password: str | None, unit: Unit, role: str, by: User) -> User:
    """Add a person with their first role. Raises WrongUseError where the address is taken."""
    answer = _check(by)
    try:
        with transaction.atomic():
            person: User = User.objects.create_user(email=email, name=name, password=password)
    except IntegrityError as error:
        raise WrongUseError("Someone with this email address is on the list already.") from error
    Membership.objects.create(person=person, unit=unit, role=role)
    _tell("person_added", person, by, answer, role=role, unit=unit.code)
    return person


@transaction.atomic
def give_role(*, person: User, unit: Unit, role: str, by: User) -> Membership:
    """Give a person a role in a unit; one they have already stays."""
    answer = _check(by)
    _refuse_own(person, by)
    membership: Membership
    membership, is_new = Membership.objects.get_or_create(person=person, unit=unit, role=role)
    if is_new:
        _tell("role_given", person, by, answer, role=role, unit=unit.code)
    return membership


@transaction.atomic
def take_role(*, membership: Membership, by: User) -> None:
    """Take a role from a person, from their next request on."""
    answer = _check(by)
    _refuse_own(membership.person, by)
    _tell("role_taken", membership.person, by, answer, role=membership.role, unit=membership.unit.code)
    membership.delete()


@transaction.atomic
def set_active(*, person: User, is_active: bool, by: User) -> None:
    """Let a person sign in again, or stop them: their open sessions end at the next request."""
    answer = _check(by)
    _refuse_own(person, by)
    if person.is_active == is_active:
        return
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    _tell("person_reactivated" if is_active else "person_deactivated", person, by, answer)


@transaction.atomic
def set_officer_ref(*, person: User, officer_ref: str, by: User) -> None:
    """Say who a person is in the crime system, empty for nobody. Raises WrongUseError where another has the reference."""
    answer = _check(by)
    _refuse_own(person, by)
    told = officer_ref.strip()
    if told == person.officer_ref:
        return
    if told and User.objects.filter(officer_ref__iexact=told).exclude(pk=person.pk).exists():
        raise WrongUseError("Another person has this officer reference.", "Take it from them first.")
    person.officer_ref = told
    person.save(update_fields=["officer_ref"])
    _tell("officer_ref_set", person, by, answer)


@transaction.atomic
def set_password(*, person: User, password: str, by: User) -> None:
    """Give a person a new password, which ends their open sessions."""
    answer = _check(by)
    _refuse_own(person, by)
    person.set_password(password)
    person.save(update_fields=["password"])
    _tell("password_set", person, by, answer)


@transaction.atomic
def take_second_factor(*, person: User, by: User) -> None:
    """Take a lost second factor away: the person sets up a new one when they next sign in."""
    answer = _check(by)
    _refuse_own(person, by)
    taken, _ = Authenticator.objects.filter(user=person).delete()
    if taken:
        _tell("second_factor_taken", person, by, answer)


@transaction.atomic
def add_unit(*, name: str, by: User) -> Unit:
    """Add a unit; its code is made from its name. Raises WrongUseError where there is one like it."""
    answer = _check(by)
    unit: Unit
    unit, is_new = Unit.objects.get_or_create(code=slugify(name)[:40], defaults={"name": name.strip()})
    if not is_new:
        raise WrongUseError(f"There is a unit {unit.name} already.")
    record("unit_added", by=by, answer=answer, subject_kind="unit", subject_refs=[unit.code])
    return unit


def end_sessions() -> int:
    """End every open session, as after a theft of the database; return how many there were."""
    ended, _ = Session.objects.all().delete()
    return int(ended)


def _tell(act: str, person: User, by: User, answer: Any, **detail: str) -> None:
    record(act, by=by, answer=answer, subject_kind="user", subject_refs=[str(person.pk)], detail=detail)
