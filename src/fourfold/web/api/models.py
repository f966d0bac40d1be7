"""The tokens with which programs ask the API in a person's name."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class ApiToken(models.Model):
    """One token: whose it is, what it may be used for, until when. Its text is shown once and not kept.

    `digest` is the SHA-256 of the text, which has 256 random bits, so that no salt is needed. `scopes` are
    acts of the matrix: they narrow what the person may, and never widen it. `sign_in_state` changes with
    the person's password, and the token ends with it. `form_key` is that of the form which asked for it: the
    same form sent twice makes one token. The `used_` columns count one minute's requests, for the limit.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField("name", max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    ends_in = models.CharField(max_length=4)
    scopes: Any = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    sign_in_state = models.CharField(max_length=128)
    by_force_service = models.BooleanField(default=False)
    form_key = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)
    used_minute = models.BigIntegerField(default=0)
    used_count = models.IntegerField(default=0)

    class Meta:
        db_table = "api_token"
        ordering = ("-made_at", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-made_at", "-id"], name="api_token_newest"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def state(self, now: datetime | None = None) -> str:
        """Return `in_force`, `expired` or `revoked`."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at <= (now or timezone.now()) else "in_force"
