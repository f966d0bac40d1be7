"""The desk's pages: planning and drawing from a real lake, reading with what the record tells, settling, findings, files."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from audit_ground import answers, drawn, frame, give_all, in_sample, read_by, read_everything, typed
from django.urls import reverse

from audit_force import NARRATIVE, make_force
from fourfold.home import Home


@pytest.fixture(scope="module")
def lake(web: Home, tmp_path_factory: Any) -> Home:
    """A home with the crimes of a quarter; its register is not used."""
    home = Home(tmp_path_factory.mktemp("audit") / "home")
    home.prepare()
    home.write_settings({"made_up": "true", "force": "kent", "force_name": "Westshire Police (made up)"})
    return make_force(home)


@pytest.fixture
def told(lake: Home, register: Any, monkeypatch: Any) -> Home:
    """The desk reads that lake."""
    from django.conf import settings

    monkeypatch.setattr(settings, "HOME", lake)
    return lake


@pytest.fixture
def auditors(browse: Any) -> list[Any]:
    """Two auditors, signed in."""
    return [browse(("auditor", "audit"), name=name) for name in ("Ada", "Ben")]


def text(answer: Any) -> str:
    return answer.content.decode()


def last() -> Any:
    from fourfold.web.trail.models import TrailEntry

    return TrailEntry.objects.first()


def client_of(person: Any, auditors: list[Any]) -> Any:
    return next(one for one in auditors if one.person.pk == person.pk)


def test_an_audit_is_planned_and_drawn_from_the_lake(told: Any, auditors: Any) -> None:
    from fourfold.web.audit.models import Sample

    ada = auditors[0]
    assert "Choose a quarter" in text(
        ada.post("/audit/plan/", {"questionnaire": "victims_code", "force": "kent"})
    )
    sent = {
        "questionnaire": "victims_code",
        "force": "kent",
        "quarter": "2022-01..2022-03",
        "seen": "0",
        "form_key": "p",
    }
    where = ada.post("/audit/plan/", sent)["Location"]
    sample = Sample.objects.get()
    page = text(ada.get(where))
    assert "41 crimes were recorded" in page
    assert str(sample.seed) in page
    assert sample.frame_hash in page
    assert "must be a whole number" in text(ada.get(f"{where}?size=many"))
    assert "do not reach" in text(ada.get(f"{where}?size=3"))
    told_on = text(ada.post("/audit/plan/", sent | {"form_key": "q"}))
    assert "There is an audit of this force and quarter" in told_on
    ada.post(f"{where}?size=10", {"allocation": "equal", "seen": str(sample.version), "form_key": "d"})
    sample.refresh_from_db()
    assert (sample.state, sample.size, sample.crimes.filter(role="main").count()) == ("drawn", 10, 10)
    assert all(one.officer_ref.startswith("PC") for one in sample.crimes.all())
    again = ada.post(f"{where}?size=10", {"allocation": "equal", "seen": "1", "form_key": "e"}, follow=True)
    assert "Quarterly audit" in text(again)
    assert sample.crimes.filter(role="main").count() == 10


def test_records_loaded_meanwhile_are_shown_before_anything_is_drawn(auditors: Any, monkeypatch: Any) -> None:
    from audit_ground import planned

    from fourfold.web.audit.actions import planning

    ada = auditors[0]
    sample = planned(ada.person)
    monkeypatch.setattr(planning, "frame_of", lambda sample: frame(each=15))
    where = reverse("audit:draw", args=[sample.pk])
    told_on = text(
        ada.post(f"{where}?size=20", {"allocation": "equal", "seen": "1", "form_key": "d"}, follow=True)
    )
    assert "The records have changed since the frame was looked at" in told_on
    assert "75 crimes were recorded" in told_on


@pytest.fixture
def given(told: Any, auditors: Any) -> Any:
    """A sample of the lake, given out; nothing of it is read twice."""
    from fourfold.measures.period import Period
    from fourfold.web.audit import drawing
    from fourfold.web.audit.actions import planning
    from fourfold.web.audit.models import SampledCrime

    ada = auditors[0].person
    period = Period.parse("2022-01..2022-03")
    sample = planning.plan(frame=drawing.open_frame("victims_code", "kent", period), by=ada)
    planning.draw(sample=sample.pk, allocation="equal", size=10, by=ada, seen=sample.version)
    SampledCrime.objects.filter(sample=sample).update(is_twice=False)
    give_all(sample, ada)
    sample.refresh_from_db()
    return sample


def test_a_reader_sees_names_narrative_events_and_clocks_and_it_is_trailed(given: Any, auditors: Any) -> None:
    crime = in_sample(given)[0]
    client = client_of(crime.readings.get().reader, auditors)
    page = text(client.get(reverse("audit:read", args=[crime.pk])))
    assert NARRATIVE in page
    for words in (
        "Acknowledgement sent",
        "What the clocks say",
        "Confirm the allegation in writing",
        "Response A",
    ):
        assert words in page
    assert 'value="Acknowledgement sent, ' in page, "events can be taken as evidence"
    entry = last()
    assert (entry.act, entry.subject_kind, entry.subject_refs) == (
        "sampled_crime_opened",
        "crime",
        [crime.crime_ref],
    )
    assert entry.detail == {"audit": given.ref, "names": 1, "narrative": True}
    assert NARRATIVE not in str(entry.detail)


def test_a_force_that_narrows_what_auditors_see_narrows_this_page(
    given: Any, auditors: Any, told: Any
) -> None:
    crime = in_sample(given)[0]
    client = client_of(crime.readings.get().reader, auditors)
    told.policy.mkdir(exist_ok=True)
    narrowed = told.policy / "access.yaml"
    narrowed.write_text('see_narratives: {auditor: "no"}\nsee_victims: {auditor: "no"}\n', encoding="utf-8")
    try:
        page = text(client.get(reverse("audit:read", args=[crime.pk])))
    finally:
        narrowed.unlink()
    assert NARRATIVE not in page
    assert '<dt class="govuk-summary-list__key">Victim</dt>' not in page
    assert "Acknowledgement sent" in page


def test_what_was_typed_stays_after_an_error_and_the_faults_are_links(given: Any, auditors: Any) -> None:
    crime = in_sample(given)[0]
    client = client_of(crime.readings.get().reader, auditors)
    where = reverse("audit:read", args=[crime.pk])
    sent = typed(answers()) | {
        "e_updated": "",
        "r_referred": "not_met.late",
        "e_referred": "Page 4 of the log",
    }
    del sent["a_told_of_end"]
    page = text(client.post(where, sent))
    for fault in (
        "Say where the record shows it: Was the victim updated",
        "Choose a reason that goes with your answer: Where a need",
        "Answer: Was the victim told how the case ended?",
    ):
        assert fault in page
    assert 'href="#id_e_updated"' in page
    assert 'value="Page 4 of the log"' in page
    crime.refresh_from_db()
    assert crime.state == "to_read"


def test_a_draft_is_kept_for_its_reader_alone_and_gone_once_handed_in(given: Any, auditors: Any) -> None:
    from fourfold.web.audit.models import Draft

    crime = in_sample(given)[0]
    client = client_of(crime.readings.get().reader, auditors)
    where, autosave = (reverse(f"audit:{name}", args=[crime.pk]) for name in ("read", "autosave"))
    half = {"a_updated": "not_met", "e_updated": "Half a word\x00", "number": "5"}
    assert client.post(autosave, half).status_code == 204
    client.post(autosave, {"a_updated": "met", "number": "4"})
    page = text(client.get(where))
    assert "did not hand in is filled in below" in page
    assert 'value="Half a word"' in page
    other = next(one for one in auditors if one is not client)
    assert other.post(autosave, {"a_updated": "met"}).status_code == 404
    client.post(where, {"do": "draft", "a_updated": "not_recorded"})
    assert Draft.objects.get().values == {"a_updated": "not_recorded"}
    client.post(where, typed(answers()))
    assert not Draft.objects.exists()


def test_two_tabs_of_one_reader_show_what_stands_beside_what_was_typed(given: Any, auditors: Any) -> None:
    crime = in_sample(given)[0]
    client = client_of(crime.readings.get().reader, auditors)
    where = reverse("audit:read", args=[crime.pk])
    assert client.post(where, typed(answers("not_met"), key="a")).status_code == 302
    page = text(client.post(where, typed(answers(), version=1, key="b")))
    assert "This crime was changed after you opened this form" in page
    assert "What stands now, handed in from another page" in page
    assert "Done, but after the limit." in page
    assert 'value="Entry of 3 February 2022"' in page
    twice = client.post(where, typed(answers(), version=1, key="a"), follow=True)
    assert "This was saved already" in text(twice)


def test_reading_goes_on_to_the_next_crime_and_ends_at_the_list(given: Any, auditors: Any) -> None:
    client, seen = auditors[0], set()
    where = reverse("audit:mine")
    page = text(client.get(where))
    assert len(re.findall(r"To be read\s*</strong>", page)) == 5
    for _ in range(5):
        crime = given.crimes.filter(readings__reader=client.person, state="to_read").first()
        where = client.post(reverse("audit:read", args=[crime.pk]), typed(answers(), key=crime.crime_ref))[
            "Location"
        ]
        seen.add(where)
    assert where == reverse("audit:mine")
    assert len(seen) == 5
    assert "Nothing is left for you to read" in text(client.get(where))
    assert "Handed in" in text(client.get(f"{where}?state=in"))


def test_the_pack_holds_only_what_is_left_for_its_reader_and_no_name(given: Any, auditors: Any) -> None:
    client = auditors[0]
    mine = [one.crime_ref for one in given.crimes.filter(readings__reader=client.person)]
    others = [one.crime_ref for one in given.crimes.filter(readings__reader=auditors[1].person)]
    page = text(client.get(reverse("audit:pack", args=[given.pk, "html"])))
    assert all(ref in page for ref in mine)
    assert not any(ref in page for ref in others)
    assert "OFFICIAL-SENSITIVE" in page
    assert "Ben" not in page
    entry = last()
    assert (entry.act, entry.subject_refs) == ("audit_pack_fetched", sorted(mine))
    for form in ("docx", "xlsx"):
        assert client.get(reverse("audit:pack", args=[given.pk, form])).content.startswith(b"PK")


@pytest.fixture
def read(auditors: Any, monkeypatch: Any) -> Any:
    """A sample that has been read, with one crime out of scope and one that two read and settled."""
    from fourfold.web.audit.actions.reading import rule_out
    from fourfold.web.audit.actions.settling import agree, propose
    from fourfold.web.audit.models import Reading

    ada = auditors[0].person
    sample = drawn(ada, monkeypatch, size=10, twice=[])
    both, gone = in_sample(sample)[0], in_sample(sample, "other")[0]
    both.is_twice = True
    both.save()
    give_all(sample, ada)
    out = Reading.objects.get(crime=gone)
    rule_out(reading=out.pk, reason="no_victim", words="None", by=out.reader)
    one, two = both.readings.order_by("turn")
    read_by(one.reader, both, answers(updated="not_met"))
    read_by(two.reader, both, answers(updated="not_recorded"))
    propose(crime=both.pk, answers=answers(updated="not_recorded"), by=one.reader)
    agree(crime=both.pk, by=two.reader)
    read_everything(sample)
    assert sample.state == "read"
    return sample


def test_findings_are_shown_with_intervals_bounds_reasons_and_kappa(read: Any, auditors: Any) -> None:
    page = text(auditors[1].get(reverse("audit:findings", args=[read.pk])))
    for words in (
        "Was the victim updated within the limits of the Code?",
        "Met in between",
        "allowing for chance in drawing",
        "If nothing that is not recorded was done",
        "Nothing is written of it",
        "There is no victim to whom the Code is owed",
        "How far two readers agree",
        "Not signed off yet",
    ):
        assert words in page
    assert page.count("<svg") == 5 * 4
    assert "another auditor must sign" in text(auditors[0].get(reverse("audit:findings", args=[read.pk])))


def test_the_answers_behind_findings_are_open_to_auditors_and_trailed(read: Any, auditors: Any) -> None:
    crime = in_sample(read)[0]
    page = text(auditors[1].get(reverse("audit:answers", args=[read.pk, crime.pk])))
    assert "Settled by" in page
    assert "Done, but after the limit." in page
    assert (last().act, last().subject_refs) == ("audit_answers_opened", [crime.crime_ref])


def test_findings_are_signed_off_by_another_and_handed_out_in_three_forms(
    read: Any, auditors: Any, browse: Any
) -> None:
    import openpyxl

    ada, ben = auditors
    where = reverse("audit:sign_off", args=[read.pk])
    assert "You drew this sample" in text(ada.get(where))
    sent = {"decision": "approve", "seen": str(read.version), "form_key": "s"}
    ada.post(where, sent)
    read.refresh_from_db()
    assert read.state == "read"
    assert "Say why crimes are read again" in text(
        ben.post(where, sent | {"decision": "send_back", "crimes": "X1"})
    )
    unknown = sent | {"decision": "send_back", "crimes": "X1", "words": "Evidence is missing"}
    assert "not in the sample: X1" in text(ben.post(where, unknown))
    assert ben.post(where, sent | {"form_key": "t"}).status_code == 302
    read.refresh_from_db()
    assert (read.state, last().act) == ("approved", "audit_findings_approved")
    reader = browse("analyst")
    page = text(reader.get(reverse("audit:findings", args=[read.pk])))
    assert "They stand as they were signed" in page
    html = text(reader.get(reverse("audit:findings_download", args=[read.pk, "html"])))
    assert "OFFICIAL-SENSITIVE" in html
    assert "Signed off on" in html
    assert reader.get(reverse("audit:findings_download", args=[read.pk, "docx"])).content.startswith(b"PK")
    told = reader.get(reverse("audit:findings_download", args=[read.pk, "xlsx"]))
    book = openpyxl.load_workbook(io.BytesIO(told.content))
    assert book.worksheets[0].max_row == 1 + 5 * 6
    assert (last().act, last().detail) == ("audit_findings_fetched", {"form": "xlsx"})


def test_an_action_is_set_found_and_ended_on_pages(read: Any, auditors: Any, browse: Any) -> None:
    ada, owner = auditors[0], browse("victim_care", name="Olive")
    where = reverse("audit:add_action", args=[read.pk])
    page = text(ada.post(where, {"words": "Brief", "seen": "1", "form_key": "a"}))
    assert "Choose who does it" in page
    assert "Enter a day" in page
    sent = {
        "question": "updated",
        "words": "Brief the teams",
        "owner": owner.person.pk,
        "seen": "1",
        "form_key": "b",
    }
    sent |= {"due_on_day": "1", "due_on_month": "3", "due_on_year": "2031"}
    assert ada.post(where, sent).status_code == 302
    assert "Brief the teams" in text(ada.get(reverse("audit:findings", args=[read.pk])))
    listed = text(ada.get(f"{reverse('audit:actions')}?owner={owner.person.pk}"))
    assert "Brief the teams" in listed
    assert "No action is like that" in text(ada.get(f"{reverse('audit:actions')}?state=late"))
    rows = b"".join(ada.get(reverse("audit:actions_export", args=["csv"])).streaming_content).decode(
        "utf-8-sig"
    )
    assert rows.splitlines()[0] == "OFFICIAL-SENSITIVE"
    assert (
        "Brief the teams,Quarterly audit of the Victims' Code,January to March 2022,Updates on time" in rows
    )


def test_the_list_of_crimes_is_filtered_given_out_by_hand_and_exported(
    auditors: Any, monkeypatch: Any
) -> None:
    ada, ben = auditors
    sample = drawn(ada.person, monkeypatch, size=10, twice=[])
    crimes = in_sample(sample)
    where = reverse("audit:crimes", args=[sample.pk])
    assert "Nobody yet" in text(ada.get(where))
    give = reverse("audit:give_ticked", args=[sample.pk])
    assert "Choose a reader" in text(ada.post(give, {"crimes": crimes[0].pk, "turn": "1"}, follow=True))
    assert "Tick the crimes first" in text(
        ada.post(give, {"reader": ben.person.pk, "turn": "1"}, follow=True)
    )
    sent = {
        "crimes": [crimes[0].pk, crimes[1].pk],
        "reader": ben.person.pk,
        "turn": "1",
        "here": "stratum=hate",
    }
    told_on = text(ada.post(give, sent, follow=True))
    assert "2 crimes given out" in told_on
    assert "Group: Hate crime" in told_on, "the filters stay in force"
    found = text(ada.get(f"{where}?reader={ben.person.pk}"))
    assert crimes[0].crime_ref in found
    assert in_sample(sample, "other")[0].crime_ref not in found
    assert "Replacement" in text(ada.get(f"{where}?state=reserve"))
    export = ada.get(f"{reverse('audit:crimes_export', args=[sample.pk, 'csv'])}?stratum=hate")
    rows = b"".join(export.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 2 + 2
    assert rows[2].startswith(f"{crimes[0].crime_ref},Hate crime,1,main,0.1666")
    assert (last().act, last().subject_refs) == (
        "audit_crimes_exported",
        sorted(one.crime_ref for one in crimes),
    )


def test_a_sample_withdrawn_says_why_and_that_it_was_drawn_before(auditors: Any, monkeypatch: Any) -> None:
    from audit_ground import planned

    ada = auditors[0]
    sample = drawn(ada.person, monkeypatch, size=10)
    where = reverse("audit:withdraw", args=[sample.pk])
    assert "10 characters" in text(
        ada.post(where, {"why": "No", "seen": str(sample.version), "form_key": "w"})
    )
    ada.post(where, {"why": "A week was missing", "seen": str(sample.version), "form_key": "x"})
    assert "A week was missing" in text(ada.get(reverse("audit:sample", args=[sample.pk])))
    again = planned(ada.person)
    assert "1 sample of this quarter was drawn and withdrawn before" in text(
        ada.get(reverse("audit:draw", args=[again.pk]))
    )


def test_today_counts_what_is_to_be_read_settled_and_signed(read: Any, auditors: Any, browse: Any) -> None:
    page = text(auditors[1].get("/"))
    assert "Findings for you to sign off" in page
    assert "Findings for you to sign off" not in text(auditors[0].get("/"))
    assert "Actions that an audit has given you appear here" in text(browse("analyst").get("/"))


QUERIES = {"list": 5, "sample": 12, "crimes": 19, "mine": 10, "findings": 17, "actions": 5}
"""How many queries each page costs, the trail's own among them."""


def queries_of(client: Any, page: str, sample: Any) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    where = reverse(f"audit:{page}", args=[sample.pk] if page in ("sample", "crimes", "findings") else [])
    client.get(where)
    with CaptureQueriesContext(connection) as told:
        assert client.get(where).status_code == 200
    return [one["sql"][:90] for one in told]


def test_each_page_costs_as_many_queries_as_are_written_here(read: Any, auditors: Any) -> None:
    told = {page: queries_of(auditors[1], page, read) for page in QUERIES}
    assert {page: len(queries) for page, queries in told.items()} == QUERIES, told


def test_a_large_sample_costs_no_more_queries_than_a_small_one(auditors: Any, monkeypatch: Any) -> None:
    from datetime import date

    from fourfold.web.audit.models import Sample

    small = drawn(auditors[0].person, monkeypatch, size=10)
    Sample.objects.filter(pk=small.pk).update(first_day=date(2021, 1, 1))
    large = drawn(auditors[0].person, monkeypatch, size=50)
    for sample in (small, large):
        give_all(sample, auditors[0].person)
    for page in ("sample", "crimes"):
        assert len(queries_of(auditors[1], page, small)) == len(queries_of(auditors[1], page, large)), page
