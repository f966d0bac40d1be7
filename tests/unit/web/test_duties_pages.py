"""The list and the page of a crime: what stands where, what can be recorded, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import duty_cases
import pytest
from django.urls import reverse
from duty_cases import UNIT_CODE, decisions_out, row_of

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def officer(duties: Any, browse: Callable[..., Any]) -> Any:
    return browse(("offender_manager", UNIT_CODE))


@pytest.fixture
def auditor(duties: Any, browse: Callable[..., Any]) -> Any:
    return browse("auditor")


def crime_page(client: Any, ref: str) -> str:
    return str(client.get(reverse("victims_code:crime", args=[ref])).content.decode())


def listed(client: Any, query: str = "") -> list[str]:
    """The crimes of a list, in its order."""
    rows = client.get(f"/victims-code/?{query}").context_data_rows
    return [one.row.case_ref for one in rows]


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the page of the list was given, for Jinja tells no test of it."""
    from fourfold.web.victims_code.views import worklist

    def keeping(request: Any, template: str, context: dict[str, Any]) -> Any:
        answer = standing(request, template, context)
        answer.context_data_rows = context["rows"]
        return answer

    standing = worklist.render
    monkeypatch.setattr(worklist, "render", keeping)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["C/2/21", "C/3/21"]),
        ("list=late", ["C/2/21"]),
        ("list=today", []),
        ("list=week", ["C/3/21"]),
        ("list=later", []),
        ("list=unknown", ["C/1/21", "C/4/21", "C/5/21", "C/6/21", "C/6/21", "C/8/21", "C/8/21"]),
        ("list=working", []),
        ("list=escalated", []),
        ("list=settled", []),
        ("list=all&unit=response-south", ["C/4/21"]),
        ("list=all&unit=unit-not-told", ["C/5/21"]),
        ("list=all&rule=R06-BAIL", []),
        ("group=business", ["C/2/21"]),
        ("list=all&group=domestic", []),
        ("list=all&unit=response-north&sort=-due", ["C/3/21", "C/6/21", "C/6/21", "C/2/21", "C/1/21"]),
        ("list=all&officer=AP2", []),
        ("list=all&enhanced=on", []),
        ("q=C/6/21", ["C/6/21", "C/6/21"]),
        ("q=C/6", []),
        ("list=nonsense", []),
    ],
)  # fmt: skip
def test_the_list_holds_what_is_asked_for(query: str, expected: list[str], auditor: Any, lists: None) -> None:
    assert listed(auditor, query) == expected


