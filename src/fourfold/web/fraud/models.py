"""What the fraud desk keeps: repeat victims as listed, rounds of review and what readers answered, and what left the force."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class RepeatVictim(models.Model):
    """One victim of fraud, or one home, hit again, as the last refresh lists them; neither name nor contact detail is here.

    `reports` are of fraud; `crimes` are what else the crime system tells of them as victims.
    """

    kind = models.CharField(max_length=20)
    subject_ref = models.CharField(max_length=120)
    force = models.CharField(max_length=60)
    report_refs = models.JSONField(default=list)
    people = models.PositiveIntegerField()
    reports = models.PositiveIntegerField()
    crimes = models.PositiveIntegerField(default=0)
    crime_refs = models.JSONField(default=list)
    gap_days = models.FloatField()
    first_on = models.DateField()
    last_on = models.DateField()
    kinds = models.JSONField(default=dict)
    loss_gbp = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    loss_key = models.DecimalField(max_digits=14, decimal_places=2)
    """The loss, or below nought where no report states one, so that pages can go by it."""
    loss_missing = models.PositiveIntegerField()
    recovery_on = models.DateField(null=True)
    recovery_by = models.CharField(max_length=20, blank=True)
    listed_for = models.JSONField(default=list)
    is_vulnerable = models.BooleanField(default=False)
    """Referred to victim care by its criteria; whom the partner is to know of is `goes_to_partner`."""
    goes_to_partner = models.BooleanField(default=False)
    cannot_tell = models.BooleanField(default=False)
    is_doubtful = models.BooleanField(default=False)
    """A join that makes it so is still to be looked at."""

    class Meta:
        db_table = "fraud_repeat_victim"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["force", "kind", "subject_ref"], name="fraud_one_repeat_victim"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["reports", "last_on", "id"], name="fraud_by_reports"),
            models.Index(fields=["last_on", "id"], name="fraud_by_last"),
            models.Index(fields=["gap_days", "id"], name="fraud_by_gap"),
            models.Index(fields=["loss_key", "id"], name="fraud_by_loss"),
            models.Index(fields=["is_vulnerable", "reports", "last_on", "id"], name="fraud_vulnerable"),
        ]

    def __str__(self) -> str:
        return str(self.subject_ref)


class ReviewRound(models.Model):
    """One round of review of a marker: what was drawn by lot, in the order in which it is read (ADR 15)."""

    marker = models.CharField(max_length=80)
    name = models.CharField(max_length=120, unique=True)
    record = models.CharField(max_length=20)
    value = models.JSONField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "fraud_review_round"
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["marker", "id"], name="fraud_round_marker")
        ]

    def __str__(self) -> str:
        return str(self.name)


class Reading(models.Model):
    """One reader's answer about one record and marker. A later answer, or an undoing, sets `is_standing` off.

    `answer` is yes, no, cannot_tell, or skipped, which stays in the register and is given back at the end.
    """

    marker = models.CharField(max_length=80)
    record = models.CharField(max_length=20)
    record_ref = models.CharField(max_length=120)
    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, null=True, related_name="readings")
    stratum = models.SmallIntegerField(null=True)
    chance = models.FloatField(null=True)
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20)
    settles = models.BooleanField(default=False)
    at = models.DateTimeField()
    is_standing = models.BooleanField(default=True)

    class Meta:
        db_table = "fraud_reading"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["marker", "record_ref", "reader"],
                condition=models.Q(is_standing=True),
                name="fraud_one_standing_reading",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["marker", "is_standing", "record_ref"], name="fraud_reading_marker"),
            models.Index(fields=["reader", "marker", "id"], name="fraud_reading_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.marker} {self.record_ref}"


class HandOver(models.Model):
    """One list that went to a partner: to whom, on which ground, which fields, and how many people; never who they are.

    Whose details went stands in the trail by reference, as for every export.
    """

    partner = models.CharField(max_length=60)
    ground = models.CharField(max_length=60)
    fields = models.JSONField(default=list)
    people = models.PositiveIntegerField()
    why = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    refs = models.JSONField(default=list)

    class Meta:
        db_table = "fraud_hand_over"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"Hand-over {self.pk}"


class LinkAnswer(models.Model):
    """What a reviewer decided of two records: one person, or two. A later answer stands in its place."""

    record_a = models.CharField(max_length=20)
    ref_a = models.CharField(max_length=300)
    record_b = models.CharField(max_length=20)
    ref_b = models.CharField(max_length=300)
    answer = models.CharField(max_length=20)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_standing = models.BooleanField(default=True)

    class Meta:
        db_table = "fraud_link_answer"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["is_standing", "ref_a", "ref_b"], name="fraud_link_pair"),
            models.Index(fields=["reviewer", "id"], name="fraud_link_reviewer"),
        ]

    def __str__(self) -> str:
        return f"{self.ref_a} and {self.ref_b}"
