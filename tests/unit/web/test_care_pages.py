"""The pages of the desk as an officer uses them, without a browser."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from care_cases import case_of, person, report, take
from test_care_actions import CALM

UNIT = "victim-care"


@pytest.fixture
def client(register: Any, browse: Any) -> Any:
    take(
        register,
        person("R1", code="NFIB1D", rules=("romance",)),
        person("R2", report("R22"), last_name="Ahmed"),
        person("R3", cannot_tell=True),
    )
    return browse(("victim_care", UNIT), name="Olive Officer")


def page(ref: str, what: str = "") -> str:
    return f"/victim-care/cases/{case_of(ref).pk}/{what}"


def hidden(content: bytes) -> dict[str, str]:
    """The fields of a page that nobody sees, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def send(client: Any, where: str, **told: Any) -> Any:
    return client.post(where, hidden(client.get(where).content) | told)


def refs(content: bytes) -> list[str]:
    return re.findall(r'ff-faint">(\w+)', content.decode())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["R1", "R2", "R3"]),
        ("?state=cannot_tell", ["R3"]),
        ("?repeat=on", ["R2"]),
        ("?rule=romance", ["R1"]),
        ("?q=ahmed", ["R2"]),
        ("?q=ZEB+quill", ["R1", "R3"]),
        ("?q=R22", ["R2"]),
        ("?q=01999+555123", ["R1", "R2", "R3"]),
        ("?q=nobody", []),
        ("?officer=none&district=Quillbrook", ["R1", "R2", "R3"]),
        ("?due=overdue", []),
        ("?state=closed", []),
    ],
)
def test_the_list_is_filtered_and_searched(client: Any, query: str, expected: list[str]) -> None:
    assert sorted(refs(client.get(f"/victim-care/{query}").content)) == expected


@pytest.mark.parametrize("sort", ["due", "-due", "need", "-need", "last", "-last", "name", "-name"])
def test_every_sort_shows_each_case_once_over_all_pages(
    register: Any, browse: Any, sort: str, monkeypatch: Any
) -> None:
    from fourfold.web.ui import keyset

    take(register, *(person(f"R{number}", last_name=f"Name{number % 3}") for number in range(7)))
    monkeypatch.setattr(keyset.keyset_page, "__defaults__", ("", 3))
    client, seen, where = browse(("victim_care", UNIT)), [], f"?sort={sort}"
    while where:
        content = client.get(f"/victim-care/{where}").content
        seen += refs(content)
        following = re.search(r'href="([^"]+)" rel="next"', content.decode())
        where = following.group(1).replace("&amp;", "&") if following else ""
    assert sorted(seen) == [f"R{number}" for number in range(7)]


