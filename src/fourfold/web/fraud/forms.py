"""The forms of the fraud desk."""

from __future__ import annotations

from typing import Any

from django import forms

from fourfold.policy.marker_definitions import RECORDS

RECORD_WORDS = {"fraud_report": "Fraud reports", "crime": "Crimes"}
LONGEST = 2000


class HandOverForm(forms.Form):
    """Whose details go to a partner, on which ground, and why."""

    victims = forms.MultipleChoiceField(
        label="Who is on the list", error_messages={"required": "Choose at least one person"}
    )
    ground = forms.ChoiceField(
        label="Lawful ground for sharing", error_messages={"required": "Choose the ground for sharing"}
    )
    why = forms.CharField(
        label="Why are these people handed over?",
        max_length=500,
        widget=forms.Textarea,
        help_text="Kept in the trail. Leave out names.",
        error_messages={"required": "Enter why these people are handed over"},
    )

    def __init__(self, *args: Any, facts: Any, victims: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["victims"].choices = [(str(one.pk), one.subject_ref) for one in victims]
        self.fields["ground"].choices = [("", "Choose a ground"), *facts.grounds]


class NewMarkerForm(forms.Form):
    """A marker's definition in plain words, and ten records that carry it."""

    label = forms.CharField(
        label="Name of the marker", max_length=60, error_messages={"required": "Enter a name for the marker"}
    )
    record = forms.ChoiceField(label="Looked for in", choices=[(one, RECORD_WORDS[one]) for one in RECORDS])
    what_it_is = forms.CharField(
        label="What it is",
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"required": "Enter what it is"},
    )
    what_it_is_not = forms.CharField(
        label="What it is not",
        max_length=LONGEST,
        widget=forms.Textarea,
        help_text="One on each line: what looks like it and is something else.",
        error_messages={"required": "Enter at least one thing that it is not"},
    )
    codes = forms.CharField(
        label="Codes in which it may lie",
        required=False,
        max_length=400,
        help_text="For example NFIB90, NFIB3C. Leave empty for every code.",
    )
    blank = forms.BooleanField(label="Records without a code, too", required=False)
    cues = forms.CharField(
        label="Words that find it",
        max_length=LONGEST,
        widget=forms.Textarea,
        help_text="One way of telling on each line. Words with a plus between them must all be there: police + courier.",
        error_messages={"required": "Enter the words of at least one way of telling"},
    )
    unless = forms.CharField(
        label="Words that rule it out", required=False, max_length=400, help_text="With commas between them."
    )
    examples = forms.CharField(
        label="Ten examples",
        max_length=LONGEST,
        widget=forms.Textarea,
        help_text="References of ten or more records that carry it, with commas or on lines of their own.",
        error_messages={"required": "Enter the references of ten examples"},
    )
    owner = forms.CharField(
        label="Who owns the definition", max_length=120, error_messages={"required": "Enter who owns it"}
    )


class SwitchOnForm(forms.Form):
    """Who defined a marker and where that is written, before it is switched on."""

    source = forms.CharField(
        label="Source of the definition",
        max_length=200,
        help_text="Who defined it, and where that is written.",
        error_messages={"required": "Enter the source of the definition"},
    )
