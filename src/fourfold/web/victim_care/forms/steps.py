"""The forms of what is done on one case."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from fourfold.web.ui.fields import DateField
from fourfold.web.victim_care.assessing import QUESTIONS, answers_of
from fourfold.web.victim_care.catalogue import (
    CHANNELS,
    GROUNDS,
    LEVELS,
    MATERIALS,
    OUTCOMES,
    PARTNERS,
    RESULTS,
    TOPICS,
    choices,
    entries,
    standing,
)
from fourfold.web.victim_care.models import Case

LONGEST_TEXT = 20_000


def text_area(label: str, missing: str = "", hint: str = "") -> forms.CharField:
    """Return a box for a longer text, needed where `missing` says what to do without it."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        help_text=hint,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        error_messages={"required": missing} if missing else {},
    )


def radios(label: str, missing: str, hint: str = "") -> forms.ChoiceField:
    """Return one choice of several; its choices are filled in when the form is made."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        widget=forms.RadioSelect,
        required=bool(missing),
        error_messages={"required": missing} if missing else {},
    )


class CaseForm(forms.Form):
    """What each form of a case carries unseen: the version that was seen, and a key so that it is saved once."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=32)
    choices_from: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, case: Case, **more: Any) -> None:
        self.case = case
        more["initial"] = {"seen": case.version, "form_key": uuid.uuid4().hex} | (more.get("initial") or {})
        super().__init__(*args, **more)
        for name, listed in self.choices_from.items():
            self.fields[name].choices = choices(listed)

    @property
    def shown_fields(self) -> list[Any]:
        """The fields that are seen, in order."""
        return [field for field in self if not field.is_hidden]


class NoteForm(CaseForm):
    """A note."""

    text = text_area("Note", "Write the note")


class WhyForm(CaseForm):
    """A decision that needs its reason."""

    why = text_area("Why", "Say why")


class JudgeForm(WhyForm):
    """What becomes of a person whom no criterion could judge."""

    decision = forms.ChoiceField(
        label="What have you decided?",
        widget=forms.RadioSelect,
        choices=[("take_on", "Take this person on"), ("set_aside", "Leave this person out")],
        error_messages={"required": "Choose what you have decided"},
    )
    field_order = ("decision", "why")


class LookAgainForm(WhyForm):
    """What becomes of a closed case about which something new came in."""

    decision = forms.ChoiceField(
        label="What have you decided?",
        widget=forms.RadioSelect,
        choices=[("reopen", "Open the case again"), ("leave_closed", "Leave it closed")],
        error_messages={"required": "Choose what you have decided"},
    )
    field_order = ("decision", "why")


class CloseForm(CaseForm):
    """How a case ends."""

    choices_from: ClassVar[dict[str, str]] = {"outcome": OUTCOMES}
    outcome = radios("How does the case end?", "Choose how the case ends")
    why = text_area("What was done, and why it ends", "Say what was done, and why it ends")


class AssignForm(CaseForm):
    """Who works on the case."""

    officer = forms.ChoiceField(label="Officer", required=False)

    def __init__(self, *args: Any, officers: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["officer"].choices = [("", "Nobody"), *officers]


class AdviceForm(CaseForm):
    """Advice that was given."""

    choices_from: ClassVar[dict[str, str]] = {"topics": TOPICS}
    topics = forms.MultipleChoiceField(
        label="What was advice given on?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what advice was given on"},
    )
    note = text_area("More about it")


