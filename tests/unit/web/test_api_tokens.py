"""Tokens: made on a page, shown once, narrowed by what they are for, ended by time, by hand and by a new password."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from api_ground import Program, program_of

from fourfold.home import Home, WrongUseError


def fresh(client: Any) -> Any:
    """Have the client's person signed in with their password a moment ago."""
    client.logout()
    client.post("/sign-in/", {"login": client.person.email, "password": "four-fold-is-long-enough"})
    return client


def filled(client: Any, **changed: Any) -> dict[str, Any]:
    page = client.get("/account/tokens/new/").content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    assert key
    return {"name": "Dashboard", "scopes": ["read_papers"], "days": "30", "form_key": key[1], **changed}


def entries(act: str) -> list[Any]:
    from fourfold.web.trail.models import TrailEntry

    return list(TrailEntry.objects.filter(act=act))


def test_a_token_is_made_on_a_page_and_shown_once(browse: Callable[..., Any]) -> None:
    from fourfold.web.api.models import ApiToken

    client = fresh(browse("analyst"))
    page = client.post("/account/tokens/new/", filled(client))
    text = re.search(r'value="(fourfold_[^"]+)"', page.content.decode())
    assert text
    assert page["Cache-Control"] == "no-store"
    assert Program(text[1]).ask("/api/figures").status_code == 200
    kept = ApiToken.objects.get()
    assert text[1] not in str(kept.__dict__)
    shown = client.get("/account/tokens/").content.decode()
    assert text[1] not in shown
    assert f"ends in {text[1][-4:]}" in shown
    (entry,) = entries("token_made")
    assert entry.detail["scopes"] == ["read_papers"]
    assert text[1] not in str(entry.__dict__)


def test_the_same_form_twice_makes_one_token(browse: Callable[..., Any]) -> None:
    from fourfold.web.api.models import ApiToken

    client = fresh(browse("analyst"))
    form = filled(client)
    client.post("/account/tokens/new/", form)
    again = client.post("/account/tokens/new/", form)
    assert again["Location"] == "/account/tokens/?made=already"
    assert b"made already" in client.get(again["Location"]).content
    assert ApiToken.objects.count() == 1


def test_making_a_token_asks_for_the_password_again(browse: Callable[..., Any]) -> None:
    client = browse("analyst")
    assert "/sign-in/again/" in client.get("/account/tokens/new/")["Location"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Enter a name"),
        ({"scopes": []}, "Choose at least one thing"),
        ({"scopes": ["manage_people"]}, "is not one of the available choices"),
        ({"days": "91"}, "Enter a number of days from 1 to 90"),
        ({"days": "0"}, "Enter a number of days from 1 to 90"),
        ({"days": "soon"}, "Enter a number of days from 1 to 90"),
    ],
)
def test_a_form_filled_in_wrongly_says_what_to_do_and_keeps_the_rest(
    changed: dict[str, Any], words: str, browse: Callable[..., Any]
) -> None:
    client = fresh(browse("analyst"))
    page = client.post("/account/tokens/new/", filled(client, **changed)).content.decode()
    assert "There is a problem" in page
    assert words in page
    if "name" not in changed:
        assert 'value="Dashboard"' in page


def test_only_what_the_roles_allow_is_offered(browse: Callable[..., Any]) -> None:
    offered = re.findall(r'name="scopes" type="checkbox" value="(\w+)"',
                         fresh(browse("victim_care")).get("/account/tokens/new/").content.decode())  # fmt: skip
    assert "read_papers" in offered
    assert "work_batches" not in offered
    page = fresh(browse()).get("/account/tokens/new/").content.decode()
    assert "Your roles open nothing" in page


def test_no_token_is_made_beyond_ones_roles_or_the_policys_number(make_person: Callable[..., Any]) -> None:
    officer = make_person("victim_care")
    with pytest.raises(WrongUseError, match="what your roles allow"):
        program_of(officer, "work_batches")
    for _ in range(10):
        program_of(officer, "read_papers")
    with pytest.raises(WrongUseError, match="You have 10 tokens in force"):
        program_of(officer, "read_papers")


def test_a_revoked_token_opens_nothing_and_its_use_is_trailed(browse: Callable[..., Any]) -> None:
    client = browse("analyst")
    program = program_of(client.person)
    assert program.ask("/api/figures").status_code == 200
    from fourfold.web.api.models import ApiToken

    key = ApiToken.objects.get().pk
    assert b"Revoke this token" in client.get(f"/account/tokens/{key}/revoke/").content
    client.post(f"/account/tokens/{key}/revoke/")
    client.post(f"/account/tokens/{key}/revoke/")
    assert len(entries("token_revoked")) == 1
    answer = program.ask("/api/figures")
    assert (answer.status_code, answer.json()["detail"][:26]) == (401, "This token was revoked. Ma")
    assert 'error="invalid_token"' in answer["WWW-Authenticate"]
    assert entries("token_refused")[0].who_id == str(client.person.pk)


