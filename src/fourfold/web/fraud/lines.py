"""What Today says to an analyst: rises that stand out, topics that are new or growing, records and pairs to look at."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from fourfold.pipeline.desk_figures import standing_figures_of
from fourfold.pipeline.fraud_facts import pairs_to_look_at, signals_of
from fourfold.web.accounts.permission import may
from fourfold.web.fraud.actions.linking import pair_of
from fourfold.web.fraud.models import ReviewRound
from fourfold.web.fraud.reading import disputes, lot_of, progress
from fourfold.web.fraud.saying import force_shown, trends
from fourfold.web.fraud.views.links import answered
from fourfold.web.ui.lines import Line, Section

EMPTY = (
    "Rises that stand out, topics that are new or growing, and records to look at appear here once a weekly list of "
    "fraud victims has been taken in and a refresh has run."
)


def lines_of_fraud(request: Any) -> Section:
    """Return the section of the fraud desk."""
    if not may(request.user, "see_fraud"):
        return Section("Fraud", [], EMPTY)
    standing = standing_figures_of(settings.HOME, "fraud", force_shown(""), "quarter")
    rising = sum(bool(row.stands_out) and row.is_rise for row in trends(standing))
    told = [
        (
            "Fraud codes that rise more than chance, over three months",
            f"{reverse('fraud:overview')}?span=quarter",
            rising,
            "Rising",
            "red",
        ),
        (
            "Topics in the catch-all codes that are new or growing",
            reverse("fraud:topics"),
            len(signals_of(settings.HOME)),
            "Look",
            "orange",
        ),
    ]
    if may(request.user, "review_markers"):
        told += review_lines()
    if may(request.user, "review_links"):
        done = answered(request.user)
        pairs = sum(pair_of(row) not in done for row in pairs_to_look_at(settings.HOME))
        told.append(
            ("Pairs of records that may be one person", reverse("fraud:links"), pairs, "To decide", "yellow")
        )
    return Section(
        "Fraud",
        [Line(words, href, count, state, colour) for words, href, count, state, colour in told if count],
        EMPTY,
    )


def review_lines() -> list[tuple[str, str, int, str, str]]:
    """Return what is left to read in the rounds that are open, and what two readers differ about."""
    left = settle = 0
    latest = {one.marker: one for one in ReviewRound.objects.order_by("id")}
    for marker, opened in latest.items():
        read, whole = progress(lot_of(opened), marker)
        left, settle = left + whole - read, settle + len(disputes(marker))
    page = reverse("fraud:markers")
    return [
        ("Records left to review for markers", page, left, "To review", "blue"),
        ("Records of which two readers differ", page, settle, "To settle", "orange"),
    ]
