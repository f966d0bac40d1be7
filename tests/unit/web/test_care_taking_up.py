"""Taking up the list: one case a person, joined to the one that stands; nobody is opened twice, nobody is lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from care_cases import case_of, person, report, take, words_of

LATER = date(2022, 5, 6)


def test_each_person_gets_one_case_with_reasons_in_words(register: Any) -> None:
    counts = take(register, person("R1"), person("R2", rules=("romance", "risk")))
    assert counts == {"opened": 2}
    case = case_of("R2")
    assert (case.state, case.is_open, case.unit.code, rules_of("R2")) == (
        "new",
        True,
        "victim-care",
        ["risk", "romance"],
    )
    assert [reason["words"] for reason in case.reasons] == ["Victim of romance fraud", "Risk score 73"]
    assert (case.name, case.phone, case.district) == (
        "Mrs Zebedia Quillfeather",
        "01999 555123",
        "Quillbrook",
    )
    assert words_of(case) == ["Referred by the criteria for victim care"]


def test_the_same_list_again_changes_nothing(register: Any) -> None:
    people = [person("R1"), person("R2", cannot_tell=True)]
    take(register, *people)
    before = list(case_of("R1").__dict__.items())[1:]
    assert take(register, *people) == {}
    assert list(case_of("R1").__dict__.items())[1:] == before


def test_a_person_whom_nothing_could_judge_is_on_a_list_of_their_own(register: Any) -> None:
    take(register, person("R1", cannot_tell=True))
    case = case_of("R1")
    assert (case.state, case.is_open, case.tasks.count()) == ("cannot_tell", True, 0)


def test_what_is_told_later_makes_a_new_referral_of_them(register: Any) -> None:
    take(register, person("R1", cannot_tell=True))
    assert take(register, person("R1")) == {"brought_up_to_date": 1, "became_clear": 1}
    case = case_of("R1")
    assert case.state == "new"
    assert case.tasks.get().kind == "first_contact"
    assert words_of(case)[-1] == "What was missing has been told: a criterion for victim care is met"


def test_a_repeat_report_joins_the_case_that_stands(register: Any) -> None:
    take(register, person("R1"))
    again = person("R1", report("R7", LATER, link="name and phone"), phone="01999 999999")
    assert take(register, again) == {"brought_up_to_date": 1, "reported_again": 1}
    case = case_of("R1")
    assert (case.report_count, case.last_on, case.phone, case.loss_gbp) == (2, LATER, "01999 999999", 200)
    assert words_of(case)[1:] == [
        "A new report of this person: R7 of 6 May 2022 (linked by name and phone)",
        "Brought up to date from the latest report: phone",
    ]


def test_an_older_report_that_comes_late_keeps_the_case_and_its_reference(register: Any) -> None:
    take(register, person("R5"))
    older = person("R1", report("R5"))
    take(register, older)
    assert case_of("R5").report_count == 2
    assert set(case_of("R5").reports.values_list("report_ref", flat=True)) == {"R1", "R5"}


def test_a_closed_case_with_a_new_report_asks_somebody_to_decide(register: Any) -> None:
    from fourfold.web.victim_care.models import Case

    take(register, person("R1"))
    Case.objects.update(state="closed", is_open=False)
    take(register, person("R1", report("R7", LATER)))
    case = case_of("R1")
    assert (case.state, case.is_open) == ("new_report", True)
    assert case.tasks.filter(ended_at=None, kind="look_again").count() == 1


def test_a_report_after_closing_is_due_as_a_new_referral_is(
    register: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a day it would stand behind every other case of the list."""
    from django.utils import timezone

    from fourfold.web.victim_care import bringing_up
    from fourfold.web.victim_care.dues import Limit
    from fourfold.web.victim_care.models import Case, CaseTask

    monkeypatch.setattr(bringing_up, "first_contact_limit", lambda day: Limit(LATER, "the force's own"))
    take(register, person("R1"))
    CaseTask.objects.update(ended_at=timezone.now())
    Case.objects.update(state="closed", is_open=False)
    take(register, person("R1", report("R7", LATER)))
    assert case_of("R1").due_on == LATER
    assert case_of("R1").tasks.get(kind="look_again").source == "the force's own"


def test_a_report_whose_day_must_be_checked_is_listed_and_meets_nothing(register: Any) -> None:
    take(register, person("R1", rules=("day",), cannot_tell=True), person("R2", rules=("day", "romance")))
    assert (case_of("R1").state, rules_of("R1")) == ("cannot_tell", ["day"])
    assert (case_of("R2").state, rules_of("R2")) == ("new", ["romance"])


def test_a_report_while_on_watch_is_put_before_an_officer(register: Any) -> None:
    from fourfold.web.victim_care.models import Case

    take(register, person("R1"), person("R2"))
    Case.objects.update(watch_until=LATER)
    take(register, person("R1", report("R7", LATER)), person("R2", report("R8", LATER + timedelta(days=1))))
    assert case_of("R1").tasks.filter(kind="targeted_again").exists()
    assert not case_of("R2").tasks.filter(kind="targeted_again").exists(), "the watch was over by then"


def test_a_person_who_is_not_listed_any_more_stays(register: Any) -> None:
    take(register, person("R1"), person("R2"))
    assert take(register, person("R2")) == {"no_longer_listed": 1}
    case = case_of("R1")
    assert (case.state, case.is_open, case.is_listed) == ("new", True, False)
    assert take(register, person("R2")) == {}, "it is said once"
    take(register, person("R1"), person("R2"))
    assert case_of("R1").is_listed
    assert words_of(case)[-1] == "On the list again"


