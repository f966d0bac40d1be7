"""Whose failures are counted together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def person_tried(request: Any, credentials: Mapping[str, Any] | None = None) -> str:
    """Return the address that was tried, in one spelling, whichever form asked for the password."""
    told = (credentials or {}).get("email") or (credentials or {}).get("username")
    return str(told or (request.POST.get("login", "") if request is not None else "")).strip().lower()
