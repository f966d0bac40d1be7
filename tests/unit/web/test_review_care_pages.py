"""The desk against a reader who guesses, a crafted form, and a draft that must not be lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from care_cases import case_of, person, report, take

UNIT = "victim-care"


@pytest.fixture
def cases(register: Any) -> Any:
    take(
        register,
        person("R1", last_name="Young"),
        person("R2", report("R22"), last_name="Ahmed"),
        person("R3", last_name="Moss"),
    )
    return register


@pytest.fixture
def client(cases: Any, browse: Any) -> Any:
    return browse(("victim_care", UNIT))


def refs(content: bytes) -> list[str]:
    return re.findall(r'ff-faint">(\w+)', content.decode())


@pytest.mark.parametrize("role", ["analyst", "offender_manager"])
def test_the_order_of_names_is_not_told_to_whom_names_are_hidden(cases: Any, browse: Any, role: str) -> None:
    masked = browse(role)
    usual = refs(masked.get("/victim-care/").content)
    for sort in ("name", "-name"):
        answer = masked.get(f"/victim-care/?sort={sort}")
        assert refs(answer.content) == usual
    assert "sort=name" not in answer.content.decode()


def test_the_order_of_names_is_not_told_in_a_masked_file(cases: Any, browse: Any) -> None:
    masked = browse("analyst")
    by_name, by_due = (
        b"".join(masked.get(f"/victim-care/export/csv/?sort={sort}").streaming_content)
        for sort in ("name", "due")
    )
    assert by_name == by_due


def test_saving_a_call_keeps_what_was_typed_on_other_forms(client: Any) -> None:
    from fourfold.web.victim_care.actions.contacting import record_call
    from fourfold.web.victim_care.models import Draft

    key = case_of("R1").pk
    client.post(f"/victim-care/cases/{key}/draft/call/", {"said": "She was told to wait"})
    client.post(f"/victim-care/cases/{key}/draft/assess/", {"notes": "Half an assessment"})
    record_call(case=key, channel="phone", result="reached", by=client.person)
    assert list(Draft.objects.values_list("form", flat=True)) == ["assess"]


def test_a_draft_holds_nothing_that_the_register_cannot(client: Any) -> None:
    from fourfold.web.victim_care.models import Draft

    key = case_of("R1").pk
    client.post(
        f"/victim-care/cases/{key}/draft/call/", {"said": "She\x00 said", "topics": ["a\x00"], "x\x00": "1"}
    )
    assert "\\x00" not in repr(Draft.objects.get().values)
    assert Draft.objects.get().values["said"] == "She said"


@pytest.mark.parametrize("number", ["²", "9" * 30, "9" * 5000])
def test_a_number_that_is_none_is_no_fault_of_ours(client: Any, number: str) -> None:
    case = case_of("R1")
    task, where = case.tasks.get(), f"/victim-care/cases/{case.pk}/"
    sent = {"cases": [number, str(case.pk)], "officer": str(client.person.pk)}
    assert client.post("/victim-care/allocate/", sent).status_code == 302
    assert case_of("R1").officer == client.person
    assert client.post(f"{where}take/", {"seen": number}).status_code == 302
    assert client.post(f"{where}tasks/{task.pk}/end/", {"seen": number}).status_code == 302


def test_a_crafted_word_of_a_task_is_kept_without_what_no_text_has(client: Any) -> None:
    from django.utils import timezone

    from fourfold.web.victim_care.models import CaseTask

    case = case_of("R1")
    task = CaseTask.objects.create(case=case, kind="call_back", words="Ring again", made_at=timezone.now())
    told = {"words": "Do\x00ne", "form_key": "a\x00b"}
    client.post(f"/victim-care/cases/{case.pk}/tasks/{task.pk}/end/", told)
    task.refresh_from_db()
    assert task.ended_words == "Done"


def test_what_changed_meanwhile_is_shown_and_trailed(client: Any) -> None:
    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.victim_care.actions.noting import add_note

    case = case_of("R1")
    old = case.version
    add_note(case=case.pk, text="Zebedia rang", by=client.person)
    before = TrailEntry.objects.count()
    told = {"seen": old, "form_key": "k1", "outcome": "advice_given", "why": "Done"}
    from fourfold.web.victim_care.actions.ending import outcome_choices

    told["outcome"] = outcome_choices()[0][0]
    answer = client.post(f"/victim-care/cases/{case.pk}/close/", told)
    assert answer.status_code == 200
    assert "changed after you opened" in answer.content.decode()
    fresh = TrailEntry.objects.filter(number__gt=before)
    assert [(entry.act, entry.subject_refs) for entry in fresh] == [("case_opened", ["R1"])]
    answer = client.post(
        f"/victim-care/cases/{case.pk}/assign/", {"seen": old, "form_key": "k2", "officer": client.person.pk}
    )
    assert "changed after you opened" in answer.content.decode()
    assert TrailEntry.objects.filter(number__gt=before).count() == 2


def test_the_place_of_another_unit_s_case_in_the_order_of_names_is_not_told(client: Any) -> None:
    from fourfold.web.accounts.models import Unit
    from fourfold.web.victim_care.models import Case

    other = Unit.objects.create(code="other-unit", name="Other unit")
    Case.objects.filter(person_id="R3").update(unit=other)
    key = case_of("R3").pk
    for way in ("after", "before"):
        assert refs(client.get(f"/victim-care/?sort=name&page={way}:{key}").content) == ["R2", "R1"]
    own = case_of("R2").pk
    assert refs(client.get(f"/victim-care/?sort=name&page=after:{own}").content) == ["R1"]


def test_a_case_does_not_tell_that_the_trail_was_asked_about_it(client: Any, browse: Any) -> None:
    watcher = browse("data_protection", name="Wanda Watcher")
    where = f"/victim-care/cases/{case_of('R1').pk}/"
    client.get(where)
    watcher.get("/trail/?subject=R1")
    told = {"subject": "R1", "why": "SAR 2026/118", "kind": "csv"}
    b"".join(watcher.post("/trail/subject-access/", told).streaming_content)
    assert "Wanda" not in client.get(where).content.decode()
