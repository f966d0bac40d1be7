"""Bringing back what somebody typed before they were signed out, on the page where they typed it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from fourfold.web.accounts.held import COOKIE, HELD_FOR, WAITING, Held, person_cookie, take_back
from fourfold.web.ui.filling import Leftover, fill

COOKIE_RENEWED_SECONDS = 12 * 3600
GONE = (404, 405)
"""Answers of an address that takes forms and shows none: what was typed is then shown on a page of its own."""


def bring_back(get_response: Callable[[Any], HttpResponse]) -> Callable[[Any], HttpResponse]:
    """Return middleware that fills a form again, and that keeps the cookie by which a form's owner is known."""

    def answer(request: Any) -> HttpResponse:
        response = get_response(request)
        if request.method == "GET" and request.path in waiting_pages(request):
            response = _with_held(request, response)
        _keep_cookie(request, response)
        return response

    return answer


def waiting_pages(request: Any) -> dict[str, str]:
    """Return the pages of this session that have something held, by path, with their whole address."""
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return {}
    told = request.session.get(WAITING, {})
    return {path: page for path, (_, page, at) in told.items() if time.time() - at < HELD_FOR.total_seconds()}


def _with_held(request: Any, response: HttpResponse) -> HttpResponse:
    is_page = response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")
    if response.streaming or not (is_page or response.status_code in GONE):
        return response
    held = take_back(request)
    if held is None:
        return response
    filled = (
        fill(response.content.decode(), request.path, held.action, held.typed, _banner(held))
        if is_page
        else None
    )
    if filled is None:
        return render(request, "accounts/held.html", {"held": held, "typed": _in_words(held)})
    response.content = filled
    return response


def _banner(held: Held) -> Callable[[Leftover], str]:
    def banner(left: Leftover) -> str:
        facts = {
            "held": held,
            "left": [(_words(name), "; ".join(values)) for name, values in left.typed.items()],
            "files_are_gone": held.had_files or left.has_files,
        }
        return str(render_to_string("accounts/held_banner.html", facts))

    return banner


def _in_words(held: Held) -> list[tuple[str, str]]:
    return [(_words(name), "; ".join(values)) for name, values in held.typed.items() if any(values)]


def _words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()


def _keep_cookie(request: Any, response: HttpResponse) -> None:
    """Set the cookie for who is signed in; take it away where they signed out themselves."""
    user = getattr(request, "user", None)
    told = request.COOKIES.get(COOKIE)
    if user is None or not user.is_authenticated:
        match = request.resolver_match
        if told and request.method == "POST" and match and match.view_name == "account_logout":
            response.delete_cookie(COOKIE, samesite="Strict")
        return
    try:
        if told and signing.loads(told, salt="held forms", max_age=COOKIE_RENEWED_SECONDS) == user.pk:
            return
    except signing.BadSignature:
        pass
    response.set_cookie(
        COOKIE, person_cookie(user), httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
    )
