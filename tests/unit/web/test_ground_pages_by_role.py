"""Every page with every role, as a table: y answers, - is refused, and a page that is not in the register fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

ROLES = (
    "victim_care",
    "analyst",
    "offender_manager",
    "auditor",
    "performance",
    "data_protection",
    "administrator",
)

# One column a role, in the order above. OPEN: without sign-in. Letters: y yes, - refused.
TABLE = """
today:today                  yyyyyyy
accounts:account             yyyyyyy
accounts:session_ending      yyyyyyy
accounts:people              -----yy
accounts:person              -----yy
accounts:add                 ------y
accounts:change              ------y
accounts:set_password        ------y
accounts:units               ------y
trail:entries                -----y-
trail:subject_access         -----y-
mfa_index                    yyyyyyy
mfa_list_webauthn            >>>>>>>
account_logout               yyyyyyy
account_change_password      yyyyyyy
"""
ARGUMENTS = {
    "accounts:person": ["{key}"],
    "accounts:set_password": ["{key}"],
    "accounts:change": ["{key}", "deactivate"],
}
OPEN = {
    "account_login", "account_inactive", "mfa_authenticate", "openid_connect_login", "openid_connect_callback",
    "socialaccount_login_error", "socialaccount_login_cancelled", "health_live", "health_ready", "metrics",
    "accounts:signed_out",
}  # fmt: skip
# Pages whose answer depends on more than the role: each has its own test.
ELSEWHERE = {
    "account_reauthenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "accounts:reason", "accounts:stay",
    "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_reauthenticate_webauthn",
    "accounts:give_role", "accounts:take_role", "accounts:officer_ref",
}  # fmt: skip
ROWS = [tuple(line.split()) for line in TABLE.strip().splitlines()]


def names(patterns: Any, prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{prefix}{pattern.name}"


def ground_names() -> set[str]:
    from django.urls import get_resolver

    ours = ("accounts", "trail", "today")
    found = set(names(get_resolver().url_patterns))
    return {name for name in found if ":" not in name or name.partition(":")[0] in ours}


def test_every_url_of_every_app_is_in_the_register(register: Any) -> None:
    from django.urls import get_resolver

    from fourfold.web.access import registered

    found = list(names(get_resolver().url_patterns))
    assert sorted(set(found) - set(registered())) == []
    assert sorted(set(registered()) - set(found)) == [], "the register names a page that does not exist"


def test_every_page_of_the_ground_stands_in_the_table_or_has_its_own_test(register: Any) -> None:
    assert {row[0] for row in ROWS} | OPEN | ELSEWHERE == ground_names()


@pytest.mark.parametrize("page", [row[0] for row in ROWS])
def test_each_role_is_answered_as_the_table_says(
    page: str, browse: Callable[..., Any], make_person: Any
) -> None:
    from django.urls import reverse

    answers = dict(ROWS)[page]
    other = make_person("analyst")
    address = reverse(page, args=[part.format(key=other.pk) for part in ARGUMENTS.get(page, [])])
    got = ""
    for role in ROLES:
        status = browse(role).get(address).status_code
        got += {200: "y", 403: "-", 404: "?", 302: ">"}.get(status, "!")
    assert got == answers


@pytest.mark.parametrize("page", [row[0] for row in ROWS])
def test_the_register_expects_what_the_table_says(page: str, register: Any) -> None:
    from fourfold.web.access import allows_role, registered

    access = registered()[page]
    assert "".join("y" if allows_role(access, role) else "-" for role in ROLES) == dict(ROWS)[page].replace(
        ">", "y"
    )


@pytest.mark.parametrize("page", [row[0] for row in ROWS])
def test_nobody_comes_in_without_signing_in(page: str, register: Any) -> None:
    from django.test import Client
    from django.urls import reverse

    address = reverse(page, args=[part.format(key=1) for part in ARGUMENTS.get(page, [])])
    answer = Client(SERVER_NAME="localhost").get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


def test_a_person_without_a_role_sees_their_account_and_nothing_else(browse: Callable[..., Any]) -> None:
    client = browse()
    assert client.get("/").status_code == 403
    assert client.get("/account/").status_code == 200


def test_a_page_outside_the_register_is_not_shown_to_anyone(
    browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.web import access

    kept = {name: told for name, told in access.registered().items() if name != "accounts:people"}
    client = browse("administrator")
    monkeypatch.setattr(access, "registered", lambda: kept)
    assert client.get("/people/").status_code == 404


def test_a_refusal_is_trailed_with_the_page_and_the_act(browse: Callable[..., Any]) -> None:
    from fourfold.web.trail.models import TrailEntry

    client = browse("analyst")
    assert client.get("/trail/").status_code == 403
    entry = TrailEntry.objects.first()
    assert (entry.act, entry.who_id) == ("access_denied", str(client.person.pk))
    assert entry.detail == {"page": "trail:entries", "act": "read_trail", "method": "GET"}


def test_a_hidden_act_answers_as_if_there_were_no_page(browse: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from fourfold.web import access
    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.ui.access import needs

    changed = dict(access.registered()) | {"accounts:people": needs("see_suspects")}
    monkeypatch.setattr(access, "registered", lambda: changed)
    answer = browse("victim_care").get("/people/")
    assert answer.status_code == 404
    assert b"Page not found" in answer.content
    assert TrailEntry.objects.first().act == "access_denied"


def test_an_act_with_a_reason_asks_once_then_opens(browse: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from fourfold.web import access
    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.ui.access import needs

    changed = dict(access.registered()) | {"accounts:account": needs("see_victims")}
    monkeypatch.setattr(access, "registered", lambda: changed)
    client = browse("data_protection")
    asked = client.get("/account/")
    assert asked["Location"] == "/reason/?act=see_victims&next=%2Faccount%2F"
    assert b"10 characters or more" in client.post(asked["Location"], {"why": "because"}).content
    given = client.post(asked["Location"], {"why": "Subject access request 12 of 2026"})
    assert given["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    entry = TrailEntry.objects.filter(act="reason_given").get()
    assert (entry.why, entry.detail) == ("Subject access request 12 of 2026", {"act": "see_victims"})


def test_the_reason_page_sends_nobody_to_another_host(browse: Callable[..., Any]) -> None:
    client = browse("data_protection")
    given = client.post("/reason/?act=see_victims&next=//evil.example/", {"why": "Subject access request 12"})
    assert given["Location"] == "/"
    assert browse("analyst").get("/reason/?act=see_victims").status_code == 404
