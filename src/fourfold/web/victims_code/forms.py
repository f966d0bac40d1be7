"""The forms of the desk."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from fourfold.web.ui.environment import written_date
from fourfold.web.ui.fields import DateField
from fourfold.web.victims_code.listing import LISTS

LONGEST_TEXT = 4_000


def text_area(label: str, missing: str = "", hint: str = "") -> forms.CharField:
    """Return a box for a longer text, needed where `missing` says what to do without it."""
    return forms.CharField(
        label=label, required=bool(missing), help_text=hint, max_length=LONGEST_TEXT, widget=forms.Textarea,
        error_messages={"required": missing} if missing else {},
    )  # fmt: skip


class SeenForm(forms.Form):
    """What each form carries unseen: the version of the crime that was seen, and a key so that it is saved once."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(self, *args: Any, version: int, **more: Any) -> None:
        more["initial"] = {"seen": version, "form_key": uuid.uuid4().hex} | (more.get("initial") or {})
        super().__init__(*args, **more)

    @property
    def shown_fields(self) -> list[Any]:
        """The fields that are seen, in order."""
        return [field for field in self if not field.is_hidden]


class RecordForm(SeenForm):
    """Whether a duty was done, what was done, and when."""

    what = forms.ChoiceField(
        label="What do you record?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you record"},
    )
    on = DateField(
        label="On which day?", required=False,
        help_text="The day on which it happened, or on which it became certain that it was not done. "
        "For example, 27 3 2022",
    )  # fmt: skip
    at = forms.TimeField(
        label="At what time, if known?", required=False, input_formats=["%H:%M", "%H.%M"],
        help_text="On the 24-hour clock, for example 14:30. The limits count days, so it is rarely needed.",
        widget=forms.TextInput, error_messages={"invalid": "Enter a time such as 14:30"},
    )  # fmt: skip
    note = text_area(
        "Note", hint="Where it is written down, or why it was not done. Do not write about the crime here."
    )

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], began_on: date | None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["what"].choices = choices
        self._began_on = began_on

    @property
    def names_victim(self) -> bool:
        """Whether an entry of the log is said to be this victim's, which has its own day."""
        return str(self.cleaned_data.get("what", "")).startswith("named:")

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not told.get("what") or self.names_victim:
            return told
        day, at = told.get("on"), told.get("at")
        if day is None:
            if "on" not in self.errors:
                self.add_error("on", "Enter the day")
            return told
        now = timezone.localtime()
        if day > now.date() or (day == now.date() and isinstance(at, time) and at > now.time()):
            self.add_error("on" if day > now.date() else "at", "It must have happened already: give today or an earlier day"
                           if day > now.date() else "It must have happened already: this time is still to come")  # fmt: skip
        elif self._began_on and day < self._began_on:
            self.add_error(
                "on", f"The duty began on {written_date(self._began_on)}: give that day or a later one"
            )
        return told


class VouchForm(SeenForm):
    """Up to when the contact log is complete."""

    until = DateField(
        label="Up to the end of which day is the contact log complete?",
        error_messages={"required": "Enter the day"},
        help_text="Yesterday at the latest. What the log does not have up to then counts as not done.",
    )
    note = text_area("How do you know?", "Say how you know that nothing is missing")

    def clean_until(self) -> date:
        """Refuse a day that has not ended."""
        until: date = self.cleaned_data["until"]
        yesterday = timezone.localdate() - timedelta(days=1)
        if until > yesterday:
            raise forms.ValidationError(
                f"That day has not ended: give {written_date(yesterday)} or an earlier day"
            )
        return until


class EscalateForm(SeenForm):
    """Why a supervisor should look at a duty."""

    why = text_area("Why should a supervisor look at this?", "Say why a supervisor should look at this")


class WithdrawForm(SeenForm):
    """Why something recorded is taken back."""

    why = text_area("Why is it taken back?", "Say why it is taken back")


class AnswerForm(SeenForm):
    """What a supervisor decided."""

    decided = text_area("What did you decide?", "Say what you decided")


class DutyFilterForm(forms.Form):
    """The filters of the list."""

    q = forms.CharField(label="Crime reference", required=False, max_length=120)
    list = forms.ChoiceField(label="List", required=False, choices=LISTS)
    unit = forms.ChoiceField(label="Unit", required=False)
    rule = forms.ChoiceField(label="Duty", required=False)
    officer = forms.CharField(label="Officer reference", required=False, max_length=60)
    group = forms.ChoiceField(label="Offence group", required=False)
    enhanced = forms.BooleanField(label="Enhanced rights set the day", required=False)

    def __init__(
        self,
        *args: Any,
        units: Sequence[tuple[str, str]],
        rules: Sequence[tuple[str, str]],
        groups: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["unit"].choices = [("", "Any unit"), *units]
        self.fields["rule"].choices = [("", "Any duty"), *rules]
        if groups:
            self.fields["group"].choices = [("", "Any group"), *groups]
        else:
            del self.fields["group"]

    def clean_q(self) -> str:
        """Refuse what PostgreSQL cannot be asked for."""
        return str(self.cleaned_data["q"]).replace("\x00", "").strip()
