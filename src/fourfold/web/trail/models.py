"""The tables of the trail: no foreign keys, so that it never bends what lives beside it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class TrailEntry(models.Model):
    """One thing that was seen or done.

    `who_id` and `who_name` are kept as they were at the time (empty for someone not signed in).
    `subject_refs` are keys, never names; `detail` holds no personal values. `hash` is keyed with the
    home's trail key and covers every other column, the previous entry's hash among them.
    """

    number = models.BigIntegerField("number", primary_key=True)
    at = models.DateTimeField("at")
    who_id = models.CharField("person's key", max_length=40, blank=True)
    who_name = models.CharField("person", max_length=120, blank=True)
    role = models.CharField("role", max_length=40, blank=True)
    unit = models.CharField("unit", max_length=40, blank=True)
    act = models.CharField("act", max_length=60)
    subject_kind = models.CharField("kind of subject", max_length=60, blank=True)
    subject_refs = models.JSONField("keys of subjects", default=list)
    why = models.CharField("reason", max_length=500, blank=True)
    detail = models.JSONField("detail", default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "trail_entry"
        ordering = ("-number",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["who_id", "-number"], name="trail_entry_who"),
            models.Index(fields=["act", "-number"], name="trail_entry_act"),
            models.Index(fields=["-at"], name="trail_entry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"


class TrailSubject(models.Model):
    """One key of one entry, so that "who saw this person" is an index look-up."""

    number = models.BigIntegerField("entry")
    kind = models.CharField(max_length=60)
    ref = models.CharField(max_length=120)

    class Meta:
        db_table = "trail_subject"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["ref", "-number"], name="trail_subject_ref"),
            models.Index(fields=["number"], name="trail_subject_number"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class TrailAnchor(models.Model):
    """One row: how long the chain is and its last hash, so that a cut end is found.

    Locking it is also what puts two writers on PostgreSQL one after the other.
    """

    length = models.BigIntegerField(default=0)
    last_hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        db_table = "trail_anchor"

    def __str__(self) -> str:
        return f"{self.length} entries"
