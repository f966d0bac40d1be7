"""A second reader finds no trace of the first's answers, nor that there are any: on no page, in no file, in no count.

Everything that the second reader can open is opened before and after the first hands the crime in, and compared
byte for byte but for what changes at every request. What is the same cannot tell anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from api_ground import program_of
from audit_ground import answers, drawn, give_all, in_sample, read_by, typed
from django.urls import reverse

CHANGES_EACH_TIME = (
    rb'name="csrfmiddlewaretoken" value="[^"]*"',
    rb'nonce="[^"]*"',
    rb'name="form_key" value="[^"]*"',
    rb'"form_key":[^,]*',
    rb"data-session-ends>[^<]*<",
)
SECRET = "The letter went to another house"
"""Evidence that only the first reader wrote."""


@pytest.fixture
def pair(make_person: Any, monkeypatch: Any) -> dict[str, Any]:
    """A sample given out, with one crime that two read, its readers, and a third auditor."""
    people = [make_person(("auditor", "audit"), name=name) for name in ("Ada", "Ben", "Cleo")]
    sample = drawn(people[0], monkeypatch, size=10, twice=[])
    crime = in_sample(sample)[0]
    crime.is_twice = True
    crime.save()
    give_all(sample, people[0])
    first, second = (one.reader for one in crime.readings.order_by("turn"))
    third = next(one for one in people if one.pk not in (first.pk, second.pk))
    return {"sample": sample, "crime": crime, "first": first, "second": second, "third": third}


def signed_in(person: Any) -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def addresses(sample: Any, crime: Any) -> Iterator[str]:
    """Every page of the desk with every argument that a curious reader would try, and every page around it."""
    from fourfold.web.audit.urls import urlpatterns

    crimes = list(sample.crimes.values_list("pk", flat=True))
    for pattern in urlpatterns:
        if pattern.name in ("give", "give_ticked", "autosave"):
            continue
        route = str(pattern.pattern)
        if route.startswith("crimes/<int:key>"):
            yield from (reverse(f"audit:{pattern.name}", args=[one]) for one in crimes)
        elif "<int:crime>" in route:
            yield from (reverse("audit:answers", args=[sample.pk, one]) for one in crimes)
        elif "<slug:form>" in route:
            yield from (reverse(f"audit:{pattern.name}", args=[sample.pk, form]) for form in ("html",))
        elif "export/<slug:kind>" in route:
            yield reverse(
                f"audit:{pattern.name}", args=[sample.pk, "csv"] if "<int:key>" in route else ["csv"]
            )
        else:
            yield reverse(f"audit:{pattern.name}", args=[sample.pk] if "<int:key>" in route else [])
    for query in ("?state=to_read", "?state=to_settle", "?state=in", "?state=all", f"?q={crime.crime_ref}"):
        yield reverse("audit:mine") + query
    page = reverse("audit:crimes", args=[sample.pk])
    states = ("reserve", "to_read", "to_settle", "read", "out_of_scope")
    yield from (f"{page}?state={state}" for state in states)
    readers = set(crime.readings.values_list("reader", flat=True))
    yield from (f"{page}?reader={reader}" for reader in (*readers, "none"))
    yield from (f"{page}?twice=on", f"{page}?q={crime.crime_ref}", f"{page}?sort=-ref")
    yield from (f"/audit/?state={state}" for state in ("being_read", "read", "approved"))
    yield from (
        "/",
        "/exports/",
        "/trail/",
        f"/trail/?subject={crime.crime_ref}",
        "/people/",
        "/papers/figure/",
    )


def seen_by(person: Any, pair: dict[str, Any]) -> dict[str, tuple[int, bytes]]:
    """All that a person gets, by address; what changes at every request is taken out."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, found = signed_in(person), {}
    program = program_of(person)
    for where in addresses(pair["sample"], pair["crime"]):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(where)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for pattern in CHANGES_EACH_TIME:
            body = re.sub(pattern, b"", body)
        found[where] = (answer.status_code, body)
        found[f"queries of {where}"] = (len(queries), b"")
    for where in ("/api/audits", f"/api/audits/{pair['sample'].pk}/findings", "/api/figures"):
        told = program.ask(where)
        found[where] = (told.status_code, told.content)
    return found


def rule_out(reader: Any, crime: Any) -> None:
    from fourfold.web.audit.actions import reading

    mine = crime.readings.get(reader=reader)
    reading.rule_out(reading=mine.pk, reason="other_force", words=SECRET, by=reader)


def answer_it(reader: Any, crime: Any) -> None:
    told = answers("not_met")
    told["updated"]["evidence"] = SECRET
    read_by(reader, crime, told)