def test_a_page_of_the_list_is_trailed_with_its_keys_and_a_search_without_its_words(client: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    client.get("/victim-care/?q=ahmed")
    entry = TrailEntry.objects.first()
    assert (entry.act, entry.subject_refs, entry.detail) == ("cases_searched", ["R2"], {"searched": "yes"})


def test_cases_are_given_in_bulk_and_what_was_not_ticked_stays(client: Any) -> None:
    keys = [case_of(ref).pk for ref in ("R1", "R2")]
    answer = client.post(
        "/victim-care/allocate/", {"cases": keys, "officer": client.person.pk, "here": "state=new"}
    )
    assert answer["Location"] == "/victim-care/?state=new"
    assert [case_of(ref).officer_id for ref in ("R1", "R2", "R3")] == [
        client.person.pk,
        client.person.pk,
        None,
    ]
    client.post("/victim-care/allocate/", {"officer": client.person.pk})
    assert b"Nothing was given to anybody. Choose at least one case" in client.get("/victim-care/").content


def test_filters_are_saved_under_a_name_without_the_search(client: Any) -> None:
    from fourfold.web.victim_care.models import SavedView

    client.post("/victim-care/views/save/", {"name": "Romance", "here": "q=ahmed&rule=romance&page=after:3"})
    view = SavedView.objects.get()
    assert (view.query, b"Romance</a>" in client.get("/victim-care/").content) == ("rule=romance", True)
    client.post(f"/victim-care/views/{view.pk}/remove/")
    assert not SavedView.objects.exists()


def test_the_case_page_says_what_is_due_and_why_and_who_has_looked(client: Any) -> None:
    content = client.get(page("R2")).content.decode()
    for words in (
        "Mrs Zebedia Ahmed",
        "No limit set",
        "Aged 82 at the report",
        "2 reports",
        "Reach the victim",
        "Nobody has looked at this case before you",
    ):
        assert words in content
    assert "Romance-fraud questionnaire" not in content, "asked of victims of romance fraud alone"
    assert "Olive Officer" in client.get(page("R2")).content.decode().partition("Who has looked")[2]


def test_what_could_not_be_judged_is_said_with_what_would_settle_it(client: Any) -> None:
    content = client.get(page("R3")).content.decode()
    assert "What could not be judged" in content
    assert "Ask the victim for their date of birth" in content
    assert client.get(page("R3", "call/")).status_code == 302, "nobody works a case that nobody took on"


def test_an_assessment_is_decided_after_its_suggestion_was_seen(client: Any) -> None:
    answers = {f"q_{key}": value for key, value in (CALM | {"access_now": "yes"}).items()}
    first = send(client, page("R1", "assess/"), **answers, level="contact")
    assert first.status_code == 200
    assert b"Suggested: visit and safeguarding" in first.content
    assert case_of("R1").level == "", "nothing is saved before the suggestion was seen"
    second = client.post(page("R1", "assess/"), hidden(first.content) | answers | {"level": "support"})
    assert b"Say why, for visit and safeguarding is suggested" in second.content
    last = client.post(
        page("R1", "assess/"),
        hidden(second.content) | answers | {"level": "support", "differs_because": "Her son has the cards"},
    )
    assert last.status_code == 302
    assert case_of("R1").level == "support"
    content = client.get(page("R1")).content.decode()
    assert "Assessed: continued support, where visit and safeguarding was suggested" in content
    assert "on its way to the lake" in content


def test_changed_answers_are_judged_anew_before_they_are_saved(client: Any) -> None:
    answers = {f"q_{key}": value for key, value in CALM.items()}
    first = send(client, page("R1", "assess/"), **answers)
    worse = answers | {"q_self_harm": "yes", "level": "contact"}
    second = client.post(page("R1", "assess/"), hidden(first.content) | worse)
    assert b"Suggested: visit and safeguarding" in second.content
    assert case_of("R1").level == ""


def test_a_form_with_faults_keeps_what_was_typed(client: Any) -> None:
    answer = send(
        client,
        page("R1", "call/"),
        channel="phone",
        said="She said <b>no</b> ☎",
        call_again_on_day="31",
        call_again_on_month="2",
        call_again_on_year="2027",
    )
    content = answer.content.decode()
    assert "Choose what came of it" in content
    assert "Contact again on must be a real date" in content
    assert "She said &lt;b&gt;no&lt;/b&gt; ☎" in content
    assert 'href="#id_result"' in content


def test_the_second_of_two_officers_is_shown_both_versions(client: Any, browse: Any) -> None:
    told = {"outcome": "declined", "why": "She said no"}
    opened = hidden(client.get(page("R1", "close/")).content)
    other = browse(("victim_care", UNIT), name="Otto Other")
    send(other, page("R1", "plan/"), on_day="1", on_month="1", on_year="2031", channel="phone")
    refused = client.post(page("R1", "close/"), opened | told)
    content = refused.content.decode()
    assert "Contact plan: 1 January 2031, phone, by Otto Other" in content
    assert "She said no" in content
    assert case_of("R1").state == "open"
    assert client.post(page("R1", "close/"), hidden(refused.content) | told).status_code == 302
    assert case_of("R1").state == "closed"


def test_a_form_sent_twice_is_saved_once(client: Any) -> None:
    told = hidden(client.get(page("R1", "note/")).content) | {"text": "Rang"}
    for _ in range(2):
        assert client.post(page("R1", "note/"), told)["Location"] == page("R1")
    assert case_of("R1").events.filter(kind="note").count() == 1
    assert b"This was saved already" in client.get(page("R1")).content


def test_a_draft_is_kept_shown_again_and_gone_once_saved(client: Any) -> None:
    from fourfold.web.victim_care.models import Draft

    typed = {
        "said": "She will ring",
        "topics": ["banking", "internet"],
        "call_again_on_day": "4",
        "call_again_on_month": "3",
        "call_again_on_year": "2031",
    }
    assert client.post(page("R1", "draft/call/"), typed | {"number": "7"}).status_code == 204
    client.post(page("R1", "draft/call/"), {"said": "She", "number": "6"})
    content = client.get(page("R1", "call/")).content.decode()
    assert "She will ring" in content
    assert len(re.findall(r'value="(?:banking|internet)" checked', content)) == 2
    assert 'value="2031"' in content
    assert case_of("R1").state == "new"
    send(client, page("R1", "call/"), channel="phone", result="reached", said="She will ring")
    assert not Draft.objects.exists()


def test_a_draft_is_seen_by_nobody_but_who_typed_it(client: Any, browse: Any) -> None:
    client.post(page("R1", "draft/call/"), {"said": "Only mine"})
    assert b"Only mine" not in browse(("victim_care", UNIT)).get(page("R1", "call/")).content


def test_what_leaves_the_force_is_checked_first(client: Any) -> None:
    told = {"partner": "trading_standards", "ground": "law_enforcement", "why": "Third call this month"}
    check = send(client, page("R1", "refer/"), **told)
    content = check.content.decode()
    assert "Check what is shared with Trading Standards" in content
    assert "zq@example.org" not in content.partition("<main")[2], "email does not go to Trading Standards"
    assert case_of("R1").referrals.count() == 0
    words, values = (re.findall(rf'name="{name}" value="([^"]*)"', content) for name in ("word", "value"))
    saved = client.post(
        page("R1", "refer/"), hidden(check.content) | told | {"do": "share", "word": words, "value": values}
    )
    assert saved.status_code == 302
    assert case_of("R1").referrals.get().shared["Name"] == "Mrs Zebedia Quillfeather"


def test_consent_is_asked_where_the_ground_is_consent(client: Any) -> None:
    answer = send(client, page("R1", "refer/"), partner="victim_support", ground="consent", why="She asked")
    assert b"Ask the victim, and confirm that they agree" in answer.content


def test_stock_is_entered_and_refused_below_nought(client: Any) -> None:
    assert (
        send(client, "/victim-care/stock/", material="call_blocker", change="3", why="Delivery").status_code
        == 302
    )
    refused = send(client, "/victim-care/stock/", material="call_blocker", change="-4", why="Lost")
    assert b"There are 3 of call blocker in stock, fewer than 4" in refused.content


@pytest.mark.parametrize("what", ["no-such-step/", "draft/note/"])
def test_a_page_that_does_not_exist_is_not_found(client: Any, what: str) -> None:
    answer = client.post(page("R1", what), {}) if what.startswith("draft") else client.get(page("R1", what))
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "?officer=abc",
        "?state=zzz",
        "?due=5",
        "?page=after:x",
        "?page=after:99999999999999999999",
        "?sort=password",
        "?q=%00",
        "?rule=%27",
    ],
)
def test_a_crafted_address_shows_a_list_or_says_what_is_wrong(client: Any, query: str) -> None:
    assert client.get(f"/victim-care/{query}").status_code == 200


