"""What the register keeps of its hand-overs with the lake."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class OutboxDecision(models.Model):
    """One decision on its way to the lake, written in the same transaction as the decision itself.

    Rows are never changed but for `carried_at`, and never deleted: what the lake was told stands here too.
    `value` is what was decided, as plain values; it is sensitive and is read nowhere but by the carrier.
    """

    decision_id = models.CharField(max_length=32, primary_key=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    subject_ref = models.CharField(max_length=120)
    value = models.JSONField()
    reason = models.TextField(blank=True)
    role = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    carried_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outbox_decision"
        ordering = ("made_at", "decision_id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["made_at", "decision_id"],
                name="outbox_waiting",
                condition=models.Q(carried_at__isnull=True),
            ),
            models.Index(fields=["subject", "subject_ref"], name="outbox_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_ref}"


class TakenUp(models.Model):
    """Up to which manifest one desk has taken up what a refresh listed for it."""

    desk = models.CharField(max_length=40, primary_key=True)
    manifest = models.CharField(max_length=12)
    taken_at = models.DateTimeField()

    class Meta:
        db_table = "taken_up"

    def __str__(self) -> str:
        return f"{self.desk} up to {self.manifest}"
