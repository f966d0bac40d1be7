"""The questionnaire of a sample, as it stood when the sample was drawn, in the words that pages need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fourfold.rules.questionnaires import ANSWERS, OUT_OF_SCOPE, Questionnaire, as_questionnaire
from fourfold.web.audit.models import Sample

ANSWER_WORDS: Mapping[str, str] = {
    "met": "Met",
    "not_met": "Not met",
    "not_recorded": "Not recorded",
    "not_applicable": "Not applicable",
    OUT_OF_SCOPE: "Out of scope",
}
ANSWER_COLOURS: Mapping[str, str] = {
    "met": "green",
    "not_met": "red",
    "not_recorded": "yellow",
    "not_applicable": "grey",
    OUT_OF_SCOPE: "purple",
}
KEYS: Mapping[str, str] = {"met": "M", "not_met": "N", "not_recorded": "R", "not_applicable": "A"}
"""The single key by which each answer is given while a question has the focus."""


def questionnaire_of(sample: Sample) -> Questionnaire:
    """Return the questionnaire by which a sample is read, whatever policy says today."""
    return as_questionnaire(sample.questionnaire)


def answer_choices() -> list[tuple[str, str]]:
    """Return the four answers to choose from."""
    return [(answer, ANSWER_WORDS[answer]) for answer in ANSWERS]


def reason_choices(asked: Questionnaire) -> list[tuple[str, str]]:
    """Return the reasons of all answers to choose from, each with its answer before it."""
    return [
        ("", "No reason"),
        *(
            (f"{answer}.{reason}", f"{ANSWER_WORDS[answer]}: {label[:1].lower()}{label[1:]}")
            for answer in ANSWERS
            for reason, label in asked.reasons.get(answer, {}).items()
        ),
    ]


def scope_choices(asked: Questionnaire) -> list[tuple[str, str]]:
    """Return the reasons for which a crime is out of scope."""
    return list(asked.reasons.get(OUT_OF_SCOPE, {}).items())


def reason_words(asked: Questionnaire, answer: str, reason: str) -> str:
    """Return a reason in words, empty where none was given."""
    return asked.reasons.get(answer, {}).get(reason, reason) if reason else ""


def strata_of(sample: Sample) -> dict[str, str]:
    """Return the label of each stratum, in the order of the questionnaire's groups."""
    return {one["stratum"]: one["label"] for one in sample.design or sample.frame.get("strata", [])}


def period_words(sample: Sample) -> str:
    """Return the period of a sample: January to March 2022."""
    first, last = sample.first_day, sample.last_day
    if (first.year, first.month) == (last.year, last.month):
        return f"{last:%B %Y}"
    same = first.year == last.year
    return f"{first:%B}{'' if same else f' {first.year}'} to {last:%B %Y}"


def told_answers(asked: Questionnaire, answers: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """Return each question with what was answered, in words and as a tag."""
    rows = []
    for one in asked.questions:
        told = answers.get(one.question, {})
        answer = told.get("answer", "")
        rows.append(
            {
                "question": one.question,
                "label": one.label,
                "answer": ANSWER_WORDS.get(answer, "Not answered"),
                "colour": ANSWER_COLOURS.get(answer, "grey"),
                "reason": reason_words(asked, answer, told.get("reason", "")),
                "evidence": told.get("evidence", ""),
            }
        )
    return rows
