"""The forms of the people pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from fourfold.web.accounts.matrix import ROLES
from fourfold.web.accounts.models import Unit
from fourfold.web.accounts.reasons import SHORTEST_REASON

ROLE_CHOICES = [(role.key, role.words) for role in ROLES]


class RoleForm(forms.Form):
    """A role in a unit."""

    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose a role"), *ROLE_CHOICES],
        error_messages={"required": "Choose a role"},
    )
    unit = forms.ModelChoiceField(
        label="Unit",
        queryset=Unit.objects.all(),
        empty_label="Choose a unit",
        error_messages={"required": "Choose a unit"},
    )


class PersonForm(RoleForm):
    """A new person with their first role."""

    name = forms.CharField(
        label="Full name", max_length=120, error_messages={"required": "Enter the person's full name"}
    )
    email = forms.EmailField(
        label="Email address",
        help_text="They sign in with it. Where the force's own sign-in is used it must be the address known there.",
        error_messages={
            "required": "Enter an email address",
            "invalid": "Enter an email address in the correct format, like name@example.com",
        },
    )
    password = forms.CharField(
        label="First password",
        required=False,
        widget=forms.PasswordInput,
        help_text="12 characters or more. Leave it empty for someone who signs in by the force's own service.",
    )
    field_order = ("name", "email", "password", "role", "unit")

    def clean_password(self) -> str | None:
        """Return the password, or None where it is left empty; raises ValidationError for a weak one."""
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password or None


class PasswordForm(forms.Form):
    """A new password for someone else."""

    password = forms.CharField(
        label="New password",
        widget=forms.PasswordInput,
        help_text="12 characters or more. Tell them in person, and ask them to change it.",
        error_messages={"required": "Enter a new password"},
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class OfficerRefForm(forms.Form):
    """Who a person is in the crime system."""

    officer_ref = forms.CharField(
        label="Officer reference",
        required=False,
        max_length=60,
        help_text="As the crime system has it. Nobody is given crimes to audit that were their own.",
    )


class UnitForm(forms.Form):
    """A new unit."""

    name = forms.CharField(
        label="Name of the unit", max_length=120, error_messages={"required": "Enter a name"}
    )


class PeopleFilterForm(forms.Form):
    """The filters of the list of people."""

    q = forms.CharField(label="Name or email", required=False, max_length=120)
    role = forms.ChoiceField(label="Role", required=False, choices=[("", "Any role"), *ROLE_CHOICES])
    unit = forms.ModelChoiceField(
        label="Unit",
        required=False,
        queryset=Unit.objects.all(),
        to_field_name="code",
        empty_label="Any unit",
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Any state"), ("active", "Active"), ("inactive", "Inactive")],
    )


class ReasonForm(forms.Form):
    """Why someone needs to see what is asked for."""

    why = forms.CharField(
        label="Why do you need to see this?",
        widget=forms.Textarea,
        min_length=SHORTEST_REASON,
        max_length=500,
        help_text="The reason is kept in the trail with what you were shown. Do not write names in it.",
        error_messages={
            "required": "Enter the reason",
            "min_length": f"The reason must have {SHORTEST_REASON} characters or more",
        },
    )
