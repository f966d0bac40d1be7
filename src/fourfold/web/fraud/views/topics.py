"""What is inside the catch-all codes: topics with size, loss, ages, areas, and the texts of their examples."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from fourfold.pipeline.fraud_facts import texts_of, topics_of
from fourfold.web.accounts.permission import check_may, may
from fourfold.web.fraud.saying import code_words, force_shown
from fourfold.web.fraud.scope import may_read
from fourfold.web.fraud.views.parts import tell


@require_safe
def listed(request: Any) -> HttpResponse:
    """List the topics of each catch-all code, the new and the growing among them marked."""
    force = force_shown(request.GET.get("force", ""))
    codes: dict[str, list[dict[str, Any]]] = {}
    for topic in topics_of(settings.HOME, force):
        codes.setdefault(topic["code"], []).append(topic)
    context = {
        "codes": codes,
        "force": force,
        "code_words": code_words,
        "may_read": may_read(request),
        "may_review": bool(may(request.user, "review_markers")),
    }
    return render(request, "fraud/topics.html", context)


@require_safe
def one(request: Any, topic: str) -> HttpResponse:
    """Show one topic with the texts of the reports nearest to its centre; that they were read is trailed."""
    check_may(request.user, "see_fraud", why=request.why)
    force = force_shown(request.GET.get("force", ""))
    found = next((row for row in topics_of(settings.HOME, force) if row["topic"] == topic), None)
    if found is None:
        raise Http404
    told = texts_of(settings.HOME, "fraud_report", found["examples"])
    tell(request, "narratives_read", "fraud_report", found["examples"], topic=topic)
    begun = urlencode(
        {
            "record": "fraud_report",
            "codes": found["code"],
            "cues": " + ".join(found["words"].split(", ")[:2]),
            "examples": ", ".join(found["examples"]),
        }
    )
    context = {
        "topic": found,
        "told": told,
        "code_words": code_words,
        "begun": begun,
        "may_review": bool(may(request.user, "review_markers")),
    }
    return render(request, "fraud/topic.html", context)
