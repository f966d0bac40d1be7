"""Keeping a session alive while it is used."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

WRITE_EVERY_SECONDS = 60
"""The session is written at most so often: a write on every page would put all readers in one queue."""


def keep_session(get_response: Callable[[Any], HttpResponse]) -> Callable[[Any], HttpResponse]:
    """Return middleware that moves a signed-in person's time-out forward with each request."""

    def answer(request: Any) -> HttpResponse:
        now = int(time.time())
        if request.user.is_authenticated and now - request.session.get("seen_at", 0) >= WRITE_EVERY_SECONDS:
            request.session["seen_at"] = now
        return get_response(request)

    return answer