@pytest.mark.parametrize(
    ("day", "expected"), [(6, "week"), (7, "today"), (8, "late")], ids=["before", "on the day", "after"]
)
def test_a_running_duty_goes_from_list_to_list_as_its_day_comes(
    day: int, expected: str, auditor: Any, at: Any, lists: None
) -> None:
    at(datetime(2022, 1, day, 23, 30, tzinfo=LONDON))
    auditor.force_login(auditor.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    on = [name for name in ("later", "week", "today", "late") if "C/3/21" in listed(auditor, f"list={name}")]
    assert on == [expected]


def test_pages_of_a_list_lead_on_and_back(auditor: Any, lists: None, monkeypatch: Any) -> None:
    from fourfold.web.ui import keyset
    from fourfold.web.victims_code.views import worklist

    def short(*told: Any, **more: Any) -> Any:
        return keyset.keyset_page(*told, **more, size=4)

    monkeypatch.setattr(worklist, "keyset_page", short)
    first = listed(auditor, "list=all")
    page = auditor.get("/victims-code/?list=all").content.decode()
    later = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert first + listed(auditor, later.lstrip("?")) == [
        *listed(auditor, "list=all"),
        *listed(auditor, later.lstrip("?")),
    ]
    assert listed(auditor, later.lstrip("?"))[0] not in first[:2]


def test_the_list_says_how_far_the_records_reach_and_what_is_older(officer: Any) -> None:
    page = officer.get("/victims-code/").content.decode()
    assert "The records reach to 31 December 2021" in page
    assert "before 31 December 2020, 2 cannot be told" in page


def test_a_crime_without_a_listed_duty_can_be_found_by_who_may_see_it(
    officer: Any, browse: Callable[..., Any]
) -> None:
    found = reverse("victims_code:crime", args=["C/7/18"])
    assert found in officer.get("/victims-code/?q=C/7/18").content.decode()
    other = browse(("offender_manager", "response-south"))
    assert found not in other.get("/victims-code/?q=C/7/18").content.decode()


def test_the_page_of_a_crime_says_how_each_duty_stands_and_why(officer: Any) -> None:
    page = crime_page(officer, "C/2/21")
    for words in (
        "Tell the victim of an arrest", "Not met", "The log says on 25 October 2021 that it was not done.",
        "If it was done after all, record it with its day", "Arrested, 11 October 2021", "Right 6)",
        "Victim updated: not done", "about arrested of 11 October 2021",
    ):  # fmt: skip
        assert words.lower() in page.lower(), words


def test_a_crime_that_nobody_knows_is_not_there(officer: Any) -> None:
    for ref in ("nothing", "C/2/21/../x", "%00", "C/2"):
        assert officer.get(f"/victims-code/crimes/{ref}/").status_code == 404


def send(client: Any, page: str, row: Any, **told: str) -> Any:
    where = reverse(f"victims_code:{page}", args=[row.key, row.case_ref])
    usual = {"seen": "0", "form_key": f"key {page}", "note": ""}
    return client.post(where, usual | told)


def day(text: str, name: str = "on") -> dict[str, str]:
    parts = text.split("-")
    return {f"{name}_year": parts[0], f"{name}_month": parts[1], f"{name}_day": parts[2]}


def test_recorded_as_done_it_goes_out_whole_and_is_being_worked_out(officer: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    row = row_of("C/1/21")
    answer = send(officer, "record", row, what="done:victim_updated", at="14:30", **day("2021-10-15"))
    assert answer.status_code == 302
    assert decisions_out() == [{
        "event_type": "victim_updated", "about_event_id": "C/1/21/arrest", "victim_ref": "V1",
        "happened_at": "2021-10-15T14:30:00+01:00", "result": "done",
    }]  # fmt: skip
    page = crime_page(officer, "C/1/21")
    assert "Being worked out" in page
    assert "Met in time" in page, "the page counts what was recorded at once"
    assert "Victim updated, 15 October 2021" in page
    assert b"Being worked out" in officer.get("/victims-code/?list=working").content
    entry = TrailEntry.objects.filter(act="duty_recorded").get()
    assert (entry.subject_refs, entry.detail["event"], entry.detail["result"]) == (
        ["C/1/21"],
        "victim_updated",
        "done",
    )


@pytest.mark.parametrize(
    ("what", "on", "state"),
    [
        ("done:victim_updated", "2021-10-18", "Met in time"),
        ("done:victim_updated", "2021-10-19", "Met late"),
        ("not_done", "2021-10-20", "Not met"),
    ],
)
def test_what_was_recorded_is_judged_at_once_on_the_page(
    what: str, on: str, state: str, officer: Any
) -> None:
    from fourfold.web.victims_code.crime import CrimePage, crime_told
    from fourfold.web.victims_code.scope import Names, SeenCrime

    row = row_of("C/1/21")
    send(officer, "record", row, what=what, **day(on))
    told = crime_told("C/1/21", date(2022, 1, 4))
    answer: Any = None
    names = Names(officer.person, SeenCrime("C/1/21", UNIT_CODE, answer), told.people)
    duty = CrimePage("C/1/21", told, names, date(2022, 1, 4)).duty(row.key)
    assert duty is not None
    assert (duty.tag.word, duty.is_waiting) == (state, True)


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({}, "Choose what you record"),
        ({"what": "done:arrested"}, "Select a valid choice"),
        ({"what": "not_done"}, "Enter the day"),
        ({"what": "not_done", **day("2021-02-30")}, "must be a real date"),
        ({"what": "not_done", **day("2022-01-05")}, "It must have happened already"),
        ({"what": "not_done", "at": "23:00", **day("2022-01-04")}, "this time is still to come"),
        ({"what": "done:victim_updated", **day("2021-10-10")}, "The duty began on 11 October 2021"),
        ({"what": "not_done", "at": "half past two", **day("2021-10-20")}, "Enter a time such as 14:30"),
    ],
)
def test_what_cannot_be_is_refused_with_words_and_a_link(
    told: dict[str, str], fault: str, officer: Any
) -> None:
    page = send(officer, "record", row_of("C/1/21"), **told).content.decode()
    summary = page.split("govuk-error-summary")[1:]
    assert fault in " ".join(summary)
    assert 'href="#id_' in " ".join(summary)
    assert decisions_out() == []


def test_sent_twice_it_is_saved_once(officer: Any) -> None:
    for _ in range(2):
        answer = send(officer, "record", row_of("C/1/21"), what="not_done", **day("2021-10-20"))
        assert answer.status_code == 302
    assert len(decisions_out()) == 1


