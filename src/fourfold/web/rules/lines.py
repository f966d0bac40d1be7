"""The lines of Today about rules: what awaits a second person, and how one's own proposals stand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from fourfold.web.rules.actions import APPROVING
from fourfold.web.rules.models import RuleProposal
from fourfold.web.rules.states import STATES
from fourfold.web.ui.lines import Line, Section

EMPTY = "Rule changes that you propose, and those that await a second person, appear here. There are none."
RECENT = timedelta(days=14)
"""How long a decision on one's own proposal stands on Today."""


def lines_of_approver(request: Any) -> Section:
    """Return what others proposed and awaits approval, then one's own proposals."""
    from fourfold.web.accounts.permission import may

    lines = []
    if may(request.user, "approve").scope in APPROVING:
        waiting = RuleProposal.objects.filter(state="proposed").exclude(proposed_by=request.user).count()
        if waiting:
            words = "Rule change that awaits approval" if waiting == 1 else "Rule changes that await approval"
            lines.append(
                Line(
                    words, f"{reverse('rules:changes')}?state=proposed", waiting, "Awaits approval", "yellow"
                )
            )
    return Section("Rules", [*lines, *own_lines(request)], EMPTY)


def lines_of_proposer(request: Any) -> Section:
    """Return how one's own proposals stand."""
    return Section("Rules", own_lines(request), EMPTY)


def own_lines(request: Any) -> list[Line]:
    """Return a line for each proposal of the person that waits or was decided in the last two weeks."""
    own = RuleProposal.objects.filter(proposed_by=request.user).defer("result", "policy_text")
    since = timezone.now() - RECENT
    standing = [
        one for one in own[:20] if one.state == "proposed" or (one.decided_at and one.decided_at >= since)
    ]
    return [
        Line(
            f"Your proposed rule change {one.pk}",
            reverse("rules:change", args=[one.pk]),
            state=STATES[one.state].words,
            colour=STATES[one.state].colour,
        )
        for one in standing
    ]
