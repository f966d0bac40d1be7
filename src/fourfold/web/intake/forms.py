"""The forms of the intake desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from fourfold.pipeline.batches import titles
from fourfold.web.accounts.reasons import SHORTEST_REASON
from fourfold.web.intake.models import KINDS, STATES
from fourfold.web.ui.fields import DateField

MOST_FILES = 10
"""Files of one upload; Django's setting DATA_UPLOAD_MAX_NUMBER_FILES says the same."""
BATCH_KINDS = (("file", "File read"), ("refused", "File refused"), ("corrected", "Corrected row"))


class FilesInput(forms.ClearableFileInput):
    """A choice of several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files; raises ValidationError where there is none."""
        told = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in told] or [super().clean(None, initial)]


class UploadForm(forms.Form):
    """Files to hand in."""

    token = forms.CharField(max_length=36, widget=forms.HiddenInput)
    files = FilesField(
        label="Files",
        allow_empty_file=True,
        error_messages={"required": "Choose the files to hand in"},
    )
    force = forms.SlugField(
        label="Force, where the files do not name one",
        required=False,
        max_length=60,
        help_text="As data.police.uk names it, for example west-midlands. Leave it empty for your own force.",
        error_messages={
            "invalid": "Write the force in small letters with hyphens, for example west-midlands"
        },
    )


class ReasonedForm(forms.Form):
    """A reason that is kept with a correction."""

    reason = forms.CharField(
        label="Why the correction is right",
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea,
        help_text="For example: confirmed by the sender by email on 4 March 2022. Do not name the victim.",
        error_messages={
            "required": "Say why the correction is right",
            "min_length": f"Say why in {SHORTEST_REASON} characters or more",
        },
    )


class CorrectionsForm(ReasonedForm):
    """A file of corrected rows."""

    token = forms.CharField(max_length=36, widget=forms.HiddenInput)
    file = forms.FileField(
        label="File of corrected rows",
        help_text="The CSV file that you downloaded here, corrected and saved as CSV UTF-8.",
        error_messages={"required": "Choose the file of corrected rows", "empty": "The file is empty"},
    )
    field_order = ("token", "file", "reason")


class HandOverFilterForm(forms.Form):
    """The filters of hand-overs."""

    q = forms.CharField(label="File", required=False, max_length=100)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any"), *STATES])
    kind = forms.ChoiceField(label="How it came", required=False, choices=[("", "Any"), *KINDS])


class _SourceForm(forms.Form):
    source = forms.ChoiceField(label="Source", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted(titles().items(), key=lambda item: item[1])
        self.fields["source"].choices = [("", "Any"), *known]


class BatchFilterForm(_SourceForm):
    """The filters of the batch history."""

    q = forms.CharField(label="File", required=False, max_length=100)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "Any"), *BATCH_KINDS])
    since = DateField(label="Taken in from", required=False)
    until = DateField(label="Taken in to", required=False)
    field_order = ("q", "source", "kind", "since", "until")

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        since: date | None = asked.get("since")
        until: date | None = asked.get("until")
        if since and until and since > until:
            self.add_error("until", "The last day must be the first day or later")
        return asked


class FaultFilterForm(_SourceForm):
    """The filters of what is wrong with rows in quarantine."""

    q = forms.CharField(label="Words of the fault", required=False, max_length=100)
    field_order = ("q", "source")


class RowFilterForm(forms.Form):
    """The filters of the rows with one fault."""

    fault = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    q = forms.CharField(label="File", required=False, max_length=100)
