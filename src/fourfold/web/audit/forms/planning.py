"""The forms by which an audit is planned and drawn, withdrawn, signed off, and acted upon."""

from __future__ import annotations

from typing import Any

from django import forms

from fourfold.web.audit.forms.base import DeskForm, text_area
from fourfold.web.ui.fields import DateField

MOST = 5_000


class PlanForm(DeskForm):
    """What is audited: by which questionnaire, of which force, of which quarter."""

    questionnaire = forms.ChoiceField(
        label="Questionnaire",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a questionnaire"},
    )
    force = forms.ChoiceField(label="Force", error_messages={"required": "Choose a force"})
    quarter = forms.ChoiceField(
        label="Quarter in which the crimes were recorded", error_messages={"required": "Choose a quarter"}
    )

    def __init__(
        self,
        *args: Any,
        questionnaires: list[tuple[str, str]],
        forces: list[tuple[str, str]],
        quarters: list[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, version=0, **more)
        self.fields["questionnaire"].choices = questionnaires
        self.fields["force"].choices = forces
        self.fields["quarter"].choices = [("", "Choose a quarter"), *quarters]


class SizeForm(forms.Form):
    """How many crimes are drawn, to look at the margins."""

    size = forms.IntegerField(
        label="Crimes to draw",
        min_value=1,
        max_value=MOST,
        widget=forms.TextInput,
        error_messages={
            "required": "Enter how many crimes are drawn",
            "invalid": "Crimes to draw must be a whole number, like 250",
            "max_value": f"Crimes to draw must be {MOST:,} or fewer",
            "min_value": "Crimes to draw must be 1 or more",
        },
    )


class DrawForm(DeskForm):
    """How the crimes are shared out over the groups."""

    allocation = forms.ChoiceField(
        label="How are they shared out?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the crimes are shared out"},
    )

    def __init__(self, *args: Any, allocations: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["allocation"].choices = allocations


class WhyForm(DeskForm):
    """Something that needs its reason."""

    why = text_area("Why", "Say why")


class SignForm(DeskForm):
    """What the person who signs off decides."""

    decision = forms.ChoiceField(
        label="What have you decided?",
        widget=forms.RadioSelect,
        choices=[("approve", "Sign the findings off"), ("send_back", "Have crimes read again")],
        error_messages={"required": "Choose what you have decided"},
    )
    crimes = forms.CharField(
        label="Crimes to be read again",
        required=False,
        widget=forms.Textarea,
        max_length=20_000,
        help_text="Their references, with commas or line breaks between them. Only where crimes are read again.",
    )
    words = text_area("Remarks, or why crimes are read again")

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("decision") == "send_back":
            if not self.refs:
                self.add_error("crimes", "Enter the references of the crimes to be read again")
            if len(told.get("words", "").strip()) < 10:
                self.add_error("words", "Say why crimes are read again, in 10 characters or more")
        return told

    @property
    def refs(self) -> list[str]:
        """The references that were entered."""
        return str(self.cleaned_data.get("crimes", "")).replace(",", " ").split()


class ActionForm(DeskForm):
    """An action: what, by whom, until when."""

    question = forms.ChoiceField(label="About which question", required=False)
    stratum = forms.ChoiceField(label="In which group", required=False)
    words = text_area("What is to be done", "Say what is to be done")
    owner = forms.ChoiceField(label="Who does it", error_messages={"required": "Choose who does it"})
    due_on = DateField(
        label="By when", help_text="For example, 27 3 2026", error_messages={"required": "Enter a day"}
    )

    def __init__(
        self,
        *args: Any,
        questions: list[tuple[str, str]],
        strata: list[tuple[str, str]],
        owners: list[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["question"].choices = [("", "All questions"), *questions]
        self.fields["stratum"].choices = [("", "All groups"), *strata]
        self.fields["owner"].choices = [("", "Choose a person"), *owners]


class EndActionForm(DeskForm):
    """What became of an action."""

    state = forms.ChoiceField(
        label="What became of it?",
        widget=forms.RadioSelect,
        choices=[("done", "It is done"), ("dropped", "It is dropped")],
        error_messages={"required": "Choose what became of it"},
    )
    words = text_area("What was done, or why it is dropped", "Say what was done, or why it is dropped")
