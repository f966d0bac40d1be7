"""The suggested level of support, by rules that are data; the officer decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from fourfold import policy
from fourfold.web.victim_care.catalogue import entries, level_label, standing
from fourfold.web.victim_care.dues import own_policy

QUESTIONS = "victim_care_assessment.questions"
NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Suggestion:
    """A level of support, why, and what might raise it that nobody knows yet."""

    level: str
    because: tuple[str, ...]
    might_rise: tuple[str, ...]

    @property
    def words(self) -> str:
        return level_label(self.level)


def suggest(answers: Mapping[str, str]) -> Suggestion:
    """Return the highest level that a rule gives for these answers, with every rule that gives it.

    answers: question key to answer key. A question that is not answered, or not known, is no "no": each rule
    that would give a higher level if it were answered so is named in `might_rise`.
    """
    levels = [str(one["key"]) for one in entries("victim_care_assessment.levels")]
    rules = standing("victim_care_assessment.level_rules")
    met = [rule for rule in rules if _holds(rule["when"], answers)]
    level = max((rule["level"] for rule in met), key=levels.index, default=levels[0])
    because = tuple(rule["words"] for rule in met if rule["level"] == level)
    open_rules = [rule for rule in rules if levels.index(rule["level"]) > levels.index(level)]
    open_questions = {
        key for rule in open_rules if _might_hold(rule["when"], answers) for key in _unknown(rule, answers)
    }
    might_rise = tuple(one["label"] for one in entries(QUESTIONS) if one["key"] in open_questions)
    return Suggestion(level, because, might_rise)


def _holds(when: Mapping[str, Sequence[str]], answers: Mapping[str, str]) -> bool:
    return all(answers.get(key) in wanted for key, wanted in when.items())


def _might_hold(when: Mapping[str, Sequence[str]], answers: Mapping[str, str]) -> bool:
    return all(answers.get(key, NOT_KNOWN) in (*wanted, NOT_KNOWN) for key, wanted in when.items())


def _unknown(rule: Mapping[str, Any], answers: Mapping[str, str]) -> list[str]:
    return [key for key in rule["when"] if answers.get(key, NOT_KNOWN) == NOT_KNOWN]


def form_version(questions: str = QUESTIONS) -> str:
    """Return what names the questions and rules as they stand: the day they hold from, and the policy's version."""
    value = policy.value_on(questions, timezone.localdate(), own_policy())
    return f"{value.valid_from.isoformat()} {policy.version(own_policy())}"


def questions_by_part() -> dict[str, list[Mapping[str, Any]]]:
    """Return the questions under the parts of THRIVE, in order."""
    parts: dict[str, list[Mapping[str, Any]]] = {}
    for one in entries(QUESTIONS):
        parts.setdefault(str(one["part"]), []).append(one)
    return parts


def answers_of(kind: str) -> list[tuple[str, str]]:
    """Return the answers to a kind of question, to choose from."""
    return [(one["key"], one["label"]) for one in standing("victim_care_assessment.answers")[kind]]
