"""Who sees how much at the fraud desk: asked here and nowhere else on this desk."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from fourfold.web.accounts.permission import Answer, may

LISTS = ("yes", "with_reason", "own_unit", "own_cases", "own_list", "masked")
"""Answers of `see_victims` that show victims one by one."""
EXPORTS = ("yes", "own_unit", "own_list", "masked")
READS = ("yes", "with_reason")
"""Answers of `see_narratives` that read texts of any report: the desk has no cases, so one's own are none here."""
USUAL_UNIT = "victim-care"


def unit_code() -> str:
    """Return the code of the unit that fraud victims are referred to: repeat victims are its people."""
    return str(settings.HOME.settings.get("victim_care_unit", USUAL_UNIT))


def is_of_unit(answer: Answer) -> bool:
    """Return whether an answer reaches the people of the victim care unit."""
    return not answer.units or unit_code() in answer.units


def shows_names(request: Any, act: str = "see_victims") -> bool:
    """Return whether the request's person sees names and contact details of fraud victims."""
    answer = may(request.user, act, why=request.why)
    return bool(answer) and answer.scope in ("yes", "with_reason", "own_unit") and is_of_unit(answer)


def may_read(request: Any) -> bool:
    """Return whether the request's person reads the texts of reports."""
    answer = may(request.user, "see_narratives", why=request.why)
    return bool(answer) and answer.scope in READS