class MaterialsMixin(CaseForm):
    """One box for each material: how many were sent."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for one in entries(MATERIALS):
            self.fields[f"material_{one['key']}"] = forms.IntegerField(
                label=f"{one['label']}: how many",
                required=False,
                min_value=0,
                max_value=1000,
                widget=forms.TextInput,
                error_messages={"invalid": f"{one['label']} must be a whole number, like 2"},
            )

    @property
    def materials(self) -> dict[str, int]:
        """How many of each material, of a valid form."""
        told = self.cleaned_data
        return {
            name.removeprefix("material_"): told[name]
            for name in told
            if name.startswith("material_") and told[name]
        }


class MaterialsForm(MaterialsMixin):
    """Materials that were sent."""


class PlanForm(CaseForm):
    """When the victim is contacted next."""

    choices_from: ClassVar[dict[str, str]] = {"channel": CHANNELS}
    on = DateField(
        label="When?", help_text="For example, 27 3 2026", error_messages={"required": "Enter a day"}
    )
    channel = radios("How?", "Choose how the victim is contacted")
    about = text_area("What about?")


class CallForm(MaterialsMixin):
    """One attempt to reach the victim, with all that came of it, in the order of a call."""

    choices_from: ClassVar[dict[str, str]] = {"channel": CHANNELS, "result": RESULTS, "topics": TOPICS}
    channel = radios("How did you try?", "Choose how you tried")
    result = radios("What came of it?", "Choose what came of it")
    said = text_area("What was said", hint="Facts, in the victim's words where they matter.")
    topics = forms.MultipleChoiceField(
        label="Advice given on", required=False, widget=forms.CheckboxSelectMultiple
    )
    call_again_on = DateField(label="Contact again on", required=False, help_text="For example, 27 3 2026")
    field_order = ("channel", "result", "said", "topics")

    def __init__(self, *args: Any, **more: Any) -> None:
        more["initial"] = {"channel": "phone"} | (more.get("initial") or {})
        super().__init__(*args, **more)
        self.order_fields([name for name in self.fields if name != "call_again_on"] + ["call_again_on"])

    def clean_call_again_on(self) -> Any:
        day = self.cleaned_data["call_again_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError("The next contact must be today or later")
        return day


class AssessForm(CaseForm):
    """The assessment: a question each, then the decision once the suggestion has been seen."""

    suggestion_seen = forms.CharField(widget=forms.HiddenInput, required=False)
    notes = text_area("Anything else that bears on it")
    level = radios("Level of support you decide on", "")
    differs_because = text_area("If you decide otherwise than suggested, why?")
    choices_from: ClassVar[dict[str, str]] = {"level": LEVELS}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for one in entries(QUESTIONS):
            self.fields[f"q_{one['key']}"] = forms.ChoiceField(
                label=one["label"],
                widget=forms.RadioSelect,
                choices=answers_of(one["kind"]),
                error_messages={"required": f"Answer: {one['label']}"},
            )

    @property
    def answers(self) -> dict[str, str]:
        """The answer to each question, of a valid form."""
        told = self.cleaned_data
        return {name.removeprefix("q_"): told[name] for name in told if name.startswith("q_")}


class ReferForm(CaseForm):
    """To whom the victim is referred, and on which ground."""

    choices_from: ClassVar[dict[str, str]] = {"partner": PARTNERS, "ground": GROUNDS}
    partner = radios("Refer to", "Choose whom to refer to")
    ground = radios("On which ground?", "Choose the ground")
    has_consent = forms.BooleanField(label="I asked the victim, and they agree", required=False)
    why = text_area("Why this referral is needed", "Say why the referral is needed")

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        grounds = {one["key"]: one for one in entries(GROUNDS)}
        if grounds.get(told.get("ground"), {}).get("needs_consent") and not told.get("has_consent"):
            self.add_error(
                "has_consent", "Ask the victim, and confirm that they agree, or choose another ground"
            )
        return told


class WatchForm(CaseForm):
    """Until when a person is watched."""

    until = DateField(
        label="Watch until",
        required=False,
        help_text="For example, 27 3 2026. Leave it empty to end the watch.",
    )
    why = text_area("Why", "Say why")

    def __init__(self, *args: Any, case: Case, **more: Any) -> None:
        usual = standing("victim_care.watch_days")
        until = case.watch_until or (timezone.localdate() + timedelta(days=usual) if usual else None)
        more["initial"] = {"until": until} | (more.get("initial") or {})
        super().__init__(*args, case=case, **more)


class DetailsForm(CaseForm):
    """How the person is reached."""

    phone = forms.CharField(label="Phone", required=False, max_length=120)
    email = forms.EmailField(
        label="Email",
        required=False,
        max_length=254,
        error_messages={"invalid": "Enter an email address in the correct format, like name@example.com"},
    )
    address = forms.CharField(label="Address", required=False, max_length=500)
    postcode = forms.CharField(label="Postcode", required=False, max_length=20)
    why = text_area("How you know", "Say how you know")

    def __init__(self, *args: Any, case: Case, **more: Any) -> None:
        own = {name: getattr(case, name) for name in ("phone", "email", "address", "postcode")}
        more["initial"] = own | (more.get("initial") or {})
        super().__init__(*args, case=case, **more)


class QuestionnaireForm(CaseForm):
    """The romance-fraud questionnaire; no question must be answered, and what was answered before stands there."""

    def __init__(self, *args: Any, case: Case, **more: Any) -> None:
        told = case.events.filter(kind="questionnaire").first()
        before = {f"a_{key}": value for key, value in (told.value["answers"] if told else {}).items()}
        more["initial"] = before | (more.get("initial") or {})
        super().__init__(*args, case=case, **more)
        for one in standing("victim_care_questionnaire.questions"):
            self.fields[f"a_{one['key']}"] = _question_field(one)

    @property
    def answers(self) -> dict[str, Any]:
        """The answers by question, of a valid form."""
        told = self.cleaned_data
        return {name.removeprefix("a_"): told[name] for name in told if name.startswith("a_")}


def _question_field(one: dict[str, Any]) -> forms.Field:
    kind, label = one["kind"], one["label"]
    if kind == "choice":
        listed = [(choice, choice) for choice in one["choices"]]
        return forms.ChoiceField(label=label, required=False, choices=listed, widget=forms.RadioSelect)
    if kind == "number":
        faults = {"invalid": f"{label.rstrip('?')} must be a whole number, like 2"}
        return forms.IntegerField(
            label=label,
            required=False,
            min_value=0,
            max_value=10_000,
            widget=forms.TextInput,
            error_messages=faults,
        )
    if kind == "long_text":
        return text_area(label)
    return forms.CharField(label=label, required=False, max_length=300)