def test_today_counts_what_waits(client: Any) -> None:
    from django.utils import timezone

    from fourfold.web.victim_care.models import Case

    Case.objects.filter(person_id="R1").update(
        officer=client.person, due_on=timezone.localdate() - timedelta(days=1)
    )
    content = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get("/").content.decode()))
    for line in (
        "1 Your cases that are overdue",
        "2 New referrals",
        "1 People whom no criterion could judge",
        "2 Cases without an officer",
        "0 Call blocker in stock Low stock",
    ):
        assert line in content


@pytest.mark.parametrize(
    ("where", "most"),
    [
        ("/victim-care/", 19),
        ("/victim-care/?q=ahmed&sort=-name", 21),
        ("/victim-care/caseload/", 10),
        ("case", 33),
    ],
)
def test_a_page_asks_the_database_a_fixed_number_of_times(
    register: Any, browse: Any, where: str, most: int, django_queries: Any
) -> None:
    counts = []
    client = browse(("victim_care", UNIT))
    for many in (2, 12):
        take(
            register,
            *(
                person(f"R{number}", *(report(f"S{number}-{n}") for n in range(many)))
                for number in range(many)
            ),
        )
        target = page("R1") if where == "case" else where
        client.get(target)
        with django_queries() as asked:
            assert client.get(target).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= most


