"""The forms of the papers desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings

from fourfold.measures.period import MONTH_NAMES
from fourfold.pipeline.loaded import Loaded
from fourfold.web.papers.models import State

CHECKS = [("", "Any"), ("errors", "Errors"), ("warnings", "Warnings"), ("none", "Nothing found")]


class PaperFilterForm(forms.Form):
    """The filters of the list of papers."""

    q = forms.CharField(label="Force or person", required=False, max_length=120)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any state"), *State.choices()])
    checks = forms.ChoiceField(label="Checks found", required=False, choices=CHECKS)
    year = forms.RegexField(
        r"^(19|20)\d\d$",
        label="Year",
        required=False,
        error_messages={"invalid": "The year must have four digits, for example 2021"},
    )


class StartForm(forms.Form):
    """Which paper to start: of which force, for the year to which month."""

    force = forms.ChoiceField(label="Force", error_messages={"required": "Choose a force"})
    month = forms.TypedChoiceField(
        label="Last month of the paper's year",
        coerce=int,
        choices=[(number, MONTH_NAMES[number]) for number in range(1, 13)],
        error_messages={"required": "Choose a month"},
    )
    year = forms.IntegerField(
        label="Year",
        min_value=1990,
        max_value=2100,
        localize=False,
        widget=forms.TextInput,
        error_messages={
            "required": "Enter a year",
            "invalid": "The year must be a number, for example 2021",
            "min_value": "The year must be 1990 or later",
            "max_value": "The year must be 2100 or earlier",
        },
    )

    def __init__(self, *args: Any, loaded: Loaded, **kwargs: Any) -> None:
        own, last = settings.HOME.settings.get("force", ""), loaded.last_month
        initial = {"force": own, "month": last.month, "year": last.year} if last else {"force": own}
        super().__init__(*args, initial=initial, **kwargs)
        forces = [(key, loaded.name_of(key)) for key in loaded.forces]
        self.fields["force"].choices = forces if len(forces) == 1 else [("", "Choose a force"), *forces]

    @property
    def to(self) -> date:
        """The first day of the month that the paper runs to."""
        return date(self.cleaned_data["year"], self.cleaned_data["month"], 1)


class DecisionForm(forms.Form):
    """What an approver decides."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        widget=forms.RadioSelect,
        choices=[("approve", "Approve the paper"), ("send_back", "Send it back")],
        error_messages={"required": "Choose whether to approve the paper or send it back"},
    )
    words = forms.CharField(
        label="Your words to those who made it",
        widget=forms.Textarea,
        required=False,
        max_length=2000,
        help_text="You must say why when you send it back. The words are kept in the trail: do not name anybody.",
    )

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("decision") == "send_back" and len(told.get("words", "").strip()) < 10:
            self.add_error("words", "Say in 10 characters or more why you send it back")
        return told


class ThrowAwayForm(forms.Form):
    """Why a paper that was started is thrown away."""

    words = forms.CharField(
        label="Why is it thrown away?",
        widget=forms.Textarea,
        min_length=10,
        max_length=2000,
        help_text="For example: started for the wrong month. The reason is kept in the trail: do not name anybody.",
        error_messages={
            "required": "Enter the reason",
            "min_length": "The reason must have 10 characters or more",
        },
    )


class AcceptForm(forms.Form):
    """Why a warning may stand."""

    words = forms.CharField(
        label="Why may the paper say this all the same?",
        widget=forms.Textarea,
        min_length=10,
        max_length=2000,
        error_messages={
            "required": "Enter the reason",
            "min_length": "The reason must have 10 characters or more",
        },
    )
