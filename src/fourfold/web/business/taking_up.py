"""Taking up what a refresh listed: premises and staff hit again, each keeping its key while it is listed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction

from fourfold.home import Home
from fourfold.pipeline.premises_facts import premises_rows, staff_rows
from fourfold.web.business.models import ListedPremises, StaffMember
from fourfold.web.trail.recording import record

BATCH = 500
BEYOND_ALL_GAPS = 1e9
LAST_IN_ORDER = "\U0010fffd"
"""What a premises without a name is sorted by: behind every name."""
COPIED = (
    "force", "premises_id", "names_told", "crimes_ever", "by_place_alone", "gap_days", "on_staff", "staff_unclear", "first_on",
    "last_on", "as_of", "advised_on", "advice_days", "before_advice", "after_advice",
)  # fmt: skip


def take_up(home: Home) -> None:
    """Bring the lists up to the last refresh; done twice, it changes nothing."""
    listed = [one for row in premises_rows(home) for one in by_definition(row)]
    staff = [staff_member(row) for row in staff_rows(home)]
    with transaction.atomic():
        replace(ListedPremises, listed, ("force", "premises_id", "definition"))
        replace(StaffMember, staff, ("force", "person_id"))
        record(
            "premises_taken_up",
            by=None,
            subject_kind="desk",
            subject_refs=["business"],
            detail={"premises": len(listed), "staff": len(staff)},
        )


def by_definition(row: dict[str, Any]) -> Iterable[ListedPremises]:
    """Yield a row for each definition by which the premises have a crime in the window."""
    name = fitting(ListedPremises, "name", row["name"])
    for definition, crimes in json.loads(row["counts"]).items():
        if crimes:
            yield ListedPremises(
                **{column: row[column] for column in COPIED},
                definition=definition,
                name=name,
                name_key=name.casefold()[:120] or LAST_IN_ORDER,
                premises_type=fitting(ListedPremises, "premises_type", row["premises_type"]),
                district=fitting(ListedPremises, "district", row["district"]),
                crimes=crimes,
                gap_key=BEYOND_ALL_GAPS if row["gap_days"] is None else row["gap_days"],
                kinds=json.loads(row["kinds"]),
                reasons=json.loads(row["reasons"]),
            )


def staff_member(row: dict[str, Any]) -> StaffMember:
    told = {
        **row,
        "crime_refs": json.loads(row["crime_refs"]),
        "premises_ids": json.loads(row["premises_ids"]),
    }
    return StaffMember(**told)


def fitting(model: type[models.Model], column: str, value: Any) -> str:
    """Return a text as long as its column holds; '' where nothing was told."""
    most = model._meta.get_field(column).max_length or 0
    return str(value or "").replace("\x00", "")[:most]


def replace(model: type[models.Model], rows: Sequence[models.Model], key: tuple[str, ...]) -> None:
    """Let the table hold these rows and no others; a row that stood under the same key keeps its number."""
    standing = {tuple(found): pk for pk, *found in model._default_manager.values_list("pk", *key)}
    wanted = {tuple(getattr(row, name) for name in key) for row in rows}
    gone = [pk for found, pk in standing.items() if found not in wanted]
    for start in range(0, len(gone), BATCH):
        model._default_manager.filter(pk__in=gone[start : start + BATCH]).delete()
    fields = [
        field.name for field in model._meta.concrete_fields if not field.primary_key and field.name not in key
    ]
    fresh: list[models.Model] = []
    known: list[models.Model] = []
    for row in rows:
        row.pk = standing.get(tuple(getattr(row, name) for name in key))
        (fresh if row.pk is None else known).append(row)
    model._default_manager.bulk_create(fresh, batch_size=BATCH)
    model._default_manager.bulk_update(known, fields, batch_size=BATCH)
