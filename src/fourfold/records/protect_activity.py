"""Protect work: posts, events, materials."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import Record, text


class ProtectActivity(Record):
    """One post, event, webinar, visit or issue of materials meant to protect people.

    Comes from the victim care unit's and the press office's own lists.
    What is missing: who saw a post, and whether it changed anything.
    How it misleads: impressions and attendance are reach. They count showings and seats, not people
    protected, and never say how much crime was prevented.
    """

    table: ClassVar[str] = "protect_activity"
    key: ClassVar[tuple[str, ...]] = ("activity_id",)
    event_date: ClassVar[str] = "on"

    activity_id = text(nullable=False)
    force = text(nullable=False)
    kind_raw = text(nullable=False)
    kind = text()
    campaign = text()
    on = dy.Date(nullable=False)
    channel = text()
    impressions = dy.Int64(nullable=True, min=0)
    engagements = dy.Int64(nullable=True, min=0)
    attendance = dy.Int64(nullable=True, min=0)
    materials = dy.Int64(nullable=True, min=0)
