"""The form of the stock page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from fourfold.web.accounts.models import Unit
from fourfold.web.victim_care.catalogue import MATERIALS, choices


class StockForm(forms.Form):
    """What came in or is gone, and why."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=32)
    unit = forms.ModelChoiceField(
        label="Unit", queryset=Unit.objects.none(), to_field_name="code", empty_label=None,
        error_messages={"required": "Choose a unit"},
    )  # fmt: skip
    material = forms.ChoiceField(
        label="Material", widget=forms.RadioSelect, error_messages={"required": "Choose a material"}
    )
    change = forms.IntegerField(
        label="How many came in",
        help_text="Where some are gone, write the number with a minus, like -3.",
        widget=forms.TextInput,
        error_messages={"required": "Enter how many", "invalid": "Enter a whole number, like 50 or -3"},
    )
    why = forms.CharField(
        label="Why",
        max_length=200,
        help_text="For example, Delivery of 4 March, or Counted anew.",
        error_messages={"required": "Say why the number changes"},
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["material"].choices = choices(MATERIALS)
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0].code
