"""The pages shown when something cannot be shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines


def refused(request: HttpRequest, words: str) -> HttpResponse:
    """Return the page of someone who may not, with the words of the act that is not theirs."""
    return render(request, "errors/refused.html", {"words": words}, status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "errors/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "errors/refused.html", {"words": ""}, status=403)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _plain("errors/bad_request.html", status=400)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form whose token is missing or old: a cookie refused, or a page left too long."""
    return _plain("errors/stale_form.html", status=403)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Return the page for a fault of ours; it asks nothing of the database, which may be what failed."""
    return _plain("errors/went_wrong.html", status=500)


def policy_fault(fault: str) -> HttpResponse:
    """Return the page for a force's own policy that cannot be used; `fault` is empty for those who cannot mend it."""
    return _plain("errors/policy_fault.html", status=503, fault=fault)


def _plain(template: str, status: int, **facts: Any) -> HttpResponse:
    page = engines["jinja2"].get_template(template).render({"is_plain": True, **facts})
    return HttpResponse(page, status=status)
