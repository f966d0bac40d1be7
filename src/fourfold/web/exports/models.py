"""What the register keeps of an export; the file lies in the home."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models

STATES = {
    "waiting": ("Waiting", "grey"),
    "running": ("Being made", "blue"),
    "ready": ("Ready", "green"),
    "failed": ("Not made", "red"),
    "deleted": ("Deleted", "grey"),
}
"""Each state as a word with a colour."""

UNDER_WAY = ("waiting", "running")


def new_key() -> str:
    return uuid.uuid4().hex


class Export(models.Model):
    """One list that one person asked for as a file.

    `name` is the registered maker; `asked` the filters it was asked with, emptied when the file is made, for
    they may hold a name; `task` the background task. A file is deleted a day after it was made.
    """

    key = models.CharField(max_length=32, primary_key=True, default=new_key)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=4)
    asked = models.JSONField(default=dict)
    task = models.CharField(max_length=36, blank=True)
    state = models.CharField(max_length=10, default="waiting")
    fault = models.CharField(max_length=300, blank=True)
    row_count = models.IntegerField(default=0)
    size_bytes = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "export"
        ordering = ("-asked_at", "-key")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-asked_at"], name="export_person"),
            models.Index(fields=["state", "made_at"], name="export_state"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.kind})"

    @property
    def path(self) -> Path:
        """Where the file lies, whether or not it has been made."""
        folder: Path = settings.HOME.path / "exports"
        return folder / f"{self.key}.{self.kind}"

    @property
    def state_words(self) -> str:
        return STATES[self.state][0]

    @property
    def colour(self) -> str:
        return STATES[self.state][1]
