"""Signing in: the second factor, the lock-out, the time-out, and what the trail keeps of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

PASSWORD = "four-fold-is-long-enough"


@pytest.fixture
def with_second_factor(register: Any) -> Iterator[None]:
    """As where the data are not made up."""
    from django.test import override_settings

    with override_settings(SECOND_FACTOR_IS_OFF=False):
        yield


@pytest.fixture
def sign_in(register: Any) -> Callable[..., Any]:
    """Give an address and a password on the page, as a stranger; returns the client and the answer."""
    from django.test import Client

    def give(email: str, password: str = PASSWORD, **data: str) -> Any:
        client = Client(SERVER_NAME="localhost")
        return client, client.post("/sign-in/", {"login": email, "password": password, **data})

    return give


def acts() -> list[str]:
    from fourfold.web.trail.models import TrailEntry

    return list(TrailEntry.objects.order_by("number").values_list("act", flat=True))


def test_a_password_opens_the_page_that_was_asked_for(make_person: Any, sign_in: Any) -> None:
    person = make_person("administrator", email="ada@force.example")
    client, answer = sign_in("Ada@Force.example", next="/people/")
    assert (answer.status_code, answer["Location"]) == (302, "/people/")
    assert client.get("/people/").status_code == 200
    assert acts() == ["signed_in"]
    client.post("/sign-out/")
    assert acts() == ["signed_in", "signed_out"]
    assert client.get("/people/").status_code == 302
    assert person.pk


def test_after_the_password_the_page_sends_nobody_to_another_host(make_person: Any, sign_in: Any) -> None:
    make_person("administrator", email="ada@force.example")
    assert sign_in("ada@force.example", next="https://evil.example/")[1]["Location"] == "/"


def test_a_failed_sign_in_is_trailed_with_whom_it_was_aimed_at_and_nothing_typed(
    make_person: Any, sign_in: Any
) -> None:
    from fourfold.web.trail.models import TrailEntry

    person = make_person("analyst", email="ada@force.example")
    assert (
        b"The email address or the password is wrong"
        in sign_in("ada@force.example", "secret-words")[1].content
    )
    assert (
        b"The email address or the password is wrong"
        in sign_in("nobody@force.example", "secret-words")[1].content
    )
    known, unknown = TrailEntry.objects.order_by("number")
    assert (known.act, known.who_id, known.subject_refs) == ("sign_in_failed", "", [str(person.pk)])
    assert (unknown.subject_refs, unknown.detail) == ([], {})
    assert not any(
        "secret" in str(entry.__dict__) or "nobody" in str(entry.__dict__) for entry in (known, unknown)
    )


def test_the_fifth_wrong_password_locks_the_account_for_a_quarter_of_an_hour(
    make_person: Any, sign_in: Any
) -> None:
    from axes.models import AccessAttempt

    make_person("analyst", email="ada@force.example")
    make_person("analyst", email="bea@force.example")
    statuses = [sign_in("ada@force.example", f"wrong-{number}")[1].status_code for number in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    assert b"locked for 15 minutes" in sign_in("ada@force.example")[1].content, (
        "even the right password waits"
    )
    assert acts().count("locked_out") >= 1
    assert sign_in("bea@force.example")[1].status_code == 302, "a colleague is not locked out with them"
    AccessAttempt.objects.update(
        attempt_time=AccessAttempt.objects.first().attempt_time - timedelta(minutes=16)
    )
    assert sign_in("ada@force.example")[1].status_code == 302


def test_someone_inactive_does_not_come_in(make_person: Any, sign_in: Any) -> None:
    person = make_person("analyst", email="ada@force.example")
    person.is_active = False
    person.save()
    client, _ = sign_in("ada@force.example")
    assert client.get("/").status_code == 302


def test_without_a_second_factor_only_its_set_up_opens(with_second_factor: None, browse: Any) -> None:
    client = browse("administrator")
    for address in ("/", "/people/", "/trail/"):
        assert client.get(address)["Location"] == "/account/second-factor/set-up/"
    assert client.get("/account/").status_code == 200
    assert client.get("/sign-out/").status_code == 200


def test_with_a_second_factor_the_password_alone_opens_nothing(
    with_second_factor: None, make_person: Any, sign_in: Any
) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    person = make_person("administrator", email="ada@force.example")
    TOTP.activate(person, generate_totp_secret())
    codes = RecoveryCodes.activate(person)
    client, answer = sign_in("ada@force.example")
    assert answer["Location"] == "/sign-in/code/"
    assert client.get("/people/")["Location"].startswith("/sign-in/?next=")
    assert b"Incorrect code" in client.post("/sign-in/code/", {"code": "12"}).content
    one = codes.get_unused_codes()[0]
    assert client.post("/sign-in/code/", {"code": one})["Location"] == "/"
    assert client.get("/people/").status_code == 200
    other, _ = sign_in("ada@force.example")
    assert other.post("/sign-in/code/", {"code": one}).status_code == 200, "a recovery code works once"
    assert acts() == ["second_factor_failed", "signed_in", "second_factor_failed"]


@pytest.mark.parametrize(("steps_ago", "opens"), [(0, True), (1, True), (3, False)])
def test_a_code_that_changed_while_it_was_sent_still_counts_and_an_older_one_does_not(
    steps_ago: int, opens: bool, with_second_factor: None, make_person: Any, sign_in: Any
) -> None:
    import time

    from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

    person, key = make_person("administrator", email="ada@force.example"), generate_totp_secret()
    TOTP.activate(person, key)
    client, _ = sign_in("ada@force.example")
    code = format_hotp_value(hotp_value(key, int(time.time()) // 30 - steps_ago))
    answer = client.post("/sign-in/code/", {"code": code})
    assert (answer.status_code == 302) is opens


def test_codes_cannot_be_guessed_for_ever(with_second_factor: None, make_person: Any, sign_in: Any) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    person = make_person("administrator", email="ada@force.example")
    TOTP.activate(person, generate_totp_secret())
    client, _ = sign_in("ada@force.example")
    shown = [client.post("/sign-in/code/", {"code": f"{number:06d}"}).content for number in range(6)]
    assert b"Incorrect code" in shown[0]
    assert b"too many" in shown[5].lower()


def test_a_session_ends_half_an_hour_after_the_last_page(browse: Any) -> None:
    from django.contrib.sessions.models import Session

    client = browse("analyst")
    client.get("/")
    session = Session.objects.get(session_key=client.session.session_key)
    left = session.expire_date - __import__("django.utils.timezone", fromlist=["now"]).now()
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    Session.objects.update(expire_date=session.expire_date - timedelta(minutes=31))
    answer = client.get("/trail/?act=x")
    assert answer["Location"] == "/sign-in/?next=%2Ftrail%2F%3Fact%3Dx&ended=1"
    assert b"did nothing for 30 minutes" in client.get(answer["Location"]).content


def test_a_page_moves_the_time_out_but_writes_the_session_once_a_minute(
    browse: Any, monkeypatch: Any
) -> None:
    from fourfold.web.accounts import session as kept

    client = browse("analyst")
    client.get("/")
    first = client.session["seen_at"]
    monkeypatch.setattr(kept.time, "time", lambda: first + 59)
    client.get("/")
    assert client.session["seen_at"] == first
    monkeypatch.setattr(kept.time, "time", lambda: first + 61)
    client.get("/")
    assert client.session["seen_at"] == first + 61


def test_a_page_without_a_form_moves_to_the_warning_where_scripts_are_off(browse: Any) -> None:
    client = browse("administrator")
    assert (
        '<meta http-equiv="refresh" content="1500; url=/session/ending/?next=/people/">'
        in client.get("/people/").content.decode()
    )
    assert "http-equiv" not in client.get("/people/add/").content.decode(), "typed text would be lost"
    assert client.post("/session/stay/?next=/people/")["Location"] == "/people/"


def test_own_password_is_changed_with_the_old_one_and_trailed(browse: Any) -> None:
    client = browse("analyst")
    given = {"oldpassword": "wrong", "password1": "another-long-one", "password2": "another-long-one"}
    assert client.post("/account/password/", given).status_code == 200
    assert client.post("/account/password/", given | {"oldpassword": PASSWORD})["Location"] == "/account/"
    assert acts()[-1] == "password_changed"
    client.person.set_unusable_password()
    client.person.save()
    client.force_login(client.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/account/password/").status_code == 404, (
        "who comes by the force's service sets none here"
    )


def test_a_password_kept_by_an_older_hasher_opens_and_is_kept_anew(make_person: Any, sign_in: Any) -> None:
    from django.contrib.auth.hashers import identify_hasher, make_password
    from django.test import override_settings

    from fourfold.web import settings

    person = make_person("administrator", email="ada@force.example")
    with override_settings(PASSWORD_HASHERS=settings.PASSWORD_HASHERS):
        person.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
        person.save()
        assert sign_in("ada@force.example", "not-the-password-at-all")[1].status_code == 200
        assert sign_in("ada@force.example")[1].status_code == 302
        person.refresh_from_db()
        assert identify_hasher(person.password).algorithm == "argon2"
        assert sign_in("ada@force.example")[1].status_code == 302
