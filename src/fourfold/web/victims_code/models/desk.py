"""What belongs to the desk and not to a duty: how it stands, digests, forms that were sent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fourfold.web.accounts.models import Unit


class DutyStanding(models.Model):
    """The one row that says what the desk last took up, and what lies before the time it goes back to.

    `before` counts, by code of unit, the clocks that are older: {"response-north": {"not_met": 3}}.
    """

    taken_at = models.DateTimeField()
    as_of = models.DateField(null=True)
    since = models.DateField(null=True)
    before = models.JSONField(default=dict)
    groups = models.JSONField(default=list)
    """The offence groups that duties taken up belong to, where groups are known."""
    asked_again_at = models.DateTimeField(null=True)
    """When the lake was last asked to work out what was recorded here."""
    digest_on = models.DateField(null=True)
    """The last day whose digest was made."""

    class Meta:
        db_table = "duty_standing"

    def __str__(self) -> str:
        return f"up to {self.as_of}"


class Digest(models.Model):
    """What one unit has due, late and escalated on the morning of one working day; references, and no names."""

    day = models.DateField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        db_table = "duty_digest"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "unit"], name="duty_one_digest_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} on {self.day}"


class DutyForm(models.Model):
    """One form that was sent: sent again, by a double click or the back button, it changes nothing."""

    key = models.CharField(max_length=32, primary_key=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "duty_form"

    def __str__(self) -> str:
        return str(self.key)
