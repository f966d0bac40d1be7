"""What readers answered about a crime, each apart, and what two who differed settled together."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from fourfold.web.audit.models.sample import SampledCrime


class Reading(models.Model):
    """One crime in the hands of one reader.

    `turn` 1 is the first reader, 2 the second; no page tells either which they are. `answers` hold for each question
    the answer, its reason and its evidence; `scope_reason` is not empty where the reader found the crime out of
    scope. `in_at` is empty until the reader handed it in.
    """

    crime = models.ForeignKey(SampledCrime, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()
    answers = models.JSONField(default=dict)
    scope_reason = models.CharField(max_length=60, blank=True)
    scope_words = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    in_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "audit_reading"
        ordering = ("turn",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["crime", "turn"], name="audit_one_reading_a_turn"),
            models.UniqueConstraint(fields=["crime", "reader"], name="audit_never_the_same_reader"),
            models.CheckConstraint(condition=models.Q(turn__in=[1, 2]), name="audit_two_turns"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["reader", "in_at", "id"], name="audit_reading_of_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.crime}, {self.turn}"


class Settlement(models.Model):
    """What two readers settled: proposed by one, agreed by the other. Both their readings stay as they were."""

    crime = models.OneToOneField(SampledCrime, on_delete=models.PROTECT, related_name="settlement")
    answers = models.JSONField(default=dict)
    scope_reason = models.CharField(max_length=60, blank=True)
    scope_words = models.TextField(blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "audit_settlement"

    def __str__(self) -> str:
        return str(self.crime)


class Draft(models.Model):
    """What one reader has typed about a crime and not handed in yet; gone once it is."""

    reading = models.OneToOneField(Reading, on_delete=models.CASCADE, related_name="draft")
    values = models.JSONField()
    number = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        db_table = "audit_draft"

    def __str__(self) -> str:
        return str(self.reading)


class FormKey(models.Model):
    """One form that was sent: sent again, by a double click or the back button, it changes nothing."""

    key = models.CharField(max_length=32, primary_key=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "audit_form_key"

    def __str__(self) -> str:
        return str(self.key)
