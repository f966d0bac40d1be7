"""Every page of the rules desk with every role, as a table: y answers, - is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from rules_desk import TRY, filled_lake

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
# One column a role, in the order above. Letters: y yes, - refused, > sent on.
TABLE = """
rules:rules      yy--y--
rules:rule       yy--y--
rules:propose    yy--y--
rules:changes    yy--y--
rules:export     yy--y--
rules:change     yy--y--
rules:withdraw   -------
rules:approve    ----y--
rules:refuse     ----y--
"""
# A proposal of somebody else's is withdrawn by nobody here; its proposer's own page is in the desk's tests.
OWN_ONLY = {"rules:withdraw"}
ROWS = [tuple(line.split()) for line in TABLE.strip().splitlines()]


@pytest.fixture(scope="module", autouse=True)
def _records(web: Home) -> Iterator[None]:
    with filled_lake(web):
        yield


@pytest.fixture
def proposal(register: Home, make_person: Callable[..., Any]) -> Any:
    from datetime import date

    from fourfold.pipeline.triable_rules import FRAUD_TRIAGE
    from fourfold.web.rules import actions

    today = actions.timezone.localdate()
    found = FRAUD_TRIAGE.try_out(register, {"fraud_triage.age_at_least": 65}, today)
    change = {
        "name": "fraud_triage.age_at_least",
        "title": "Age",
        "value": 65,
        "words": "65 years",
        "was": 70,
        "was_words": "70 years",
    }
    return actions.propose(
        rule="fraud_triage", changes=[change], result=found, holds_from=date(2099, 1, 1), is_backdated=False,
        reason="To see who may", form_key="roles", by=make_person("analyst"),
    )  # fmt: skip


def address_of(page: str, proposal: Any) -> str:
    from django.urls import reverse
    from django.utils.http import urlencode

    name = page.partition(":")[2]
    arguments: list[Any] = []
    if name in ("rule", "propose"):
        arguments = ["fraud_triage"]
    elif name == "export":
        arguments = ["csv"]
    elif name in ("change", "withdraw", "approve", "refuse"):
        arguments = [proposal.pk if proposal else 1]
    query = f"?{urlencode(TRY)}" if name == "propose" else ""
    return reverse(page, args=arguments) + query


def test_the_table_covers_every_page_of_the_desk(register: Home) -> None:
    from fourfold.web.rules.urls import ACCESS, urlpatterns

    assert {row[0] for row in ROWS} == set(ACCESS) == {f"rules:{pattern.name}" for pattern in urlpatterns}


@pytest.mark.parametrize("page", [row[0] for row in ROWS])
def test_each_role_is_answered_as_the_table_says(
    page: str, proposal: Any, browse: Callable[..., Any]
) -> None:
    address = address_of(page, proposal)
    got = "".join(
        {200: "y", 403: "-", 302: ">"}.get(browse(role).get(address).status_code, "!") for role in ROLES
    )
    assert got == dict(ROWS)[page]


@pytest.mark.parametrize("page", [row[0] for row in ROWS if row[0] not in OWN_ONLY])
def test_the_register_expects_what_the_table_says(page: str, register: Home) -> None:
    from fourfold.web.access import allows_role, registered

    assert (
        "".join("y" if allows_role(registered()[page], role) else "-" for role in ROLES) == dict(ROWS)[page]
    )


@pytest.mark.parametrize("page", [row[0] for row in ROWS])
def test_nobody_comes_in_without_signing_in(page: str, register: Home) -> None:
    from django.test import Client

    answer = Client(SERVER_NAME="localhost").get(address_of(page, None))
    assert answer["Location"].startswith("/sign-in/?next=")


def test_what_the_refused_send_changes_nothing(proposal: Any, browse: Callable[..., Any]) -> None:
    for role in ROLES:
        for step in ("approve", "refuse", "withdraw"):
            if (role, step) in (("performance", "approve"), ("performance", "refuse")):
                continue
            answer = browse(role).post(
                f"/rules/changes/{proposal.pk}/{step}/", {"why": "Because I say so", "version": 1}
            )
            assert answer.status_code == 403, (role, step)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.version) == ("proposed", 1)


def test_a_role_taken_in_mid_session_ends_there(proposal: Any, browse: Callable[..., Any]) -> None:
    client = browse("performance")
    assert client.get(f"/rules/changes/{proposal.pk}/approve/").status_code == 200
    client.person.memberships.all().delete()
    answer = client.post(
        f"/rules/changes/{proposal.pk}/approve/", {"why": "Because I still can", "version": 1}
    )
    assert answer.status_code == 403
