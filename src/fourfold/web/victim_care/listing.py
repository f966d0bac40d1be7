"""The worklist: which cases are asked for, in which order, and what of each is shown. No page is made here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet

from fourfold.pipeline.trace import MASK
from fourfold.web.victim_care.catalogue import level_label
from fourfold.web.victim_care.dues import Due, due_state
from fourfold.web.victim_care.models import FAR_OFF, Case, CaseReport, CaseRule, CaseTask, CaseWord
from fourfold.web.victim_care.naming import asked_words
from fourfold.web.victim_care.states import State
from fourfold.web.victim_care.told import is_met

BY_DUE = ["due_on", "need", "id"]
IS_OPEN = Q(is_open__in=[True])
"""Open cases, in words by which SQLite too walks an index: it does not for a bare column."""
ORDERS: Mapping[str, list[str]] = {
    "due": BY_DUE,
    "-due": [f"-{name}" for name in BY_DUE],
    "need": ["need", "due_on", "id"],
    "-need": ["-need", "-due_on", "-id"],
    "last": ["last_on", "id"],
    "-last": ["-last_on", "-id"],
    "name": ["name_key", "id"],
    "-name": ["-name_key", "-id"],
}
"""Orders of the list; each is a walk along one index."""
FEW = 500
"""Keys up to which cases are fetched one by one."""


def orders_shown(masked: bool) -> Mapping[str, list[str]]:
    """Return the orders that a reader may ask for: where names are `masked`, their order would tell of them."""
    return {key: order for key, order in ORDERS.items() if not masked or "name" not in key}


STATES = [
    ("", "Open cases"),
    ("new", "New"),
    ("open", "Being worked"),
    ("new_report", "New since closing"),
    ("cannot_tell", "Cannot tell"),
    ("closed", "Closed"),
    ("all", "All, closed ones too"),
]
DUES = [
    ("", "Any day"),
    ("overdue", "Overdue"),
    ("today", "Due today"),
    ("week", "Due in 7 days"),
    ("called", "Call planned for today or before"),
    ("none", "No limit set"),
]
RULES = [
    ("", "Any reason"),
    ("romance", "Romance fraud"),
    ("aged", "Age"),
    ("risk", "Risk score"),
    ("day", "Day to be checked"),
]


def chosen(
    cases: QuerySet[Case], asked: Mapping[str, Any], today: date, masked: bool = False, sort: str = ""
) -> QuerySet[Case]:
    """Return the cases that the cleaned values of a filter form ask for.

    asked: any of q, state, officer (a key, or "none"), due, rule, district, repeat, watched, again. Where names are
    `masked` a search goes by reference alone, or guessing at names would find them out. `sort`: the order they are
    to be listed in, by `walked`.
    """
    found = _in_state(cases, str(asked.get("state") or ""))
    if asked.get("q"):
        find = found_by_reference if masked else found_by
        found = found.filter(pk__in=few_or_all(find(str(asked["q"]))))
    if asked.get("officer"):
        found = found.filter(officer=None if asked["officer"] == "none" else int(asked["officer"]))
    if asked.get("due"):
        found = found.filter(_due(str(asked["due"]), today))
    if asked.get("rule"):
        found = _by_rule(found, str(asked["rule"]), walks=bool(walked(asked, sort)))
    if asked.get("district"):
        found = found.filter(district=asked["district"])
    if asked.get("repeat"):
        found = found.filter(report_count__gte=2)
    if asked.get("again"):
        waiting = CaseTask.objects.filter(ended_at=None, kind="targeted_again")
        found = found.filter(pk__in=few_or_all(waiting.values("case")))
    if asked.get("watched"):
        found = found.filter(pk__in=few_or_all(Case.objects.filter(watch_until__gte=today).values("pk")))
    return found


WALKED = {"due_on": "rule_due_on", "need": "rule_need", "id": "rule_case"}
"""The copies in `CaseRule` of the columns that lists are ordered by."""


def walked(asked: Mapping[str, Any], sort: str) -> Mapping[str, str]:
    """Return which copies of columns a list is ordered by: those of the rule's own table where it is in that order."""
    return WALKED if asked.get("rule") and sort.lstrip("-") in ("due", "need") else {}


