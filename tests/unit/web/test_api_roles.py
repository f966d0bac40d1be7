"""Every page and every operation of the API with every role, as a table; one that is missing fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from api_ground import Program, program_of

ROLES = (
    "victim_care",
    "analyst",
    "offender_manager",
    "auditor",
    "performance",
    "data_protection",
    "administrator",
)

# One column a role, in the order above. Pages: y answers, - refused. Operations with a token for their
# act: y answers, - refused (403), ? as if it were not there (404).
PAGES = """
api:tokens          yyyyyyy  /account/tokens/
api:new_token       >>>>>>>  /account/tokens/new/
api:all_tokens      -----yy  /people/tokens/
api:revoke_token    ??????y  /account/tokens/{key}/revoke/
"""
OPERATIONS = """
list_figures        yyyyyy-  /api/figures
get_figure          yyyyyy-  /api/figures/fraud.reports@2021
list_batches        -y---yy  /api/batches
get_batch           -y---yy  /api/batches/none.0
list_referrals      yyy??y?  /api/referrals
get_referral        yyy??y?  /api/referrals/999999
add_referral_note   y??????  /api/referrals/999999/notes
list_duties         yyyy?y?  /api/duties
get_duties_of_crime yyyy?y?  /api/duties/of-crime?crime=NOBODY-KNOWS
record_duty         y?y????  /api/duties/records
list_audits         yyyyyy-  /api/audits
get_audit_findings  yyyyyy-  /api/audits/999999/findings
list_premises       -yy--y-  /api/premises
get_premises        -yy--y-  /api/premises/999999
list_repeat_victims yyy??y?  /api/repeat-victims
"""
METHODS = {"add_referral_note": "POST", "record_duty": "POST"}
RECORD = {"crime": "NOBODY-KNOWS", "duty": "0" * 32, "result": "done", "on": "2022-03-04"}
BODIES = {"record_duty": json.dumps(RECORD)}
OPEN = {"api:openapi", "api:nothing"}
PAGE_ROWS = {line.split()[0]: line.split()[1:] for line in PAGES.strip().splitlines()}
ROWS = {line.split()[0]: line.split()[1:] for line in OPERATIONS.strip().splitlines()}


def test_every_page_and_operation_stands_in_a_table(register: Any) -> None:
    from fourfold.web.access import registered
    from fourfold.web.api.gathering import gathered

    ours = {name for name in registered() if name.startswith("api:")}
    assert ours == set(PAGE_ROWS) | {f"api:{name}" for name in ROWS} | OPEN
    assert set(gathered().access) == set(ROWS)


def any_token(person: Any, name: str) -> Program:
    """A token for the operation's act, whether the person may or not: as after a role was taken away."""
    from fourfold.web.api.gathering import gathered
    from fourfold.web.api.models import ApiToken
    from fourfold.web.api.tokens import digest_of

    number = ApiToken.objects.count()
    token = ApiToken.objects.create(
        person=person,
        name="Any",
        digest=digest_of(f"any {number}"),
        ends_in="any",
        scopes=[gathered().access[name].act],
        made_at="2026-01-01T00:00Z",
        expires_at="2999-01-01T00:00Z",
        sign_in_state=person.get_session_auth_hash(),
        form_key=f"any {number}",
    )
    assert token.pk
    return Program(f"any {number}")


def is_refused(person: Any) -> bool:
    """Return whether the trail says that this person was refused something."""
    from fourfold.web.trail.models import TrailEntry

    return bool(TrailEntry.objects.filter(act="access_denied", who_id=str(person.pk)).exists())


@pytest.mark.parametrize("name", list(ROWS))
def test_each_role_is_answered_as_the_table_says(name: str, make_person: Callable[..., Any]) -> None:
    expected, address = ROWS[name]
    got = ""
    for role in ROLES:
        person = make_person(role)
        answer = any_token(person, name).ask(
            address,
            METHODS.get(name, "GET"),
            data=BODIES.get(name, '{"text": "Rang"}'),
            content_type="application/json",
            headers={"Fourfold-Reason": "Subject access request 12"},
        )
        # What is asked for by key is not there: whoever is let in learns that, and no refusal is trailed.
        let_in = answer.status_code == 200 or (answer.status_code == 404 and not is_refused(person))
        got += "y" if let_in else {403: "-", 404: "?"}.get(answer.status_code, "!")
    assert got == expected


