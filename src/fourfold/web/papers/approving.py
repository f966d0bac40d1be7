"""Sending a paper for approval, approving it, sending it back: never by those who made it."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import Answer, NotAllowedError, check_may
from fourfold.web.handover.deciding import decide
from fourfold.web.papers.building import is_dead, under_way
from fourfold.web.papers.keeping import read_form
from fourfold.web.papers.models import AcceptedWarning, Paper, State, Step, StepKind
from fourfold.web.papers.reading import MAY_APPROVE
from fourfold.web.papers.states import check_can, check_can_send
from fourfold.web.papers.writing import standing_texts
from fourfold.web.trail.recording import record

SHORTEST_REASON = 10
"""Characters below which a reason says nothing."""


def locked_as_seen(paper: Paper, seen: str) -> Paper:
    """Return the paper, locked; raises WrongUseError where it is no longer the document that the person saw."""
    locked: Paper = Paper.objects.select_for_update().get(pk=paper.pk)
    if locked.hashes.get("json", "") != seen:
        raise WrongUseError(
            "The paper was built again since you opened this page.", "Read it again before you decide."
        )
    return locked


def reason_in_words(words: str) -> str:
    """Return a reason without blanks round it; raises WrongUseError for one that says nothing."""
    told = words.strip()
    if len(told) < SHORTEST_REASON:
        raise WrongUseError(f"The reason must have {SHORTEST_REASON} characters or more.")
    return told[:2000]


@transaction.atomic
def send(*, paper: Paper, seen: str, by: Any) -> Paper:
    """Send what was built for approval. Raises WrongUseError where its checks found an error, or it changed."""
    answer = check_may(by, "build_papers")
    locked = locked_as_seen(paper, seen)
    locked.state = check_can_send(locked)
    run = under_way(locked)
    if run is not None and not is_dead(run):
        raise WrongUseError("Work on this paper is under way.", "Send it when that has ended.")
    read_form(locked, "json")  # what is sent is what was built
    locked.sent_by, locked.sent_at, locked.changed_at = by, timezone.now(), timezone.now()
    locked.decided_by, locked.decided_at, locked.decision = None, None, ""
    locked.save()
    step(locked, StepKind.SENT, by)
    tell("paper_sent", locked, by, answer)
    return locked


def made_by(paper: Paper) -> set[int]:
    """Return the keys of those who made a paper: who built or sent it, wrote text in it, or let a warning stand."""
    found = {paper.built_by_id, paper.sent_by_id}
    found |= set(paper.accepted.values_list("by_id", flat=True))
    found |= {text.author_id for text in standing_texts(paper).values() if text.text.strip()}
    return {key for key in found if key is not None}


def check_approver(paper: Paper, by: Any) -> Answer:
    """Return the permission to decide about a paper; raises NotAllowedError, and WrongUseError for one's own."""
    answer = check_may(by, "approve")
    if answer.scope not in MAY_APPROVE:
        raise NotAllowedError(answer, is_hidden=False)
    if by.pk in made_by(paper):
        raise WrongUseError(
            "You made this paper: you built it, sent it, wrote text that stands in it, or accepted a warning.",
            "Ask another performance officer to decide.",
        )
    return answer


@transaction.atomic
def approve(*, paper: Paper, seen: str, words: str, by: Any) -> Paper:
    """Approve exactly the document that was seen; an earlier approved version gives way to it."""
    locked = locked_as_seen(paper, seen)
    answer = check_approver(locked, by)
    locked.state = check_can("approve", locked)
    read_form(locked, "json")
    locked.decided_by, locked.decided_at, locked.decision = by, timezone.now(), words.strip()[:2000]
    locked.changed_at = locked.decided_at
    locked.save()
    earlier = Paper.objects.filter(force=locked.force, to=locked.to, state=State.APPROVED).exclude(
        pk=locked.pk
    )
    for one in earlier:
        one.state, one.changed_at = check_can("supersede", one), locked.decided_at
        one.save(update_fields=["state", "changed_at"])
        step(one, StepKind.SUPERSEDED, by)
    decide(
        "paper_approved",
        subject="paper",
        subject_ref=f"{locked.force}/{locked.to:%Y-%m}/{locked.number}",
        value={"sha256": locked.hashes["json"], "manifest": locked.manifest, "version": locked.number},
        by=by,
        answer=answer,
        reason=locked.decision,
    )
    step(locked, StepKind.APPROVED, by)
    tell("paper_approved", locked, by, answer)
    return locked


@transaction.atomic
def send_back(*, paper: Paper, seen: str, words: str, by: Any) -> Paper:
    """Send a paper back to those who made it, with the reason."""
    locked = locked_as_seen(paper, seen)
    answer = check_approver(locked, by)
    locked.state = check_can("send_back", locked)
    locked.decision = reason_in_words(words)
    locked.decided_by, locked.decided_at, locked.changed_at = by, timezone.now(), timezone.now()
    locked.save()
    step(locked, StepKind.SENT_BACK, by)
    tell("paper_sent_back", locked, by, answer)
    return locked


def digest_of(check: str, words: str) -> str:
    """Return what a finding is known by from one build to the next: its check and its words, not its place."""
    return hashlib.sha256(f"{check}\n{words}".encode()).hexdigest()[:16]


@transaction.atomic
def accept_warning(*, paper: Paper, digest: str, words: str, by: Any) -> AcceptedWarning:
    """Let a warning stand, with the reason. Raises WrongUseError for an error, and for none such."""
    answer = check_may(by, "build_papers")
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    if locked.state not in (State.BUILT, State.DRAFT, State.SENT_BACK):
        raise WrongUseError("The paper is closed: its warnings stand as they are.")
    found = [one for one in locked.findings if digest_of(one[1], one[3]) == digest]
    if not found:
        raise WrongUseError("The checks no longer find this.", "Open the check results again.")
    if found[0][0] != "warning":
        raise WrongUseError("An error cannot be accepted.", "Mend the text, and build the paper again.")
    accepted: AcceptedWarning
    accepted, is_new = AcceptedWarning.objects.get_or_create(
        paper=locked,
        digest=digest,
        defaults={"reason": reason_in_words(words), "by": by, "at": timezone.now()},
    )
    if is_new:
        tell("paper_warning_accepted", locked, by, answer, check=found[0][1], place=found[0][2])
    return accepted


def step(paper: Paper, kind: str, by: Any) -> None:
    """Add a step of the paper towards the board."""
    words = paper.decision if kind in (StepKind.APPROVED, StepKind.SENT_BACK) else ""
    sha256 = paper.hashes.get("json", "")
    Step.objects.create(paper=paper, kind=kind, words=words, sha256=sha256, by=by, at=timezone.now())


def tell(act: str, paper: Paper, by: Any, answer: Answer, **detail: str) -> None:
    facts = {"sha256": paper.hashes.get("json", ""), "version": str(paper.number)} | detail
    refs = [str(paper.pk)]
    why = paper.decision if act in ("paper_approved", "paper_sent_back") else ""
    record(act, by=by, answer=answer, subject_kind="paper", subject_refs=refs, why=why, detail=facts)
