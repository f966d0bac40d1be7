"""What is answered to somebody who is not signed in, or whose form is older than their sign-in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from fourfold.web.accounts.held import hold, is_from_our_page, page_of
from fourfold.web.ui.errors import stale_form as stale_page


def to_sign_in(request: Any) -> HttpResponse:
    """Send somebody to sign in and back to where they were; what they typed is held for them.

    A script that sends a form in the background is told plainly, for it would take the page of sign-in for
    an answer.
    """
    return _to_sign_in(request, is_held=hold(request) is not None)


def _to_sign_in(request: Any, is_held: bool) -> HttpResponse:
    if request.method != "GET" and request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        told = {"state": "signed out", "held": is_held, "sign_in": reverse("account_login")}
        return JsonResponse(told, status=401)
    if request.method == "GET":
        asked = {"next": request.get_full_path()}
    else:
        asked = {"next": page_of(request) if is_from_our_page(request) else "/"}
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        asked["ended"] = "1"
    if is_held:
        asked["held"] = "1"
    return redirect(f"{reverse('account_login')}?{urlencode(asked)}")


def stale_form(request: Any, reason: str = "") -> HttpResponse:
    """Answer a form whose token is old: it comes back as it was typed, after sign-in where that has ended too."""
    if hold(request) is None:
        return stale_page(request, reason)
    if request.user.is_authenticated:
        return redirect(page_of(request))
    return _to_sign_in(request, is_held=True)