@pytest.mark.parametrize("does", [answer_it, rule_out], ids=["answers", "out of scope"])
@pytest.mark.parametrize("who", ["second", "first"])
def test_nothing_that_one_reader_can_open_changes_when_the_other_hands_in(
    who: str, does: Any, pair: dict[str, Any]
) -> None:
    reader, other = pair[who], pair["first" if who == "second" else "second"]
    before = seen_by(reader, pair)
    does(other, pair["crime"])
    after = seen_by(reader, pair)
    changed = [where for where, told in before.items() if after[where] != told]
    assert changed == []
    assert not [where for where, (_, body) in after.items() if SECRET.encode() in body]
    assert any(status == 200 and pair["crime"].crime_ref.encode() in body for status, body in after.values())


def test_the_comparison_itself_can_tell(pair: dict[str, Any]) -> None:
    """What one does oneself is seen by the same means: so that the test above cannot pass by looking at nothing."""
    before = seen_by(pair["second"], pair)
    answer_it(pair["second"], pair["crime"])
    after = seen_by(pair["second"], pair)
    changed = {where for where, told in before.items() if after[where] != told}
    assert {"/", reverse("audit:mine"), reverse("audit:read", args=[pair["crime"].pk])} <= changed


def test_what_is_sent_is_answered_alike_whether_the_other_has_read_it_or_not(pair: dict[str, Any]) -> None:
    crime, sample = pair["crime"], pair["sample"]
    client = signed_in(pair["second"])
    sends = [
        (reverse("audit:settle", args=[crime.pk]), {"do": "agree", "seen": str(crime.version)}),
        (reverse("audit:give_ticked", args=[sample.pk]), {"crimes": crime.pk, "reader": pair["third"].pk, "turn": "1"}),
        (reverse("audit:give_ticked", args=[sample.pk]), {"crimes": crime.pk, "reader": pair["second"].pk, "turn": "1"}),
        (reverse("audit:give", args=[sample.pk]), {}),
        (reverse("audit:autosave", args=[crime.pk]), {"a_updated": "met"}),
    ]  # fmt: skip

    def send() -> list[Any]:
        told = []
        for where, data in sends:
            answer = client.post(where, data, follow=True)
            main = answer.content.partition(b"<main")[2]
            for pattern in CHANGES_EACH_TIME:
                main = re.sub(pattern, b"", main)
            told.append((answer.redirect_chain, answer.status_code, main))
        return told

    before = send()
    answer_it(pair["first"], crime)
    assert send() == before


def test_a_third_auditor_learns_nothing_of_a_single_reading_either(pair: dict[str, Any]) -> None:
    before = seen_by(pair["third"], pair)
    answer_it(pair["first"], pair["crime"])
    after = seen_by(pair["third"], pair)
    assert [where for where, told in before.items() if after[where] != told] == []


def test_both_see_both_once_both_have_handed_in(pair: dict[str, Any]) -> None:
    answer_it(pair["first"], pair["crime"])
    client = signed_in(pair["second"])
    where = reverse("audit:read", args=[pair["crime"].pk])
    client.post(where, typed(answers()))
    told = client.get(reverse("audit:settle", args=[pair["crime"].pk])).content.decode()
    assert SECRET in told
    assert pair["first"].name in told


def test_figures_of_the_lake_do_not_have_a_reading_before_both_are_in(pair: dict[str, Any]) -> None:
    from fourfold.web.handover.models import OutboxDecision

    answer_it(pair["first"], pair["crime"])
    assert not OutboxDecision.objects.filter(kind="audit_reading").exists()
    assert SECRET not in str(list(OutboxDecision.objects.values_list("value", flat=True)))


def test_the_trail_tells_only_people_who_read_no_crime_that_two_read(
    pair: dict[str, Any], make_person: Any
) -> None:
    from fourfold.web.audit.readers import reader_of

    answer_it(pair["first"], pair["crime"])
    assert signed_in(pair["second"]).get("/trail/").status_code == 403
    watcher = make_person(("auditor", "audit"), ("data_protection", "information"))
    assert not reader_of(watcher).may_read(pair["crime"])


def test_a_reader_is_not_told_that_another_reads_their_crime(pair: dict[str, Any]) -> None:
    crime, sample = pair["crime"], pair["sample"]
    page = reverse("audit:crimes", args=[sample.pk])
    for reader, other in (("first", "second"), ("second", "first")):
        client = signed_in(pair[reader])
        for query in ("?twice=on", f"?reader={pair[other].pk}"):
            rows = client.get(page + query).content.decode().partition("<tbody")[2]
            assert crime.crime_ref not in rows
        assert crime.crime_ref in client.get(f"{page}?reader={pair[reader].pk}").content.decode()
        row = (
            client.get(f"{page}?q={crime.crime_ref}")
            .content.decode()
            .partition("<tbody")[2]
            .partition("</tbody")[0]
        )
        assert pair[other].name not in row
        sent = {"crimes": crime.pk, "reader": pair["third"].pk, "turn": "2"}
        told = client.post(reverse("audit:give_ticked", args=[sample.pk]), sent, follow=True).content.decode()
        assert "you read it yourself" in told
    assert crime.crime_ref in signed_in(pair["third"]).get(f"{page}?twice=on").content.decode()
