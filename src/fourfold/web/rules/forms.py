"""The forms of the rules desk: a rule's criteria to try out, a proposal, a decision, the filters of the list."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms

from fourfold.pipeline.triable_rules import TRIABLE, Criterion, TriableRule
from fourfold.policy import PolicyValue
from fourfold.web.rules.states import STATES
from fourfold.web.ui.fields import DateField

LONGEST_REASON = 2000
SHORTEST_REASON = 10
"""Characters below which a reason says nothing."""


class TryForm(forms.Form):
    """The criteria of one rule, filled with the values in force; an empty one takes the criterion out."""

    def __init__(self, rule: TriableRule, in_force: Mapping[str, PolicyValue], data: Any = None) -> None:
        super().__init__(data, initial={one.key: shown(in_force[one.name].value) for one in rule.criteria})
        self.rule = rule
        self.in_force = in_force
        for one in rule.criteria:
            self.fields[one.key] = forms.CharField(
                label=one.label, help_text=one.hint, required=False, max_length=200
            )

    def clean(self) -> dict[str, Any]:
        """Return what was typed as values by policy name; each fault stands at its field."""
        told = super().clean() or {}
        values: dict[str, Any] = {}
        for one in self.rule.criteria:
            try:
                values[one.name] = understood(one, str(told.get(one.key, "")).strip())
            except forms.ValidationError as error:
                self.add_error(one.key, error)
        if not self.errors:
            for name, fault in self.rule.faults(values).items():
                self.add_error(name.partition(".")[2], fault)
        if not self.errors and not changes_of(self.rule, self.in_force, values):
            raise forms.ValidationError("Change at least one value: these are the ones in force")
        return values


def understood(one: Criterion, typed: str) -> Any:
    """Return what was typed as the value of a criterion; raises ValidationError for what it cannot be."""
    if one.kind == "codes":
        return _codes(one, typed)
    if not typed:
        return None
    if one.kind == "text":
        return typed
    try:
        number = float(typed.replace(",", ""))
    except ValueError:
        number = float("nan")
    if not one.low <= number <= one.high or (one.kind == "whole_number" and not number.is_integer()):
        kind = "a whole number" if one.kind == "whole_number" else "a number"
        raise forms.ValidationError(f"{one.label} must be {kind} from {one.low:,.0f} to {one.high:,.0f}")
    return int(number) if number.is_integer() else number


def _codes(one: Criterion, typed: str) -> list[str]:
    found: list[str] = []
    for part in (part.strip() for part in typed.replace(";", ",").split(",")):
        code = one.known_code(part) if part and one.known_code else part
        if part and not code:
            raise forms.ValidationError(f"{part} is not a code on the list. Write codes like NFIB1D")
        if code and code not in found:
            found.append(code)
    return found


def shown(value: Any) -> str:
    """Return a value as it stands in its box."""
    if value is None:
        return ""
    return (
        ", ".join(value)
        if isinstance(value, list)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )


def changes_of(
    rule: TriableRule, in_force: Mapping[str, PolicyValue], values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return what differs from the rule in force: name, title, value, words and what it was."""
    found = []
    for one in rule.criteria:
        standing, value = in_force[one.name], values[one.name]
        if value != standing.value and not (value in (None, []) and standing.value in (None, [])):
            found.append(
                {
                    "name": one.name,
                    "title": standing.title or one.label,
                    "value": value,
                    "words": f"{shown(value)} {standing.unit}".strip()
                    if value not in (None, [])
                    else "not used",
                    "was": standing.value,
                    "was_words": standing.words,
                }
            )
    return found


def _reason(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea,
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        error_messages={
            "required": "Enter a reason",
            "min_length": f"The reason must be {SHORTEST_REASON} characters or more",
            "max_length": f"The reason must be {LONGEST_REASON:,} characters or fewer",
        },
    )


class ProposeForm(forms.Form):
    """A proposal: why, and from which day."""

    reason = _reason(
        "Why should the rule change?",
        "The person who approves it reads this, and it stands beside the value in the policy file. No names of victims.",
    )
    holds_from = DateField(
        label="From which day should it hold?",
        help_text="Reports made on or after this day are judged by it. For example, 27 3 2027",
        error_messages={"required": "Enter the day from which it should hold"},
    )
    is_backdated = forms.BooleanField(
        label="It is to hold from a day that has passed",
        required=False,
        help_text="Reports already judged are judged again. This is said wherever the change is shown.",
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    @staticmethod
    def fresh(seen: str) -> ProposeForm:
        """Return an empty form with a key of its own, by which a double press is known."""
        return ProposeForm(initial={"seen": seen, "form_key": uuid.uuid4().hex})


class DecideForm(forms.Form):
    """A decision on a proposal, taken in sight of one version of it."""

    why = _reason("Why?", "The proposer and everyone who reads the change later sees this.")
    version = forms.IntegerField(widget=forms.HiddenInput)


class ChangesFilterForm(forms.Form):
    """The filters of the list of changes."""

    q = forms.CharField(label="Search reasons", required=False, max_length=100)
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Any"), *((one.key, one.words) for one in STATES.values())],
    )
    rule = forms.ChoiceField(
        label="Rule",
        required=False,
        choices=[("", "Any"), *((rule.key, rule.title) for rule in TRIABLE.values())],
    )
    whose = forms.ChoiceField(label="Proposed by", required=False, choices=[("", "Anyone"), ("mine", "Me")])
