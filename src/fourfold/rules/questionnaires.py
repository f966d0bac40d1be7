"""Questionnaires of the audit as policy states them, checked before anything is drawn with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fourfold import policy
from fourfold.home import WrongUseError

NAME = "audit.questionnaires"
ANSWERS = ("met", "not_met", "not_recorded", "not_applicable")
"""The four answers, never two (2022 board paper, paragraph 50)."""
OUT_OF_SCOPE = "out_of_scope"
NEEDED = (
    "key",
    "title",
    "version",
    "drawn_from",
    "groups",
    "sample_size",
    "second_read_share",
    "replacements",
    "questions",
    "reasons",
)


@dataclass(frozen=True)
class Question:
    """One question: `rules` are the duties it is about, by their names in policy."""

    question: str
    label: str
    short: str
    hint: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Questionnaire:
    """One version of one questionnaire. `told` is the whole of it as policy states it, to be kept with a sample.

    reasons: for each answer and for `out_of_scope`, reason to label, in order.
    """

    key: str
    title: str
    version: str
    groups: str
    sample_size: int
    second_read_share: float
    replacements: float
    questions: tuple[Question, ...]
    reasons: Mapping[str, Mapping[str, str]]
    caveats: tuple[str, ...]
    told: Mapping[str, Any]

    def question(self, key: str) -> Question:
        """Return one question by its key; raises KeyError where there is none of that name."""
        for question in self.questions:
            if question.question == key:
                return question
        raise KeyError(key)


def questionnaires(on: date, overrides: Path | None = None) -> tuple[Questionnaire, ...]:
    """Return the questionnaires that hold on a day, in the order of policy.

    Raises WrongUseError with every fault of the list at once.
    """
    told = policy.value_on(NAME, on, overrides).value
    faults = [fault for one in told for fault in faults_of(one)]
    keys = [str(one.get("key")) for one in told]
    faults += [f"- {key} stands twice." for key in sorted({key for key in keys if keys.count(key) > 1})]
    if faults:
        raise WrongUseError(
            f"{NAME} cannot be used:\n" + "\n".join(faults), "\nMend them in the policy folder."
        )
    return tuple(as_questionnaire(one) for one in told)


def questionnaire(key: str, on: date, overrides: Path | None = None) -> Questionnaire:
    """Return one questionnaire as it holds on a day; raises WrongUseError where there is none of that key."""
    known = questionnaires(on, overrides)
    for one in known:
        if one.key == key:
            return one
    names = ", ".join(one.key for one in known)
    raise WrongUseError(f"There is no questionnaire {key} on that day.", f"There are: {names}.")


def as_questionnaire(told: Mapping[str, Any]) -> Questionnaire:
    """Read a questionnaire as policy states it, or as a sample kept it.

    Raises WrongUseError where it lacks a part.
    """
    faults = faults_of(told)
    if faults:
        raise WrongUseError(
            "The questionnaire cannot be used:\n" + "\n".join(faults), "\nMend it where it is stated."
        )
    questions = tuple(
        Question(
            question=str(one["question"]),
            label=str(one["label"]),
            short=str(one.get("short") or one["label"]),
            hint=str(one.get("hint", "")),
            rules=tuple(one.get("rules", ())),
        )
        for one in told["questions"]
    )
    reasons = {
        answer: {str(one["reason"]): str(one["label"]) for one in told["reasons"].get(answer, ())}
        for answer in (*ANSWERS, OUT_OF_SCOPE)
    }
    return Questionnaire(
        key=str(told["key"]),
        title=str(told["title"]),
        version=str(told["version"]),
        groups=str(told["groups"]),
        sample_size=int(told["sample_size"]),
        second_read_share=float(told["second_read_share"]),
        replacements=float(told["replacements"]),
        questions=questions,
        reasons=reasons,
        caveats=tuple(told.get("caveats", ())),
        told=dict(told),
    )


def faults_of(told: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with one questionnaire, a sentence each."""
    lacking = [part for part in NEEDED if told.get(part) in (None, "", [])]
    name = told.get("key") or "a questionnaire"
    if lacking:
        return [f"- {name} lacks {', '.join(lacking)}."]
    found: list[str] = []
    for number, one in enumerate(told["questions"], start=1):
        if not one.get("question") or not one.get("label"):
            found.append(f"- {name}: question {number} needs a question (its key) and a label.")
    keys = [one.get("question") for one in told["questions"]]
    found += [f"- {name}: the question {key} stands twice." for key in {k for k in keys if keys.count(k) > 1}]
    unknown = sorted(set(told["reasons"]) - {*ANSWERS, OUT_OF_SCOPE})
    if unknown:
        found.append(
            f"- {name}: reasons are for {', '.join(ANSWERS)} or {OUT_OF_SCOPE}: got {', '.join(unknown)}."
        )
    if not 0.0 <= float(told["second_read_share"]) <= 1.0:
        found.append(f"- {name}: second_read_share lies between 0 and 1.")
    if int(told["sample_size"]) < 1:
        found.append(f"- {name}: sample_size is 1 or more.")
    return found