def test_another_persons_token_is_revoked_by_the_administrator_alone(
    browse: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    from fourfold.web.api.models import ApiToken

    program_of(make_person("analyst", name="Ada Nowak"))
    address = f"/account/tokens/{ApiToken.objects.get().pk}/revoke/"
    for role in ("analyst", "data_protection", "performance"):
        assert browse(role).post(address).status_code == 404
    assert ApiToken.objects.get().revoked_at is None
    reader = browse("data_protection").get("/people/tokens/").content.decode()
    assert "Ada Nowak" in reader
    assert "Revoke" not in reader.replace("Revoked", "")
    administrator = browse("administrator")
    assert address in administrator.get("/people/tokens/").content.decode()
    assert administrator.post(address)["Location"] == "/people/tokens/"
    assert ApiToken.objects.get().revoked_at is not None


def test_a_token_ends_when_its_time_is_over(
    make_person: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    program = program_of(make_person("analyst"), days=2)
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    answer = program.ask("/api/figures")
    assert (answer.status_code, answer.json()["detail"][:23]) == (401, "This token has expired.")


def test_a_token_ends_with_the_password_and_with_the_person(make_person: Callable[..., Any]) -> None:
    person = make_person("analyst")
    program = program_of(person)
    person.set_password("another-long-one")
    person.save()
    assert "password was changed" in program.ask("/api/figures").json()["detail"]
    program = program_of(person)
    person.is_active = False
    person.save()
    assert "may no longer sign in" in program.ask("/api/figures").json()["detail"]


def test_without_a_second_factor_a_token_opens_nothing(make_person: Callable[..., Any]) -> None:
    from allauth.mfa.models import Authenticator
    from django.test import override_settings

    person = make_person("analyst")
    program = program_of(person)
    with override_settings(SECOND_FACTOR_IS_OFF=False):
        assert "has no second factor" in program.ask("/api/figures").json()["detail"]
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
        assert program.ask("/api/figures").status_code == 200


def test_a_role_taken_away_counts_from_the_next_request_on(make_person: Callable[..., Any]) -> None:
    person = make_person("analyst")
    program = program_of(person)
    assert program.ask("/api/batches").status_code == 200
    person.memberships.all().delete()
    answer = program.ask("/api/batches")
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:fourfold:problem:not-allowed")


def test_a_token_is_narrower_than_its_person(make_person: Callable[..., Any]) -> None:
    program = program_of(make_person("analyst"), "read_papers")
    assert program.ask("/api/figures").status_code == 200
    answer = program.ask("/api/batches")
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:fourfold:problem:scope-missing")
    assert 'error="insufficient_scope"' in answer["WWW-Authenticate"]
    entry = entries("access_denied")[0]
    assert entry.detail["page"] == "api:list_batches"
    assert (entry.detail["act"], entry.detail["because"]) == ("work_batches", "scope-missing")


def test_a_session_opens_nothing(browse: Callable[..., Any]) -> None:
    answer = browse("analyst").get("/api/figures")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="Fourfold"'


def test_more_requests_than_policy_allows_are_put_off(
    register: Home, make_person: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.web.api import authenticating

    monkeypatch.setattr(authenticating, "limit", lambda name: 3)
    monkeypatch.setattr(authenticating.time, "time", lambda: 6_000_010.0)
    one, other = (program_of(make_person("analyst")) for _ in range(2))
    assert [one.ask("/api/figures").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = one.ask("/api/batches")
    assert answer["Retry-After"] == "51"
    assert answer.json()["type"] == "urn:fourfold:problem:too-many"
    assert other.ask("/api/figures").status_code == 200
    monkeypatch.setattr(authenticating.time, "time", lambda: 6_000_060.0)
    assert one.ask("/api/figures").status_code == 200


def test_when_a_token_was_last_used_is_shown(browse: Callable[..., Any]) -> None:
    client = browse("analyst")
    program = program_of(client.person)
    assert b"Never" in client.get("/account/tokens/").content
    program.ask("/api/figures")
    assert b"Never" not in client.get("/account/tokens/").content


def test_the_list_of_tokens_asks_the_register_as_often_for_many(
    browse: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    administrator = browse("administrator")
    administrator.get("/people/tokens/")
    counts = []
    for number in (1, 4):
        for _ in range(number):
            program_of(make_person("analyst"))
        with CaptureQueriesContext(connection) as asked:
            administrator.get("/people/tokens/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6