def test_the_second_of_two_people_sees_both_versions_and_may_keep_their_own(
    officer: Any, browse: Callable[..., Any]
) -> None:
    other = browse(("victim_care", UNIT_CODE), name="Olive Other")
    send(
        other,
        "record",
        row_of("C/1/21"),
        what="done:victim_updated",
        note="Rang at noon",
        **day("2021-10-15"),
    )
    told = {"what": "not_done", "note": "Nobody rang", "form_key": "mine", **day("2021-10-20")}
    page = send(officer, "record", row_of("C/1/21"), **told).content.decode()
    assert len(decisions_out()) == 1
    for words in (
        "after you opened this form",
        "Victim updated, 15 October 2021",
        "Olive Other",
        "Rang at noon",
        "Nobody rang",
    ):
        assert words in page, words
    assert 'name="seen" value="1"' in page
    assert (
        send(officer, "record", row_of("C/1/21"), **told | {"seen": "1", "form_key": "again"}).status_code
        == 302
    )
    assert len(decisions_out()) == 2


def test_what_is_recorded_on_another_duty_of_the_crime_is_no_conflict(officer: Any) -> None:
    first, second = row_of("C/6/21", subject_ref="V6"), row_of("C/6/21", subject_ref="W6")
    send(officer, "record", first, what="not_done", **day("2021-10-20"))
    answer = send(officer, "record", second, what="not_done", form_key="other", **day("2021-10-20"))
    assert answer.status_code == 302
    assert [one["victim_ref"] for one in decisions_out()] == ["V6", "W6"]


def test_an_entry_without_its_victim_is_given_to_one(officer: Any, duties: Any) -> None:
    row = row_of("C/6/21", subject_ref="V6")
    form = officer.get(reverse("victims_code:record", args=[row.key, row.case_ref])).content.decode()
    assert "The entry “Victim updated” of 13 October 2021 was for this person" in form
    assert send(officer, "record", row, what="named:E/unnamed").status_code == 302
    (told,) = decisions_out()
    assert (told["victim_ref"], told["about_event_id"], told["happened_at"]) == (
        "V6", "C/6/21/arrest", "2021-10-13T12:00:00+01:00",
    )  # fmt: skip
    duty_cases.carry(duties)
    duty_cases.judge_again(duties)
    duty_cases.take(duties)
    assert (row_of("C/6/21", subject_ref="V6").state, row_of("C/6/21", subject_ref="W6").state) == (
        "met_in_time", "not_recorded",
    )  # fmt: skip


def vouch(client: Any, until: str, **told: str) -> Any:
    where = reverse("victims_code:vouch", args=["C/1/21"])
    return client.post(
        where, {"seen": "0", "form_key": "v", "note": "I read it", **day(until, "until"), **told}
    )


@pytest.mark.parametrize(("until", "state"), [("2021-10-17", "not_recorded"), ("2021-10-18", "not_met")])
def test_a_vouched_log_that_has_nothing_says_it_was_not_done(
    until: str, state: str, officer: Any, duties: Any
) -> None:
    """Vouched to the end of the last day, it counts; to the end of the day before, it does not."""
    assert vouch(officer, until).status_code == 302
    duty_cases.carry(duties)
    duty_cases.judge_again(duties)
    duty_cases.take(duties)
    assert row_of("C/1/21").state == state


@pytest.mark.parametrize("until", ["2022-01-04", "2022-02-01"])
def test_nobody_vouches_for_a_day_that_has_not_ended(until: str, officer: Any) -> None:
    page = vouch(officer, until).content.decode()
    assert "That day has not ended: give 3 January 2022 or an earlier day" in page
    assert decisions_out() == []


def test_a_duty_that_nobody_had_to_see_to_can_be_recorded_on_too(officer: Any, duties: Any) -> None:
    """One without a limit on an open case: it is judged once the case ends, and can be done before."""
    from fourfold.web.victims_code.models import DutyRow
    from fourfold.web.victims_code.told import key_of

    key = key_of("R03-ACK", "C/1/21", "V1", "recorded/C/1/21")
    where = reverse("victims_code:record", args=[key, "C/1/21"])
    told = {"what": "done:acknowledgement_sent", "seen": "0", "form_key": "k", **day("2021-10-05")}
    assert officer.post(where, told).status_code == 302
    assert decisions_out()[0]["about_event_id"] is None, "no event of the log began it"
    row = DutyRow.objects.get(key=key)
    assert (row.is_open, row.has_limit, row.state) == (True, False, "running")
    duty_cases.take(duties)
    assert DutyRow.objects.get(key=key).is_open, "it is being worked out"
    duty_cases.carry(duties)
    duty_cases.judge_again(duties)
    duty_cases.take(duties)
    assert (DutyRow.objects.get(key=key).is_open, DutyRow.objects.get(key=key).state) == (
        False,
        "met_in_time",
    )


