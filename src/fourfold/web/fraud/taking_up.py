"""Taking up the victims and homes told of again; one that is listed again keeps its key."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.db import transaction

from fourfold.home import Home
from fourfold.pipeline.fraud_facts import repeat_rows
from fourfold.web.fraud.models import RepeatVictim
from fourfold.web.trail.recording import record

BATCH = 500
COPIED = (
    "kind", "subject_ref", "force", "people", "reports", "crimes", "gap_days", "first_on", "last_on", "loss_gbp",
    "loss_missing", "recovery_on", "goes_to_partner", "cannot_tell", "is_doubtful",
)  # fmt: skip
KEY = ("force", "kind", "subject_ref")
NONE_STATED = Decimal(-1)


def take_up(home: Home) -> None:
    """Bring the list up to the last refresh; done twice, it changes nothing."""
    rows = [victim(row) for row in repeat_rows(home)]
    with transaction.atomic():
        standing = {tuple(key): pk for pk, *key in RepeatVictim.objects.values_list("pk", *KEY)}
        for row in rows:
            row.pk = standing.pop(tuple(getattr(row, name) for name in KEY), None)
        gone = list(standing.values())
        for start in range(0, len(gone), BATCH):
            RepeatVictim.objects.filter(pk__in=gone[start : start + BATCH]).delete()
        fields = [
            field.name for field in RepeatVictim._meta.concrete_fields if field.name not in ("id", *KEY)
        ]
        RepeatVictim.objects.bulk_update([row for row in rows if row.pk], fields, batch_size=BATCH)
        RepeatVictim.objects.bulk_create([row for row in rows if not row.pk], batch_size=BATCH)
        record(
            "repeat_victims_taken_up",
            by=None,
            subject_kind="desk",
            subject_refs=["fraud"],
            detail={"listed": len(rows)},
        )


def victim(row: dict[str, Any]) -> RepeatVictim:
    """Return a row of the derived table as the register keeps it."""
    listed = json.loads(row["listed_for"]) if row["listed_for"] else []
    return RepeatVictim(
        **{column: row[column] for column in COPIED},
        report_refs=json.loads(row["report_refs"]),
        crime_refs=json.loads(row["crime_refs"]),
        kinds=json.loads(row["kinds"]),
        loss_key=NONE_STATED if row["loss_gbp"] is None else row["loss_gbp"],
        recovery_by=row["recovery_by"] or "",
        listed_for=list(dict.fromkeys(str(one["words"]) for one in listed)),
        is_vulnerable=bool(listed),
    )
