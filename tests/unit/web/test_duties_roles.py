"""Every page of the desk with every role, as a table: y answers, > goes on, - refused, ? as if there were none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from duty_cases import UNIT_CODE, row_of

ROLES = (
    "victim_care", "analyst", "offender_manager", "auditor", "performance", "data_protection", "administrator",
)  # fmt: skip

# One column a role, in the order above. A data-protection officer gives a reason first (>); whoever sees counts
# alone is sent to those (>).
GETS = """
list                yyyy>>?
export              yyy----
compliance          yyyyy>?
compliance_export   yyyyy>?
digest_latest       >>>>?>?
digest              yyyy?>?
crime               yyyy?>?
record              y?y????
withdraw            y?y????
vouch               y?y????
escalate            y?y????
answer              y?y????
"""
POSTS = """
record              >?>????
withdraw            >?>????
vouch               >?>????
escalate            >?>????
answer              >?>????
"""
ROWS = [("get", *line.split()) for line in GETS.strip().splitlines()] + [
    ("post", *line.split()) for line in POSTS.strip().splitlines()
]
REF = "C/2/21"
DECISION = "0" * 32
TOLD = {
    "what": "done:victim_updated", "on_day": "26", "on_month": "10", "on_year": "2021", "seen": "0", "form_key": "",
    "until_day": "31", "until_month": "10", "until_year": "2021", "note": "n", "why": "w", "decided": "d",
}  # fmt: skip


def address(page: str) -> str:
    key = row_of(REF).key
    arguments: dict[str, list[Any]] = {
        "export": ["csv"],
        "compliance_export": ["csv"],
        "digest": ["2022-01-04"],
        "crime": [REF],
        "vouch": [REF],
        "withdraw": [DECISION, REF],
        **{name: [key, REF] for name in ("record", "escalate", "answer")},
    }
    return reverse(f"victims_code:{page}", args=arguments.get(page, []))


@pytest.fixture
def desk(duties: Any) -> Any:
    from django.utils import timezone

    from fourfold.web.victims_code.models import DutyEvent
    from fourfold.web.victims_code.tasks import begin_day

    begin_day.call()
    DutyEvent.objects.create(
        case_ref=REF, at=timezone.now(), kind="vouched", words="Contact log vouched", decision=DECISION
    )
    assert timezone.localdate().isoformat() == "2022-01-04"
    return duties


def test_every_page_of_the_desk_stands_in_the_table(register: Any) -> None:
    from fourfold.web.victims_code.urls import ACCESS, app_name, urlpatterns

    names = {f"{app_name}:{pattern.name}" for pattern in urlpatterns}
    assert names == set(ACCESS) == {f"victims_code:{row[1]}" for row in ROWS}


@pytest.mark.parametrize(("method", "page", "answers"), ROWS)
def test_each_role_is_answered_as_the_table_says(
    method: str, page: str, answers: str, desk: Any, browse: Callable[..., Any]
) -> None:
    from django.utils import timezone

    from fourfold.web.victims_code.models import DutyEvent, DutyRow

    got = ""
    for role in ROLES:
        DutyRow.objects.update(escalated_at=timezone.now() if page == "answer" else None, answered_at=None)
        DutyEvent.objects.update(is_withdrawn=False)
        client = browse((role, UNIT_CODE))
        where = address(page)
        told = TOLD | {"seen": "9", "form_key": f"{page}-{role}"}
        answer = client.get(where) if method == "get" else client.post(where, told)
        got += {200: "y", 403: "-", 404: "?", 302: ">"}.get(answer.status_code, "!")
    assert got == answers


@pytest.mark.parametrize(("method", "page", "answers"), ROWS)
def test_nobody_comes_in_without_signing_in(method: str, page: str, answers: str, desk: Any) -> None:
    from django.test import Client

    answer = getattr(Client(SERVER_NAME="localhost"), method)(address(page))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("page", ["crime", "record", "withdraw", "vouch", "escalate", "answer"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_crime_of_another_unit_is_not_there_and_asking_for_it_is_trailed(
    method: str, page: str, desk: Any, browse: Callable[..., Any]
) -> None:
    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.victims_code.models import DutyEvent

    if (method, page) == ("post", "crime"):
        return
    client = browse(("offender_manager", "response-south"))
    assert getattr(client, method)(address(page), TOLD).status_code == 404
    entry = TrailEntry.objects.first()
    assert (entry.act, entry.who_id, entry.subject_refs) == ("access_denied", str(client.person.pk), [REF])
    assert DutyEvent.objects.count() == 1
    assert REF.encode() not in client.get("/victims-code/?list=all").content


def test_a_crime_goes_with_the_unit_that_the_lake_names_now(desk: Any, browse: Callable[..., Any]) -> None:
    """What was taken up before says the old unit: it must not let anybody in."""
    from fourfold.web.accounts.models import Unit
    from fourfold.web.victims_code.models import DutyRow

    DutyRow.objects.filter(case_ref=REF).update(unit=Unit.objects.get(code="response-south"))
    assert browse(("offender_manager", "response-south")).get(address("crime")).status_code == 404
    assert browse(("offender_manager", UNIT_CODE)).get(address("crime")).status_code == 200


VICTIM, SUSPECT = "Winifred Castleton", "Malachi Thornbury"
# Whose names stand on the page of a crime with a victim and a suspect.
NAMES = {
    "victim_care": (True, False),
    "analyst": (False, True),
    "offender_manager": (False, True),
    "auditor": (False, False),
}


@pytest.mark.parametrize(("role", "shows"), NAMES.items())
def test_names_stand_where_the_matrix_lets_them_and_are_masked_else(
    role: str, shows: tuple[bool, bool], desk: Any, browse: Callable[..., Any]
) -> None:
    from fourfold.web.trail.models import TrailEntry

    page = browse((role, UNIT_CODE)).get(address("crime")).content.decode()
    assert (VICTIM in page, SUSPECT in page) == shows
    assert "(masked) (V2)" in page or shows[0]
    assert "V2" in page
    entry = TrailEntry.objects.first()
    named = [word for word, is_shown in zip(("victims", "suspects"), shows, strict=True) if is_shown]
    assert (entry.act, entry.subject_refs, entry.detail["names"]) == ("duties_of_crime_opened", [REF], named)


@pytest.mark.parametrize("page", ["list", "digest", "export", "record", "vouch"])
def test_no_name_of_a_suspect_stands_anywhere_for_victim_care(
    page: str, desk: Any, browse: Callable[..., Any]
) -> None:
    answer = browse(("victim_care", UNIT_CODE)).get(address(page))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert REF.encode() in content
    assert SUSPECT.encode() not in content


def test_an_auditor_sees_the_names_of_a_sampled_crime_alone(
    desk: Any, browse: Callable[..., Any], monkeypatch: Any
) -> None:
    from fourfold.web.accounts import sampled

    client = browse("auditor")
    monkeypatch.setattr(sampled, "_FINDERS", [])
    sampled.register_sampled(lambda person, ref: person.pk == client.person.pk and ref == REF)
    assert VICTIM in client.get(address("crime")).content.decode()
    assert "Zebedia" not in client.get(reverse("victims_code:crime", args=["C/1/21"])).content.decode()
    assert VICTIM not in browse("auditor").get(address("crime")).content.decode()


def test_a_data_protection_officer_gives_a_reason_that_is_kept(desk: Any, browse: Callable[..., Any]) -> None:
    from fourfold.web.trail.models import TrailEntry

    client = browse(("data_protection", "information"))
    asked = client.get(address("crime"))["Location"]
    client.post(asked, {"why": "Subject access request 12"})
    assert VICTIM in client.get(address("crime")).content.decode()
    entry = TrailEntry.objects.first()
    assert (entry.act, entry.why) == ("duties_of_crime_opened", "Subject access request 12")


def test_a_force_that_hides_duties_from_a_role_hides_recording_too(
    desk: Any, browse: Callable[..., Any]
) -> None:
    (desk.policy / "access.yaml").write_text("see_duties: {offender_manager: no}", encoding="utf-8")
    client = browse(("offender_manager", UNIT_CODE))
    assert [client.get(address(page)).status_code for page in ("list", "crime", "record")] == [404, 404, 404]


def test_a_role_taken_in_mid_session_closes_the_desk_at_the_next_page(
    desk: Any, browse: Callable[..., Any]
) -> None:
    client = browse(("offender_manager", UNIT_CODE))
    assert client.get(address("crime")).status_code == 200
    client.person.memberships.all().delete()
    assert client.get(address("crime")).status_code == 404
    assert client.post(address("record"), TOLD).status_code == 404


def test_an_export_holds_the_readers_units_alone_and_is_trailed(
    desk: Any, browse: Callable[..., Any]
) -> None:
    from fourfold.web.trail.models import TrailEntry

    client = browse(("offender_manager", UNIT_CODE))
    told = b"".join(client.get(address("export") + "?list=all").streaming_content).decode("utf-8-sig")
    assert told.startswith("OFFICIAL-SENSITIVE\r\n")
    assert "C/6/21" in told
    assert "C/4/21" not in told
    entry = TrailEntry.objects.filter(act="duties_listed").first()
    assert entry.subject_refs == ["C/1/21", "C/2/21", "C/3/21", "C/6/21"]
    assert (entry.detail["exported"], entry.detail["rows"]) == ("csv", 5)


def test_a_long_list_is_made_in_the_background_with_the_same_rows(
    desk: Any, browse: Callable[..., Any], monkeypatch: Any
) -> None:
    from fourfold.web.accounts.permission import may
    from fourfold.web.exports.models import Export
    from fourfold.web.victims_code.exporting import listing
    from fourfold.web.victims_code.views import exporting

    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 0)
    client = browse(("offender_manager", UNIT_CODE))
    assert client.get(address("export") + "?list=late&enhanced=").status_code == 302
    asked = Export.objects.get()
    assert (asked.name, asked.asked) == ("duties-to-victims", {"list": "late"})
    made = listing(client.person, may(client.person, "export_rows"), asked.asked)
    assert [(key, row[3]) for key, row in made.rows] == [(REF, "Late")]


def test_today_tells_each_role_what_it_may_know(desk: Any, browse: Callable[..., Any]) -> None:
    late = {}
    for role in ROLES:
        page = browse((role, UNIT_CODE)).get("/").content.decode()
        late[role] = ("Late duties" in page, "Compliance with duties" in page, "asked for a reason" in page)
    assert late == {
        "victim_care": (True, False, False), "analyst": (True, False, False), "offender_manager": (True, False, False),
        "auditor": (True, False, False), "performance": (False, True, False), "data_protection": (False, False, True),
        "administrator": (False, False, False),
    }  # fmt: skip
