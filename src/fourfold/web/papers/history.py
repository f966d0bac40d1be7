"""What happened to a paper, newest first, from its own rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fourfold.web.papers.models import Paper, RunKind, Stage
from fourfold.web.papers.titles import SECTION_TITLES


@dataclass(frozen=True)
class Happened:
    """One thing that happened."""

    at: datetime
    words: str
    by: str = ""
    detail: str = ""


def history_of(paper: Paper) -> list[Happened]:
    """Return what happened to a paper, newest first."""
    found = [
        Happened(step.at, step.get_kind_display(), step.by.name, step.words)
        for step in paper.steps.select_related("by")
    ]
    for text in paper.texts.select_related("author"):
        if text.author is not None and text.written_at >= paper.started_at:
            title = SECTION_TITLES.get(text.section, text.section)
            found.append(Happened(text.written_at, f"Text of {title} saved", text.author.name))
    for run in paper.runs.select_related("asked_by"):
        if run.ended_at is not None:
            kind = "Built" if run.kind == RunKind.BUILD else "Verified"
            words = kind if run.stage == Stage.DONE else f"{run.get_kind_display()} failed"
            found.append(
                Happened(run.ended_at, words, run.asked_by.name, f"{run.what} {run.next_step}".strip())
            )
    for accepted in paper.accepted.select_related("by"):
        found.append(Happened(accepted.at, "A warning was accepted", accepted.by.name, accepted.reason))
    return sorted(found, key=lambda one: one.at, reverse=True)
