"""The form of a new token."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms

from fourfold.web.accounts.models import User
from fourfold.web.accounts.permission import may
from fourfold.web.api.describing import tokens_for
from fourfold.web.api.limits import limit


class TokenForm(forms.Form):
    """A new token: what it is called, what it is for, how long it lasts."""

    name = forms.CharField(
        label="Name",
        max_length=60,
        help_text="What program will use it, for example monthly dashboard.",
        error_messages={"required": "Enter a name"},
    )
    scopes = forms.MultipleChoiceField(
        label="What may it be used for?",
        help_text="Choose as little as the program needs. Your own roles still hold for each request.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing it may be used for"},
    )
    days = forms.IntegerField(label="Days until it ends", min_value=1)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, told: Any = None, *, person: User) -> None:
        super().__init__(told, initial={"form_key": secrets.token_urlsafe(24), "days": 30})
        most = limit("token_days_at_most")
        choices = [(act, words) for act, words in tokens_for() if may(person, act).scope != "no"]
        scopes, days = self.fields["scopes"], self.fields["days"]
        scopes.choices = choices
        days.max_value = most
        days.help_text = f"From 1 to {most}. Make a new one before it ends."
        span = f"Enter a number of days from 1 to {most}"
        days.error_messages |= {"required": span, "invalid": span, "min_value": span}
        self.most_days = most
        self.has_choices = bool(choices)

    def clean_days(self) -> int:
        """Return the days; raises ValidationError for more than policy allows."""
        days: int = self.cleaned_data["days"]
        if days > self.most_days:
            raise forms.ValidationError(f"Enter a number of days from 1 to {self.most_days}")
        return days
