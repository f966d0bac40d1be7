"""A session that ends in the middle of a form: what was typed comes back to who typed it, and to nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OURS = {
    "Sec-Fetch-Site": "same-origin",
    "Referer": "http://localhost/people/add/?from=list",
    "Sec-Fetch-Mode": "navigate",
}
TYPED = {
    "name": 'Ruth "R" <نور> 👩‍👧',
    "email": "ruth@force.example",
    "role": "analyst",
    "unit": "1",
    "password": "not-to-be-held-anywhere",
}


@pytest.fixture
def client(browse: Any) -> Any:
    """An administrator who has opened a form, as a browser has it: with the cookies of a page."""
    client = browse("administrator", email="ada@force.example")
    client.get("/people/add/")
    return client


def end_session(client: Any) -> None:
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()


def sign_in(client: Any, email: str) -> Any:
    asked = {"login": email, "password": "four-fold-is-long-enough"}
    return client.post("/sign-in/", asked | {"next": "/people/add/?from=list"}, headers=OURS)


def typed(client: Any, **changes: str) -> Any:
    from fourfold.web.accounts.models import Unit

    told = TYPED | {"unit": str(Unit.objects.get().pk)} | changes
    return client.post("/people/add/", told, headers=OURS)


def test_what_was_typed_comes_back_marked_and_is_then_gone(client: Any) -> None:
    from fourfold.web.accounts.models import HeldForm, User

    end_session(client)
    answer = typed(client)
    assert answer.url == "/sign-in/?next=%2Fpeople%2Fadd%2F%3Ffrom%3Dlist&ended=1&held=1"
    assert "is kept for 15 minutes" in client.get(answer.url).content.decode()
    assert not User.objects.filter(email=TYPED["email"]).exists()
    held = HeldForm.objects.get()
    assert held.person == client.person
    assert b"Ruth" not in bytes(held.sealed)
    assert b"people" not in bytes(held.sealed)

    assert sign_in(client, "ada@force.example").url == "/people/add/?from=list"
    assert "/people/add/?from=list" in client.get("/people/").content.decode(), "every page leads back to it"
    page = client.get("/people/add/?from=list").content.decode()
    assert "Not saved yet" in page
    assert 'value="Ruth &quot;R&quot; &lt;نور&gt; 👩‍👧"' in page
    assert '<option value="analyst" selected>' in page
    assert "not-to-be-held" not in page
    assert HeldForm.objects.count() == 0
    assert "Not saved yet" not in client.get("/people/add/?from=list").content.decode()
    assert "not saved yet" not in client.get("/people/").content.decode()


def test_another_person_never_sees_it(client: Any, make_person: Any) -> None:
    from fourfold.web.accounts.models import HeldForm

    make_person("administrator", email="bob@force.example")
    end_session(client)
    typed(client)
    sign_in(client, "bob@force.example")
    for address in ("/people/add/?from=list", "/people/", "/"):
        page = client.get(address).content.decode()
        assert "Ruth" not in page
        assert "ot saved yet" not in page
    assert HeldForm.objects.count() == 1, "it still waits for who typed it"
    client.post("/sign-out/")
    sign_in(client, "ada@force.example")
    assert "Not saved yet" in client.get("/people/add/").content.decode()


def test_after_a_quarter_of_an_hour_it_is_gone(client: Any, monkeypatch: Any) -> None:
    from django.utils import timezone

    from fourfold.web.accounts.held import forget_old
    from fourfold.web.accounts.models import HeldForm

    end_session(client)
    typed(client)
    assert forget_old() == 0
    HeldForm.objects.update(held_at=timezone.now() - timedelta(minutes=15, seconds=1))
    sign_in(client, "ada@force.example")
    assert "Not saved yet" not in client.get("/people/add/").content.decode()
    assert forget_old() == 1
    assert HeldForm.objects.count() == 0


def test_what_was_sealed_for_one_person_is_not_opened_for_another(client: Any, make_person: Any) -> None:
    from fourfold.web.accounts.held import opened
    from fourfold.web.accounts.models import HeldForm

    end_session(client)
    typed(client)
    held = HeldForm.objects.get()
    assert opened(held)
    held.person = make_person()
    assert opened(held) is None, "a row that somebody gave to another person"
    held.person = client.person
    held.sealed = bytes(held.sealed)[:-4] + b"AAAA"
    assert opened(held) is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Referer": "https://evil.example/people/add/"},
        {},
    ],
)
def test_a_page_of_another_host_cannot_have_anything_held(client: Any, headers: Any) -> None:
    from fourfold.web.accounts.models import HeldForm

    end_session(client)
    client.post("/people/add/", TYPED, headers=headers)
    assert HeldForm.objects.count() == 0


def test_nothing_is_held_for_somebody_who_signed_out_or_was_never_known(client: Any) -> None:
    from django.test import Client

    from fourfold.web.accounts.models import HeldForm

    client.post("/sign-out/")
    typed(client)
    Client(SERVER_NAME="localhost").post("/people/add/", TYPED, headers=OURS)
    forged = Client(SERVER_NAME="localhost")
    forged.cookies["fourfold_person"] = "1:abc:def"
    forged.post("/people/add/", TYPED, headers=OURS)
    assert HeldForm.objects.count() == 0


def test_a_form_older_than_the_sign_in_comes_back_too(make_person: Any) -> None:
    """Signed in again in another tab: the session is good, the form's token is not."""
    from django.test import Client

    from fourfold.web.accounts.models import Unit, User

    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.force_login(make_person("administrator"), backend=BACKEND)
    client.get("/people/add/")
    answer = client.post("/people/add/", TYPED | {"unit": Unit.objects.get().pk}, headers=OURS)
    assert (answer.status_code, answer.url) == (302, "/people/add/?from=list")
    page = client.get(answer.url).content.decode()
    assert "Not saved yet" in page
    assert "Ruth" in page
    assert not User.objects.filter(email=TYPED["email"]).exists()


