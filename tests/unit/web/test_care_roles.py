"""Every page of victim care with every role, as a table: y answers, > goes on, - refused, ? as if there were none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from care_cases import case_of, person, take
from django.urls import reverse

ROLES = (
    "victim_care",
    "analyst",
    "offender_manager",
    "auditor",
    "performance",
    "data_protection",
    "administrator",
)
UNIT = "victim-care"

# One column a role, in the order above. A data-protection officer gives a reason first (>).
GETS = """
list          yyy??>?
case          yyy??>?
caseload      yyy??>?
narratives    yy???>?
referral      yyy??>?
stock         y??????
assign        y??????
refer         y??????
step          y??????
export        yyy----
"""
POSTS = """
allocate      >??????
save_view     >>>??>?
drop_view     ?????>?
take          >??????
end_task      >??????
autosave      n??????
step          >??????
"""
ROWS = [("get", *line.split()) for line in GETS.strip().splitlines()] + [
    ("post", *line.split()) for line in POSTS.strip().splitlines()
]
SHOWN = b'ff-faint">R1'
"""The reference R1 on a line of the list; R1 alone may stand in any token of a page."""
TOLD = {"text": "Rang", "seen": "1", "form_key": "k"}


def address(page: str, case: Any) -> str:
    arguments: dict[str, list[Any]] = {
        "case": [case.pk],
        "narratives": [case.pk],
        "referral": [case.pk, case.referrals.get().pk],
        "assign": [case.pk],
        "refer": [case.pk],
        "take": [case.pk],
        "step": [case.pk, "note"],
        "autosave": [case.pk, "call"],
        "end_task": [case.pk, case.tasks.get().pk],
        "drop_view": [999],
        "export": ["csv"],
    }
    return reverse(f"victim_care:{page}", args=arguments.get(page, []))


@pytest.fixture
def case(register: Any, make_person: Callable[..., Any]) -> Any:
    from django.utils import timezone

    from fourfold.web.victim_care.models import SharedReferral

    take(register, person("R1"))
    made = case_of("R1")
    SharedReferral.objects.create(
        case=made,
        at=timezone.now(),
        by=make_person(),
        partner="victim_support",
        ground="consent",
        shared={"Name": "Z Q"},
        why="w",
    )
    return made


def test_every_page_of_the_desk_stands_in_the_table(register: Any) -> None:
    from fourfold.web.victim_care.urls import ACCESS, app_name, urlpatterns

    names = {f"{app_name}:{pattern.name}" for pattern in urlpatterns}
    assert names == set(ACCESS) == {f"victim_care:{row[1]}" for row in ROWS}


@pytest.mark.parametrize(("method", "page", "answers"), ROWS)
def test_each_role_is_answered_as_the_table_says(
    method: str, page: str, answers: str, case: Any, browse: Any
) -> None:
    got = ""
    for role in ROLES:
        client = browse((role, UNIT))
        case.officer = client.person if role == "victim_care" and page == "narratives" else None
        case.save()
        where = address(page, case)
        answer = client.get(where) if method == "get" else client.post(where, TOLD)
        got += {200: "y", 204: "n", 403: "-", 404: "?", 302: ">"}.get(answer.status_code, "!")
    assert got == answers


@pytest.mark.parametrize(("method", "page", "answers"), ROWS)
def test_nobody_comes_in_without_signing_in(method: str, page: str, answers: str, case: Any) -> None:
    from django.test import Client

    answer = getattr(Client(SERVER_NAME="localhost"), method)(address(page, case))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("page", ["case", "narratives", "referral", "assign", "refer", "step"])
def test_a_case_of_another_unit_is_not_there_and_asking_for_it_is_trailed(
    page: str, case: Any, browse: Any
) -> None:
    from fourfold.web.trail.models import TrailEntry

    client = browse(("victim_care", "elsewhere"))
    assert client.get(address(page, case)).status_code == 404
    entry = TrailEntry.objects.first()
    assert (entry.act, entry.who_id, entry.subject_refs) == ("access_denied", str(client.person.pk), ["R1"])
    assert SHOWN not in client.get("/victim-care/").content


@pytest.mark.parametrize("page", ["take", "end_task", "autosave", "step", "assign", "refer"])
def test_nothing_is_done_on_a_case_of_another_unit(page: str, case: Any, browse: Any) -> None:
    before = case_of("R1").version
    assert browse(("victim_care", "elsewhere")).post(address(page, case), TOLD).status_code == 404
    assert case_of("R1").version == before


@pytest.mark.parametrize("role", ["analyst", "offender_manager"])
def test_names_and_contact_details_are_masked_wherever_they_would_stand(
    role: str, case: Any, browse: Any
) -> None:
    from fourfold.web.victim_care.models import CaseEvent

    CaseEvent.objects.filter(case=case).update(detail="Rang Zebedia at home")
    client = browse((role, "intelligence"))
    hidden = (
        b"Zebedia",
        b"Quillfeather",
        b"01999 555123",
        b"zq@example.org",
        b"1 Quill Lane",
        b"ZE1 9QQ",
        b"6 May 1940",
        b"Z Q<",
    )
    for page in ("list", "case", "referral", "export"):
        answer = client.get(address(page, case) + ("?state=all" if page == "list" else ""))
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert [word for word in hidden if word in content] == [], page
        assert page == "export" or b"(masked)" in content


def test_an_analyst_cannot_find_out_a_name_by_searching_for_it(case: Any, browse: Any) -> None:
    client = browse(("analyst", "intelligence"))
    assert b"R1" not in client.get("/victim-care/?q=Quillfeather").content.replace(
        b'value="Quillfeather"', b""
    )
    assert b"R1" in client.get("/victim-care/?q=R1").content


def test_an_officer_reads_what_was_told_on_their_own_cases_alone(case: Any, browse: Any) -> None:
    client = browse(("victim_care", UNIT))
    assert client.get(address("narratives", case)).status_code == 404
    case.officer = client.person
    case.save()
    assert client.get(address("narratives", case)).status_code == 200


def test_an_export_holds_an_officers_own_cases_and_is_trailed_with_their_keys(
    case: Any, browse: Any, register: Any
) -> None:
    from fourfold.web.trail.models import TrailEntry

    take(register, person("R1"), person("R2", last_name="=cmd()"))
    client = browse(("victim_care", UNIT))
    other = case_of("R2")
    other.officer = client.person
    other.save()
    told = b"".join(client.get(address("export", case)).streaming_content).decode("utf-8-sig")
    assert told.startswith("OFFICIAL-SENSITIVE\r\n")
    assert "R2" in told
    assert "R1" not in told
    entry = TrailEntry.objects.filter(act="cases_exported").get()
    assert (entry.subject_refs, entry.detail) == (["R2"], {"kind": "csv", "rows": 1})


def test_a_role_taken_in_mid_session_closes_the_desk_at_the_next_page(case: Any, browse: Any) -> None:
    client = browse(("victim_care", UNIT))
    assert client.get(address("case", case)).status_code == 200
    client.person.memberships.all().delete()
    assert client.get(address("case", case)).status_code == 404
    assert client.post(address("step", case), TOLD).status_code == 404


def test_a_data_protection_officer_gives_a_reason_that_is_kept(case: Any, browse: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    client = browse(("data_protection", "information"))
    asked = client.get(address("case", case))["Location"]
    client.post(asked, {"why": "Subject access request 12"})
    assert b"Quillfeather" in client.get(address("case", case)).content
    entry = TrailEntry.objects.first()
    assert (entry.act, entry.why, entry.subject_refs) == ("case_opened", "Subject access request 12", ["R1"])


def test_a_long_list_is_made_in_the_background_with_the_same_rows(
    case: Any, browse: Any, monkeypatch: Any
) -> None:
    from fourfold.web.accounts.permission import may
    from fourfold.web.exports.models import Export
    from fourfold.web.victim_care.exporting import listing
    from fourfold.web.victim_care.views import exporting

    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 0)
    client = browse(("analyst", "intelligence"))
    assert client.get("/victim-care/export/csv/?rule=aged&repeat=").status_code == 302
    asked = Export.objects.get()
    assert (asked.name, asked.asked) == ("victim-care-cases", {"rule": "aged"})
    rows = list(listing(client.person, may(client.person, "export_rows"), asked.asked).rows)
    assert [(key, row[1]) for key, row in rows] == [("R1", "(masked)")]