def _by_rule(cases: QuerySet[Case], rule: str, walks: bool) -> QuerySet[Case]:
    if not walks:
        return cases.filter(pk__in=few_or_all(CaseRule.objects.filter(rule=rule).values("case")))
    copies = {"due_on": F("listed_by__due_on"), "need": F("listed_by__need"), "id": F("listed_by__case")}
    named = {WALKED[name]: copy for name, copy in copies.items()}
    return cases.filter(listed_by__rule=rule).annotate(**named)


def few_or_all(keys: QuerySet[Any] | list[int]) -> QuerySet[Any] | list[Any]:
    """Return the keys themselves where they are few, so that their cases are fetched and no list is walked for them.

    Where they are many the list is walked in its order until a page is full, each case asked whether it is one.
    """
    if isinstance(keys, list):
        return keys
    first = [key for row in keys[: FEW + 1] for key in row.values()]
    return first if len(first) <= FEW else keys


def _in_state(cases: QuerySet[Case], state: str) -> QuerySet[Case]:
    if state == "all":
        return cases
    return cases.filter(state=state) if state else cases.filter(IS_OPEN)


def _due(due: str, today: date) -> Q:
    if due == "overdue":
        return Q(due_on__lt=today)
    if due == "today":
        return Q(due_on=today)
    if due == "called":
        waiting = CaseTask.objects.filter(ended_at=None, kind="call_back", due_on__lte=today)
        return Q(pk__in=few_or_all(waiting.values("case")))
    if due == "week":
        return Q(due_on__gte=today, due_on__lte=today + timedelta(days=7))
    return Q(due_on=FAR_OFF)


def found_by_reference(text: str) -> list[int]:
    """Return the keys of cases found by the reference of the person or of a report."""
    ref = text.strip()
    named = list(CaseReport.objects.filter(report_ref=ref).values_list("case", flat=True)[:50])
    return named + list(Case.objects.filter(person_id=ref).values_list("pk", flat=True)[:50])


def found_by(text: str) -> QuerySet[Any] | list[int]:
    """Return the keys of cases found by a reference, or else by every word of a name or by a phone number."""
    named = found_by_reference(text)
    if named:
        return named
    found: QuerySet[Any] | None = None
    for word in asked_words(text):
        having = CaseWord.objects.filter(_starts_with(word)).values("case")
        found = having if found is None else having.filter(case__in=found)
    return [] if found is None else found


def _starts_with(word: str) -> Q:
    """PostgreSQL walks its index for a pattern; SQLite does so only for a span of values."""
    if connection.vendor == "sqlite":
        return Q(word__gte=word, word__lt=word + "\U0010ffff")
    return Q(word__startswith=word)


@dataclass(frozen=True)
class ShownCase:
    """One line of the list, with what the reader may not see hidden."""

    pk: int
    person_id: str
    name: str
    state: State
    due: Due
    due_words: str
    need: str
    reasons: list[str]
    officer: str
    officer_pk: int | None
    district: str
    last_on: date
    report_count: int
    is_watched: bool


def shown(case: Case, masked: bool, today: date) -> ShownCase:
    """Return a case as the list shows it; `masked` hides the name."""
    return ShownCase(
        pk=case.pk,
        person_id=case.person_id,
        name=MASK if masked and case.name else case.name or "No name told",
        state=State(case.state),
        due=due_state(case.due_on, today),
        due_words=case.due_words,
        need=level_label(case.level),
        reasons=list(
            dict.fromkeys(reason["words"] for reason in case.reasons if case.cannot_tell or is_met(reason))
        ),
        officer=case.officer.name if case.officer else "",
        officer_pk=case.officer_id,
        district=case.district,
        last_on=case.last_on,
        report_count=case.report_count,
        is_watched=bool(case.watch_until and case.watch_until >= today),
    )
