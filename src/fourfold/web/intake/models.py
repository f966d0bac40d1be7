"""What the register keeps of files handed in at the desk or found in the watched folder."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

WAITING, READING, TAKEN_IN, IN_PART, REFUSED, STOPPED = (
    "waiting",
    "reading",
    "taken_in",
    "in_part",
    "refused",
    "stopped",
)
STATES: tuple[tuple[str, str], ...] = (
    (WAITING, "Waiting"),
    (READING, "Being read"),
    (TAKEN_IN, "Taken in"),
    (IN_PART, "Partly taken in"),
    (REFUSED, "Refused"),
    (STOPPED, "Stopped"),
)
COLOURS: dict[str, str] = {
    WAITING: "grey",
    READING: "blue",
    TAKEN_IN: "green",
    IN_PART: "orange",
    REFUSED: "red",
    STOPPED: "red",
}
UPLOAD, WATCH, CORRECTIONS = "upload", "watch", "corrections"
KINDS: tuple[tuple[str, str], ...] = (
    (UPLOAD, "Upload"),
    (WATCH, "Watched folder"),
    (CORRECTIONS, "Corrected rows"),
)


class HandOver(models.Model):
    """Files handed in together: who, when, and what became of them.

    `token` names the form that was submitted, so that submitting it twice makes one hand-over. `by` is None
    for files found in the watched folder. `moved_at` is when the reading last went on. `words` say why it
    stopped. `version` counts what people decided about it.
    """

    token = models.CharField(max_length=36, unique=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    force = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=20, choices=STATES, default=WAITING)
    began_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    files_begun = models.IntegerField(default=0)
    now_reading = models.CharField(max_length=500, blank=True)
    words = models.TextField(blank=True)
    manifest = models.CharField(max_length=12, blank=True)
    passed_over = models.JSONField(default=list)
    version = models.IntegerField(default=0)

    class Meta:
        db_table = "hand_over"
        ordering = ("-id",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "-id"], name="hand_over_state"),
            models.Index(fields=["-made_at", "-id"], name="hand_over_made"),
        ]

    def __str__(self) -> str:
        return f"Hand-over {self.pk}"

    @property
    def colour(self) -> str:
        return COLOURS[str(self.state)]

    @property
    def is_under_way(self) -> bool:
        return self.state in (WAITING, READING)


class HandedFile(models.Model):
    """One file as it was handed in. Its bytes are kept until it is taken in; a refused one until `kept_until`."""

    KEPT, TAKEN, TURNED_DOWN, GONE = "kept", "taken", "refused", "gone"
    STATES: ClassVar[Any] = (
        (KEPT, "Waiting"),
        (TAKEN, "Taken in"),
        (TURNED_DOWN, "Refused"),
        (GONE, "Refused and deleted"),
    )

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="files")
    position = models.IntegerField()
    name = models.CharField(max_length=255)
    place = models.CharField(max_length=1000)
    size_bytes = models.BigIntegerField()
    state = models.CharField(max_length=20, choices=STATES, default=KEPT)
    kept_until = models.DateField(null=True)

    class Meta:
        db_table = "handed_file"
        ordering = ("hand_over_id", "position")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "kept_until"], name="handed_file_kept")
        ]

    def __str__(self) -> str:
        return str(self.name)


class FileAccount(models.Model):
    """What became of one file, one sheet of a workbook or one member of an archive."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="accounts")
    file = models.CharField(max_length=1000)
    source = models.CharField(max_length=60)
    received = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    quarantined = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    note = models.TextField(blank=True)
    refused = models.TextField(blank=True)

    class Meta:
        db_table = "file_account"
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.file)
