"""Decisions taken at the desks, as they come into the lake."""

from __future__ import annotations

from typing import ClassVar

from fourfold.records.base import SENSITIVE, Record, instant, text


class DeskDecision(Record):
    """One decision of one person about one subject.

    Comes from the desks through `sources/desk`, and from the terminal's re-admission of quarantined
    rows. What is missing: the decisions still on their way. How it misleads: a later decision about
    the same subject stands in place of an earlier one; both are kept.
    """

    table: ClassVar[str] = "desk_decision"
    key: ClassVar[tuple[str, ...]] = ("decision_id",)
    event_date: ClassVar[str] = "made_at"

    decision_id = text(nullable=False)
    kind = text(nullable=False)
    subject = text(nullable=False)
    subject_ref = text(nullable=False)
    value = text(nullable=False, metadata=SENSITIVE)
    reason = text(metadata=SENSITIVE)
    role = text()
    unit = text()
    made_by = text()
    made_at = instant(nullable=False)