@pytest.fixture
def django_queries() -> Any:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)


def test_the_questionnaire_is_shown_and_filled_in_again(client: Any) -> None:
    send(client, page("R1", "questionnaire/"), a_met_where="In person", a_times_paid="3")
    content = client.get(page("R1")).content.decode()
    assert re.search(r"How many payments were made\?\s*</dt>.*?3\s*</dd>", content, re.S)
    again = client.get(page("R1", "questionnaire/")).content.decode()
    assert re.search(r'value="In person" checked', again)
    assert re.search(r'name="a_times_paid"[^>]*value="3"', again)


def test_two_who_correct_one_phone_number_see_both(client: Any, browse: Any) -> None:
    opened = hidden(client.get(page("R1", "details/")).content)
    send(browse(("victim_care", UNIT)), page("R1", "details/"), phone="01999 111222", why="Told by her son")
    refused = client.post(
        page("R1", "details/"), opened | {"phone": "01999 333444", "why": "Told by her"}
    ).content.decode()
    assert "01999 111222" in refused
    assert "01999 333444" in refused
    assert case_of("R1").phone == "01999 111222"


def test_a_usual_time_of_watching_is_offered_where_the_force_has_one(client: Any, register: Any) -> None:
    from django.utils import timezone

    assert 'name="until_year"' in client.get(page("R1", "watch/")).content.decode()
    assert not re.search(
        r'name="until_year"[^>]*value="\d', client.get(page("R1", "watch/")).content.decode()
    )
    own = register.policy / "victim_care.yaml"
    own.write_text(
        'watch_days: {values: [{value: 180, from: 2018-01-01, source: "A made-up force", status: made up}]}',
        encoding="utf-8",
    )
    try:
        year = (timezone.localdate() + timedelta(days=180)).year
        assert re.search(
            rf'name="until_year"[^>]*value="{year}"', client.get(page("R1", "watch/")).content.decode()
        )
    finally:
        own.unlink()


def test_old_drafts_and_used_keys_are_swept_away_and_young_ones_stay(client: Any) -> None:
    from django.utils import timezone

    from fourfold.web.victim_care.models import Draft, FormKey
    from fourfold.web.victim_care.taking_up import sweep

    client.post(page("R1", "draft/call/"), {"said": "Mine"})
    send(client, page("R1", "note/"), text="Rang")
    sweep(timezone.now())
    assert (Draft.objects.count(), FormKey.objects.count()) == (1, 1)
    sweep(timezone.now() + timedelta(days=31))
    assert (Draft.objects.count(), FormKey.objects.count()) == (0, 0)
