"""Writing to the trail, in the same transaction as the act it tells of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django.db import connection
from django.utils import timezone

from fourfold.home import CouldNotRunError, WrongUseError
from fourfold.web.trail.chain import anchor_seal, entry_hash
from fourfold.web.trail.models import TrailAnchor, TrailEntry, TrailSubject


class Doer(Protocol):
    """A person as the trail names them."""

    pk: Any
    name: Any


class Permission(Protocol):
    """The answer by which they did it."""

    @property
    def role(self) -> str: ...

    @property
    def unit(self) -> str: ...


LONGEST_REASON = 500
"""Characters kept of a reason."""
LONGEST_REF = 120
"""Characters kept of a key: a page's address, of which a refusal tells, may hold anything."""


def record(
    act: str,
    *,
    by: Doer | None,
    answer: Permission | None = None,
    subject_kind: str = "",
    subject_refs: Sequence[str] = (),
    why: str = "",
    detail: Mapping[str, Any] | None = None,
) -> TrailEntry:
    """Write one entry, chained to the one before it.

    `by` is who did it (None for someone not signed in); `answer` the permission by which they did,
    for role and unit; `subject_refs` the keys of what was shown or changed, one entry for a whole page;
    `detail` plain values without anything personal. Raises WrongUseError outside a transaction: an entry
    that could stand without its act, or an act without its entry, is worth nothing.
    """
    if not connection.in_atomic_block:
        raise WrongUseError(
            "The trail is written inside the transaction of the act.", "Use transaction.atomic()."
        )
    anchor = TrailAnchor.objects.select_for_update().first()
    if anchor is None:
        raise CouldNotRunError(
            "The trail has no anchor.", "Run the migrations, then fourfold doctor --trail."
        )
    refs = sorted({str(ref).replace("\x00", "")[:LONGEST_REF] for ref in subject_refs})
    entry = TrailEntry(
        number=anchor.length + 1,
        at=timezone.now(),
        who_id=str(by.pk) if by is not None else "",
        who_name=str(by.name) if by is not None else "",
        role=answer.role if answer else "",
        unit=answer.unit if answer else "",
        act=act,
        subject_kind=subject_kind,
        subject_refs=refs,
        why=why.strip()[:LONGEST_REASON],
        detail=dict(detail or {}),
        previous_hash=anchor.last_hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    TrailSubject.objects.bulk_create(
        TrailSubject(number=entry.number, kind=subject_kind, ref=ref) for ref in refs
    )
    anchor.length, anchor.last_hash = entry.number, entry.hash
    anchor.seal = anchor_seal(anchor.length, anchor.last_hash)
    anchor.save(update_fields=["length", "last_hash", "seal"])
    return entry
