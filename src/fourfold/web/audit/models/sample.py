"""A sample: what it is drawn from and how, the crimes in their order, and what happened to it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from fourfold.web.audit.states import State

FINDINGS_KEPT = "fourfold-audit-findings/1"
"""The shape in which findings are kept with the approval of them."""


class Sample(models.Model):
    """One audit of one force over one period by one questionnaire.

    `questionnaire` is kept whole as it stood when the sample was drawn. `frame` holds what the frame was
    (population and overlaps by stratum); `frame_hash` and `manifest` say which rows of the lake it was; `design` for
    each stratum its population and how many were drawn. `seed` gives the same order again. `findings` are kept when
    they are approved, so that what was approved cannot change afterwards.
    """

    force = models.CharField(max_length=60)
    key = models.CharField("questionnaire", max_length=60)
    title = models.CharField(max_length=200)
    questionnaire = models.JSONField()
    first_day = models.DateField()
    last_day = models.DateField()
    state = models.CharField(max_length=20, default=State.PLANNED.value)
    version = models.PositiveIntegerField(default=1)

    allocation = models.CharField(max_length=20, blank=True)
    size = models.PositiveIntegerField(null=True)
    seed = models.BigIntegerField(null=True)
    manifest = models.CharField(max_length=40, blank=True)
    frame_hash = models.CharField(max_length=64, blank=True)
    frame = models.JSONField(default=dict)
    design = models.JSONField(default=list)
    second_share = models.FloatField(default=0.0)

    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    drawn_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    findings = models.JSONField(null=True)
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        db_table = "audit_sample"
        ordering = ("-first_day", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Drawing again until the sample pleases is no audit: one stands, and those withdrawn stay to be seen.
            models.UniqueConstraint(
                fields=["force", "key", "first_day", "last_day"],
                name="audit_one_sample_a_period",
                condition=~models.Q(state=State.WITHDRAWN.value),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["first_day", "id"], name="audit_sample_by_period"),
            models.Index(fields=["state", "first_day", "id"], name="audit_sample_by_state"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def ref(self) -> str:
        """What decisions, the trail and figures know this sample by."""
        return f"{self.key}/{self.force}/{self.first_day:%Y-%m-%d}/{self.pk}"


class SampledCrime(models.Model):
    """One crime in its stratum's order: the first of the order are the sample, the rest its replacements.

    `is_twice` marks those that a second reader reads too; `officer_ref` and `unit` are the crime's own, so that it is
    given to neither. `replaces` is the crime whose place it took. The state moves when everybody it was given to
    has read it, so that it tells a reader nothing of the other.
    """

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="crimes", db_index=False)
    crime_ref = models.CharField(max_length=120)
    stratum = models.CharField(max_length=60)
    order = models.PositiveIntegerField()
    role = models.CharField(max_length=20)
    probability = models.FloatField()
    flags = models.JSONField(default=list)
    recorded_on = models.DateField(null=True)
    officer_ref = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=120, blank=True)
    is_twice = models.BooleanField(default=False)
    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "audit_crime"
        ordering = ("stratum", "order")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sample", "crime_ref"], name="audit_crime_once_a_sample"),
            models.UniqueConstraint(fields=["sample", "stratum", "order"], name="audit_one_order_a_stratum"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sample", "state", "stratum", "order", "id"], name="audit_crime_by_state"),
            models.Index(fields=["crime_ref"], name="audit_crime_ref"),
        ]

    def __str__(self) -> str:
        return str(self.crime_ref)


class SampleEvent(models.Model):
    """One thing that happened to a sample as a whole; nothing here tells what one reader has read."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    words = models.CharField(max_length=300)
    detail = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "audit_event"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return str(self.words)
