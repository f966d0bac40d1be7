"""The pages of the fraud desk: who may open them, what they say, what they hide, and what the trail keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from fraud_records import COURIER, fraud_lake

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
# One column a role, in the order above: y answers, > goes on, - refused, ? as if there were none.
GETS = """
overview      yyyyyy-
repeats       yyy??>?
repeat        yyy??>?
accounts      ?y???>?
export        yyy----
hand_over     y??????
topics        yyyyyy-
topic         ?y???>?
markers       yyyyyy-
marker        yyyyyy-
new_marker    ?y?????
review        ?y?????
differences   ?y?????
links         yy?????
"""
POSTS = """
hand_over     y??????
new_marker    ?y?????
begin         ?>?????
answer        ?>?????
undo          ?>?????
again         ?>?????
keys          ?>?????
settle        ?>?????
link_answer   >>?????
link_undo     >>?????
link_again    >>?????
link_keys     >>?????
"""
ROWS = [("get", *line.split()) for line in GETS.strip().splitlines()] + [
    ("post", *line.split()) for line in POSTS.strip().splitlines()
]
COURIERS = "courier_fraud"


@pytest.fixture(scope="module")
def lake(web: Any) -> Iterator[Any]:
    with fraud_lake(web):
        yield web


@pytest.fixture
def desk(lake: Any, register: Any) -> Any:
    """The desk with its list taken up; returns the victim with two reports."""
    from fourfold.web.fraud.models import RepeatVictim
    from fourfold.web.fraud.taking_up import take_up

    take_up(lake)
    return RepeatVictim.objects.get(kind="person", subject_ref="R1")


def topic_ref(lake: Any) -> str:
    from fourfold.pipeline.fraud_facts import topics_of

    return str(topics_of(lake, "aldermere")[0]["topic"])


def address(page: str, one: Any, lake: Any) -> str:
    named = ("marker", "begin", "review", "answer", "undo", "again", "keys", "differences", "settle")
    arguments: dict[str, list[Any]] = {"repeat": [one.pk], "accounts": [one.pk], "export": ["csv"]}
    arguments |= {name: [COURIERS] for name in named}
    if page == "topic":
        arguments["topic"] = [topic_ref(lake)]
    return reverse(f"fraud:{page}", args=arguments.get(page, []))


def told(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8-sig")


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", told(answer)))


def test_every_page_of_the_desk_stands_in_the_table(register: Any) -> None:
    from fourfold.web.fraud.urls import ACCESS, app_name, urlpatterns

    names = {f"{app_name}:{pattern.name}" for pattern in urlpatterns}
    assert names == set(ACCESS) == {f"fraud:{row[1]}" for row in ROWS}


@pytest.mark.parametrize(("method", "page", "answers"), ROWS)
def test_each_role_is_answered_as_the_table_says(
    method: str, page: str, answers: str, desk: Any, lake: Any, browse: Any
) -> None:
    got = ""
    where = address(page, desk, lake)
    for role in ROLES:
        answer = getattr(browse((role, UNIT)), method)(where)
        got += {200: "y", 403: "-", 404: "?", 302: ">"}.get(answer.status_code, "!")
    assert got == answers


@pytest.mark.parametrize(("method", "page", "answers"), ROWS)
def test_nobody_comes_in_without_signing_in(
    method: str, page: str, answers: str, desk: Any, lake: Any
) -> None:
    from django.test import Client

    answer = getattr(Client(SERVER_NAME="localhost"), method)(address(page, desk, lake))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("page", ["hand_over", "links"])
def test_officers_of_another_unit_neither_hand_over_nor_review_pairs(
    page: str, desk: Any, lake: Any, browse: Any
) -> None:
    assert browse(("victim_care", "elsewhere")).get(address(page, desk, lake)).status_code == 404


def test_the_overview_says_changes_with_both_counts_and_losses_with_what_is_missing(
    desk: Any, lake: Any, browse: Any
) -> None:
    page = words_of(browse("performance").get(address("overview", desk, lake)))
    assert "The largest rises" in page
    assert "Benjamini and Hochberg" in page
    assert "Do not say" in page
    assert "Median" in page
    assert "NFIB90" in page


@pytest.mark.parametrize(
    "query", ["?span=quarter", "?against=pre_covid", "?span=nonsense&against=nonsense&force=nowhere"]
)
def test_every_choice_of_period_answers(query: str, desk: Any, lake: Any, browse: Any) -> None:
    assert browse("analyst").get(address("overview", desk, lake) + query).status_code == 200


def test_repeat_victims_say_count_gap_kinds_loss_and_recovery_fraud(
    desk: Any, lake: Any, browse: Any
) -> None:
    page = words_of(browse(("victim_care", UNIT)).get(address("repeats", desk, lake)))
    assert "Mrs Zebedia Quillfeather" in page
    assert "2 200 " in page
    assert "£4,599.00; 1 of 2 do not say" in page
    assert "by its code" in page
    assert "Home, H1, 2 people" in page


@pytest.mark.parametrize(
    "role", [("analyst", "intelligence"), ("offender_manager", "om"), ("victim_care", "elsewhere")]
)
@pytest.mark.parametrize("page", ["repeats", "repeat", "export", "overview"])
def test_names_and_contact_details_are_masked_wherever_they_would_stand(
    role: tuple[str, str], page: str, desk: Any, lake: Any, browse: Any
) -> None:
    content = told(browse(role).get(address(page, desk, lake)))
    hidden = (
        "Zebedia",
        "Quillfeather",
        "01999555123",
        "zq@example.org",
        "1 Quill Lane",
        "ZE1 9QQ",
        "6 May 1940",
    )
    assert [word for word in hidden if word in content] == []
    assert page == "overview" or "(masked)" in content


def test_pairs_are_compared_without_names_for_who_may_not_see_them(
    desk: Any, lake: Any, browse: Any, monkeypatch: Any
) -> None:
    pair(monkeypatch)
    content = told(browse("analyst").get(address("links", desk, lake)))
    assert "the same last name" in words_of(browse("analyst").get(address("links", desk, lake))).lower()
    assert "zebedia" not in content.lower()
    assert "(masked)" in content
    assert "zebedia" in told(browse(("victim_care", UNIT)).get(address("links", desk, lake))).lower()


def pair(monkeypatch: Any) -> dict[str, Any]:
    """Let one pair wait for a decision."""
    from fourfold.web.fraud.views import links

    row = {
        "rank": 1, "why": "grey", "force": "aldermere", "record_a": "fraud_report", "ref_a": "R1", "record_b": "fraud_report",
        "ref_b": "H1", "person_a": "R1", "person_b": "H1", "probability": 0.71, "stands": "parted",
        "evidence": "the same last name, but different dates of birth", "saved": 0.3,
    }  # fmt: skip
    monkeypatch.setattr(links, "pairs_to_look_at", lambda home: [row])
    return row


KEYS = {"left": "fraud_report/R1", "right": "fraud_report/H1"}


def test_a_decision_about_a_pair_leaves_once_and_can_be_taken_back(
    desk: Any, lake: Any, browse: Any, monkeypatch: Any
) -> None:
    from fourfold.web.handover.models import OutboxDecision
    from fourfold.web.trail.models import TrailEntry

    pair(monkeypatch)
    client = browse("analyst")
    for _ in range(2):
        client.post(address("link_answer", desk, lake), {**KEYS, "answer": "join"})
    assert [(one.kind, one.value["join"]) for one in OutboxDecision.objects.all()] == [
        ("link_decision", True)
    ]
    assert "No pair waits" in words_of(client.get(address("links", desk, lake)))
    client.post(address("link_undo", desk, lake))
    assert [one.value["join"] for one in OutboxDecision.objects.order_by("made_at")] == [True, None]
    assert "What agrees and what does not" in words_of(client.get(address("links", desk, lake)))
    acts = list(
        TrailEntry.objects.filter(act__startswith="pair_").order_by("number").values_list("act", flat=True)
    )
    assert acts.count("pair_decided") == 1
    assert acts.count("pair_undone") == 1


@pytest.mark.parametrize(
    "told_pair", [{"left": "R1", "right": "R2"}, {"left": "fraud_report/R1", "right": "fraud_report/R2"}, {}]
)
def test_no_other_pair_is_decided(
    told_pair: dict[str, str], desk: Any, lake: Any, browse: Any, monkeypatch: Any
) -> None:
    from fourfold.web.handover.models import OutboxDecision

    pair(monkeypatch)
    browse("analyst").post(address("link_answer", desk, lake), {**told_pair, "answer": "join"})
    assert not OutboxDecision.objects.exists()


def test_a_hand_over_holds_the_fields_of_the_agreement_and_no_others(
    desk: Any, lake: Any, browse: Any
) -> None:
    from fourfold.web.fraud.models import HandOver
    from fourfold.web.handover.models import OutboxDecision
    from fourfold.web.trail.models import TrailEntry

    client = browse(("victim_care", UNIT))
    assert desk.is_vulnerable
    form = {"victims": [str(desk.pk)], "ground": "law_enforcement", "why": "Targeted again"}
    lines = told(client.post(address("hand_over", desk, lake), form)).splitlines()
    assert lines[1] == 'Name,Phone,Address,Postcode,"Reports of fraud (reference, day and kind)",Loss stated'
    assert "Mrs Zebedia Quillfeather" in lines[2]
    assert "zq@example.org" not in "".join(lines)
    assert "1940" not in "".join(lines)
    assert HandOver.objects.get().refs == ["R1"]
    assert OutboxDecision.objects.get().kind == "partner_referral"
    entry = TrailEntry.objects.filter(act="victims_handed_over").get()
    assert (entry.subject_refs, entry.why, entry.detail["ground"]) == (
        ["R1"],
        "Targeted again",
        "law_enforcement",
    )


@pytest.mark.parametrize("gap", ["victims", "ground", "why"])
def test_a_hand_over_without_people_ground_or_reason_is_refused_in_words(
    gap: str, desk: Any, lake: Any, browse: Any
) -> None:
    from fourfold.web.fraud.models import HandOver

    form = {"victims": [str(desk.pk)], "ground": "law_enforcement", "why": "Targeted again"}
    page = words_of(browse(("victim_care", UNIT)).post(address("hand_over", desk, lake), {**form, gap: ""}))
    assert "There is a problem" in page
    assert not HandOver.objects.exists()


def test_accounts_and_topics_are_read_by_those_who_may_and_trailed(desk: Any, lake: Any, browse: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    client = browse("analyst")
    assert "redelivery" in told(client.get(address("accounts", desk, lake)))
    assert TrailEntry.objects.filter(act="narratives_read").get().subject_refs == ["R1", "R2"]
    assert "That you read it is in the trail" in words_of(client.get(address("topic", desk, lake)))
    assert "redelivery" not in told(browse(("victim_care", UNIT)).get(address("topics", desk, lake)))


def test_an_export_is_trailed_with_its_keys(desk: Any, lake: Any, browse: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    rows = told(browse("analyst").get(address("export", desk, lake) + "?kind=home")).splitlines()
    assert (rows[0], len(rows)) == ("OFFICIAL-SENSITIVE", 3)
    assert TrailEntry.objects.filter(act="repeat_victims_exported").get().subject_refs == ["H1"]


def test_filters_find_recovery_fraud_and_a_report_by_its_reference(desk: Any, lake: Any, browse: Any) -> None:
    client = browse("analyst")
    for query in ("?recovery=on", "?vulnerable=on", "?q=R2", "?kind=person"):
        page = words_of(client.get(address("repeats", desk, lake) + query))
        assert "Person, R1" in page, query
        assert "Home, H1" not in page, query


def test_taking_up_twice_changes_nothing(desk: Any, lake: Any) -> None:
    from fourfold.web.fraud.models import RepeatVictim
    from fourfold.web.fraud.taking_up import take_up

    before = list(RepeatVictim.objects.order_by("pk").values())
    take_up(lake)
    assert list(RepeatVictim.objects.order_by("pk").values()) == before


def queries(ask: Any) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        assert ask().status_code == 200
    return len(caught)


def test_a_list_costs_as_many_queries_for_one_row_as_for_many(desk: Any, lake: Any, browse: Any) -> None:
    client = browse(("victim_care", UNIT))
    where = address("repeats", desk, lake)
    client.get(where)
    assert queries(lambda: client.get(where + "?q=R1")) - queries(lambda: client.get(where)) in (0, 1)
    assert queries(lambda: client.get(where)) <= 20


def test_a_code_rises_only_where_it_is_told_apart_from_chance(desk: Any, lake: Any) -> None:
    from fourfold.measures.figure import Figure, State
    from fourfold.pipeline.desk_figures import Standing
    from fourfold.web.fraud.saying import greatest_rises, trends

    def figure(value: float, **parts: float) -> Figure:
        return Figure(
            "n", "t", State.KNOWN, "count", "2021", "2021", "d", value=value, parts=tuple(parts.items())
        )

    told_of = {
        "A": (50.0, {"p": 0.001, "before": 40.0}),
        "B": (90.0, {"p": 0.03, "before": 30.0}),
        "C": (500.0, {"p": 0.0001, "before": 3.0}),
        "D": (-40.0, {"p": 0.002, "before": 90.0}),
        "E": (10.0, {"p": 0.6, "before": 100.0}),
    }
    figures = {}
    for code, (value, parts) in told_of.items():
        figures[("code", code, "count")] = figure(1.0)
        figures[("code", code, "change")] = figure(value, **parts)
    rows = trends(Standing(figures, "m"))
    assert [row.code for row in rows] == ["B", "A", "E", "D", "C"]
    assert {row.code: row.stands_out for row in rows} == {
        "A": True,
        "B": True,
        "C": None,
        "D": True,
        "E": False,
    }
    assert [row.code for row in greatest_rises(rows)] == ["B", "A", "E"]
    own = lake.policy / "fraud_rises.yaml"
    own.write_text(
        "shown:\n  values:\n    - {value: 1, from: 2010-01-01, source: minutes of the fraud board}\n"
        "false_alarms_at_most:\n  values:\n    - {value: 0.01, from: 2010-01-01, source: minutes of the fraud board}\n"
    )
    try:
        stricter = trends(Standing(figures, "m"))
        assert {row.code for row in stricter if row.stands_out} == {"A", "D"}, "B's 0.03 is no longer enough"
        assert [row.code for row in greatest_rises(stricter)] == ["B"]
    finally:
        own.unlink()


def test_pages_say_what_would_fill_them_where_nothing_was_taken_in(
    lake: Any, register: Any, browse: Any
) -> None:
    aside = lake.path / "lake-of-fraud"
    lake.lake.rename(aside)
    try:
        client = browse("analyst")
        expected = {
            "overview": "weekly list of fraud victims",
            "repeats": "weekly lists",
            "topics": "Topics appear here",
            "links": "Pairs appear here after a refresh",
        }
        for page, words in expected.items():
            assert words in words_of(client.get(reverse(f"fraud:{page}")))
        assert "No record is in the scope" in words_of(client.get(reverse("fraud:marker", args=[COURIERS])))
        assert client.get("/").status_code == 200
    finally:
        aside.rename(lake.lake)


def test_today_tells_an_analyst_of_records_left_to_review(desk: Any, lake: Any, browse: Any) -> None:
    client = browse("analyst")
    client.post(address("begin", desk, lake))
    page = words_of(client.get("/"))
    assert "Records left to review for markers" in page
    assert COURIER not in page


def test_a_detail_that_the_last_report_leaves_out_is_told_by_an_earlier_one(web: Any) -> None:
    from fourfold.web.fraud.actions.handing_over import latest_told

    reports = [{"phone": "01999 000001"}, {"phone": "01999 000002"}, {"phone": None}]
    assert latest_told(reports, "phone") == "01999 000002"
    assert latest_told(reports, "email") == ""


def test_a_pair_that_one_skips_stays_for_the_others_and_a_skip_unsays_no_decision(
    desk: Any, lake: Any, browse: Any, monkeypatch: Any
) -> None:
    from fourfold.web.fraud.models import LinkAnswer

    pair(monkeypatch)
    one, other = browse("analyst"), browse("analyst", name="Other Analyst")
    one.post(address("link_answer", desk, lake), {**KEYS, "answer": "skipped"})
    assert "No pair waits" in words_of(one.get(address("links", desk, lake)))
    assert "What agrees and what does not" in words_of(other.get(address("links", desk, lake)))
    other.post(address("link_answer", desk, lake), {**KEYS, "answer": "part"})
    third = browse("analyst", name="Third Analyst")
    third.post(address("link_answer", desk, lake), {**KEYS, "answer": "skipped"})
    assert [row.answer for row in LinkAnswer.objects.filter(is_standing=True)] == ["part"]
    assert "No pair waits" in words_of(third.get(address("links", desk, lake)))


def test_crimes_beside_the_reports_are_counted_and_named_by_reference_alone(
    desk: Any, lake: Any, browse: Any
) -> None:
    desk.crimes, desk.crime_refs, desk.is_doubtful = 1, ["20QZ/1"], True
    desk.save()
    client = browse(("victim_care", UNIT))
    page = words_of(client.get(address("repeats", desk, lake) + "?crimes=on"))
    assert "victim of 1 recorded crime too" in page
    assert "not all of the joins that make it so have been looked at" in page
    assert page.count("Last time") == 1
    assert "H1" not in page, "the home is no victim of a crime and is left out by the filter"
    assert "20QZ/1" in words_of(client.get(address("repeat", desk, lake)))
