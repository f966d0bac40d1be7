"""What the lake tells of a clock, as a row of the register holds it."""

from __future__ import annotations

import hashlib

COPIED = (
    "rule", "case_ref", "subject", "subject_ref", "start_event_id", "force", "officer_ref", "ho_code", "offence_group",
    "started_by",
    "started_on", "due_on", "due_standard_on", "is_enhanced", "state", "reason", "reason_on", "done_on",
)  # fmt: skip
"""Columns that are as the lake tells them."""
BLANK_FOR_NONE = ("officer_ref", "ho_code", "offence_group")


def key_of(rule: str, case_ref: str, subject_ref: str, start_event_id: str) -> str:
    """Return the digest by which a clock is known in the register and in addresses."""
    return hashlib.sha256("\x1f".join((rule, case_ref, subject_ref, start_event_id)).encode()).hexdigest()[
        :32
    ]
