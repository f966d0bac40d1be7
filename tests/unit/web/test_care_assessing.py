"""The suggested level of support, as worked examples; what is not known is no no."""

from __future__ import annotations

from typing import Any

import pytest

CALM = dict.fromkeys(
    (
        "still_in_contact",
        "access_now",
        "self_harm",
        "targeted_again",
        "believes_offender",
        "cannot_protect",
        "support_need",
    ),
    "no",
) | {"loss_impact": "some", "distress": "none", "someone_helps": "yes"}


#   what differs from a victim who is calm and safe     level      how many reasons
EXAMPLES = [
    ({}, "contact", 0),
    ({"support_need": "yes"}, "support", 1),
    ({"still_in_contact": "yes", "believes_offender": "yes"}, "support", 2),
    ({"loss_impact": "severe"}, "support", 1),
    ({"loss_impact": "severe", "distress": "severe"}, "visit", 1),
    ({"cannot_protect": "yes"}, "support", 1),
    ({"cannot_protect": "yes", "someone_helps": "no"}, "visit", 1),
    ({"access_now": "yes", "self_harm": "yes", "support_need": "yes"}, "visit", 2),
]


@pytest.mark.parametrize(("told", "level", "reasons"), EXAMPLES)
def test_a_level_is_suggested_with_every_reason_for_it(
    register: Any, told: dict[str, str], level: str, reasons: int
) -> None:
    from fourfold.web.victim_care.assessing import suggest

    suggestion = suggest(CALM | told)
    assert (suggestion.level, len(suggestion.because), suggestion.might_rise) == (level, reasons, ())


def test_what_nobody_knows_is_named_and_not_taken_for_a_no(register: Any) -> None:
    from fourfold.web.victim_care.assessing import suggest

    suggestion = suggest(CALM | {"self_harm": "not_known", "support_need": "not_known"})
    assert suggestion.level == "contact"
    assert suggestion.might_rise == (
        "Has the victim spoken of harming themselves?",
        "Does the victim need a support service?",
    )
    assert len(suggest({}).might_rise) == 10, "nothing answered: everything that bears on it is open"


def test_what_could_not_raise_the_level_any_more_is_not_asked_for(register: Any) -> None:
    from fourfold.web.victim_care.assessing import suggest

    assert suggest(CALM | {"self_harm": "yes", "distress": "not_known"}).might_rise == ()
    assert suggest(CALM | {"distress": "not_known"}).might_rise == ("How is the victim coping?",)


def test_no_question_and_no_rule_names_a_protected_characteristic(register: Any) -> None:
    from fourfold.web.victim_care.catalogue import entries, standing

    words = " ".join(
        str(one)
        for one in (
            *entries("victim_care_assessment.questions"),
            *standing("victim_care_assessment.level_rules"),
        )
    )
    for protected in (
        "age",
        "sex",
        "gender",
        "ethnic",
        "race",
        "relig",
        "disab",
        "pregnan",
        "marri",
        "orientation",
    ):
        assert f" {protected}" not in words.lower()


def test_every_rule_asks_questions_that_exist_with_answers_that_exist(register: Any) -> None:
    from fourfold.web.victim_care.assessing import answers_of
    from fourfold.web.victim_care.catalogue import entries, standing

    kinds = {one["key"]: one["kind"] for one in entries("victim_care_assessment.questions")}
    levels = {one["key"] for one in entries("victim_care_assessment.levels")}
    for rule in standing("victim_care_assessment.level_rules"):
        assert rule["level"] in levels
        for key, wanted in rule["when"].items():
            assert set(wanted) <= {answer for answer, _ in answers_of(kinds[key])}
