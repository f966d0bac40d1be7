"""Cases of victim care for programs: each role sees what its pages show, and the trail says so alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from api_ground import SECRETS, Program, program_of, small_force

from fourfold.home import Home


@pytest.fixture(scope="module")
def force(web: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    return small_force(tmp_path_factory.mktemp("referrals"), victims=9)


@pytest.fixture
def cases(force: Home, register: Home) -> Iterator[list[Any]]:
    from django.test import override_settings

    from fourfold.web.victim_care.models import Case
    from fourfold.web.victim_care.taking_up import take_up

    with override_settings(HOME=force):
        take_up(force)
        yield list(Case.objects.filter(person_id__startswith="NFRC9").order_by("person_id"))


@pytest.fixture
def officer(cases: list[Any], make_person: Callable[..., Any]) -> Program:
    return program_of(make_person(("victim_care", "victim-care"), name="Olu Officer"))


def newest() -> Any:
    from fourfold.web.trail.models import TrailEntry

    return TrailEntry.objects.first()


def test_an_officer_lists_the_cases_of_the_unit_the_first_due_first(
    officer: Program, cases: list[Any]
) -> None:
    rows = list(officer.items("/api/referrals"))
    assert {row["reference"] for row in rows} >= {case.person_id for case in cases}
    assert len({row["id"] for row in rows}) == len(rows)
    due = [row["due_on"] or "9999" for row in rows]
    assert due == sorted(due)
    row = next(row for row in rows if row["reference"] == cases[3].person_id)
    assert row["name"] == "Philippa Quillfeather"
    assert {one["rule"] for one in row["reasons"]} == {"aged", "romance"}
    assert (row["unit"], row["officer"], row["version"]) == ("victim-care", None, 1)


def test_each_page_of_the_list_is_one_entry_with_the_keys_it_showed(officer: Program) -> None:
    told = officer.ask("/api/referrals?limit=4&state=new").json()
    entry = newest()
    assert (entry.act, entry.role, entry.unit) == ("cases_listed", "victim_care", "victim-care")
    assert entry.subject_refs == sorted(row["reference"] for row in told["items"])
    assert entry.detail["state"] == "new"
    assert entry.detail["token"]


def test_one_case_says_what_working_it_needs_and_is_trailed(officer: Program, cases: list[Any]) -> None:
    told = officer.ask(f"/api/referrals/{cases[0].pk}").json()
    assert (told["email"], told["date_of_birth"]) == ("z0@example.org", "1931-07-09")
    assert told["reports"][0]["report_ref"] == cases[0].person_id
    assert "the bank had rung" not in json.dumps(told)
    entry = newest()
    assert (entry.act, entry.subject_refs) == ("case_opened", [cases[0].person_id])


def test_names_and_contact_details_are_masked_for_an_analyst(
    cases: list[Any], officer: Program, make_person: Callable[..., Any]
) -> None:
    officer.ask(
        f"/api/referrals/{cases[0].pk}/notes", "POST", data=json.dumps({"text": "Zebedee rang"}),
        content_type="application/json",
    )  # fmt: skip
    analyst = program_of(make_person("analyst"), "see_victims")
    listed = analyst.ask("/api/referrals").content.decode()
    whole = analyst.ask(f"/api/referrals/{cases[0].pk}")
    told = whole.json()
    for word in SECRETS:
        assert word not in listed
        assert word not in whole.content.decode()
    assert {told[name] for name in ("name", "email", "phone", "address", "postcode")} == {"(masked)"}
    assert told["events"][0]["detail"] == "(masked)"


def test_what_was_not_told_is_missing_and_not_masked(
    cases: list[Any], make_person: Callable[..., Any]
) -> None:
    from fourfold.web.victim_care.models import Case

    Case.objects.filter(pk=cases[0].pk).update(email="", name="", date_of_birth=None)
    told = program_of(make_person("analyst"), "see_victims").ask(f"/api/referrals/{cases[0].pk}").json()
    assert (told["name"], told["email"], told["date_of_birth"]) == (None, None, None)


def test_a_case_of_another_unit_is_not_there_and_that_it_was_asked_for_is_trailed(
    cases: list[Any], make_person: Callable[..., Any]
) -> None:
    elsewhere = program_of(make_person(("victim_care", "another-unit")))
    assert elsewhere.ask("/api/referrals?state=all").json()["items"] == []
    for address, method in (
        (f"/api/referrals/{cases[0].pk}", "GET"),
        (f"/api/referrals/{cases[0].pk}/notes", "POST"),
    ):
        answer = elsewhere.ask(
            address, method, data=json.dumps({"text": "x"}), content_type="application/json"
        )
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:fourfold:problem:not-found")
        entry = newest()
        assert (entry.act, entry.subject_refs) == ("access_denied", [cases[0].person_id])
    missing = elsewhere.ask("/api/referrals/999999")
    assert missing.json() == answer.json()


def test_a_note_stands_on_the_timeline_and_in_the_trail(officer: Program, cases: list[Any]) -> None:
    text = "Rang: said “call again” — 王小明 📞 مريم"
    answer = officer.ask(
        f"/api/referrals/{cases[1].pk}/notes",
        "POST",
        data=json.dumps({"text": text}),
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()) == (201, {"id": cases[1].pk, "version": 2})
    entry = newest()
    assert (entry.act, entry.subject_refs) == ("case_note_added", [cases[1].person_id])
    assert text not in str(entry.__dict__)
    event = officer.ask(f"/api/referrals/{cases[1].pk}").json()["events"][0]
    assert (event["kind"], event["detail"], event["by"]) == ("note", text, "Olu Officer")


def test_a_note_sent_again_is_written_once(officer: Program, cases: list[Any]) -> None:
    from fourfold.web.victim_care.models import CaseEvent

    def send() -> int:
        answer = officer.ask(
            f"/api/referrals/{cases[1].pk}/notes", "POST", data='{"text": "Rang"}', content_type="application/json",
            headers={"Idempotency-Key": "note-1"},
        )  # fmt: skip
        return int(answer.status_code)

    assert [send(), send()] == [201, 409]
    assert CaseEvent.objects.filter(case=cases[1], kind="note").count() == 1


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ('{"text": "  "}', "application/json", 422),
        ('{"text": "a\\u0000b"}', "application/json", 422),
        ('{"text": "\\ud800"}', "application/json", 422),
        ("{}", "application/json", 422),
        ('{"text": "x", "txet": "y"}', "application/json", 422),
        ("{", "application/json", 400),
        ('{"text": "x"}', "text/plain", 415),
        ("text=x", "application/x-www-form-urlencoded", 415),
        (json.dumps({"text": "x" * 3_000_000}), "application/json", 413),
    ],
)
def test_a_note_that_cannot_be_read_is_a_problem_and_nothing_is_kept(
    body: str, kind: str, status: int, officer: Program, cases: list[Any]
) -> None:
    from fourfold.web.victim_care.models import CaseEvent

    answer = officer.ask(f"/api/referrals/{cases[1].pk}/notes", "POST", data=body, content_type=kind)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert not CaseEvent.objects.filter(kind="note").exists()


def test_the_list_asks_the_register_as_often_for_many(officer: Program) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for limit in (1, 9):
        with CaptureQueriesContext(connection) as asked:
            officer.ask(f"/api/referrals?limit={limit}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 14


def test_a_cursor_that_is_no_case_leads_nowhere(officer: Program) -> None:
    for cursor in ("999999", "first", "-1", "1e3"):
        assert officer.ask(f"/api/referrals?after={cursor}").status_code == 404
