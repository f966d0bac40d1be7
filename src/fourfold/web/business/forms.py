"""The forms of business crime."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from fourfold.web.ui.fields import DateField


class AdviceForm(forms.Form):
    """That a business was advised: when, and on what."""

    on = DateField(
        label="When was the advice given?",
        help_text="For example, 27 3 2022",
        error_messages={"required": "Enter the day on which the advice was given"},
    )
    what = forms.CharField(
        label="What was advised?",
        help_text="The layout, lighting, cameras, staffing. Leave out the names of people.",
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": "Enter what was advised"},
    )

    def __init__(self, *args: Any, first_on: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.first_on = first_on

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on and on > timezone.localdate():
            raise forms.ValidationError("The day of the advice must be today or in the past")
        if on and on < self.first_on:
            raise forms.ValidationError(
                "The day of the advice must not be before the first crime at the premises"
            )
        return on
