"""The questionnaires that policy states, and the decisions that the audit desk sends to the lake."""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest

from audit_records import NOON, TOLD, example, sample
from fourfold import policy
from fourfold.home import WrongUseError
from fourfold.pipeline.audit_decisions import (
    drawn_value,
    reading_rows,
    reading_value,
    readings_in,
    sample_of,
    samples_in,
)
from fourfold.rules.offence_groups import offence_groups
from fourfold.rules.questionnaires import as_questionnaire, questionnaire, questionnaires

ON = date(2022, 1, 31)


def test_the_quarterly_audit_asks_the_five_questions_of_the_source_paper():
    told = questionnaire("victims_code", ON)
    assert [one.question for one in told.questions] == [
        "acknowledged",
        "updated",
        "told_of_end",
        "referred",
        "statement_offered",
    ]
    assert (told.sample_size, told.second_read_share, told.groups) == (250, 0.1, "audit.groups")
    assert [group.group for group in offence_groups(told.groups, ON)] == [
        "domestic",
        "hate",
        "violence_with_injury",
        "burglary_and_robbery",
        "other",
    ]


def test_dip_samples_are_drawn_from_robbery_and_residential_burglary():
    told = questionnaire("initial_investigation", ON)
    assert [group.label for group in offence_groups(told.groups, ON)] == ["Robbery", "Residential burglary"]
    assert policy.value_on("audit.questionnaires", ON).status == "partial"  # its questions are our reading


def test_every_duty_that_a_question_names_is_a_duty_of_policy():
    duties = {name.partition(".")[2] for name in policy.names()}
    named = {rule for one in questionnaires(ON) for question in one.questions for rule in question.rules}
    assert named
    assert named <= duties


def test_every_questionnaire_offers_reasons_for_what_is_not_met_not_recorded_and_out_of_scope():
    for one in questionnaires(ON):
        for answer in ("not_met", "not_recorded", "out_of_scope"):
            assert one.reasons[answer], (one.key, answer)


def test_the_plain_entries_agree_with_the_questionnaire():
    told = questionnaire("victims_code", ON)
    assert policy.value_on("audit.sample_size", ON).value == told.sample_size
    assert policy.value_on("audit.second_read_share", ON).value == told.second_read_share
    asked = [(one["question"], one["label"]) for one in policy.value_on("audit.questions", ON).value]
    assert asked == [(one.question, one.label) for one in told.questions]


def test_a_force_may_have_questionnaires_of_its_own(tmp_path):
    own = [{**TOLD, "key": "own"}]
    (tmp_path / "audit.yaml").write_text(
        f"questionnaires:\n  values:\n    - {{from: 2022-01-01, source: the force, value: {json.dumps(own)}}}\n"
    )
    assert [one.key for one in questionnaires(ON, tmp_path)] == ["own"]
    assert [one.key for one in questionnaires(date(2021, 12, 31), tmp_path)] == [
        "victims_code",
        "initial_investigation",
    ]
    with pytest.raises(WrongUseError, match="There is no questionnaire victims_code"):
        questionnaire("victims_code", ON, tmp_path)


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("questions", [], "lacks questions"),
        ("questions", [{"question": "told"}], "question 1 needs a question"),
        ("questions", [TOLD["questions"][0]] * 2, "the question told stands twice"),
        ("reasons", {"perhaps": []}, "got perhaps"),
        ("second_read_share", 2, "between 0 and 1"),
        ("sample_size", 0, "1 or more"),
    ],
)
def test_a_questionnaire_that_cannot_be_used_is_refused_with_its_fault(part, value, words):
    with pytest.raises(WrongUseError, match=words):
        as_questionnaire({**TOLD, part: value})


def test_a_sample_comes_back_from_its_decision_as_it_was():
    told = sample({"one": (5, 2), "two": (3, 3)})
    again = sample_of(json.loads(json.dumps(drawn_value(told))))
    assert again.crimes.equals(told.crimes)
    assert again.strata == told.strata
    assert again.questionnaire == told.questionnaire
    assert (again.seed, again.frame_hash, again.period_to) == (told.seed, told.frame_hash, told.period_to)


def test_a_sample_without_its_seed_is_refused():
    value = drawn_value(sample({"one": (5, 2)}))
    del value["seed"]
    with pytest.raises(WrongUseError, match="cannot be read: 'seed'"):
        sample_of(value)


ANSWERS = {"told": {"answer": "not_met", "reason": "late"}, "asked": {"answer": "met", "evidence": "log 4"}}


def test_a_reading_becomes_a_row_for_each_question():
    value = reading_value(example(), sample_ref="s1", round="first", answers=ANSWERS)
    rows = reading_rows("C1", "anna", NOON, json.loads(json.dumps(value)))
    assert [(row["question"], row["answer"], row["reason"], row["evidence"]) for row in rows] == [
        ("told", "not_met", "late", None),
        ("asked", "met", None, "log 4"),
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"answers": {"told": ANSWERS["told"]}}, "asked has no answer"),
        ({"answers": {**ANSWERS, "more": {"answer": "met"}}}, "no question more"),
        ({"answers": {**ANSWERS, "told": {"answer": "perhaps"}}}, "got perhaps"),
        (
            {"answers": {**ANSWERS, "told": {"answer": "not_met", "reason": "no_entry"}}},
            "no reason for the answer",
        ),
        ({"out_of_scope": "because"}, "no reason to be out of scope"),
        ({"out_of_scope": "restricted"}, "out of scope has no answers"),
        ({"round": "third"}, "A round is first, second, settled"),
    ],
)
def test_a_reading_that_does_not_answer_the_questionnaire_is_refused(changed, words):
    told = {"sample_ref": "s1", "round": "first", "answers": ANSWERS, **changed}
    with pytest.raises(WrongUseError, match=words):
        reading_value(example(), **told)


def test_decisions_of_other_kinds_are_passed_over_and_the_later_of_two_stands():
    value = drawn_value(sample({"one": (5, 2)}))
    rows = [
        ("d1", "audit_drawn", "audit", "s1", json.dumps(value), "anna", NOON),
        ("d2", "audit_drawn", "audit", "s1", json.dumps({**value, "seed": 2}), "anna", NOON.replace(hour=13)),
        ("d3", "assessment", "person", "p1", "{}", "anna", NOON),
        (
            "d4",
            "audit_reading",
            "crime",
            "one-1",
            json.dumps(reading_value(example(), sample_ref="s1", round="first", out_of_scope="restricted")),
            "ben",
            NOON,
        ),
    ]
    names = ["decision_id", "kind", "subject", "subject_ref", "value", "made_by", "made_at"]
    decisions = pl.DataFrame(rows, schema=names, orient="row")
    assert [one.seed for one in samples_in(decisions)] == [2]
    assert readings_in(decisions).select("crime_ref", "reader", "out_of_scope").rows() == [
        ("one-1", "ben", "restricted")
    ]
