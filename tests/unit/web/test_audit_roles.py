"""Every page of the audit with every role, as a table: y answers, > goes on, - refused, ? as if there were none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from audit_ground import ROLES, drawn, give_all, in_sample, planned, read_everything
from django.urls import reverse

UNIT = "audit"

# One column a role, in the order of ROLES. The sample's findings are approved; `read`, `draw` and the like stand in
# a second one that is being read, and a third that is planned. Crimes were given to another auditor.
GETS = """
list               yyyyyy-
plan               ---y---
mine               ???y???
actions            yyyyyy-
actions_export     yyyyyy-
end_action         ---y---
read               ???????
scope              ???????
settle             ???????
sample             ---y---
draw               ---y---
withdraw           ---y---
crimes             ---y---
crimes_export      ---y---
answers            ---y---
pack               ???????
findings           yyyyyy-
findings_download  yyyyyy-
sign_off           ---y---
add_action         ---y---
"""
POSTS = """
give               ---?---
give_ticked        ---?---
autosave           ???????
"""
ROWS = [("get", *line.split()) for line in GETS.strip().splitlines()] + [
    ("post", *line.split()) for line in POSTS.strip().splitlines()
]


@pytest.fixture
def desk(make_person: Callable[..., Any], monkeypatch: Any) -> dict[str, Any]:
    """One sample whose findings are approved, one being read, one planned, and an action."""
    from datetime import date

    from fourfold.web.audit.actions.acting import set_action
    from fourfold.web.audit.actions.signing import approve
    from fourfold.web.audit.finding import findings_of
    from fourfold.web.audit.models import Sample

    ada, ben = make_person(("auditor", UNIT)), make_person(("auditor", UNIT))
    approved = drawn(ada, monkeypatch, size=10, twice=[])
    give_all(approved, ada)
    read_everything(approved)
    approve(sample=approved.pk, findings=findings_of(approved), by=ben, seen=approved.version)
    Sample.objects.filter(pk=approved.pk).update(first_day=date(2021, 1, 1))
    reading = drawn(ada, monkeypatch, size=10, twice=[])
    give_all(reading, ada)
    Sample.objects.filter(pk=reading.pk).update(first_day=date(2021, 4, 1))
    read = drawn(ada, monkeypatch, size=10, twice=[])
    give_all(read, ada)
    read_everything(read)
    Sample.objects.filter(pk=read.pk).update(first_day=date(2021, 7, 1))
    action = set_action(
        sample=approved.pk, question="", stratum="", words="Brief", owner=ada, due_on=date(2999, 1, 1), by=ada
    )
    return {"approved": approved, "reading": reading, "read": read, "planned": planned(ada), "action": action}


def address(page: str, desk: dict[str, Any]) -> str:
    crime = in_sample(desk["reading"])[0].pk
    arguments: dict[str, list[Any]] = {
        "actions_export": ["csv"],
        "end_action": [desk["action"].pk],
        **{page: [crime] for page in ("read", "autosave", "scope", "settle")},
        **{page: [desk["approved"].pk] for page in ("sample", "crimes", "findings", "add_action")},
        "draw": [desk["planned"].pk],
        "give": [desk["approved"].pk + 999],
        "give_ticked": [desk["approved"].pk + 999],
        "withdraw": [desk["reading"].pk],
        "crimes_export": [desk["approved"].pk, "csv"],
        "answers": [desk["approved"].pk, in_sample(desk["approved"])[0].pk],
        "pack": [desk["reading"].pk, "html"],
        "findings_download": [desk["approved"].pk, "xlsx"],
        "sign_off": [desk["read"].pk],
    }
    return reverse(f"audit:{page}", args=arguments.get(page, []))


def test_every_page_of_the_desk_stands_in_the_table(register: Any) -> None:
    from fourfold.web.audit.urls import ACCESS, app_name, urlpatterns

    names = {f"{app_name}:{pattern.name}" for pattern in urlpatterns}
    assert names == set(ACCESS) == {f"audit:{row[1]}" for row in ROWS}


def test_each_role_is_answered_as_the_table_says(desk: Any, browse: Any) -> None:
    signs = {200: "y", 204: "n", 403: "-", 404: "?", 302: ">"}
    clients = [browse((role, UNIT)) for role in ROLES]
    got = {}
    for method, page, _ in ROWS:
        where = address(page, desk)
        got[page] = "".join(signs.get(getattr(one, method)(where).status_code, "!") for one in clients)
    assert got == {page: answers for _, page, answers in ROWS}


def test_nobody_comes_in_without_signing_in(desk: Any) -> None:
    from django.test import Client

    for method, page, _ in ROWS:
        answer = getattr(Client(SERVER_NAME="localhost"), method)(address(page, desk))
        assert (page, answer.status_code) == (page, 302)
        assert answer["Location"].startswith("/sign-in/?next=")


def test_findings_are_for_auditors_alone_until_they_are_signed_off(desk: Any, browse: Any) -> None:
    for role in (role for role in ROLES if role != "auditor"):
        look_for_findings(browse((role, UNIT)), desk)


def look_for_findings(client: Any, desk: Any) -> None:
    for page in ("findings", "findings_download"):
        for sample in ("reading", "read", "planned"):
            extra = ["html"] if page == "findings_download" else []
            answer = client.get(reverse(f"audit:{page}", args=[desk[sample].pk, *extra]))
            assert answer.status_code in (403, 404)
    listed = client.get("/audit/")
    if listed.status_code == 200:
        assert f"/audit/{desk['approved'].pk}/findings/".encode() in listed.content
        assert b"Being read" not in listed.content


def test_auditors_too_see_no_findings_before_everything_is_read(desk: Any, browse: Any) -> None:
    client = browse(("auditor", UNIT))
    assert client.get(reverse("audit:findings", args=[desk["reading"].pk])).status_code == 404
    assert (
        client.get(
            reverse("audit:answers", args=[desk["reading"].pk, in_sample(desk["reading"])[0].pk])
        ).status_code
        == 404
    )
    assert client.get(reverse("audit:findings", args=[desk["read"].pk])).status_code == 200


def test_a_crime_given_to_another_is_not_there_and_asking_for_it_is_trailed(desk: Any, browse: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    client, ref = browse(("auditor", UNIT)), in_sample(desk["reading"])[0].crime_ref
    for page in ("read", "scope", "settle", "autosave"):
        answer = getattr(client, "post" if page == "autosave" else "get")(address(page, desk))
        assert answer.status_code == 404
        entry = TrailEntry.objects.first()
        assert (entry.act, entry.who_id, entry.subject_refs) == (
            "access_denied",
            str(client.person.pk),
            [ref],
        )
        assert entry.detail["page"] == f"audit:{page}"


def test_a_crime_is_closed_to_its_reader_when_it_is_found_to_be_their_own(desk: Any, browse: Any) -> None:
    from django.test import Client

    from fourfold.web.accounts.sampled import is_sampled
    from fourfold.web.audit.models import SampledCrime

    crime = in_sample(desk["reading"])[0]
    reader = crime.readings.get().reader
    client = Client(SERVER_NAME="localhost")
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(address("read", desk)).status_code == 200
    assert is_sampled(reader, crime.crime_ref)
    assert not is_sampled(browse(("auditor", UNIT)).person, crime.crime_ref)
    SampledCrime.objects.filter(pk=crime.pk).update(officer_ref="PC1")
    reader.officer_ref = "pc1"
    reader.save()
    assert client.get(address("read", desk)).status_code == 404
    assert not is_sampled(reader, crime.crime_ref)
    told = client.get(reverse("audit:sample", args=[desk["reading"].pk])).content.decode()
    assert "lies with somebody who may not read" not in told, "not told to whoever reads it"
    other = browse(("auditor", UNIT)).get(reverse("audit:sample", args=[desk["reading"].pk])).content.decode()
    assert "1 reading lies with somebody who may not read it any more" in other


def test_an_owner_ends_their_own_action_and_nobody_elses(desk: Any, browse: Any) -> None:
    client = browse(("victim_care", UNIT))
    assert client.get(address("end_action", desk)).status_code == 403
    desk["action"].owner = client.person
    desk["action"].save()
    assert client.get(address("end_action", desk)).status_code == 200
    sent = {"state": "done", "words": "Briefed", "seen": "1", "form_key": "k"}
    assert client.post(address("end_action", desk), sent).status_code == 302
    desk["action"].refresh_from_db()
    assert desk["action"].state == "done"
