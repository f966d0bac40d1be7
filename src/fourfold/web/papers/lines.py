"""The papers' section of Today: what awaits approval, what has errors, what was sent back."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from fourfold.web.papers.approving import made_by
from fourfold.web.papers.models import Paper, State
from fourfold.web.ui.lines import Line, Section

EMPTY = "There is nothing to do: papers that await approval, that were sent back or whose checks found errors appear here."


def lines_of_performance(request: Any) -> Section:
    """Return what awaits this person's approval, and the papers that need work."""
    sent = Paper.objects.filter(state=State.SENT)
    own = sum(request.user.pk in made_by(paper) for paper in sent)
    others = len(sent) - own
    address = reverse("papers:list")
    lines = []
    if others:
        lines.append(
            Line("Papers that await your approval", f"{address}?state=sent", others, "To approve", "yellow")
        )
    if own:
        lines.append(Line("Papers of yours that await approval by another", f"{address}?state=sent", own))
    return Section("Papers", [*lines, *work_lines()], EMPTY)


def lines_of_analyst(request: Any) -> Section:
    """Return the papers that need work."""
    return Section("Papers", work_lines(), EMPTY)


def work_lines() -> list[Line]:
    """Return what was sent back and what the checks found errors in."""
    address, lines = reverse("papers:list"), []
    back = Paper.objects.filter(state=State.SENT_BACK).count()
    if back:
        lines.append(Line("Papers sent back", f"{address}?state=sent_back", back, "Sent back", "orange"))
    faulty = Paper.objects.filter(state=State.BUILT, errors__gt=0).count()
    if faulty:
        lines.append(
            Line("Papers whose checks found errors", f"{address}?checks=errors", faulty, "Errors", "red")
        )
    return lines
