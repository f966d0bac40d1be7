"""The forms above the worklist."""

from __future__ import annotations

from typing import Any

from django import forms

from fourfold.web.victim_care.listing import DUES, RULES, STATES

EVERYBODY = [("", "Anybody"), ("none", "Nobody yet")]


class CaseFilterForm(forms.Form):
    """The filters of the worklist."""

    q = forms.CharField(label="Name, phone or reference", required=False, max_length=120)
    state = forms.ChoiceField(label="State", required=False, choices=STATES)
    officer = forms.ChoiceField(label="Officer", required=False)
    due = forms.ChoiceField(label="Due", required=False, choices=DUES)
    rule = forms.ChoiceField(label="Reason", required=False, choices=RULES)
    district = forms.ChoiceField(label="District", required=False)
    repeat = forms.BooleanField(label="Reported more than once", required=False)
    again = forms.BooleanField(label="Reported again while on watch", required=False)
    watched = forms.BooleanField(label="On watch", required=False)

    def __init__(
        self, *args: Any, officers: list[tuple[str, str]], districts: list[str], masked: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["officer"].choices = [*EVERYBODY, *officers]
        self.fields["district"].choices = [("", "Any district"), *((name, name) for name in districts)]
        if masked:
            self.fields["q"].label = "Reference"


class AllocateForm(forms.Form):
    """Several cases given to one officer."""

    officer = forms.ChoiceField(label="Officer", error_messages={"required": "Choose an officer"})
    cases = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": "Choose at least one case"}, label="Cases"
    )

    def __init__(self, *args: Any, officers: list[tuple[str, str]], listed: list[int], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["officer"].choices = [("", "Choose an officer"), *officers]
        self.fields["cases"].choices = [(key, str(key)) for key in listed]


class SaveViewForm(forms.Form):
    """A name for the filters in force."""

    name = forms.CharField(
        label="Save these filters as", max_length=60, error_messages={"required": "Enter a name for the view"}
    )
