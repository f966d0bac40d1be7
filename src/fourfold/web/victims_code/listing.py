"""The list of duties: which are asked for, in which order, and what of each is shown. No page is made here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from fourfold.pipeline.duties import duty_titles, worded
from fourfold.web.accounts.models import Unit
from fourfold.web.accounts.permission import Answer
from fourfold.web.victims_code.models import FAR_OFF, DutyRow
from fourfold.web.victims_code.scope import unit_keys
from fourfold.web.victims_code.states import DAYS_IN_A_WEEK, UNKNOWN, Tag, list_tag

BY_DUE = ["due_on", "id"]
ORDERS: Mapping[str, list[str]] = {
    "due": BY_DUE,
    "-due": [f"-{name}" for name in BY_DUE],
    "began": ["started_on", "id"],
    "-began": ["-started_on", "-id"],
}
"""Orders of the list; each is a walk along one index."""
LISTS = [
    ("", "Late or to be done"),
    ("late", "Late"),
    ("today", "Due today"),
    ("week", "Due this week"),
    ("later", "Due later"),
    ("unknown", "Cannot tell"),
    ("working", "Being worked out"),
    ("escalated", "Escalated"),
    ("all", "All of these"),
    ("settled", "Settled"),
]
IS_OPEN = Q(is_open__in=[True])
"""Open duties, in words by which SQLite too walks an index: it does not for a bare column."""
IS_ESCALATED = Q(is_open=True, escalated_at__isnull=False, answered_at__isnull=True)


def on_list(name: str, today: date) -> Q:
    """Return the condition of one list, as worklists.victims_code has it."""
    runs, due_soon = Q(state="running"), today + timedelta(days=DAYS_IN_A_WEEK)
    lists = {
        "": IS_OPEN & Q(state__in=["not_met", "running"]),
        "late": IS_OPEN & (Q(state="not_met") | (runs & Q(due_on__lt=today))),
        "today": IS_OPEN & runs & Q(due_on=today),
        "week": IS_OPEN & runs & Q(due_on__gt=today, due_on__lt=due_soon),
        "later": IS_OPEN & runs & Q(due_on__gte=due_soon),
        "unknown": IS_OPEN & Q(state__in=UNKNOWN),
        "working": ~Q(decision=""),
        "escalated": IS_ESCALATED,
        "all": IS_OPEN,
        "settled": Q(is_open__in=[False]),
    }
    return lists[name]


def chosen(duties: QuerySet[DutyRow], asked: Mapping[str, Any], today: date) -> QuerySet[DutyRow]:
    """Return the duties that the cleaned values of a filter form ask for; a crime that is searched for, whole."""
    if asked.get("q"):
        duties = duties.filter(case_ref=asked["q"])
        name = str(asked.get("list") or "all")
        found = duties.filter(on_list(name, today)) if name != "all" else duties
    else:
        found = duties.filter(on_list(str(asked.get("list") or ""), today))
    if asked.get("unit"):
        found = found.filter(unit__code=asked["unit"])
    if asked.get("rule"):
        found = found.filter(rule=asked["rule"])
    if asked.get("officer"):
        found = found.filter(officer_ref=asked["officer"])
    if asked.get("group"):
        found = found.filter(offence_group__contains=f"|{asked['group']}|")
    if asked.get("enhanced"):
        found = found.filter(is_enhanced=True)
    return found


COUNTED = ("late", "today", "week", "later", "unknown", "working", "escalated")


def counts(duties: QuerySet[DutyRow], today: date) -> dict[str, int]:
    """Return how many duties stand on each list, counted in one walk over the open ones."""
    found: dict[str, int] = duties.filter(IS_OPEN).aggregate(
        **{name: Count("pk", filter=on_list(name, today)) for name in COUNTED}
    )
    return found


def units_shown(answer: Answer) -> list[tuple[str, str]]:
    """Return the units (code, name) whose duties an answer shows and that have any."""
    units = Unit.objects.filter(Exists(DutyRow.objects.filter(unit=OuterRef("pk"))))
    if answer.units:
        units = units.filter(pk__in=unit_keys(answer))
    return [(str(unit.code), str(unit.name)) for unit in units]


def rules_shown() -> list[tuple[str, str]]:
    """Return every duty (rule, title), by title."""
    return sorted(duty_titles(settings.HOME).items(), key=lambda one: one[1])


@dataclass(frozen=True)
class ShownDuty:
    """One line of the list: no name is among it."""

    row: DutyRow
    title: str
    why: str
    settles: str
    tag: Tag
    is_waiting: bool

    @property
    def due_on(self) -> date | None:
        return self.row.due_on if self.row.has_limit else None

    @property
    def about(self) -> str:
        """To or about whom the duty is owed, by reference."""
        return f"{str(self.row.subject).capitalize()} {self.row.subject_ref}"


WORDED = ("rule", "state", "reason", "reason_on", "due_on", "due_standard_on", "done_on", "is_enhanced")


def shown(rows: list[DutyRow], today: date) -> list[ShownDuty]:
    """Return duties as the list shows them, in words."""
    if not rows:
        return []
    types = {"is_enhanced": pl.Boolean} | {name: pl.Date for name in WORDED if name.endswith("_on")}
    told = {name: [getattr(row, name) for row in rows] for name in WORDED}
    told["due_on"] = [None if day == FAR_OFF else day for day in told["due_on"]]
    schema = {name: types.get(name, pl.String) for name in WORDED}
    words = worded(pl.DataFrame(told, schema=schema), settings.HOME).to_dicts()
    return [
        ShownDuty(
            row=row,
            title=one["title"] or row.rule,
            why=one["why"],
            settles=one["settles"],
            tag=list_tag(row.state, row.due_on, today),
            is_waiting=row.decision != "",
        )
        for row, one in zip(rows, words, strict=True)
    ]
