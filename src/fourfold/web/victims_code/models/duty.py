"""One duty that somebody must see to, and what was done about it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models

from fourfold.web.accounts.models import Unit

FAR_OFF = date(9999, 12, 31)
"""What `due_on` holds where no limit is stated, so that the column is never empty and pages can go by it."""


class DutyRow(models.Model):
    """One clock that the desk took up from the lake: a duty, a person and the event that started it.

    `key` is a digest of rule, case_ref, subject_ref and start_event_id. What the lake says is copied at each
    taking up and never changed here: `state` is the lake's own word. `is_open` is false once nobody need see to
    the duty; the row and its history stay. `decision` is the decision that waits to be judged, if one does.
    `listed_on` is the day on which the desk took it up last; `escalated_at` with no `answered_at` waits for a
    supervisor.
    """

    key = models.CharField(max_length=32, unique=True)
    rule = models.CharField(max_length=60)
    case_ref = models.TextField()
    subject = models.CharField(max_length=10)
    subject_ref = models.TextField()
    start_event_id = models.TextField()
    force = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    officer_ref = models.CharField(max_length=60, blank=True)
    ho_code = models.CharField(max_length=20, blank=True)
    offence_group = models.TextField(blank=True)
    """The reporting groups of the crime as `|domestic|business|`; blank where it is known to be in none."""
    started_by = models.CharField(max_length=60)
    started_on = models.DateField()
    due_on = models.DateField(default=FAR_OFF)
    due_standard_on = models.DateField(null=True)
    is_enhanced = models.BooleanField(default=False)
    state = models.CharField(max_length=20)
    reason = models.CharField(max_length=30)
    reason_on = models.DateField(null=True)
    done_on = models.DateField(null=True)

    is_open = models.BooleanField(default=True)
    listed_on = models.DateField()
    settled_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=32, blank=True)
    escalated_at = models.DateTimeField(null=True)
    escalated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "duty_row"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["is_open", "state", "due_on", "id"], name="duty_by_state"),
            models.Index(fields=["unit", "is_open", "state", "due_on", "id"], name="duty_of_unit"),
            models.Index(fields=["is_open", "due_on", "id"], name="duty_by_due"),
            models.Index(fields=["is_open", "started_on", "id"], name="duty_by_start"),
            models.Index(fields=["is_open", "officer_ref", "due_on", "id"], name="duty_by_officer"),
            models.Index(fields=["case_ref", "id"], name="duty_of_case"),
            models.Index(fields=["id"], name="duty_waiting", condition=~models.Q(decision="")),
            models.Index(
                fields=["unit", "escalated_at"],
                name="duty_escalated",
                condition=models.Q(escalated_at__isnull=False, answered_at__isnull=True, is_open=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.case_ref}"

    @property
    def has_limit(self) -> bool:
        return bool(self.due_on < FAR_OFF)

    @property
    def is_escalated(self) -> bool:
        return self.escalated_at is not None and self.answered_at is None and bool(self.is_open)


class DutyCrime(models.Model):
    """One crime on whose duties something was done: `version` counts what was, so that two people are told of each other."""

    case_ref = models.TextField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "duty_crime"

    def __str__(self) -> str:
        return str(self.case_ref)


class DutyEvent(models.Model):
    """One entry of the desk's history of a crime; `key` names its duty, empty where it is about the whole log.

    `words` hold nothing personal, `detail` may. `version` is the version of the crime after it, 0 for what a
    refresh did; `by` is empty where the system did it.
    """

    case_ref = models.TextField()
    key = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=300)
    detail = models.TextField(blank=True)
    decision = models.CharField(max_length=32, blank=True)
    is_withdrawn = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "duty_event"
        ordering = ("-at", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case_ref", "-at", "-id"], name="duty_event_of_case"),
        ]

    def __str__(self) -> str:
        return str(self.words)
