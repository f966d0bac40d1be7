"""The audit's lines on Today: crimes to read and to settle, findings to sign off, actions that are late."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from fourfold.web.accounts.permission import may
from fourfold.web.audit.actions.signing import SIGNS
from fourfold.web.audit.listing import TO_READ, TO_SETTLE
from fourfold.web.audit.models import Action, Reading, Sample, SampledCrime
from fourfold.web.audit.scope import runs_audits, visible_samples
from fourfold.web.audit.states import CrimeState, State
from fourfold.web.ui.lines import Line, Section

EMPTY = (
    "Crimes to read, differences to settle, findings to sign off and actions that are late appear here once an "
    "audit is drawn."
)


def lines_of_auditor(request: Any) -> Section:
    """Return what this auditor has to read and to settle, and what audits wait for."""
    person = request.user
    mine = Reading.objects.filter(reader=person, crime__sample__state=State.BEING_READ).aggregate(
        to_read=Count("pk", filter=TO_READ), to_settle=Count("pk", filter=TO_SETTLE & ~TO_READ)
    )
    reading = reverse("audit:mine")
    lines = [
        Line("Crimes for you to read", f"{reading}?state=to_read", mine["to_read"], "To be read", "blue"),
        Line(
            "Differences for you to settle",
            f"{reading}?state=to_settle",
            mine["to_settle"],
            "To settle",
            "orange",
        ),
        *(_running_lines(person) if runs_audits(person) else []),
        *action_lines(person),
    ]
    return Section("Audit", [line for line in lines if line.count], EMPTY)


def _running_lines(person: Any) -> list[Line]:
    page = reverse("audit:list")
    waiting = Sample.objects.filter(state=State.READ)
    signs = may(person, "approve").scope in SIGNS
    others = waiting.exclude(drawn_by=person).count() if signs else 0
    live = SampledCrime.objects.filter(
        state=CrimeState.TO_READ, sample__state__in=[State.DRAWN, State.BEING_READ]
    )
    given = live.annotate(given=Count("readings"))
    without = given.filter(Q(given=0) | Q(is_twice=True, given=1)).count()
    return [
        Line("Findings for you to sign off", f"{page}?state=read", others, "To sign off", "yellow"),
        Line("Crimes without all their readers", page, without, "Give out", "yellow"),
        Line(
            "Audits that are planned and not drawn",
            f"{page}?state=planned",
            Sample.objects.filter(state=State.PLANNED).count(),
        ),
    ]


def action_lines(person: Any) -> list[Line]:
    """Return the actions that are this person's, and for whoever runs audits those that are late."""
    page, today = reverse("audit:actions"), timezone.localdate()
    open_ones = Action.objects.filter(state="open", sample__in=visible_samples(person))
    own = open_ones.filter(owner=person)
    lines = [
        Line(
            "Your audit actions that are late",
            f"{page}?owner={person.pk}&state=late",
            own.filter(due_on__lt=today).count(),
            "Late",
            "red",
        ),
        Line(
            "Your audit actions",
            f"{page}?owner={person.pk}",
            own.filter(due_on__gte=today).count(),
            "To do",
            "blue",
        ),
    ]
    if runs_audits(person):
        late = open_ones.filter(due_on__lt=today).exclude(owner=person).count()
        lines.append(Line("Audit actions of others that are late", f"{page}?state=late", late, "Late", "red"))
    return lines


def lines_of_owner(request: Any) -> Section:
    """Return the audit actions that are this person's, whatever their role."""
    empty = "Actions that an audit has given you appear here."
    return Section("Audit", [line for line in action_lines(request.user) if line.count], empty)
