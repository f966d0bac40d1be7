"""Making the file of an export."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.home import FourfoldError, WrongUseError
from fourfold.web.accounts.models import Membership
from fourfold.web.accounts.permission import Answer, may
from fourfold.web.exports.models import UNDER_WAY, Export
from fourfold.web.exports.registering import Listing, maker_of
from fourfold.web.trail.recording import record
from fourfold.web.ui.exports import Row, write_file

KEYS_AN_ENTRY = 2_000
"""Keys in one entry of the trail: a longer list is told in parts, so that nobody waits long for the trail."""

ROWS_BETWEEN_COUNTS = 5_000


def make(key: str) -> int:
    """Make the file of an export and return its rows; what the person may is asked again now.

    The trail has every key before anybody can fetch the file. A fault that a person can act on is kept in
    words; any other is raised for the log.
    """
    export = Export.objects.select_related("person").get(pk=key)
    if export.state not in UNDER_WAY:
        return int(export.row_count)
    _set(export, state="running")
    try:
        maker = maker_of(export.name)
        answer = may(export.person, maker.act)
        if not answer:
            raise WrongUseError("You may no longer export this list.", "Ask your administrator.")
        held = _roles_held(export)
        keys = _write(export, maker.make(export.person, answer, export.asked))
        if _roles_held(export) != held:
            raise WrongUseError("Your roles changed while it was being made.", "Ask for it again.")
    except FourfoldError as error:
        _give_up(export, str(error))
        return 0
    except BaseException:
        _give_up(export, "It could not be made. The fault is ours, and it has been logged. Ask for it again.")
        raise
    _tell(export, answer, keys)
    _set(export, state="ready", asked={}, row_count=len(keys.refs), made_at=timezone.now(),
         size_bytes=export.path.stat().st_size)  # fmt: skip
    return len(keys.refs)


def _roles_held(export: Export) -> set[tuple[str, int]]:
    return set(Membership.objects.filter(person=export.person_id).values_list("role", "unit"))


@dataclass
class Keys:
    """The keys of the subjects whose rows went into a file."""

    subject_kind: str
    refs: list[str]


def _write(export: Export, listing: Listing) -> Keys:
    keys = Keys(listing.subject_kind, [])
    export.path.parent.mkdir(mode=0o700, exist_ok=True)
    part = export.path.with_suffix(".part")
    _make_private(part)
    rows = _counted(export, listing.rows, keys)
    write_file(part, export.kind, export.title, listing.headings, rows, listing.marking)
    part.replace(export.path)
    return keys


def _make_private(path: Path) -> None:
    """Make a file that only this account may read, before anything is in it."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _counted(export: Export, rows: Iterable[tuple[str, Row]], keys: Keys) -> Iterator[Row]:
    for number, (key, row) in enumerate(rows, start=1):
        keys.refs.append(key)
        if number % ROWS_BETWEEN_COUNTS == 0:
            _set(export, row_count=number)
        yield row


def _tell(export: Export, answer: Answer, keys: Keys) -> None:
    parts = [keys.refs[at : at + KEYS_AN_ENTRY] for at in range(0, len(keys.refs), KEYS_AN_ENTRY)] or [[]]
    for number, refs in enumerate(parts, start=1):
        detail = {"export": export.key, "list": export.name, "part": number, "parts": len(parts)}
        with transaction.atomic():
            record(
                "export_made",
                by=export.person,
                answer=answer,
                subject_kind=keys.subject_kind,
                subject_refs=refs,
                detail=detail,
            )


def _give_up(export: Export, fault: str) -> None:
    for path in (export.path, export.path.with_suffix(".part")):
        path.unlink(missing_ok=True)
    _set(export, state="failed", asked={}, fault=fault[:300])


def _set(export: Export, **values: Any) -> None:
    Export.objects.filter(pk=export.pk).update(**values)