@pytest.mark.parametrize("name", list(ROWS))
def test_the_register_expects_what_the_table_says(name: str, register: Any) -> None:
    from fourfold.web.access import allows_role, registered

    access = registered()[f"api:{name}"]
    expected = ROWS[name][0].replace("?", "-")
    assert "".join("y" if allows_role(access, role) else "-" for role in ROLES) == expected


@pytest.mark.parametrize("name", list(PAGE_ROWS))
def test_each_role_is_shown_the_pages_as_the_table_says(
    name: str, browse: Callable[..., Any], make_person: Callable[..., Any]
) -> None:
    from fourfold.web.api.models import ApiToken

    expected, address = PAGE_ROWS[name]
    program_of(make_person("analyst"))
    filled = address.format(key=ApiToken.objects.get().pk)
    got = "".join(
        {200: "y", 403: "-", 404: "?", 302: ">"}[browse(role).get(filled).status_code] for role in ROLES
    )
    assert got == expected


@pytest.mark.parametrize("name", list(ROWS))
def test_nothing_is_answered_without_a_token(name: str, browse: Callable[..., Any]) -> None:
    from django.test import Client

    for client in (Client(SERVER_NAME="localhost"), browse("administrator")):
        assert client.generic(METHODS.get(name, "GET"), ROWS[name][1]).status_code == 401


@pytest.mark.parametrize(
    "access", [{}, {"look": SimpleNamespace(act="")}], ids=["not registered", "without an act"]
)
def test_an_operation_without_an_act_stops_the_start(
    access: dict[str, Any], register: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ninja import Router

    from fourfold.home import WrongUseError
    from fourfold.web.api import gathering

    router = Router()

    @router.get("/look")
    def look(request: Any) -> dict[str, str]:
        return {}

    module = SimpleNamespace(router=router, ACCESS=access, __name__="a_desk.endpoints")
    monkeypatch.setattr(gathering, "endpoint_modules", lambda: [module])
    with pytest.raises(WrongUseError, match="look of a_desk"):
        gathering.gathered.__wrapped__()


def test_every_operation_asks_for_its_token(register: Any) -> None:
    from fourfold.web.api.gathering import Door, gathered

    for name, operation in gathered().operations.items():
        (door,) = operation.auth_callbacks
        assert isinstance(door, Door)
        assert door.access == gathered().access[name]


def test_who_needs_a_reason_gives_it_in_a_header(
    make_person: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.web.api.gathering import gathered
    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.ui.access import by_token

    (door,) = gathered().operations["list_figures"].auth_callbacks
    monkeypatch.setattr(door, "access", by_token("see_victims"))
    officer = make_person("data_protection")
    from fourfold.web.api.models import ApiToken

    program = any_token(officer, "list_figures")
    ApiToken.objects.update(scopes=["see_victims"])
    for why in ("", "because"):
        answer = program.ask("/api/figures", headers={"Fourfold-Reason": why})
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:fourfold:problem:reason-needed")
    answer = program.ask("/api/figures", headers={"Fourfold-Reason": "Subject access request 12"})
    assert answer.status_code == 200
    entry = TrailEntry.objects.first()
    assert (entry.act, entry.why) == ("reason_given", "Subject access request 12")
    assert entry.detail["act"] == "see_victims"


def test_what_must_not_be_known_answers_as_if_it_were_not_there(
    make_person: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.web.api.gathering import gathered
    from fourfold.web.ui.access import by_token

    (door,) = gathered().operations["list_figures"].auth_callbacks
    monkeypatch.setattr(door, "access", by_token("see_victims"))
    answer = any_token(make_person("performance"), "list_figures").ask("/api/figures")
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:fourfold:problem:not-found")
