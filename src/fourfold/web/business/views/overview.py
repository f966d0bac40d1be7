"""The page of counts: definitions, violence against staff and its triggers, statements, advice, and the fields they rest on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fourfold.measures.figure import Figure
from fourfold.measures.period import Period
from fourfold.measures.words import say_interval
from fourfold.pipeline.desk_figures import Standing, forces_shown, standing_figures_of
from fourfold.pipeline.premises_facts import summary_of
from fourfold.web.accounts.permission import may
from fourfold.web.business.listing import chosen
from fourfold.web.business.saying import (
    ADVICE_WORDS,
    FIELD_WORDS,
    MATCHED,
    STATEMENTS,
    WHOM,
    chosen_definition,
    definitions,
    triggers,
    value_of,
)
from fourfold.web.business.scope import shows_lists

SPANS = {"year": "Twelve months", "quarter": "Three months"}


@require_safe
def overview(request: Any) -> HttpResponse:
    """Show the counts of one force and period by one definition."""
    force = force_shown(request)
    span = request.GET.get("span") if request.GET.get("span") in SPANS else "year"
    definition = chosen_definition(request.GET.get("definition", ""))
    standing = standing_figures_of(settings.HOME, "business", force, str(span))
    headline = standing.get("definition", definition.key, "count")
    period = Period.parse(headline.period) if headline else None
    told = summary_of(settings.HOME, force, period, definition.key) if period else None
    advised = chosen({"definition": definition.key, "advised": True})
    sums = advised.aggregate(premises=Count("pk"), before=Sum("before_advice"), after=Sum("after_advice"))
    context = {
        "definitions": definitions(),
        "definition": definition,
        "spans": SPANS,
        "span": span,
        "forces": forces_shown(settings.HOME, "business"),
        "force": force,
        "headline": headline,
        "period": headline.period_words if headline else "",
        "rows": count_rows(standing, definition.key),
        "others": [
            (one, standing.get("definition", one.key, "count"))
            for one in definitions()
            if one.key != definition.key
        ],
        "fields": [(words, standing.get("field", field, "share")) for field, words in FIELD_WORDS.items()],
        "told": told,
        "triggers": triggers(),
        "statements": STATEMENTS,
        "whom": WHOM,
        "matched": MATCHED,
        "advice": sums,
        "advice_days": value_of("advice_days"),
        "advice_words": ADVICE_WORDS,
        "window": value_of("window_months"),
        "listed": chosen({"definition": definition.key}).count(),
        "shows_lists": shows_lists(request),
        "may_trace": bool(may(request.user, "trace_figures")),
        "interval": say_interval,
    }
    return render(request, "business/overview.html", context)


def force_shown(request: Any) -> str:
    """Return the force asked for where there are figures of it, else the home's own, else the first there is."""
    forces = forces_shown(settings.HOME, "business")
    wanted = [request.GET.get("force", ""), settings.HOME.settings.get("force", ""), *forces]
    return next((force for force in wanted if force in forces), "")


def count_rows(standing: Standing, definition: str) -> list[tuple[str, Figure, Figure | None]]:
    """Return the rows of the table of counts: words, the count, and its change."""
    asked = (
        ("Business crimes", "definition", definition),
        ("Violence and abuse against shop workers, as far as the fields tell", "staff", "yes"),
        ("Violence and abuse at shops, not recorded whether against staff", "staff", "not_recorded"),
    )
    found = []
    for words, part, value in asked:
        count = standing.get(part, value, "count")
        if count is not None:
            found.append((words, count, standing.get(part, value, "change")))
    return found
