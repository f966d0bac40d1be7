"""The one way a case is changed: locked, asked for permission and state, put on its timeline, trailed, handed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import Answer, NotAllowedError, check_may
from fourfold.web.handover.deciding import decide
from fourfold.web.trail.recording import record
from fourfold.web.victim_care.dues import set_due
from fourfold.web.victim_care.models import Case, CaseEvent, FormKey
from fourfold.web.victim_care.needing import need_of
from fourfold.web.victim_care.scope import OWN
from fourfold.web.victim_care.states import Step, check_can
from fourfold.web.victim_care.told import rules_met


class ChangedMeanwhileError(WrongUseError):
    """Somebody else has changed the case since the form was opened; `events` say what."""

    def __init__(self, case: Case, events: list[CaseEvent]) -> None:
        super().__init__(
            "This case was changed after you opened this form.",
            "Look at what changed, then save again or go back.",
        )
        self.case = case
        self.events = events


class SavedAlreadyError(WrongUseError):
    """The same form was sent before: nothing more is to be done."""

    def __init__(self) -> None:
        super().__init__("This was saved already.", "It was not saved a second time.")


@dataclass
class Change:
    """One change of one case, under way."""

    case: Case
    by: Any
    answer: Answer
    at: datetime
    reason: str = ""
    events: list[CaseEvent] = field(default_factory=list)
    decisions: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def say(self, kind: str, words: str, detail: str = "", value: Mapping[str, Any] | None = None) -> None:
        """Put a line on the timeline: `words` without anything personal, `detail` as the officer wrote it."""
        event = CaseEvent(
            case=self.case,
            at=self.at,
            version=self.case.version,
            kind=kind,
            words=words[:300],
            detail=detail.strip(),
            value=dict(value or {}),
            by=self.by,
        )
        self.events.append(event)

    def decide(self, kind: str, value: Mapping[str, Any]) -> None:
        """Have a decision about the person carried into the lake."""
        self.decisions.append((kind, value))


@contextmanager
def changing(
    case: int,
    *,
    by: Any,
    step: Step,
    act: str,
    seen: int | None = None,
    form_key: str = "",
    reason: str = "",
) -> Iterator[Change]:
    """Open a change of a case; leaving it without an error saves it whole.

    `seen` is the version that the officer saw, None for what only adds to a case; `form_key` the key of the form
    that was sent. Raises NotAllowedError, StepRefusedError, ChangedMeanwhileError or SavedAlreadyError, and then
    nothing is changed.
    """
    with transaction.atomic():
        use_form_key(form_key)
        standing = Case.objects.select_for_update(of=("self",)).select_related("unit").get(pk=case)
        answer = _check_theirs(by, standing)
        _check_seen(standing, seen)
        state = check_can(step, standing.state)
        standing.version += 1
        change = Change(standing, by, answer, timezone.now(), reason)
        yield change
        standing.state, standing.is_open = state, state.is_open
        _finish(change, act)


def use_form_key(form_key: str) -> None:
    """Use the key of a form up; raises SavedAlreadyError where it was used before."""
    if not form_key:
        return
    try:
        with transaction.atomic():
            FormKey.objects.create(key=form_key[:32], at=timezone.now())
    except IntegrityError as error:
        raise SavedAlreadyError from error


def _check_theirs(by: Any, case: Case) -> Answer:
    answer = check_may(by, "work_cases", unit=case.unit)
    if answer.scope in OWN and case.officer_id != by.pk:
        raise NotAllowedError(answer, is_hidden=True)
    return answer


def _check_seen(case: Case, seen: int | None) -> None:
    if seen is not None and seen != case.version:
        since = list(CaseEvent.objects.filter(case=case, version__gt=seen).select_related("by"))
        raise ChangedMeanwhileError(case, since)


def _finish(change: Change, act: str) -> None:
    case = change.case
    CaseEvent.objects.bulk_create(change.events)
    case.need = need_of(case.level, rules_met(case.reasons), case.report_count)
    set_due(case)
    case.save()
    for kind, value in change.decisions:
        decide(
            kind,
            subject="person",
            subject_ref=case.person_id,
            value={"force": case.force, **value},
            by=change.by,
            answer=change.answer,
            reason=change.reason,
        )
    record(
        act,
        by=change.by,
        answer=change.answer,
        subject_kind="person",
        subject_refs=[case.person_id],
        detail={"version": case.version, "state": str(case.state)},
    )
