"""Where two readers differ: one of them proposes what counts, the other agrees. Both readings stay as they were."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import NotAllowedError, check_may
from fourfold.web.audit.actions.changing import ChangedMeanwhileError, use_form_key
from fourfold.web.audit.actions.reading import Answers, Held, close
from fourfold.web.audit.models import Sample, SampledCrime, Settlement
from fourfold.web.audit.readers import reader_of
from fourfold.web.audit.states import CrimeState, CrimeStep, Step, StepRefusedError, check_can, check_crime
from fourfold.web.trail.recording import record


def _held(crime: int, by: Any, seen: int | None) -> Held:
    """Return the crime in the hands of one of its two readers, locked, while it is to be settled."""
    sample = Sample.objects.select_for_update().get(crimes=crime)
    locked = SampledCrime.objects.select_for_update().get(pk=crime)
    answer = check_may(by, "read_sampled")
    own = locked.readings.filter(reader=by).first()
    if own is None or reader_of(by).is_own(locked):
        raise NotAllowedError(answer, is_hidden=True)
    check_can(Step.READ, sample.state)
    check_crime(CrimeStep.SETTLE, locked.state)
    if seen is not None and seen != locked.version:
        raise ChangedMeanwhileError("This crime")
    return Held(sample, locked, own, by, answer)


@transaction.atomic
def propose(
    *,
    crime: int,
    answers: Answers,
    scope_reason: str = "",
    scope_words: str = "",
    by: Any,
    seen: int | None = None,
    form_key: str = "",
) -> None:
    """Propose what counts for a crime that two read differently; a proposal of the other gives way to this one."""
    use_form_key(form_key)
    held = _held(crime, by, seen)
    Settlement.objects.update_or_create(
        crime=held.crime,
        defaults={
            "answers": {} if scope_reason else {question: dict(one) for question, one in answers.items()},
            "scope_reason": scope_reason,
            "scope_words": scope_words.strip(),
            "proposed_by": by,
            "proposed_at": timezone.now(),
            "agreed_by": None,
            "agreed_at": None,
        },
    )
    held.crime.version += 1
    held.crime.save(update_fields=["version"])
    _tell("sampled_crime_settling_proposed", held)


@transaction.atomic
def agree(*, crime: int, by: Any, seen: int | None = None, form_key: str = "") -> None:
    """Agree with what the other reader proposed: that counts from now on, and all three leave the desk."""
    use_form_key(form_key)
    held = _held(crime, by, seen)
    settlement = Settlement.objects.select_for_update().filter(crime=held.crime).first()
    if settlement is None:
        raise StepRefusedError("Nobody has proposed anything yet. Propose what counts.")
    if settlement.proposed_by_id == by.pk:
        raise WrongUseError("You proposed this yourself. The other reader has to agree.")
    settlement.agreed_by, settlement.agreed_at = by, timezone.now()
    settlement.save()
    close(held, is_out=bool(settlement.scope_reason), step=CrimeStep.SETTLE)
    _tell("sampled_crime_settled", held)


def _tell(act: str, held: Held) -> None:
    record(
        act,
        by=held.by,
        answer=held.answer,
        subject_kind="crime",
        subject_refs=[held.crime.crime_ref],
        detail={"audit": held.sample.ref, "state": str(CrimeState(held.crime.state))},
    )
