"""What was done on a case: its timeline, and the acts that are counted or gone back to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from fourfold.web.victim_care.models.case import Case


class CaseEvent(models.Model):
    """One entry of the timeline. `words` hold nothing personal; `detail` may, and is masked where names are.

    `version` is the version that the case had after it; `by` is empty where the system did it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=300)
    detail = models.TextField(blank=True)
    value = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "care_case_event"
        ordering = ("-at", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "-at", "-id"], name="care_event_of_case"),
        ]

    def __str__(self) -> str:
        return str(self.words)


class CaseTask(models.Model):
    """Something to be done on a case, by a day where there is one; `source` says where the limit comes from."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_words = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "care_case_task"
        ordering = ("due_on", "id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case"], name="care_task_of_case"),
            models.Index(
                fields=["kind", "due_on"], name="care_task_waiting", condition=models.Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.words)


class ContactAttempt(models.Model):
    """One attempt to reach the person, and what came of it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=40)
    result = models.CharField(max_length=40)
    is_reached = models.BooleanField()

    class Meta:
        db_table = "care_contact_attempt"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.channel}: {self.result}"


class Assessment(models.Model):
    """One assessment as it was made; a later one stands beside it, never in its place.

    `form_version` names the policy by which questions and rules stood; `suggested` and `suggested_because`
    are what the rules said, `level` what the officer decided, `differs_because` why they differ.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    form_version = models.CharField(max_length=40)
    answers = models.JSONField()
    notes = models.TextField(blank=True)
    suggested = models.CharField(max_length=40)
    suggested_because = models.JSONField(default=list)
    level = models.CharField(max_length=40)
    differs_because = models.TextField(blank=True)

    class Meta:
        db_table = "care_assessment"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return str(self.level)


class SharedReferral(models.Model):
    """One referral to a partner, with exactly what left the force and on which ground."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    partner = models.CharField(max_length=40)
    ground = models.CharField(max_length=40)
    shared = models.JSONField()
    why = models.TextField()

    class Meta:
        db_table = "care_shared_referral"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return str(self.partner)
