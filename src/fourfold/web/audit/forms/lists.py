"""The filters of the desk's lists, and giving ticked crimes to a reader."""

from __future__ import annotations

from typing import Any

from django import forms

from fourfold.web.audit.states import CRIME_WORDS, STATE_WORDS


class SampleFilterForm(forms.Form):
    """The filters of the list of audits."""

    q = forms.CharField(label="Force or title", required=False, max_length=120)
    key = forms.ChoiceField(label="Questionnaire", required=False)
    state = forms.ChoiceField(label="State", required=False)

    def __init__(self, *args: Any, keys: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["key"].choices = [("", "Any questionnaire"), *keys]
        self.fields["state"].choices = [("", "Any state"), *STATE_WORDS.items()]


class CrimeFilterForm(forms.Form):
    """The filters of the crimes of a sample."""

    q = forms.CharField(label="Crime reference", required=False, max_length=120)
    stratum = forms.ChoiceField(label="Group", required=False)
    state = forms.ChoiceField(label="State", required=False)
    reader = forms.ChoiceField(label="Reader", required=False)
    twice = forms.BooleanField(label="Read by two", required=False)

    def __init__(
        self, *args: Any, strata: list[tuple[str, str]], readers: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["stratum"].choices = [("", "Any group"), *strata]
        self.fields["state"].choices = [("", "In the sample"), *CRIME_WORDS.items()]
        self.fields["reader"].choices = [("", "Anybody"), ("none", "Not given out"), *readers]


class MineFilterForm(forms.Form):
    """The filters of the crimes that were given to a person."""

    STATES = (
        ("", "Open"),
        ("to_read", "To be read"),
        ("to_settle", "To be settled"),
        ("in", "Handed in"),
        ("all", "All"),
    )

    q = forms.CharField(label="Crime reference", required=False, max_length=120)
    state = forms.ChoiceField(label="State", required=False, choices=STATES)


class GiveForm(forms.Form):
    """To whom ticked crimes are given."""

    reader = forms.ChoiceField(label="Reader", error_messages={"required": "Choose a reader"})
    turn = forms.ChoiceField(
        label="As",
        choices=[("1", "First reader"), ("2", "Second reader")],
        error_messages={"required": "Choose first or second reader"},
    )

    def __init__(self, *args: Any, readers: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["reader"].choices = [("", "Choose a reader"), *readers]


class ActionFilterForm(forms.Form):
    """The filters of the list of actions."""

    q = forms.CharField(label="Words of the action", required=False, max_length=120)
    owner = forms.ChoiceField(label="Who does it", required=False)
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Open"), ("late", "Late"), ("done", "Done"), ("dropped", "Dropped"), ("all", "All")],
    )

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].choices = [("", "Anybody"), *owners]
