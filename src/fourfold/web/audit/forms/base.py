"""What each form of the desk carries unseen: the version that was seen, and a key so that it is saved once."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

LONGEST_TEXT = 20_000


class DeskForm(forms.Form):
    """A form about something that has a version."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def __init__(self, *args: Any, version: int, **more: Any) -> None:
        more["initial"] = {"seen": version, "form_key": uuid.uuid4().hex} | (more.get("initial") or {})
        super().__init__(*args, **more)

    @property
    def common(self) -> dict[str, Any]:
        """What every action is told of a valid form."""
        return {"seen": self.cleaned_data["seen"], "form_key": self.cleaned_data["form_key"]}

    def try_again(self, error: Exception, version: int | None = None) -> None:
        """Have the form shown again with what is wrong, what was typed in it, and a key that was not used."""
        self.add_error(None, str(error))
        self.data: Any = self.data.copy()
        self.data["form_key"] = uuid.uuid4().hex
        if version is not None:
            self.data["seen"] = str(version)


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
