"""Findings as a page shows them: each share as a value with its interval, drawn and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fourfold.measures.audit import FORCE
from fourfold.products.audit_pack.shapes import percent, points, say_share
from fourfold.rules.questionnaires import Questionnaire

SHARES = (
    ("recorded", "Recorded", "Of what is recorded either way"),
    ("strict", "Strict", "If nothing that is not recorded was done"),
    ("best_case", "Best case", "If all that is not recorded was done"),
    ("not_recorded", "Not recorded", "Nothing says that it was done, or that it was not"),
)
CHANGE_WORDS: Mapping[str, tuple[str, str, str]] = {
    "rose": ("Rose", "green", "It rose whatever the crimes without a record would say."),
    "fell": ("Fell", "red", "It fell whatever the crimes without a record would say."),
    "cannot_tell": ("Cannot tell", "yellow", "What is not recorded, or chance, could turn it either way."),
}


@dataclass(frozen=True)
class Share:
    """One share: its name, what it means, in words, and in percent to be drawn (None where nothing can be said)."""

    key: str
    label: str
    meaning: str
    words: str
    value: float | None
    lower: float
    upper: float


@dataclass(frozen=True)
class Line:
    """One question in one stratum, or in the force."""

    label: str
    stratum: str
    counts: Mapping[str, int]
    shares: Sequence[Share]

    @property
    def words(self) -> str:
        """The finding in a sentence or two: the bounds with what chance in drawing allows, and what is not known."""
        strict, best, unknown = self.shares[1:]
        asked_of = sum(self.counts[answer] for answer in ("met", "not_met", "not_recorded"))
        if not asked_of:
            return "The question applied to none of the crimes that were read."
        if strict.value is None or best.value is None:
            return "Nothing can be said: in some group nothing was read."
        if strict.value == best.value:
            met = f"Met in {percent(strict.value / 100)} of cases"
        else:
            met = f"Met in between {percent(strict.value / 100)} and {percent(best.value / 100)} of cases"
        span = f"{percent(strict.lower / 100)} to {percent(best.upper / 100)}, allowing for chance in drawing"
        return f"{met} ({span}). The record does not say in {unknown.words}."


@dataclass(frozen=True)
class Question:
    """One question with its findings for the force and each stratum."""

    key: str
    label: str
    short: str
    force: Line
    strata: Sequence[Line]
    reasons: Sequence[Mapping[str, Any]]
    change: Mapping[str, Any] | None
    kappa: Mapping[str, Any]


def questions_of(told: Mapping[str, Any], asked: Questionnaire, strata: Mapping[str, str]) -> list[Question]:
    """Return the findings kept as plain values (`finding.as_kept`), a question at a time."""
    return [
        Question(
            key=one.question,
            label=one.label,
            short=one.short,
            force=_line(told, one.question, FORCE, "The force"),
            strata=[_line(told, one.question, stratum, label) for stratum, label in strata.items()],
            reasons=reasons_of(told, one.question),
            change=change_of(told, one.question),
            kappa=told["agreements"].get(one.question, {}),
        )
        for one in asked.questions
    ]


def _line(told: Mapping[str, Any], question: str, stratum: str, label: str) -> Line:
    row = next(one for one in told["findings"] if (one["question"], one["stratum"]) == (question, stratum))
    names = (
        "met",
        "not_met",
        "not_recorded",
        "not_applicable",
        "out_of_scope",
        "read",
        "drawn",
        "population",
    )
    return Line(label, stratum, {name: row[name] for name in names}, [_share(row, *one) for one in SHARES])


def _share(row: Mapping[str, Any], key: str, label: str, meaning: str) -> Share:
    value, lower, upper = (row[f"{key}_{part}"] for part in ("value", "lower", "upper"))
    if value is None:
        return Share(key, label, meaning, say_share(row, key), None, 0.0, 100.0)
    return Share(key, label, meaning, say_share(row, key), 100 * value, 100 * lower, 100 * upper)


def reasons_of(told: Mapping[str, Any], question: str) -> list[dict[str, Any]]:
    """Return how often each reason was given, all strata together, the most frequent first; "" for out of scope."""
    counted: dict[tuple[str, str], int] = {}
    for row in told["reasons"]:
        if row["question"] == question and row["answer"] != "met":
            key = (row["answer"], row["label"] or "No reason given")
            counted[key] = counted.get(key, 0) + row["crimes"]
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return [{"answer": answer, "label": label, "crimes": crimes} for (answer, label), crimes in ordered]


def change_of(told: Mapping[str, Any], question: str, stratum: str = FORCE) -> dict[str, Any] | None:
    """Return the change since the audit before in words; None where there was none."""
    for row in told["change"] or ():
        if (row["question"], row["stratum"]) == (question, stratum):
            word, colour, meaning = CHANGE_WORDS[row["change"]]
            spans = {name: _points(row, name) for name in ("least", "most", "recorded", "not_recorded")}
            return {"word": word, "colour": colour, "meaning": meaning, **spans}
    return None


def _points(row: Mapping[str, Any], name: str) -> str:
    value, lower, upper = (row[f"{name}_{part}"] for part in ("value", "lower", "upper"))
    if value is None:
        return "cannot be worked out"
    return f"{points(value)} ({points(lower)} to {points(upper)})"
