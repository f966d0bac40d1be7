"""Starting a paper, and a new version of an approved one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.measures.period import Period
from fourfold.pipeline.paper import STAFF_TEXT, force_name, staff_text
from fourfold.web.accounts.permission import check_may
from fourfold.web.papers.models import Paper, SectionText, State, Step, StepKind
from fourfold.web.papers.states import OPEN_STATES
from fourfold.web.papers.writing import standing_texts
from fourfold.web.trail.recording import record


class AlreadyOpenError(WrongUseError):
    """A version of this paper is being worked on already."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(
            f"Version {paper.number} of this paper is being worked on.", "Open it and go on with it."
        )
        self.paper = paper


@transaction.atomic
def start_paper(*, force: str, to: date, by: Any) -> Paper:
    """Start the next version of the paper of a force for the year to a month, and return it.

    Its text begins as that of the version before (one that was thrown away aside), or as the home's own staff text.
    Raises AlreadyOpenError where a version is being worked on, WrongUseError for a month that has not ended.
    """
    answer = check_may(by, "build_papers")
    to = to.replace(day=1)
    if Period.month(to).end >= timezone.localdate():
        raise WrongUseError("The month has not ended.", "Choose the last month that is over.")
    versions = list(Paper.objects.select_for_update().filter(force=force, to=to).order_by("-number"))
    for one in versions:
        if one.state in OPEN_STATES:
            raise AlreadyOpenError(one)
    number = versions[0].number + 1 if versions else 1
    now = timezone.now()
    try:
        with transaction.atomic():
            paper: Paper = Paper.objects.create(
                force=force,
                force_name=force_name(settings.HOME, force),
                to=to,
                number=number,
                started_by=by,
                started_at=now,
                changed_at=now,
            )
    except IntegrityError as error:  # somebody else started it in the same moment
        raise AlreadyOpenError(Paper.objects.get(force=force, to=to, number=number)) from error
    Step.objects.create(paper=paper, kind=StepKind.STARTED, by=by, at=now)
    copy_texts(paper, next((one for one in versions if one.state != State.THROWN_AWAY), None))
    record(
        "paper_started",
        by=by,
        answer=answer,
        subject_kind="paper",
        subject_refs=[str(paper.pk)],
        detail={"force": force, "to": f"{to:%Y-%m}", "version": number},
    )
    return paper


def copy_texts(paper: Paper, earlier: Paper | None) -> None:
    """Begin with the text of the version before, its authors kept; else with the staff text of the home."""
    if earlier is not None:
        rows = [(one.section, one.text, one.author) for one in standing_texts(earlier).values()]
    else:
        told = staff_text(settings.HOME.papers / STAFF_TEXT)
        rows = [(section, text, None) for section, text in told.items()]
    SectionText.objects.bulk_create(
        SectionText(
            paper=paper, section=section, number=1, text=text, author=author, written_at=timezone.now()
        )
        for section, text, author in rows
    )
