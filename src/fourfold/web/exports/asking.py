"""Asking for an export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import check_may
from fourfold.web.exports.models import UNDER_WAY, Export
from fourfold.web.exports.registering import maker_of
from fourfold.web.exports.tasks import make_export
from fourfold.web.trail.recording import record
from fourfold.web.ui.exports import FORMATS

MOST_UNDER_WAY = 5
"""Exports of one person that may wait or be made at once."""


@transaction.atomic
def ask_for(name: str, *, by: Any, kind: str, asked: Mapping[str, str]) -> Export:
    """Have a list made into a file in the background, and return the export.

    `kind` is csv or xlsx; `asked` the list's filters as they stand in its address. The same asked twice
    while it is being made is one export. Raises NotAllowedError, and WrongUseError for too many at once.
    """
    maker = maker_of(name)
    answer = check_may(by, maker.act)
    if kind not in FORMATS:
        raise WrongUseError(f"A list cannot be exported as {kind}.", "Ask for csv or xlsx.")
    under_way = Export.objects.filter(person=by, state__in=UNDER_WAY)
    one: Export
    for one in under_way.filter(name=name, kind=kind):
        if one.asked == dict(asked):
            return one
    if under_way.count() >= MOST_UNDER_WAY:
        raise WrongUseError(
            f"{MOST_UNDER_WAY} of your exports are being made already.",
            "Wait until one is ready, then ask again.",
        )
    export: Export = Export.objects.create(
        person=by, name=name, title=maker.title, kind=kind, asked=dict(asked), asked_at=timezone.now()
    )
    detail = {"list": name, "kind": kind, "filters": sorted(asked)}
    record(
        "export_asked", by=by, answer=answer, subject_kind="export", subject_refs=[export.key], detail=detail
    )
    transaction.on_commit(lambda: _enqueue(export))
    return export


def _enqueue(export: Export) -> None:
    result = make_export.enqueue(export.key)
    Export.objects.filter(pk=export.pk, task="").update(task=str(result.id))
