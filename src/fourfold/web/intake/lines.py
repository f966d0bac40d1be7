"""The lines of Today about what comes in: for analysts and administrators."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl
from django.urls import reverse
from django.utils import timezone

from fourfold.pipeline.freshness import LATE
from fourfold.web.intake.frames import waiting_faults
from fourfold.web.intake.models import IN_PART, READING, REFUSED, STOPPED, WAITING, HandedFile, HandOver
from fourfold.web.intake.views.quality import all_sources
from fourfold.web.ui.lines import Line, Section

NEW_DAYS = 7
EMPTY = "Files that were refused, rows set aside and sources that are late appear here. There are none."


def lines_of_intake(request: Any) -> Section:
    """Return what needs somebody: refused files, rows in quarantine, late sources; and what is under way."""
    return Section("What comes in", [*_hand_overs(), *_quarantine(), *_sources()], EMPTY)


def _hand_overs() -> list[Line]:
    lines = []
    listed = reverse("intake:hand_overs")
    under_way = HandOver.objects.filter(state__in=(WAITING, READING)).count()
    if under_way:
        lines.append(Line("Hand-overs under way", listed, under_way, "Being read", "blue"))
    left = HandedFile.objects.filter(state__in=(HandedFile.KEPT, HandedFile.TURNED_DOWN)).values(
        "hand_over_id"
    )
    for state, words in (
        (REFUSED, "Hand-overs refused"),
        (IN_PART, "Hand-overs with a refused file"),
        (STOPPED, "Hand-overs that stopped"),
    ):
        count = HandOver.objects.filter(state=state, pk__in=left).count()
        if count:
            lines.append(Line(words, f"{listed}?state={state}", count, "Needs a look", "red"))
    return lines


def _quarantine() -> list[Line]:
    rows = waiting_faults()
    if not rows.height:
        return []
    since = timezone.now() - timedelta(days=NEW_DAYS)
    new = rows.filter(pl.col("told_at") >= since).height
    state = f"{new:,} new this week" if new else ""
    return [Line("Rows in quarantine", reverse("intake:faults"), rows.height, state, "orange")]


def _sources() -> list[Line]:
    late = sum(one.state == LATE for one in all_sources())
    return [Line("Sources that are late", reverse("intake:sources"), late, "Late", "red")] if late else []
