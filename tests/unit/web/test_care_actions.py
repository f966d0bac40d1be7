"""What officers do: each act on the timeline, in the trail and on its way to the lake, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from care_cases import case_of, person, take, words_of

from fourfold.home import WrongUseError

CALM = {
    "still_in_contact": "no", "access_now": "no", "loss_impact": "some", "distress": "none", "self_harm": "no",
    "targeted_again": "no", "believes_offender": "no", "evidence_to_keep": "no", "situation": "no",
    "cannot_protect": "no", "someone_helps": "yes", "support_need": "no", "agrees_to_contact": "yes",
}  # fmt: skip


@pytest.fixture
def officer(make_person: Callable[..., Any]) -> Any:
    return make_person(("victim_care", "victim-care"), name="Olive Officer")


@pytest.fixture
def case(register: Any, officer: Any) -> Any:
    take(register, person("R1", code="NFIB1D", rules=("romance",)))
    return case_of("R1")


def call(case: Any, by: Any, result: str = "reached", **more: Any) -> None:
    from fourfold.web.victim_care.actions.contacting import record_call

    record_call(case=case.pk, channel="phone", result=result, by=by, **more)


def judge(
    case: Any, by: Any, level: str = "contact", why: str = "", seen: int | None = None, **answers: str
) -> Any:
    from fourfold.web.victim_care.actions.judging import assess

    return assess(
        case=case.pk, answers=CALM | answers, notes="", level=level, differs_because=why, by=by,
        seen=seen or case_of("R1").version,
    )  # fmt: skip


def kinds_on_their_way() -> list[str]:
    from fourfold.web.handover.models import OutboxDecision

    return list(OutboxDecision.objects.order_by("made_at").values_list("kind", flat=True))


def test_a_call_keeps_attempt_advice_materials_and_the_next_call_together(case: Any, officer: Any) -> None:
    from django.utils import timezone

    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.victim_care.actions.stocking import change_stock

    change_stock(unit=case.unit, material="protect_booklet", change=3, why="Delivery", by=officer)
    tomorrow = timezone.localdate() + timedelta(days=1)
    call(
        case,
        officer,
        said="She will ring her bank.",
        topics=["banking"],
        materials={"protect_booklet": 1},
        call_again_on=tomorrow,
    )
    after = case_of("R1")
    assert (after.state, after.due_on, after.due_words) == ("open", tomorrow, "Contact again by phone")
    assert after.reached_at is not None
    assert words_of(after)[1:4] == [
        "Phone: reached and spoken to",
        "Advice given: Banking and financial safeguards",
        "Materials sent: 1 × Protect booklet",
    ]
    assert not after.tasks.filter(kind="first_contact", ended_at=None).exists()
    assert set(kinds_on_their_way()) == {
        "contact_attempt",
        "advice_given",
        "materials_sent",
        "contact_planned",
    }
    entry = TrailEntry.objects.first()
    assert (entry.act, entry.subject_refs, entry.role) == ("contact_recorded", ["R1"], "victim_care")
    assert "bank" not in str(entry.detail)


def test_a_call_that_cannot_be_kept_whole_is_not_kept_at_all(case: Any, officer: Any) -> None:
    with pytest.raises(WrongUseError, match="0 of protect booklet in stock, fewer than 1"):
        call(case, officer, said="Sent a booklet", materials={"protect_booklet": 1})
    after = case_of("R1")
    assert (after.state, after.version, after.attempts.count(), len(words_of(after))) == ("new", 1, 0, 1)
    assert kinds_on_their_way() == []


def test_an_attempt_without_an_answer_leaves_the_first_contact_waiting(case: Any, officer: Any) -> None:
    call(case, officer, "no_answer")
    after = case_of("R1")
    assert (after.reached_at, after.attempts.get().is_reached) == (None, False)
    assert after.tasks.filter(kind="first_contact", ended_at=None).exists()


def test_a_first_contact_ends_by_reaching_the_victim_and_not_by_a_mark(case: Any, officer: Any) -> None:
    from fourfold.web.victim_care.actions.ending import end_task

    task = case.tasks.get(kind="first_contact")
    with pytest.raises(WrongUseError, match="ends by what it asks for"):
        end_task(case=case.pk, task=task.pk, words="", by=officer, seen=case.version)
    assert case_of("R1").tasks.filter(kind="first_contact", ended_at=None).exists()
    assert kinds_on_their_way() == []


def test_a_call_ends_the_call_that_was_planned_for_today(case: Any, officer: Any) -> None:
    from django.utils import timezone

    from fourfold.web.victim_care.actions.contacting import plan_contact

    today = timezone.localdate()
    for days in (0, 3):
        plan_contact(
            case=case.pk,
            on=today + timedelta(days=days),
            channel="phone",
            about="",
            by=officer,
            seen=case_of("R1").version,
        )
    call(case, officer, "no_answer")
    waiting = case_of("R1").tasks.filter(kind="call_back", ended_at=None)
    assert [task.due_on for task in waiting] == [today + timedelta(days=3)]
    with pytest.raises(WrongUseError, match="today or later"):
        plan_contact(
            case=case.pk,
            on=today - timedelta(days=1),
            channel="phone",
            about="",
            by=officer,
            seen=case_of("R1").version,
        )


def test_the_same_form_twice_is_saved_once(case: Any, officer: Any) -> None:
    from fourfold.web.victim_care.actions.changing import SavedAlreadyError

    call(case, officer, form_key="k1")
    with pytest.raises(SavedAlreadyError):
        call(case, officer, form_key="k1")
    assert case_of("R1").attempts.count() == 1


def test_two_officers_on_one_case_the_second_is_told_what_changed(
    case: Any, officer: Any, make_person: Any
) -> None:
    from fourfold.web.victim_care.actions.changing import ChangedMeanwhileError
    from fourfold.web.victim_care.actions.ending import close

    other = make_person(("victim_care", "victim-care"))
    judge(case, officer, seen=1)
    with pytest.raises(ChangedMeanwhileError) as told:
        close(case=case.pk, outcome="declined", why="Said no", by=other, seen=1)
    assert [event.words for event in told.value.events] == ["Assessed: contact and advice"]
    assert case_of("R1").state == "open"


def test_notes_and_calls_only_add_so_two_officers_may_write_at_once(case: Any, officer: Any) -> None:
    from fourfold.web.victim_care.actions.noting import add_note

    judge(case, officer, seen=1)
    add_note(case=case.pk, text="Rang the daughter", by=officer)
    assert words_of(case_of("R1"))[-1] == "Note"


@pytest.mark.parametrize(
    "role", ["analyst", "auditor", "performance", "data_protection", "administrator", "offender_manager"]
)
def test_nobody_but_an_officer_changes_a_case(case: Any, make_person: Any, role: str) -> None:
    from fourfold.web.accounts.permission import NotAllowedError

    with pytest.raises(NotAllowedError):
        call(case, make_person((role, "victim-care")))


def test_an_officer_of_another_unit_changes_nothing(case: Any, make_person: Any) -> None:
    from fourfold.web.accounts.permission import NotAllowedError

    with pytest.raises(NotAllowedError):
        call(case, make_person(("victim_care", "elsewhere")))
    assert case_of("R1").version == 1


def test_an_assessment_keeps_what_was_suggested_and_what_was_decided(case: Any, officer: Any) -> None:
    with pytest.raises(WrongUseError, match="Say why you decide otherwise"):
        judge(case, officer, "contact", access_now="yes")
    made = judge(case, officer, "support", "Her son has taken the cards", access_now="yes")
    assert (made.suggested, made.level) == ("visit", "support")
    assert made.suggested_because == ["The offender can still reach money, accounts or devices."]
    judge(case, officer, "contact")
    after = case_of("R1")
    assert (after.level, after.assessments.count()) == ("contact", 2)
    assert made.form_version.startswith("2018-01-01 ")


def test_a_need_for_support_starts_the_two_working_days_of_the_code(
    case: Any, officer: Any, monkeypatch: Any
) -> None:
    from datetime import UTC, datetime

    from django.utils import timezone

    thursday = datetime(2022, 4, 14, 11, 0, tzinfo=UTC)  # Good Friday and Easter Monday follow
    monkeypatch.setattr(timezone, "now", lambda: thursday)
    judge(case, officer, "support", support_need="yes")
    task = case_of("R1").tasks.get(kind="support_referral")
    assert task.due_on == date(2022, 4, 20)
    assert case_of("R1").due_on == date(2022, 4, 20)
    judge(case, officer, "support", support_need="yes")
    assert case_of("R1").tasks.filter(kind="support_referral").count() == 1, (
        "a second assessment starts no second clock"
    )
    judge(case, officer)
    assert not case_of("R1").tasks.filter(kind="support_referral", ended_at=None).exists()


def refer(case: Any, by: Any, partner: str = "victim_support", ground: str = "consent", **more: Any) -> Any:
    from fourfold.web.victim_care.actions.sharing import refer as act
    from fourfold.web.victim_care.actions.sharing import to_share

    told = {
        "has_consent": True,
        "why": "She asked for it",
        "checked": to_share(case_of("R1"), partner),
    } | more
    return act(case=case.pk, partner=partner, ground=ground, by=by, seen=case_of("R1").version, **told)


def test_a_referral_shares_what_was_checked_and_meets_the_duty(case: Any, officer: Any) -> None:
    judge(case, officer, "support", support_need="yes")
    made = refer(case, officer)
    assert set(made.shared) == {
        "Name",
        "Phone",
        "Email",
        "Address",
        "Postcode",
        "Reports of fraud (reference, day and kind)",
        "Level of support and what it rests on",
    }
    assert not case_of("R1").tasks.filter(kind="support_referral", ended_at=None).exists()
    other = refer(case, officer, "trading_standards", "law_enforcement", has_consent=False)
    assert "Email" not in other.shared
    assert "Loss stated" in other.shared


def test_a_referral_without_the_consent_its_ground_needs_is_refused(case: Any, officer: Any) -> None:
    with pytest.raises(WrongUseError, match="has not agreed"):
        refer(case, officer, has_consent=False)
    assert case_of("R1").referrals.count() == 0


def test_what_was_not_checked_does_not_leave(case: Any, officer: Any) -> None:
    with pytest.raises(WrongUseError, match="has changed since you checked"):
        refer(case, officer, checked={"Name": "Mrs Zebedia Quillfeather"})


def test_opening_again_brings_the_days_back(case: Any, officer: Any) -> None:
    from fourfold.web.victim_care.actions.ending import close, reopen

    judge(case, officer, "support", support_need="yes")
    due = case_of("R1").due_on
    close(case=case.pk, outcome="not_reached", why="Six tries", by=officer, seen=case_of("R1").version)
    closed = case_of("R1")
    assert (closed.state, closed.is_open, closed.outcome) == ("closed", False, "not_reached")
    assert not closed.tasks.filter(ended_at=None).exists()
    with pytest.raises(WrongUseError, match="This case is closed"):
        call(case, officer)
    reopen(case=case.pk, why="She rang back", by=officer, seen=closed.version)
    again = case_of("R1")
    assert (again.state, again.is_open, again.due_on, again.outcome) == ("open", True, due, "")


def test_a_new_report_on_a_closed_case_is_decided_with_a_reason(
    register: Any, case: Any, officer: Any
) -> None:
    from care_cases import report

    from fourfold.web.victim_care.actions.ending import close, leave_closed

    close(case=case.pk, outcome="declined", why="Said no", by=officer, seen=1)
    take(register, person("R1", report("R7"), code="NFIB1D", rules=("romance",)))
    with pytest.raises(WrongUseError, match="Open it again, or leave it closed"):
        call(case, officer)
    leave_closed(case=case.pk, why="Same fraud told twice", by=officer, seen=case_of("R1").version)
    assert (case_of("R1").state, case_of("R1").tasks.filter(ended_at=None).count()) == ("closed", 0)


@pytest.mark.parametrize(("act", "state"), [("take_on", "new"), ("set_aside", "closed")])
def test_a_person_nobody_could_judge_is_decided_by_an_officer(
    register: Any, officer: Any, act: str, state: str
) -> None:
    from fourfold.web.victim_care.actions import ending

    take(register, person("R9", cannot_tell=True))
    getattr(ending, act)(case=case_of("R9").pk, why="Told on the phone", by=officer, seen=1)
    assert case_of("R9").state == state
    assert kinds_on_their_way() == ["referral_judged"]


def test_corrected_details_stay_when_the_list_comes_again(register: Any, case: Any, officer: Any) -> None:
    from fourfold.web.victim_care.actions.keeping import correct_details
    from fourfold.web.victim_care.listing import chosen
    from fourfold.web.victim_care.models import Case

    details = {
        "phone": "01999 777888",
        "email": case.email,
        "address": case.address,
        "postcode": case.postcode,
    }
    correct_details(case=case.pk, details=details, why="She told me", by=officer, seen=1)
    take(register, person("R1", code="NFIB1D", rules=("romance",), email="new@example.org"))
    after = case_of("R1")
    assert (after.phone, after.email) == ("01999 777888", "new@example.org")
    assert [one.person_id for one in chosen(Case.objects.all(), {"q": "01999777888"}, date(2022, 1, 1))] == [
        "R1"
    ]


def test_the_questionnaire_keeps_only_what_was_answered(case: Any, officer: Any) -> None:
    from fourfold.web.victim_care.actions.keeping import keep_questionnaire

    keep_questionnaire(
        case=case.pk, answers={"met_where": "In person", "times_paid": None}, by=officer, seen=1
    )
    event = case_of("R1").events.get(kind="questionnaire")
    assert (event.words, event.value["answers"]) == (
        "Romance-fraud questionnaire: 1 of 2 questions answered",
        {"met_where": "In person"},
    )
    with pytest.raises(WrongUseError, match="No question was answered"):
        keep_questionnaire(case=case.pk, answers={"met_where": ""}, by=officer, seen=2)


def test_a_watch_can_be_set_on_a_closed_case_and_ended(case: Any, officer: Any) -> None:
    from django.utils import timezone

    from fourfold.web.victim_care.actions.ending import close
    from fourfold.web.victim_care.actions.keeping import watch

    close(case=case.pk, outcome="advice_given", why="Done", by=officer, seen=1)
    until = timezone.localdate() + timedelta(days=30)
    watch(case=case.pk, until=until, why="Her details were sold on", by=officer, seen=2)
    assert (case_of("R1").state, case_of("R1").watch_until) == ("closed", until)
    watch(case=case.pk, until=None, why="Not needed", by=officer, seen=3)
    assert case_of("R1").watch_until is None
    with pytest.raises(WrongUseError, match="today or a later day"):
        watch(case=case.pk, until=date(2020, 1, 1), why="-", by=officer, seen=4)


def test_the_stock_is_a_ledger_that_never_goes_below_nought(case: Any, officer: Any) -> None:
    from django.db import IntegrityError, transaction

    from fourfold.web.victim_care.actions.contacting import send_materials
    from fourfold.web.victim_care.actions.stocking import change_stock
    from fourfold.web.victim_care.models import Stock, StockMove

    change_stock(unit=case.unit, material="call_blocker", change=2, why="Delivery", by=officer)
    send_materials(case=case.pk, materials={"call_blocker": 2}, by=officer)
    assert [(move.change, move.left) for move in StockMove.objects.order_by("id")] == [(2, 2), (-2, 0)]
    with pytest.raises(WrongUseError, match="fewer than 1"):
        change_stock(unit=case.unit, material="call_blocker", change=-1, why="Lost", by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stock.objects.update(on_hand=-1)


def test_cases_are_given_one_by_one_and_only_to_who_works_there(
    register: Any, case: Any, officer: Any, make_person: Any
) -> None:
    from fourfold.web.trail.models import TrailEntry
    from fourfold.web.victim_care.actions.noting import assign, assign_all

    take(register, person("R1", code="NFIB1D", rules=("romance",)), person("R2"), person("R3"))
    keys = [case_of(ref).pk for ref in ("R1", "R2", "R3")]
    assert assign_all(cases=keys, officer=officer, by=officer) == (3, [])
    assert TrailEntry.objects.filter(act="case_assigned").count() == 3
    assert assign_all(cases=keys, officer=officer, by=officer) == (0, []), (
        "who has it already is given nothing"
    )
    with pytest.raises(WrongUseError, match="does not work on the cases of this unit"):
        assign(case=keys[0], officer=make_person("analyst"), by=officer)


def test_what_was_typed_and_not_saved_goes_when_the_case_is_closed(register: Any, browse: Any) -> None:
    from fourfold.web.victim_care.actions import ending
    from fourfold.web.victim_care.models import Draft

    take(register, person("R1"), person("R2"))
    client = browse(("victim_care", "victim-care"))
    for ref in ("R1", "R2"):
        client.post(f"/victim-care/cases/{case_of(ref).pk}/draft/call/", {"said": "She was", "number": "1"})
    assert Draft.objects.count() == 2
    case = case_of("R1")
    ending.close(case=case.pk, outcome="not_reached", why="Tried.", by=client.person, seen=case.version)
    assert list(Draft.objects.values_list("case", flat=True)) == [case_of("R2").pk]
