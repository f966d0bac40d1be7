"""What rises, whom it hits, and what is lost: the figures of one force and period."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fourfold.measures.period import Period, month_words
from fourfold.measures.words import say_interval
from fourfold.pipeline.desk_figures import (
    BANDS,
    LOSS_LOOKS,
    VICTIM_TYPES,
    Standing,
    forces_shown,
    months_of,
    standing_figures_of,
)
from fourfold.pipeline.fraud_facts import topics_of
from fourfold.web.accounts.permission import may
from fourfold.web.fraud.chart import MONTHS_SHOWN, months_chart, rises_chart
from fourfold.web.fraud.models import RepeatVictim
from fourfold.web.fraud.saying import (
    AGAINST,
    SPANS,
    code_words,
    force_shown,
    greatest_rises,
    least_before,
    standing_policy,
    trends,
)
from fourfold.web.fraud.scope import LISTS

LOSS_ROWS = (("", "All victims"), ("individual", "People"), ("organisation", "Organisations"))
CATCH_ALL = "NFIB90"


@require_safe
def overview(request: Any) -> HttpResponse:
    """Show trends, ages and losses, with the largest rises first."""
    force, span = force_shown(request.GET.get("force", "")), request.GET.get("span", "year")
    span = span if span in SPANS else "year"
    against = request.GET.get("against", "before")
    against = against if against in AGAINST and span == "year" else "before"
    standing = standing_figures_of(settings.HOME, "fraud", force, span, against)
    if against != "before" and standing.get("total", "", "change") is None:
        standing, against = standing_figures_of(settings.HOME, "fraud", force, span, "before"), "before"
    rows, topics = trends(standing), topics_of(settings.HOME, force)
    # A month that is not over would look like a fall.
    this_month = timezone.localdate().replace(day=1)
    rises = greatest_rises(rows)
    months = months_of(settings.HOME, "fraud.reports", force, this_month)[-MONTHS_SHOWN:]
    context = {
        "spans": SPANS,
        "span": span,
        "againsts": AGAINST,
        "against": against,
        "forces": forces_shown(settings.HOME, "fraud"),
        "force": force,
        "total": standing.get("total", "", "count"),
        "change": standing.get("total", "", "change"),
        "unknown": standing.get("unknown", "", "count"),
        "rises": rises,
        "rises_chart": rises_chart(rises),
        "months": every_month(months),
        "months_chart": months_chart(months, force or None, settings.HOME.policy),
        "month_words": month_words,
        "trends": rows,
        "least": least_before(),
        "false_share": float(standing_policy("fraud_rises.false_alarms_at_most").value),
        "family": sum(row.stands_out is not None for row in rows),
        "ages": looks(standing, "age", BANDS),
        "victims": looks(standing, "victim", VICTIM_TYPES),
        "losses": [
            (words, {look: standing.get("loss", value, look) for look in LOSS_LOOKS})
            for value, words in LOSS_ROWS
        ],
        "catch_all": code_words(CATCH_ALL),
        "catch_all_count": standing.get("code", CATCH_ALL, "count"),
        "topics": topics,
        "growing": [topic for topic in topics if topic["signal"]],
        "repeats": RepeatVictim.objects.count() if sees_victims(request) else None,
        "may_trace": bool(may(request.user, "trace_figures")),
        "may_review": bool(may(request.user, "review_markers")),
        "may_link": bool(may(request.user, "review_links")),
        "interval": say_interval,
    }
    return render(request, "fraud/overview.html", context)


def every_month(told: list[tuple[date, float]]) -> list[tuple[date, float | None]]:
    """Return the months from the first to the last, the last first; one that was not sent has no number."""
    counts = dict(told)
    months = Period(told[0][0], told[-1][0]).list_months() if told else []
    return [(month, counts.get(month)) for month in reversed(months)]


def sees_victims(request: Any) -> bool:
    """Return whether the request's person sees victims one by one."""
    return may(request.user, "see_victims", why=request.why).scope in LISTS


def looks(standing: Standing, part: str, values: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return the rows of a part: the value, and its count, share and change."""
    return [
        (value, {look: standing.get(part, value, look) for look in ("count", "share", "change")})
        for value in values
        if standing.get(part, value, "count") is not None
    ]
