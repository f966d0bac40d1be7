"""Who sees how much of business crime: asked here and nowhere else on this desk."""

from __future__ import annotations

from typing import Any

from fourfold.web.accounts.permission import may

LISTS = ("yes", "with_reason", "own_unit", "masked")
"""Answers of `see_business` that show premises and people one by one; `counts` shows the page of counts alone."""
EXPORTS = ("yes", "masked", "own_list")
NAMED = ("yes", "with_reason")
"""Answers of `see_victims` that show a name here: staff belong to no unit's cases."""


def shows_lists(request: Any) -> bool:
    """Return whether the request's person sees premises and people one by one."""
    return may(request.user, "see_business", why=request.why).scope in LISTS


def shows_names(request: Any) -> bool:
    """Return whether the request's person sees the names of staff who are victims."""
    answer = may(request.user, "see_victims", why=request.why)
    return bool(answer) and answer.scope in NAMED
