"""The forms by which a crime is read: a question with its answer, reason and evidence each; out of scope; settling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from fourfold.rules.questionnaires import Question, Questionnaire
from fourfold.web.audit.forms.base import DeskForm, text_area
from fourfold.web.audit.questions import answer_choices, reason_choices, scope_choices

LONGEST_EVIDENCE = 500
NEEDS_EVIDENCE = ("met",)
"""Answers that are not believed without saying where it stands."""
NEEDS_REASON = ("not_met", "not_recorded", "not_applicable")


class QuestionsForm(DeskForm):
    """A question each: `a_` its answer, `r_` its reason, `e_` its evidence."""

    def __init__(
        self, *args: Any, asked: Questionnaire, only: Iterable[str] | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.asked = asked
        self.questions = [one for one in asked.questions if only is None or one.question in set(only)]
        for one in self.questions:
            self._add(one)

    def _add(self, one: Question) -> None:
        self.fields[f"a_{one.question}"] = forms.ChoiceField(
            label=one.label,
            help_text=one.hint,
            choices=answer_choices(),
            widget=forms.RadioSelect,
            error_messages={"required": f"Answer: {one.label}"},
        )
        self.fields[f"r_{one.question}"] = forms.ChoiceField(
            label="Reason", required=False, choices=reason_choices(self.asked)
        )
        self.fields[f"e_{one.question}"] = forms.CharField(
            label="Evidence",
            required=False,
            max_length=LONGEST_EVIDENCE,
            help_text="Where it stands in the record. No names.",
        )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for one in self.questions:
            self._check(one, told)
        return told

    def _check(self, one: Question, told: Mapping[str, Any]) -> None:
        answer = told.get(f"a_{one.question}", "")
        given, _, reason = str(told.get(f"r_{one.question}", "")).partition(".")
        if not answer:
            return
        if reason and given != answer:
            self.add_error(f"r_{one.question}", f"Choose a reason that goes with your answer: {one.label}")
        if not reason and answer in NEEDS_REASON and self.asked.reasons.get(answer):
            self.add_error(f"r_{one.question}", f"Choose the reason: {one.label}")
        if answer in NEEDS_EVIDENCE and not str(told.get(f"e_{one.question}", "")).strip():
            self.add_error(f"e_{one.question}", f"Say where the record shows it: {one.label}")

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """The answers by question, of a valid form."""
        told = self.cleaned_data
        return {
            one.question: {
                "answer": told[f"a_{one.question}"],
                "reason": told[f"r_{one.question}"].partition(".")[2],
                "evidence": told[f"e_{one.question}"].strip(),
            }
            for one in self.questions
        }


def typed(answers: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return answers as a QuestionsForm has them."""
    found = {}
    for question, one in answers.items():
        found[f"a_{question}"] = one.get("answer", "")
        if one.get("reason"):
            found[f"r_{question}"] = f"{one['answer']}.{one['reason']}"
        found[f"e_{question}"] = one.get("evidence", "")
    return found


class ScopeForm(DeskForm):
    """Why a crime is out of scope."""

    reason = forms.ChoiceField(
        label="Why is this crime out of scope?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why the crime is out of scope"},
    )
    words = text_area("What you saw", "Say what you saw", "Where it stands in the record. No names.")

    def __init__(self, *args: Any, asked: Questionnaire, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reason"].choices = scope_choices(asked)


class SettleScopeForm(DeskForm):
    """Whether a crime counts that one of two readers holds out of scope."""

    scope = forms.ChoiceField(
        label="What counts?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what counts"},
    )
    words = text_area("Why", "Say why")

    def __init__(self, *args: Any, asked: Questionnaire, **more: Any) -> None:
        super().__init__(*args, **more)
        out = [(key, f"Out of scope: {label[:1].lower()}{label[1:]}") for key, label in scope_choices(asked)]
        self.fields["scope"].choices = [("in", "In scope: the answers that were given stand"), *out]
