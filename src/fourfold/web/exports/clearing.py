"""Deleting files whose day is over, and setting down what an end of the worker left half-made."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from fourfold.home import Home
from fourfold.web.accounts.models import Membership
from fourfold.web.exports.models import UNDER_WAY, Export
from fourfold.web.trail.recording import record

KEPT_FOR = timedelta(days=1)
LISTED_FOR = timedelta(days=30)
INTERRUPTED = "It was interrupted. Ask for it again."


def clear(home: Home) -> None:
    """Delete old files, strike out interrupted exports, and forget exports of more than a month ago."""
    now = timezone.now()
    for export in Export.objects.filter(state="ready", made_at__lte=now - KEPT_FOR):
        delete_file(export)
    under_way = dict(Export.objects.filter(state__in=UNDER_WAY).exclude(task="").values_list("task", "key"))
    if under_way:
        ended = DBTaskResult.objects.filter(id__in=list(under_way), status=TaskResultStatus.FAILED)
        keys = [under_way[str(key)] for key in ended.values_list("id", flat=True)]
        Export.objects.filter(pk__in=keys, state__in=UNDER_WAY).update(
            state="failed", fault=INTERRUPTED, asked={}
        )
    for export in Export.objects.filter(asked_at__lte=now - LISTED_FOR).exclude(state__in=UNDER_WAY):
        delete_file(export)
        export.delete()


def forget_after_role(sender: Any, instance: Membership, **told: Any) -> None:
    """Delete the files of somebody from whom a role was taken: they hold what that role saw. It is trailed."""
    for export in Export.objects.filter(person=instance.person_id, state="ready"):
        delete_file(export)
        detail = {"because": "role taken"}
        record("export_deleted", by=None, subject_kind="export", subject_refs=[export.key], detail=detail)


def delete_file(export: Export) -> None:
    """Delete the file of an export; deleting twice does no harm."""
    for path in (export.path, export.path.with_suffix(".part")):
        path.unlink(missing_ok=True)
    Export.objects.filter(pk=export.pk).update(state="deleted", size_bytes=0)
