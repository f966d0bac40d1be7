"""Django for the tests of the desks: one home and one register a process, rolled back after each test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from fourfold.home import Home

ROLES = (
    "victim_care",
    "analyst",
    "offender_manager",
    "auditor",
    "performance",
    "data_protection",
    "administrator",
)


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home of made-up data with its register migrated."""
    before = dict(os.environ)
    home = Home(tmp_path_factory.mktemp("web") / "home")
    home.prepare()
    home.write_settings({"made_up": "true", "force_name": "Westshire Police (made up)"})
    for key in [
        key for key in os.environ if key.startswith("FOURFOLD_") and key != "FOURFOLD_REFERENCE_DATA"
    ]:
        del os.environ[key]
    from fourfold.web.server import prepare

    prepare(home)
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    # Real hashing takes half a second a person; what is tested here is not the hash.
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yield home
    teardown_test_environment()
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def register(web: Home) -> Iterator[Home]:
    """The register inside a transaction that is rolled back."""
    from django.db import transaction

    with transaction.atomic():
        yield web
        transaction.set_rollback(True)


@pytest.fixture
def make_person(register: Home) -> Callable[..., Any]:
    """Make a person with roles, given as role or as (role, unit code)."""
    from fourfold.web.accounts.models import Membership, Unit, User

    def make(
        *roles: str | tuple[str, str],
        name: str = "",
        email: str = "",
        password: str = "four-fold-is-long-enough",
    ) -> Any:
        number = User.objects.count() + 1
        person = User.objects.create_user(
            email or f"person{number}@force.example", name or f"Person {number}", password
        )
        for told in roles:
            role, code = (told, "first-unit") if isinstance(told, str) else told
            unit, _ = Unit.objects.get_or_create(
                code=code, defaults={"name": code.replace("-", " ").capitalize()}
            )
            Membership.objects.create(person=person, unit=unit, role=role)
        return person

    return make


@pytest.fixture
def browse(make_person: Callable[..., Any]) -> Callable[..., Any]:
    """Return a client signed in as a new person with these roles."""
    from django.test import Client

    def start(*roles: str | tuple[str, str], **facts: Any) -> Any:
        client = Client(SERVER_NAME="localhost")
        client.person = make_person(*roles, **facts)  # type: ignore[attr-defined]
        client.force_login(client.person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return start


from duties_ground import at, duties, fresh, judged_lake  # noqa: E402, F401
