"""How an entry's hash is made: keyed, so that someone with the database alone cannot make the chain anew."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from fourfold.web.trail.models import TrailEntry

START = "0" * 64
"""What stands as the previous hash of the first entry."""

COVERED = (
    "number", "who_id", "who_name", "role", "unit", "act", "subject_kind", "subject_refs", "why", "detail",
    "previous_hash",
)  # fmt: skip
"""The columns that a hash covers, beside the instant."""


def instant(at: datetime) -> str:
    """Return an instant as text that does not depend on the database or the time zone."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_hash(entry: TrailEntry) -> str:
    """Return the HMAC-SHA256 (RFC 2104) of an entry's columns in a fixed order, as 64 hex digits."""
    covered = {name: getattr(entry, name) for name in COVERED} | {"at": instant(entry.at)}
    return _keyed(json.dumps(covered, sort_keys=True, ensure_ascii=True, separators=(",", ":")))


def anchor_seal(length: int, last_hash: str) -> str:
    """Return the seal of an anchor, which only someone with the home's trail key can make."""
    return _keyed(f"anchor {length} {last_hash}")


def _keyed(text: str) -> str:
    key: bytes = settings.TRAIL_KEY
    return hmac.new(key, text.encode("ascii"), hashlib.sha256).hexdigest()
