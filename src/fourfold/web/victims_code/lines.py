"""What Today says of duties to victims: what is escalated, late, due, being worked out, and what nobody can tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from fourfold.web.accounts.permission import may
from fourfold.web.ui.environment import written_date
from fourfold.web.ui.lines import Line, MakeSection, Section
from fourfold.web.victims_code import own_policy
from fourfold.web.victims_code.digests import visible_digests
from fourfold.web.victims_code.listing import IS_ESCALATED, counts
from fourfold.web.victims_code.models import Digest
from fourfold.web.victims_code.scope import SEES, visible_duties

HEADING = "Duties to victims"
EMPTY = (
    "Duties that are late, due or escalated appear here once a crime extract with its contact log has been taken in. "
    "Nothing is to be seen to in your units now."
)
WORDS = (
    ("escalated", "Escalated duties that wait for an answer", "Escalated", "red"),
    ("late", "Late duties", "Late", "red"),
    ("today", "Duties due today", "Due today", "orange"),
    ("week", "Duties due this week", "Due this week", "teal"),
    ("unknown", "Duties of which nobody can tell", "Cannot tell", "yellow"),
    ("working", "Recorded, and being worked out", "Being worked out", "purple"),
)


def lines_of_duties(request: Any) -> Section:
    """Return the duties of the person's units, or of all where the person sees all."""
    answer, today = may(request.user, "see_duties"), timezone.localdate()
    if not answer or answer.scope not in SEES:
        return Section(HEADING, [], EMPTY)
    duties, page = visible_duties(answer), reverse("victims_code:list")
    counted = counts(duties, today)
    lines = [
        Line(words, f"{page}?list={name}", counted[name], state, colour)
        for name, words, state, colour in WORDS
        if counted[name]
    ]
    mine = _escalated_to(request.user, duties) if counted["escalated"] else 0
    if mine:
        lines.insert(0, Line("Escalated to you", f"{page}?list=escalated", mine, "Escalated", "red"))
    latest = Digest.objects.order_by("-day").values_list("day", flat=True).first()
    if latest and visible_digests(answer, latest).exists():
        where = reverse("victims_code:digest", args=[latest.isoformat()])
        lines.append(Line(f"Digest of {written_date(latest)}", where))
    return Section(HEADING, lines, EMPTY)


def _escalated_to(person: Any, duties: Any) -> int:
    units = set(duties.filter(IS_ESCALATED).values_list("unit__code", flat=True))
    mine = [code for code in units if str(person.email).lower() in own_policy.supervisors(code)]
    found: int = duties.filter(IS_ESCALATED, unit__code__in=mine).count() if mine else 0
    return found


def lines_of_compliance(request: Any) -> Section:
    """Return where compliance stands, for whoever sees counts alone."""
    lines = []
    if may(request.user, "see_duties").scope != "no":
        lines.append(
            Line("Compliance with duties to victims, with its bounds", reverse("victims_code:compliance"))
        )
    return Section(HEADING, lines, "What is owed to victims is not shown to you.")


def lines_with_reason(request: Any) -> Section:
    """Return the way to the list for whoever gives a reason first: nothing is counted before that."""
    lines = []
    if may(request.user, "see_duties").needs_reason:
        lines.append(Line("Duties to victims: you are asked for a reason", reverse("victims_code:list")))
    return Section(HEADING, lines, "What is owed to victims is not shown to you.")


LINES: Mapping[str, MakeSection] = {
    "victim_care": lines_of_duties,
    "analyst": lines_of_duties,
    "offender_manager": lines_of_duties,
    "auditor": lines_of_duties,
    "performance": lines_of_compliance,
    "data_protection": lines_with_reason,
}