def test_two_people_found_to_be_one_are_shown_as_joined(register: Any) -> None:
    take(register, person("R1"), person("R2"))
    counts = take(register, person("R1", report("R2", link="name and e-mail")))
    assert counts["joined"] == 1
    joined, standing = case_of("R2"), case_of("R1")
    assert (joined.state, joined.is_open, joined.joined_to_id) == ("joined", False, standing.pk)
    assert standing.reports.count() == 2
    assert words_of(standing)[-1] == "Case R2 is found to be of this person and is joined to this one"
    assert take(register, person("R1", report("R2", link="name and e-mail"))) == {}


def test_an_open_case_joined_to_a_closed_one_is_not_lost(register: Any) -> None:
    from fourfold.web.victim_care.models import Case

    take(register, person("R1"), person("R2"))
    Case.objects.filter(person_id="R1").update(state="closed", is_open=False)
    take(register, person("R1", report("R2")))
    assert case_of("R1").state == "new_report"


def test_people_joined_by_mistake_are_parted_again(register: Any) -> None:
    take(register, person("R1"), person("R2"))
    take(register, person("R1", report("R2")))
    counts = take(register, person("R1"), person("R2"))
    assert counts["parted"] == 1
    assert (case_of("R2").state, case_of("R2").joined_to_id) == ("new", None)
    assert list(case_of("R1").reports.values_list("report_ref", flat=True)) == ["R1"]
    assert list(case_of("R2").reports.values_list("report_ref", flat=True)) == ["R2"]


def test_one_person_who_turns_out_to_be_two_gets_a_second_case(register: Any) -> None:
    take(register, person("R1", report("R2")))
    take(register, person("R1"), person("R2"))
    assert list(case_of("R2").reports.values_list("report_ref", flat=True)) == ["R2"]
    assert list(case_of("R1").reports.values_list("report_ref", flat=True)) == ["R1"]


def test_two_forces_with_one_reference_keep_their_own(register: Any) -> None:
    from fourfold.web.victim_care.models import Case

    take(register, person("R1"), person("R1", force="kent"))
    assert Case.objects.filter(person_id="R1").count() == 2


@pytest.mark.parametrize("name", ["علي حسن", "山田太郎", "Zoë 🌻 O’Hara", "", "   "])
def test_any_name_is_taken_up(register: Any, name: str) -> None:
    from fourfold.web.victim_care.listing import chosen
    from fourfold.web.victim_care.models import Case

    take(register, person("R1", title=None, first_names=None, last_name=name or None))
    found = chosen(Case.objects.all(), {"q": name.strip() or "01999 555123"}, LATER)
    assert [case.person_id for case in found] == ["R1"]


def test_a_limit_of_the_force_gives_the_first_contact_its_day(
    register: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fourfold.web.victim_care import dues, taking_up
    from fourfold.web.victim_care.models import FAR_OFF

    take(register, person("R1"))
    assert case_of("R1").due_on == FAR_OFF, "no limit is published, so none is made up"
    limit = dues.Limit(date(2022, 3, 9), "A made-up force")
    monkeypatch.setattr(taking_up, "first_contact_limit", lambda today: limit)
    monkeypatch.setattr("fourfold.web.victim_care.dues.first_contact_limit", lambda today: limit)
    take(register, person("R1"), person("R2"))
    assert (case_of("R2").due_on, case_of("R2").due_words) == (date(2022, 3, 9), "Reach the victim")


def test_one_trail_entry_tells_of_a_taking_up(register: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import polars as pl

    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.victim_care import taking_up

    monkeypatch.setattr(taking_up, "listed_victims", lambda home: pl.DataFrame([person("R1")]))
    taking_up.take_up(register)
    taking_up.take_up(register)
    entry = TrailEntry.objects.filter(act="referrals_taken_up").get()
    assert (entry.who_id, entry.subject_refs, entry.detail) == ("", ["victim-care"], {"opened": 1})


def test_a_listed_person_whose_reports_are_gone_still_gets_one_case(register: Any) -> None:
    gone = person("R1", title=None, first_names=None, last_name=None, victim_type=None, reports=None)
    assert take(register, gone) == {"opened": 1}
    assert take(register, gone) == {}
    assert list(case_of("R1").reports.values_list("report_ref", flat=True)) == ["R1"]


def test_what_could_not_be_judged_of_one_report_is_no_reason_beside_those_that_are_met(register: Any) -> None:
    import json

    reasons = [
        {"rule": "aged", "words": "Neither age nor date of birth is stated", "evidence": ["R1"]},
        {"rule": "romance", "words": "Victim of romance fraud", "evidence": ["R2"]},
    ]
    take(register, person("R1", report("R2"), reasons=json.dumps(reasons)))
    take(register, person("R1", report("R2"), reasons=json.dumps(reasons)), person("R3", rules=("romance",)))
    case = case_of("R1")
    assert (rules_of("R1"), [reason["rule"] for reason in case.reasons]) == (["romance"], ["romance", "aged"])
    assert case.need < case_of("R3").need, "two reports, and no reason more than the other has"
    assert case_of("R3").need - case.need == 1


def rules_of(ref: str) -> list[str]:
    """The rules that the list finds a case by."""
    return sorted(case_of(ref).listed_by.values_list("rule", flat=True))


def test_the_rules_a_case_is_found_by_follow_what_is_told(register: Any) -> None:
    take(register, person("R1", rules=("aged", "risk")), person("R2", rules=("romance",)))
    take(register, person("R1", rules=("risk", "romance")), person("R2", rules=("romance",)))
    assert (rules_of("R1"), rules_of("R2")) == (["risk", "romance"], ["romance"])
    take(register, person("R2", rules=("romance",)))
    assert rules_of("R1") == ["risk", "romance"], "a case whose person is listed no more is found as it was"