def test_nothing_is_recorded_on_a_duty_that_asks_nothing(officer: Any, duties: Any) -> None:
    from fourfold.web.victims_code.told import key_of

    row = row_of("C/1/21")
    send(officer, "record", row, what="done:victim_updated", **day("2021-10-15"))
    duty_cases.carry(duties)
    duty_cases.judge_again(duties)
    duty_cases.take(duties)
    answer = send(officer, "record", row, what="not_done", form_key="b", seen="1", **day("2021-10-20"))
    assert answer.status_code == 302
    assert (
        "Nothing can be recorded on this duty as it stands"
        in officer.get(answer["Location"]).content.decode()
    )
    assert len(decisions_out()) == 1
    unknown = reverse("victims_code:record", args=[key_of("a", "b", "c", "d"), "C/1/21"])
    assert officer.get(unknown).status_code == 404


def test_every_act_in_the_trail_stands_beside_who_has_looked(officer: Any) -> None:
    crime_page(officer, "C/1/21")
    page = crime_page(officer, "C/1/21").split("Who has looked")[1]
    assert officer.person.name in page
    assert "duties of crime opened" in page


def test_what_was_recorded_by_mistake_is_taken_back_and_both_are_kept(officer: Any, duties: Any) -> None:
    from fourfold.web.victims_code.models import DutyEvent

    row = row_of("C/1/21")
    send(officer, "record", row, what="done:victim_updated", **day("2021-10-15"))
    duty_cases.carry(duties)
    duty_cases.judge_again(duties)
    duty_cases.take(duties)
    assert row_of("C/1/21").state == "met_in_time"
    recorded = DutyEvent.objects.get(kind="done")
    where = reverse("victims_code:withdraw", args=[recorded.decision, "C/1/21"])
    assert where in crime_page(officer, "C/1/21")
    assert "Say why it is taken back" in officer.post(where, {"seen": "1", "form_key": "w"}).content.decode()
    told = {"seen": "1", "form_key": "w", "why": "It was another crime"}
    assert officer.post(where, told).status_code == 302
    page = crime_page(officer, "C/1/21")
    assert "Taken back: Victim updated, 15 October 2021" in page
    assert "Nothing recorded says that it was done" in page, "the page counts it at once"
    assert where not in page
    again = officer.post(where, told | {"seen": "2", "form_key": "x"}).content.decode()
    assert "This was taken back already" in again
    duty_cases.carry(duties)
    duty_cases.judge_again(duties)
    duty_cases.take(duties)
    assert (row_of("C/1/21").state, row_of("C/1/21").is_open, row_of("C/1/21").decision) == (
        "not_recorded",
        True,
        "",
    )
    assert list(DutyEvent.objects.order_by("pk").values_list("kind", flat=True)) == [
        "done", "judged", "withdrawn", "judged",
    ]  # fmt: skip


QUERIES = {"list": 10, "crime": 11}


@pytest.mark.parametrize(("page", "most"), QUERIES.items())
def test_a_page_asks_the_register_as_often_however_long_it_is(page: str, most: int, officer: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    where = {"list": "/victims-code/?list=all", "crime": reverse("victims_code:crime", args=["C/6/21"])}[page]
    officer.get(where)
    with CaptureQueriesContext(
        connection,
    ) as told:
        assert officer.get(where).status_code == 200
    reads = [one["sql"] for one in told if one["sql"].startswith("SELECT")]
    assert len(reads) == most, "\n".join(reads)


@pytest.mark.parametrize(("reason", "expected"), [("no_calendar", (True, False)), ("not_set", (False, True))])
def test_a_duty_whose_day_no_calendar_gives_can_be_recorded_on_and_is_not_folded_away(
    reason: str, expected: tuple[bool, bool], web: Any
) -> None:
    from fourfold.rules.rulebook import rulebook
    from fourfold.web.victims_code.crime import CrimeDuty
    from fourfold.web.victims_code.states import state_tag

    duty = next(one for one in rulebook().duties if one.rule == "R06-ARREST")
    clock = {
        "state": "not_set",
        "reason": reason,
        "start_event_id": "E1",
        "subject": "victim",
        "title": "",
        "rule": "",
    }
    shown = CrimeDuty(clock, "0" * 32, duty, state_tag("not_set"), "", "", "", None, [])
    assert (shown.is_recordable, shown.is_folded) == expected
