"""The people of the demo: one for each role, all made up."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from fourfold.home import Home, WrongUseError
from fourfold.web.accounts.matrix import ROLES
from fourfold.web.accounts.models import Membership, Unit, User
from fourfold.web.trail.recording import record

UNIT_OF_ROLE = {
    "victim_care": ("victim-care", "Economic Crime Victim Care Unit"),
    "analyst": ("intelligence", "Intelligence"),
    "offender_manager": ("offender-management", "Offender Management"),
    "auditor": ("audit", "Crime Data Integrity"),
    "performance": ("performance", "Performance"),
    "data_protection": ("information", "Information Management"),
    "administrator": ("systems", "Systems"),
}

WORDS = ("amber", "birch", "cedar", "delta", "ember", "fable", "grove", "heron", "inlet", "jolly", "kayak", "lemon",
         "maple", "novel", "ocean", "piano", "quilt", "river", "stone", "tulip", "umber", "violet", "willow", "yarn")  # fmt: skip


@dataclass(frozen=True)
class DemoUser:
    """Someone to sign in as in the demo."""

    role: str
    email: str
    password: str


def demo_password(home: Home) -> str:
    """Return the demo's password, made once and kept in the home, readable by its owner alone."""
    path: Path = home.path / "demo-password"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    made = "-".join(secrets.choice(WORDS) for _ in range(4)) + f"-{secrets.randbelow(90) + 10}"
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made + "\n")
    return made


def demo_users(home: Home) -> list[DemoUser]:
    """Make a person for each role, with one password, and return them; those who are there stay.

    Raises WrongUseError in a home whose data are not made up.
    """
    if home.settings.get("made_up", "").lower() != "true":
        raise WrongUseError(
            "The demo's people are made only in a home of made-up data.",
            "Run fourfold demo, or set made_up = true.",
        )
    password = demo_password(home)
    users = []
    wanted = [(role.key, role.words, role.key.replace("_", "-")) for role in ROLES]
    # An audit is no work for one: another signs its findings, and a second reads a tenth of it.
    wanted.append(("auditor", "Auditor, the second", "auditor-2"))
    for role, words, name in wanted:
        email = f"{name}@demo.example"
        with transaction.atomic():
            if not User.objects.filter(email=email).exists():
                _make(email, role, words, password)
        users.append(DemoUser(words, email, password))
    return users


IN_A_UNIT_OF_CRIMES = ("victim_care", "offender_manager")
"""Roles that see duties in their own unit: they work in one that the made-up crimes name as well."""


@transaction.atomic
def join_unit(unit: Unit) -> None:
    """Put those of the demo's people who see duties in their own unit into a unit of the made-up crimes, once."""
    addresses = [f"{role.replace('_', '-')}@demo.example" for role in IN_A_UNIT_OF_CRIMES]
    people = User.objects.filter(email__in=addresses)
    if Membership.objects.filter(person__in=people).exclude(unit__code__in=_own_units()).exists():
        return
    for person in people:
        role = str(person.email).split("@")[0].replace("-", "_")
        Membership.objects.get_or_create(person=person, unit=unit, role=role)
        detail = {"role": role, "unit": unit.code, "by": "the demo"}
        record("role_given", by=None, subject_kind="user", subject_refs=[str(person.pk)], detail=detail)


def _own_units() -> list[str]:
    return [code for code, _ in UNIT_OF_ROLE.values()]


def _make(email: str, role: str, words: str, password: str) -> None:
    code, name = UNIT_OF_ROLE[role]
    unit, _ = Unit.objects.get_or_create(code=code, defaults={"name": name})
    person = User.objects.create_user(email=email, name=f"Demo {words.lower()}", password=password)
    Membership.objects.create(person=person, unit=unit, role=role)
    record(
        "person_added",
        by=None,
        subject_kind="user",
        subject_refs=[str(person.pk)],
        detail={"role": role, "unit": code, "by": "the demo"},
    )
