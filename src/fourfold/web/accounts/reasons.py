"""Reasons that the matrix asks for: given once on a page of its own, kept in the session for a while."""

from __future__ import annotations

import time
from typing import Any

REASON_LASTS_SECONDS = 15 * 60
SHORTEST_REASON = 10
"""Characters below which a reason says nothing."""

_KEY = "reasons_given"


def keep_reason(request: Any, act: str, why: str) -> None:
    """Keep the reason given for `act` in this session."""
    request.session[_KEY] = request.session.get(_KEY, {}) | {act: [why, time.time()]}


def reason_given(request: Any, act: str) -> str:
    """Return the reason given for `act` in the last quarter of an hour, else an empty text."""
    why, at = request.session.get(_KEY, {}).get(act, ("", 0.0)) if act else ("", 0.0)
    return str(why) if time.time() - at < REASON_LASTS_SECONDS else ""
