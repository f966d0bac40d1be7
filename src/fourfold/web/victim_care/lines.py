"""What Today says to a victim care officer: what is new, due, late and waiting, counted in one walk each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from fourfold.web.accounts.models import Unit
from fourfold.web.accounts.permission import may
from fourfold.web.ui.lines import Line, Section
from fourfold.web.victim_care.counting import OpenCases, open_counts
from fourfold.web.victim_care.models import CaseTask
from fourfold.web.victim_care.scope import unit_keys, visible_cases
from fourfold.web.victim_care.states import State
from fourfold.web.victim_care.stock import stock_levels

EMPTY = (
    "New referrals, calls that are due and cases without an officer appear here once a weekly list of fraud victims "
    "has been taken in."
)


def lines_of_victim_care(request: Any) -> Section:
    """Return the section of victim care for the units of the person."""
    answer = may(request.user, "see_victims")
    today = timezone.localdate()
    counts = counted(open_counts(visible_cases(answer, request.user)), request.user.pk, today)
    units = unit_keys(answer)
    waiting = CaseTask.objects.filter(ended_at=None, case__unit__in=units, case__is_open=True)
    calls = waiting.filter(kind="call_back", due_on__lte=today, case__officer=request.user).count()
    targeted = waiting_again(units)
    return Section(
        "Victim care", [*_lines(counts, calls, targeted, request.user.pk), *_stock_lines(units)], EMPTY
    )


def counted(rows: list[OpenCases], me: int, today: date) -> dict[str, int]:
    """Return the open cases that each line of Today is about."""

    def those(test: Callable[[OpenCases], bool]) -> int:
        return sum(row.cases for row in rows if test(row))

    return {
        "mine": those(lambda row: row.officer == me),
        "mine_overdue": those(lambda row: row.officer == me and row.due_on < today),
        "mine_today": those(lambda row: row.officer == me and row.due_on == today),
        "overdue": those(lambda row: row.due_on < today),
        "due": those(lambda row: row.due_on == today),
        "new": those(lambda row: row.state == State.NEW),
        "again": those(lambda row: row.state == State.NEW_REPORT),
        "unclear": those(lambda row: row.state == State.CANNOT_TELL),
        "unassigned": those(lambda row: row.officer is None),
    }


def waiting_again(units: list[int]) -> int:
    """Return how many people on watch reported again and have not been looked at, in open cases or closed."""
    waiting: int = CaseTask.objects.filter(ended_at=None, kind="targeted_again", case__unit__in=units).count()
    return waiting


def _lines(counts: dict[str, int], calls: int, targeted: int, me: int) -> list[Line]:
    asked: tuple[tuple[str, str, int, str, str], ...] = (
        (
            "Your cases that are overdue",
            f"officer={me}&due=overdue",
            counts["mine_overdue"],
            "Overdue",
            "red",
        ),
        ("Your cases due today", f"officer={me}&due=today", counts["mine_today"], "Due today", "orange"),
        ("Calls you planned for today or before", f"officer={me}&due=called", calls, "Call", "orange"),
        ("People on watch who reported again", "state=all&again=on", targeted, "Look again", "red"),
        ("All cases that are overdue", "due=overdue", counts["overdue"], "Overdue", "red"),
        ("All cases due today", "due=today", counts["due"], "Due today", "orange"),
        ("New referrals", "state=new", counts["new"], "New", "blue"),
        (
            "New reports of people whose case was closed",
            "state=new_report",
            counts["again"],
            "Decide",
            "orange",
        ),
        (
            "People whom no criterion could judge",
            "state=cannot_tell",
            counts["unclear"],
            "Cannot tell",
            "yellow",
        ),
        ("Cases without an officer", "officer=none", counts["unassigned"], "Nobody yet", "yellow"),
        ("Your open cases", f"officer={me}", counts["mine"], "", "grey"),
    )
    page = reverse("victim_care:list")
    return [
        Line(words, f"{page}?{query}", count, state, colour)
        for words, query, count, state, colour in asked
        if count
    ]


def _stock_lines(units: list[int]) -> list[Line]:
    low = [one for one in stock_levels(list(Unit.objects.filter(pk__in=units))) if one.is_low]
    page = reverse("victim_care:stock")
    return [Line(f"{one.label} in stock", page, one.on_hand, "Low stock", "orange") for one in low]
