"""Logs a machine can read and nobody is named in: one JSON object a line."""

from __future__ import annotations

import json
import logging
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse

EXTRAS = ("page", "method", "status", "milliseconds", "person", "error", "where", "task", "state")
"""What a line may carry beside its message: no addresses, no query strings, no form values."""


class Impersonal(logging.Filter):
    """Takes the words of an exception away: they may quote a name, an address or a row."""

    def filter(self, entry: logging.LogRecord) -> bool:
        if entry.exc_info and entry.exc_info[0] is not None:
            entry.error, entry.where = told_of(entry.exc_info[1])
            entry.exc_info = None
            entry.exc_text = None
        return True


class JsonLines(logging.Formatter):
    """Writes an entry as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
        }
        line.update({key: getattr(record, key) for key in EXTRAS if hasattr(record, key)})
        return json.dumps(line, ensure_ascii=True, default=str)


def told_of(error: BaseException | None) -> tuple[str, list[str]]:
    """Return an exception's kind and the places it passed, without its words."""
    if error is None:
        return "", []
    frames = traceback.extract_tb(error.__traceback__)
    return type(error).__name__, [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]


class RequestLogMiddleware:
    """Writes one line a request, named by its page and not by its address, and counts it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.log = logging.getLogger("fourfold.web.requests")

    def __call__(self, request: Any) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        page = request.resolver_match.view_name if request.resolver_match else "none"
        apps.get_app_config("ui").seconds.labels(page, str(response.status_code)).observe(seconds)
        self.log.info(
            "request",
            extra={
                "page": page,
                "method": request.method,
                "status": response.status_code,
                "milliseconds": round(seconds * 1000, 1),
                "person": getattr(getattr(request, "user", None), "pk", None),
            },
        )
        return response

    def process_exception(self, request: Any, exception: Exception) -> None:
        """Log what broke, by kind and place."""
        if type(exception).__name__ in ("Http404", "NotAllowedError", "ReauthenticationRequired"):
            return
        error, where = told_of(exception)
        page = request.resolver_match.view_name if request.resolver_match else "none"
        self.log.error("page failed", extra={"page": page, "error": error, "where": where})
