"""The one way a sample is changed: locked, asked for permission and state, put on its timeline, trailed, handed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import Answer, check_may
from fourfold.web.audit.models import FormKey, Sample, SampleEvent
from fourfold.web.audit.states import Step, check_can
from fourfold.web.handover.deciding import decide
from fourfold.web.trail.recording import record


class ChangedMeanwhileError(WrongUseError):
    """Somebody else has changed the sample, or the reading, since the form was opened."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} was changed after you opened this form.", "Look at what stands now, then save again."
        )


class SavedAlreadyError(WrongUseError):
    """The same form was sent before: nothing more is to be done."""

    def __init__(self) -> None:
        super().__init__("This was saved already.", "It was not saved a second time.")


@dataclass
class Change:
    """One change of one sample, under way."""

    sample: Sample
    by: Any
    answer: Answer
    at: datetime
    refs: list[str] = field(default_factory=list)
    detail: dict[str, Any] = field(default_factory=dict)
    events: list[SampleEvent] = field(default_factory=list)

    def say(self, words: str, detail: str = "", by_system: bool = False) -> None:
        """Put a line on the sample's timeline; it must hold nothing personal, and nothing of one reader's answers."""
        event = SampleEvent(
            sample=self.sample,
            at=self.at,
            words=words[:300],
            detail=detail,
            by=None if by_system else self.by,
        )
        self.events.append(event)

    def decide(self, kind: str, value: Mapping[str, Any], reason: str = "") -> None:
        """Have a decision about the sample carried into the lake."""
        decide(
            kind,
            subject="audit",
            subject_ref=self.sample.ref,
            value=value,
            by=self.by,
            answer=self.answer,
            reason=reason,
        )


@contextmanager
def changing(
    sample: int,
    *,
    by: Any,
    step: Step,
    act: str,
    permission: str = "run_audits",
    seen: int | None = None,
    form_key: str = "",
    why: str = "",
) -> Iterator[Change]:
    """Open a change of a sample as a whole; leaving it without an error saves it.

    `seen` is the version that the person saw. What readers do never counts the version on: it would tell one of the
    other. Raises NotAllowedError, StepRefusedError, ChangedMeanwhileError or SavedAlreadyError, and changes nothing.
    """
    with transaction.atomic():
        use_form_key(form_key)
        standing = Sample.objects.select_for_update().get(pk=sample)
        answer = check_may(by, permission)
        if seen is not None and seen != standing.version:
            raise ChangedMeanwhileError("This sample")
        standing.state = check_can(step, standing.state)
        standing.version += 1
        change = Change(standing, by, answer, timezone.now())
        yield change
        standing.save()
        SampleEvent.objects.bulk_create(change.events)
        record(
            act,
            by=by,
            answer=answer,
            subject_kind="audit",
            subject_refs=[standing.ref, *change.refs],
            why=why,
            detail={"state": str(standing.state), **change.detail},
        )


def use_form_key(form_key: str) -> None:
    """Use the key of a form up; raises SavedAlreadyError where it was used before."""
    if not form_key:
        return
    try:
        with transaction.atomic():
            FormKey.objects.create(key=form_key[:32], at=timezone.now())
    except IntegrityError as error:
        raise SavedAlreadyError from error
