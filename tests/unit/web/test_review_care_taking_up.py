"""Nobody is lost, and nobody's case becomes somebody else's, when people are linked and parted anew."""

from __future__ import annotations

from typing import Any

from care_cases import case_of, person, report, take


def refs_of(case: Any) -> set[str]:
    return set(case.reports.values_list("report_ref", flat=True))


def test_a_case_stays_its_person_s_when_who_was_joined_is_listed_first(register: Any) -> None:
    take(register, person("R1", last_name="First"), person("R2", last_name="Second"))
    take(register, person("R1", report("R2"), last_name="First"))
    take(register, person("R2", last_name="Second"), person("R1", last_name="First"))
    assert case_of("R1").name == "Mrs Zebedia First"
    assert refs_of(case_of("R1")) == {"R1"}
    assert case_of("R2").name == "Mrs Zebedia Second"
    assert refs_of(case_of("R2")) == {"R2"}


def test_an_older_report_that_is_parted_again_leaves_the_case_to_its_person(register: Any) -> None:
    take(register, person("R5", last_name="Late"))
    take(register, person("R1", report("R5"), last_name="Early"))
    counts = take(register, person("R1", last_name="Early"), person("R5", last_name="Late"))
    assert counts["opened"] == 1
    assert case_of("R5").name == "Mrs Zebedia Late"
    assert refs_of(case_of("R5")) == {"R5"}
    assert refs_of(case_of("R1")) == {"R1"}


def test_a_case_goes_with_the_report_it_is_named_after(register: Any) -> None:
    take(register, person("R5", report("R7")))
    take(register, person("R7"), person("R1", report("R5")))
    assert refs_of(case_of("R5")) == {"R1", "R5"}
    assert refs_of(case_of("R7")) == {"R7"}
    take(register, person("R7"), person("R1"), person("R5"))
    assert refs_of(case_of("R5")) == {"R5"}
    assert refs_of(case_of("R1")) == {"R1"}


def test_a_person_parted_again_is_still_to_be_reached(register: Any) -> None:
    take(register, person("R1"), person("R2", cannot_tell=True))
    take(register, person("R1", report("R2")))
    take(register, person("R1"), person("R2"))
    waiting = case_of("R2").tasks.filter(ended_at=None)
    assert [task.kind for task in waiting] == ["first_contact"]


def test_a_person_set_aside_and_taken_on_after_all_is_to_be_reached(register: Any, make_person: Any) -> None:
    from fourfold.web.victim_care.actions.ending import reopen, set_aside

    take(register, person("R1", cannot_tell=True))
    officer = make_person(("victim_care", "victim-care"))
    set_aside(case=case_of("R1").pk, why="No phone number", by=officer, seen=case_of("R1").version)
    reopen(case=case_of("R1").pk, why="She rang", by=officer, seen=case_of("R1").version)
    waiting = case_of("R1").tasks.filter(ended_at=None)
    assert [task.kind for task in waiting] == ["first_contact"]


def test_a_person_who_was_reached_is_not_to_be_reached_first_again(register: Any, make_person: Any) -> None:
    from fourfold.web.victim_care.actions.contacting import record_call
    from fourfold.web.victim_care.actions.ending import close, outcome_choices, reopen

    take(register, person("R1"))
    officer, key = make_person(("victim_care", "victim-care")), case_of("R1").pk
    record_call(case=key, channel="phone", result="reached", by=officer)
    outcome = outcome_choices()[0][0]
    close(case=key, outcome=outcome, why="Advice was given", by=officer, seen=case_of("R1").version)
    reopen(case=key, why="She rang", by=officer, seen=case_of("R1").version)
    assert not case_of("R1").tasks.filter(ended_at=None, kind="first_contact").exists()