def test_a_script_is_told_that_the_session_has_ended(client: Any) -> None:
    from fourfold.web.accounts.models import HeldForm

    end_session(client)
    answer = client.post("/people/add/", TYPED, headers=OURS | {"Sec-Fetch-Mode": "cors"})
    assert (answer.status_code, answer.json()) == (
        401,
        {"state": "signed out", "held": True, "sign_in": "/sign-in/"},
    )
    assert HeldForm.objects.count() == 1


def test_an_address_that_shows_no_form_gives_a_page_to_send_it_from(client: Any, make_person: Any) -> None:
    shown = make_person("analyst")
    action = f"/people/{shown.pk}/role/"
    end_session(client)
    client.post(
        action, {"role": "auditor", "unit": "9"}, headers=OURS | {"Referer": f"http://localhost{action}"}
    )
    sign_in(client, "ada@force.example")
    answer = client.get(action)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This is not saved yet" in page
    assert f'<form method="post" action="{action}">' in page
    assert '<input type="hidden" name="role" value="auditor">' in page
    assert client.get(action).status_code == 405


def test_five_are_held_for_a_person_and_the_trail_tells_of_each(client: Any) -> None:
    from fourfold.web.accounts.models import HeldForm
    from fourfold.web.trail.models import TrailEntry

    end_session(client)
    for number in range(7):
        typed(client, name=f"Ruth {number}")
    assert HeldForm.objects.count() == 5
    sign_in(client, "ada@force.example")
    assert "Ruth 6" in client.get("/people/add/").content.decode()
    acts = TrailEntry.objects.filter(act__in=["form_held", "held_form_shown"]).order_by("number")
    assert [entry.act for entry in acts] == ["form_held"] * 7 + ["held_form_shown"]
    assert acts[0].subject_refs == [str(client.person.pk)]
    assert acts[0].detail == {"page": "accounts:add"}
    assert acts[0].who_id == ""
    assert acts[7].who_id == str(client.person.pk)


def test_files_are_said_to_be_gone(client: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    end_session(client)
    sent = {"name": "Ruth", "list": SimpleUploadedFile("a.csv", b"x")}
    client.post("/people/add/", sent, headers=OURS)
    sign_in(client, "ada@force.example")
    assert "Files are not kept. Choose them again." in client.get("/people/add/").content.decode()
