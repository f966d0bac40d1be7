"""The digest of a morning: for each unit, and each officer in it, what is late, due and escalated. It stays here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet

from fourfold.home import CouldNotRunError
from fourfold.pipeline.duties import duty_titles
from fourfold.rules.working_days import working_day_after
from fourfold.web.accounts.models import Unit
from fourfold.web.accounts.permission import Answer
from fourfold.web.trail.recording import record
from fourfold.web.ui.environment import written_date
from fourfold.web.victims_code import own_policy
from fourfold.web.victims_code.listing import IS_OPEN, on_list
from fourfold.web.victims_code.models import Digest, DutyRow, DutyStanding
from fourfold.web.victims_code.scope import unit_keys

COUNTED = ("escalated", "late", "today", "week", "unknown")
LISTED = ("escalated", "late", "today", "week")
"""What is listed one by one; what cannot be told is counted, and has a list of its own."""
MOST_LISTED = 50
LAST_OF_WEEK = 4


def is_working_day(day: date) -> bool:
    """Return whether a day is no Saturday, Sunday or bank holiday, as far as the list of bank holidays goes."""
    try:
        return working_day_after(day - timedelta(days=1), 1, settings.HOME.vocabulary) == day
    except CouldNotRunError:
        return day.weekday() <= LAST_OF_WEEK


@transaction.atomic
def make_digests(day: date, at: datetime) -> int:
    """Make the digest of every unit that has open duties, once a day, and forget those that are old."""
    standing = DutyStanding.objects.select_for_update().filter(pk=1).first()
    if standing is None or standing.digest_on == day:
        return 0
    titles = duty_titles(settings.HOME)
    units = Unit.objects.filter(pk__in=DutyRow.objects.filter(IS_OPEN).values("unit"))
    made = [Digest(day=day, unit=unit, made_at=at, content=content_of(unit, day, titles)) for unit in units]
    Digest.objects.bulk_create(made)
    kept = own_policy.number("digest_kept_days", day)
    if kept is not None:
        Digest.objects.filter(day__lt=day - timedelta(days=kept)).delete()
    standing.digest_on = day
    standing.save(update_fields=["digest_on"])
    record("digests_made", by=None, subject_kind="desk", subject_refs=["victims_code"],
           detail={"day": day.isoformat(), "units": len(made)})  # fmt: skip
    return len(made)


def content_of(unit: Unit, day: date, titles: dict[str, str]) -> dict[str, Any]:
    """Return what one unit's digest says: counts, counts by officer, and the first of what is listed."""
    duties = DutyRow.objects.filter(IS_OPEN, unit=unit)
    asked = {name: Count("pk", filter=on_list(name, day)) for name in COUNTED}
    by_officer = duties.values("officer_ref").annotate(**asked).order_by("officer_ref")
    officers = [row for row in by_officer if any(row[name] for name in COUNTED)]
    return {
        "counts": {name: sum(row[name] for row in officers) for name in COUNTED},
        "officers": officers,
        "listed": {name: _lines(duties.filter(on_list(name, day)), titles) for name in LISTED},
    }


def _lines(duties: QuerySet[DutyRow], titles: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "case_ref": row.case_ref,
            "title": titles.get(row.rule, row.rule),
            "due": written_date(row.due_on) if row.has_limit else "No limit",
            "officer_ref": row.officer_ref,
        }
        for row in duties.order_by("due_on", "pk")[:MOST_LISTED]
    ]


def visible_digests(answer: Answer, day: date) -> QuerySet[Digest]:
    """Return the digests of a day that an answer of `see_duties` shows."""
    found = Digest.objects.filter(day=day).select_related("unit").order_by("unit__name")
    return found.filter(unit__in=unit_keys(answer)) if answer.units else found


def refs_of(digests: Iterable[Digest]) -> list[str]:
    """Return the crimes that digests name."""
    return [line["case_ref"] for one in digests for lines in one.content["listed"].values() for line in lines]
