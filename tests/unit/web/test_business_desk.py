"""The pages of business crime: who may open them, what they say, what they hide, and what the trail keeps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from business_records import business_lake

ROLES = (
    "victim_care",
    "analyst",
    "offender_manager",
    "auditor",
    "performance",
    "data_protection",
    "administrator",
)
# One column a role, in the order above: y answers, > goes on, - refused, ? as if there were none.
GETS = """
overview      -yy-y>-
premises      -yy-->-
one           -yy-->-
accounts      ?y???>?
advice        --y----
staff         -yy-->-
export        -yy----
staff_export  -yy----
"""
POSTS = """
advice        --y----
"""
ROWS = [("get", *line.split()) for line in GETS.strip().splitlines()] + [
    ("post", *line.split()) for line in POSTS.strip().splitlines()
]


@pytest.fixture(scope="module")
def lake(web: Any) -> Iterator[Any]:
    with business_lake(web):
        yield web


@pytest.fixture
def desk(lake: Any, register: Any) -> Any:
    """The desk with its list taken up; returns Fennimart as listed by the usual definition."""
    from fourfold.web.business.taking_up import take_up

    take_up(lake)
    return premises()


def premises(name: str = "Fennimart", definition: str = "npcc_2019") -> Any:
    from fourfold.web.business.models import ListedPremises

    return ListedPremises.objects.get(name__startswith=name, definition=definition)


def address(page: str, one: Any, **query: str) -> str:
    arguments = {
        "one": [one.pk],
        "accounts": [one.pk],
        "advice": [one.pk],
        "export": ["csv"],
        "staff_export": ["csv"],
    }
    return reverse(f"business:{page}", args=arguments.get(page, []), query=query)


def told(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8-sig")


def words_of(answer: Any) -> str:
    """The words of a page, without its marks."""
    import re

    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", told(answer)))


def test_every_page_of_the_desk_stands_in_the_table(register: Any) -> None:
    from fourfold.web.business.urls import ACCESS, app_name, urlpatterns

    names = {f"{app_name}:{pattern.name}" for pattern in urlpatterns}
    assert names == set(ACCESS) == {f"business:{row[1]}" for row in ROWS}


@pytest.mark.parametrize(("method", "page", "answers"), ROWS)
def test_each_role_is_answered_as_the_table_says(
    method: str, page: str, answers: str, desk: Any, browse: Any
) -> None:
    got = ""
    for role in ROLES:
        answer = getattr(browse(role), method)(address(page, desk))
        got += {200: "y", 403: "-", 404: "?", 302: ">"}.get(answer.status_code, "!")
    assert got == answers


@pytest.mark.parametrize(("method", "page", "answers"), ROWS)
def test_nobody_comes_in_without_signing_in(method: str, page: str, answers: str, desk: Any) -> None:
    from django.test import Client

    answer = getattr(Client(SERVER_NAME="localhost"), method)(address(page, desk))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


def test_the_list_says_counts_gap_kinds_and_last_and_that_a_name_is_blank(desk: Any, browse: Any) -> None:
    page = words_of(browse("analyst").get(address("premises", desk, definition="any")))
    assert (
        "Fennimart Local, 12 Heron Road Convenience store, Quillbrook 5 1 by place alone 75 3 theft, 2 violence or abuse 1"
        in page
    )
    assert "1 not recorded whether 26 December 2021" in page
    assert "Name not recorded" in page
    assert "Name blank" in page
    assert (
        page.index("Fennimart") < page.index("Name not recorded, ") if "Name not recorded, " in page else True
    )


def test_the_definition_is_printed_and_changes_the_counts(desk: Any, browse: Any) -> None:
    client = browse("analyst")
    assert (
        premises().crimes,
        premises(definition="acpo_2014").crimes,
        premises(definition="any").crimes,
    ) == (3, 5, 5)
    now, before = (
        words_of(client.get(address("overview", desk, definition=key))) for key in ("npcc_2019", "acpo_2014")
    )
    assert "National Police Chiefs" in now
    assert "Association of Chief Police Officers" in before
    assert words_of(client.get(address("overview", desk))) == now


def test_the_page_of_counts_says_triggers_statements_and_fields_without_folding_the_unknown(
    desk: Any, browse: Any
) -> None:
    page = words_of(browse("performance").get(address("overview", desk)))
    assert "Shop theft 1 0" in page
    assert "Age restriction 0 1" in page
    assert "Covid-19 rules 0 0" in page
    assert "Offered 1 0 1" in page
    assert "Whether the victim was at work 4.5%" in page
    assert "a floor" in page
    assert "do not show what the advice did" in page
    assert "Fennimart" not in page


def test_one_premises_shows_each_crime_with_how_it_was_put_there_and_no_account(
    desk: Any, browse: Any
) -> None:
    page = words_of(browse("offender_manager").get(address("one", desk)))
    assert "By place alone, the name being blank" in page
    assert "as Fenimart Local 12 Heron Rd" in page
    assert "Advice was first given on 24 June 2021" in page
    assert "In the 182 days before it there were 2 crimes here, in the 182 days after it 2" in page
    assert "NOT PAID FOR" not in page
    assert "Zebedia" not in page


def test_accounts_are_read_by_those_who_may_and_every_crime_is_in_the_trail(desk: Any, browse: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    assert "NOT PAID FOR" in told(browse("analyst").get(address("accounts", desk)))
    entry = TrailEntry.objects.filter(act="narratives_read").get()
    assert entry.subject_refs == ["A1", "A2", "A3", "A4", "A5"]


@pytest.mark.parametrize("role", ["analyst", "offender_manager"])
@pytest.mark.parametrize("page", ["staff", "staff_export", "premises", "export", "one", "overview"])
def test_staff_are_masked_wherever_they_would_stand(role: str, page: str, desk: Any, browse: Any) -> None:
    content = told(browse(role).get(address(page, desk)))
    assert "Quillfeather" not in content
    assert "Zebedia" not in content
    if page.startswith("staff"):
        assert "(masked)" in content
        assert "N1" in content


def test_a_data_protection_officer_sees_names_after_a_reason(desk: Any, browse: Any) -> None:
    client = browse("data_protection")
    asked = client.get(address("staff", desk))["Location"]
    client.post(asked, {"why": "Subject access request 12"})
    assert "Zebedia Quillfeather" in words_of(client.get(address("staff", desk)))


def test_filters_find_blank_names_staff_and_advised_premises(desk: Any, browse: Any) -> None:
    client = browse("analyst")
    blank = words_of(client.get(address("premises", desk, definition="any", named="no")))
    assert "Fennimart" not in blank
    assert "Name: Not recorded" in blank
    for query in ({"staff": "on"}, {"advised": "on"}, {"q": "fenni heron"}, {"type": "convenience_store"}):
        assert "Fennimart Local" in words_of(client.get(address("premises", desk, **query)))
    assert "Fennimart Local" not in words_of(client.get(address("premises", desk, q="larkwell")))
    assert "No premises are like that" in words_of(client.get(address("premises", desk, q="nowhere")))


def test_a_name_is_written_as_text_and_leaves_as_text(desk: Any, browse: Any) -> None:
    client = browse("analyst")
    assert "<b>Stores" not in told(client.get(address("premises", desk, definition="any")))
    assert "'=Larkwell" in told(client.get(address("export", desk, definition="any")))


def test_an_export_is_trailed_with_the_keys_it_holds(desk: Any, browse: Any) -> None:
    from fourfold.web.trail.models import TrailEntry

    rows = told(browse("analyst").get(address("export", desk, q="fennimart"))).splitlines()
    assert rows[0] == "OFFICIAL-SENSITIVE"
    assert len(rows) == 3
    entry = TrailEntry.objects.filter(act="premises_exported").get()
    assert (entry.subject_refs, entry.detail) == (["A1"], {"kind": "csv", "rows": 1})


def test_advice_becomes_an_event_of_the_last_crime_before_it(desk: Any, browse: Any, register: Any) -> None:
    from fourfold.web.handover.models import OutboxDecision
    from fourfold.web.trail.models import TrailEntry

    client = browse("offender_manager")
    form = {"on_day": "1", "on_month": "11", "on_year": "2021", "what": "Move the till"}
    assert client.post(address("advice", desk), form)["Location"] == address("one", desk)
    decision = OutboxDecision.objects.get()
    assert (decision.kind, decision.subject, decision.subject_ref) == ("case_event", "crime", "A3")
    assert decision.value["event_type"] == "prevention_advice_given"
    assert decision.value["happened_at"] == "2021-11-01T12:00:00+00:00"
    assert TrailEntry.objects.filter(act="advice_recorded").get().subject_refs == ["A1"]
    assert "is written down" in words_of(client.get(address("one", desk)))
    # Advice after an earlier crime than the last is told of as well, until the lake has it.
    assert "on its way into the records" in words_of(client.get(address("one", desk)))
    OutboxDecision.objects.update(carried_at=decision.made_at)
    assert "on its way into the records" not in words_of(client.get(address("one", desk)))


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (("1", "1", "2090"), "today or in the past"),
        (("1", "1", "2001"), "not be before the first crime"),
        (("", "", ""), "Enter the day"),
        (("31", "2", "2021"), "must be a real date"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused_in_words_and_what_was_typed_stays(
    day: tuple[str, ...], fault: str, desk: Any, browse: Any
) -> None:
    from fourfold.web.handover.models import OutboxDecision

    form = dict(zip(("on_day", "on_month", "on_year"), day, strict=True)) | {"what": "Move the till"}
    page = words_of(browse("offender_manager").post(address("advice", desk), form))
    assert fault in page
    assert "Move the till" in page
    assert not OutboxDecision.objects.exists()


def test_taking_up_twice_changes_nothing_and_what_is_gone_leaves_the_list(
    desk: Any, lake: Any, monkeypatch: Any
) -> None:
    from fourfold.web.business import taking_up
    from fourfold.web.business.models import ListedPremises

    before = list(ListedPremises.objects.order_by("pk").values())
    taking_up.take_up(lake)
    assert list(ListedPremises.objects.order_by("pk").values()) == before
    monkeypatch.setattr(taking_up, "premises_rows", lambda home: [])
    taking_up.take_up(lake)
    assert not ListedPremises.objects.exists()


def test_a_list_costs_as_many_queries_for_one_row_as_for_many(
    desk: Any, browse: Any, django_queries: Any
) -> None:
    client = browse("analyst")
    client.get(address("premises", desk))
    few = django_queries(lambda: client.get(address("premises", desk, q="fennimart", definition="any")))
    many = django_queries(lambda: client.get(address("premises", desk, definition="any")))
    assert few == many
    assert django_queries(lambda: client.get(address("staff", desk))) <= 20


@pytest.fixture
def django_queries(register: Any) -> Any:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(ask: Any) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert ask().status_code == 200
        return len(caught)

    return count


def test_today_tells_an_analyst_what_is_hit_again(desk: Any, browse: Any) -> None:
    page = words_of(browse("analyst").get("/"))
    assert "Shop staff who are victims again" in page
    assert "not recorded whether against staff" in page
    assert "Business crime" not in words_of(browse("victim_care").get("/"))


@pytest.fixture
def empty_lake(lake: Any, register: Any) -> Iterator[None]:
    aside = lake.path / "lake-of-business"
    lake.lake.rename(aside)
    yield
    aside.rename(lake.lake)


def test_pages_say_what_would_fill_them_where_nothing_was_taken_in(empty_lake: None, browse: Any) -> None:
    client = browse("analyst")
    for page in ("overview", "premises", "staff"):
        assert "once a crime extract has been taken in" in words_of(client.get(reverse(f"business:{page}")))
