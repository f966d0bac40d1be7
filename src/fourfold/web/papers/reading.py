"""Which papers a person may see: what was approved is for all readers, the rest for those who build or approve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from fourfold.web.accounts.permission import may
from fourfold.web.papers.models import Paper
from fourfold.web.papers.states import READ_BY_ALL
from fourfold.web.trail.recording import record

MAY_APPROVE = ("not_own", "yes")
"""Answers to `approve` that are about papers; an auditor's is about findings."""


def may_build(person: Any) -> bool:
    """Say whether a person builds papers and writes their text."""
    return bool(may(person, "build_papers"))


def may_approve(person: Any) -> bool:
    """Say whether a person approves papers, their own aside."""
    return may(person, "approve").scope in MAY_APPROVE


def visible_papers(person: Any) -> QuerySet[Paper]:
    """Return the papers that a person may see."""
    found: QuerySet[Paper] = Paper.objects.select_related("started_by", "built_by", "sent_by", "decided_by")
    if may_build(person) or may_approve(person):
        return found
    return found.filter(state__in=READ_BY_ALL)


def paper_for(request: Any, key: int) -> Paper:
    """Return a paper that the person may see; any other is 404, and trailed where it is there."""
    found: Paper | None = visible_papers(request.user).filter(pk=key).first()
    if found is None:
        if Paper.objects.filter(pk=key).exists():
            tell(request, "paper_refused", [str(key)])
        raise Http404
    return found


def tell(request: Any, act: str, refs: Sequence[str], kind: str = "paper", **detail: Any) -> None:
    """Write one trail entry for a page that was shown."""
    with transaction.atomic():
        record(
            act,
            by=request.user,
            answer=getattr(request, "answer", None),
            subject_kind=kind,
            subject_refs=refs,
            why=getattr(request, "why", ""),
            detail=detail,
        )
