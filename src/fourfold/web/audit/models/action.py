"""What is to be done about a finding, by whom and by when."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from fourfold.web.audit.models.sample import Sample


class Action(models.Model):
    """One action that came of a finding; `question` and `stratum` say of which, empty for the whole."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="actions")
    question = models.CharField(max_length=60, blank=True)
    stratum = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=20, default="open")
    ended_at = models.DateTimeField(null=True)
    ended_words = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "audit_action"
        ordering = ("due_on", "id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "due_on", "id"], name="audit_action_by_due"),
            models.Index(fields=["owner", "state", "due_on", "id"], name="audit_action_of_owner"),
        ]

    def __str__(self) -> str:
        return str(self.words)[:60]
