"""The one way anything is written about a crime's duties: asked for, locked, put into the history, trailed, handed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.pipeline.desk_events import CASE_EVENT
from fourfold.web.accounts.permission import Answer, NotAllowedError, check_may
from fourfold.web.handover.deciding import decide
from fourfold.web.trail.recording import record
from fourfold.web.victims_code.models import DutyCrime, DutyEvent, DutyForm
from fourfold.web.victims_code.scope import RECORDS

LONGEST_REF = 120
"""Characters of a crime's reference that the outbox carries."""


class ChangedMeanwhileError(WrongUseError):
    """Somebody else has recorded something on this duty since the form was opened; `events` say what."""

    def __init__(self, version: int, events: list[DutyEvent]) -> None:
        super().__init__(
            "Somebody recorded something on this duty after you opened this form.",
            "Look at what changed, then save again or go back.",
        )
        self.version = version
        self.events = events


class SavedAlreadyError(WrongUseError):
    """The same form was sent before: nothing more is to be done."""

    def __init__(self) -> None:
        super().__init__("This was saved already.", "It was not saved a second time.")


@dataclass
class Change:
    """One change about one crime, under way; `key` names its duty, empty where it is about the whole log."""

    case_ref: str
    key: str
    version: int
    by: Any
    answer: Answer
    at: datetime
    told: dict[str, Any] = field(default_factory=dict)
    """What the trail is told beside the duty: plain values, nothing personal."""

    def say(self, kind: str, words: str, detail: str = "", decision: str = "") -> None:
        """Put an entry into the history: `words` without anything personal, `detail` as somebody wrote it."""
        DutyEvent.objects.create(
            case_ref=self.case_ref, key=self.key, at=self.at, version=self.version, kind=kind,
            words=words[:300], detail=detail.strip(), decision=decision, by=self.by,
        )  # fmt: skip

    def record_event(self, value: Mapping[str, Any], reason: str, kind: str = CASE_EVENT) -> str:
        """Have a case event, or its withdrawal, carried into the lake, and return the decision's id."""
        made = decide(
            kind, subject="crime", subject_ref=self.case_ref, value=value, by=self.by, answer=self.answer,
            reason=reason,
        )  # fmt: skip
        return str(made.pk)


@contextmanager
def changing(
    case_ref: str, *, unit: str, by: Any, act: str, key: str = "", seen: int | None = None, form_key: str = ""
) -> Iterator[Change]:
    """Open a change about a crime of a unit; leaving it without an error saves it whole.

    `seen` is the version of the crime that the person saw, None for what cannot cross another's work. What
    others recorded on another duty of the crime is no conflict. Raises NotAllowedError, ChangedMeanwhileError
    or SavedAlreadyError, and then nothing is changed.
    """
    with transaction.atomic():
        _use_form_key(form_key)
        answer = check_may(by, "record_duties", unit=unit)
        if answer.scope not in RECORDS:
            raise NotAllowedError(answer, is_hidden=True)
        if len(case_ref) > LONGEST_REF:
            raise WrongUseError("This reference is too long to be carried.", "Tell whoever works on batches.")
        DutyCrime.objects.get_or_create(case_ref=case_ref)
        crime = DutyCrime.objects.select_for_update().get(case_ref=case_ref)
        _check_seen(crime, key, seen)
        crime.version += 1
        change = Change(case_ref, key, crime.version, by, answer, timezone.now())
        yield change
        crime.save(update_fields=["version"])
        record(act, by=by, answer=answer, subject_kind="crime", subject_refs=[case_ref],
               detail={"version": crime.version, **({"duty": key} if key else {}), **change.told})  # fmt: skip


def version_of(case_ref: str) -> int:
    """Return how often something was done about a crime's duties."""
    found = DutyCrime.objects.filter(case_ref=case_ref).values_list("version", flat=True).first()
    return int(found or 0)


def _check_seen(crime: DutyCrime, key: str, seen: int | None) -> None:
    if seen is None or seen == crime.version:
        return
    since = DutyEvent.objects.filter(case_ref=crime.case_ref, version__gt=seen).select_related("by")
    mine = since if not key else since.filter(Q(key=key) | Q(key=""))
    events = list(mine)
    if events:
        raise ChangedMeanwhileError(int(crime.version), events)


def _use_form_key(form_key: str) -> None:
    if not form_key:
        return
    try:
        with transaction.atomic():
            DutyForm.objects.create(key=form_key[:32], at=timezone.now())
    except IntegrityError as error:
        raise SavedAlreadyError from error
