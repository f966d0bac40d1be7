"""Finding entries: who saw this person, and what did this user do."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone

from fourfold.web.trail.models import TrailEntry, TrailSubject
from fourfold.web.ui.fields import DateField

ACTS = {
    "access_denied": "Was refused a page",
    "export_asked": "Asked for an export",
    "export_deleted": "Deleted an export",
    "export_fetched": "Fetched an export",
    "export_made": "Had an export made",
    "form_held": "Had a form held after the session ended",
    "held_form_shown": "Was shown a held form again",
    "locked_out": "Was locked out",
    "officer_ref_set": "Set a person's officer reference",
    "password_changed": "Changed their password",
    "password_set": "Set a person's password",
    "person_added": "Added a person",
    "person_deactivated": "Stopped a person signing in",
    "person_reactivated": "Let a person sign in again",
    "reason_given": "Gave a reason",
    "role_given": "Gave a role",
    "role_taken": "Took a role away",
    "second_factor_added": "Set up a second factor",
    "second_factor_failed": "Gave a wrong second factor",
    "second_factor_removed": "Removed a second factor",
    "second_factor_taken": "Took a second factor away",
    "sign_in_failed": "Failed to sign in",
    "sign_in_refused": "Was refused at sign-in",
    "signed_in": "Signed in",
    "signed_out": "Signed out",
    "trail_exported": "Exported the trail for a subject access request",
    "trail_read": "Read the trail",
    "unit_added": "Added a unit",
}
"""The acts of the shared ground in words; an act of a desk is shown by its own name, spaced."""


SHORTEST_REFERENCE = 4


def act_words(act: str) -> str:
    """Return an act in words."""
    return ACTS.get(act, act.replace("_", " ").capitalize())


class TrailForm(forms.Form):
    """The filters of the trail."""

    subject = forms.CharField(
        label="Key of the person or case",
        required=False,
        max_length=600,
        help_text="Shows who saw or changed it, in lists too. Keys, not names; several with commas.",
    )
    who = forms.ModelChoiceField(
        label="User", required=False, queryset=get_user_model().objects.none(), empty_label="Anyone"
    )
    act = forms.ChoiceField(label="What was done", required=False)
    since = DateField(label="From", required=False, help_text="For example, 27 3 2026")
    until = DateField(label="To", required=False, help_text="For example, 31 3 2026")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].queryset = get_user_model().objects.all()
        known = sorted(set(ACTS) | set(self._acts_written()), key=act_words)
        self.fields["act"].choices = [("", "Anything"), *((act, act_words(act)) for act in known)]

    @staticmethod
    def _acts_written() -> list[str]:
        """Return the acts in the trail, each found by one step through the index."""
        found: list[str] = []
        acts = TrailEntry.objects.order_by("act").values_list("act", flat=True)
        following = acts.first()
        while following is not None:
            found.append(following)
            following = acts.filter(act__gt=following).first()
        return found

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        if asked.get("since") and asked.get("until") and asked["since"] > asked["until"]:
            self.add_error("until", "The last day must be the first day or later")
        return asked


def keys_of(told: str) -> list[str]:
    """Return the keys that somebody typed, with commas, spaces or line breaks between them."""
    return list(dict.fromkeys(told.replace(",", " ").split()))


def known_keys(told: str) -> tuple[list[str], int]:
    """Return the typed keys that the trail knows, and how many others: those may be names, which it never keeps."""
    typed = keys_of(told)
    known = set(TrailSubject.objects.filter(ref__in=typed).values_list("ref", flat=True).distinct())
    return [key for key in typed if key in known], len(typed) - len(known)


def found_entries(asked: dict[str, Any]) -> QuerySet[TrailEntry]:
    """Return the entries that the cleaned values of a TrailForm ask for."""
    found = TrailEntry.objects.all()
    if asked.get("subject"):
        numbers = TrailSubject.objects.filter(ref__in=keys_of(asked["subject"])).values("number")
        found = found.filter(number__in=numbers)
    if asked.get("who"):
        found = found.filter(who_id=str(asked["who"].pk))
    if asked.get("act"):
        found = found.filter(act=asked["act"])
    if asked.get("since"):
        found = found.filter(at__gte=_midnight(asked["since"]))
    if asked.get("until"):
        found = found.filter(at__lt=_midnight(asked["until"] + timedelta(days=1)))
    return found


def _midnight(day: Any) -> datetime:
    midnight: datetime = timezone.make_aware(datetime.combine(day, time()))
    return midnight


class SubjectAccessForm(forms.Form):
    """What is asked before entries leave for a subject access request."""

    subject = forms.CharField(
        label="Keys of the person and of their cases",
        max_length=600,
        help_text="Every key under which this one person is known here, with commas. Keys of nobody else.",
        error_messages={"required": "Enter the key of the person"},
    )
    why = forms.CharField(
        label="Reference of the request",
        min_length=SHORTEST_REFERENCE,
        max_length=120,
        help_text="For example, SAR 2026/118. It is kept in the trail. Do not write a name in it.",
        error_messages={
            "required": "Enter the reference of the request",
            "min_length": f"The reference must have {SHORTEST_REFERENCE} characters or more",
        },
    )
    kind = forms.ChoiceField(
        label="Kind of file",
        choices=[("csv", "CSV"), ("xlsx", "Excel workbook (XLSX)")],
        initial="csv",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a kind of file"},
    )

    def clean_subject(self) -> str:
        told: str = self.cleaned_data["subject"]
        if not keys_of(told):
            raise forms.ValidationError("Enter the key of the person", code="required")
        return told
