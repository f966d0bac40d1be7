"""What the pages of the fraud desk share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from fourfold.web.trail.recording import record


def tell(request: Any, act: str, subject: str, refs: Sequence[str], **detail: Any) -> None:
    """Trail what a page showed."""
    with transaction.atomic():
        record(
            act,
            by=request.user,
            answer=request.answer,
            subject_kind=subject,
            subject_refs=refs,
            why=request.why,
            detail=detail,
        )
