"""What readers do with a crime: answer its questions, put it out of scope, correct what they handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import Answer, NotAllowedError, check_may
from fourfold.web.audit.actions.changing import ChangedMeanwhileError, use_form_key
from fourfold.web.audit.actions.giving import share_out, turns_of
from fourfold.web.audit.actions.leaving import let_leave
from fourfold.web.audit.models import Draft, Reading, Sample, SampledCrime, SampleEvent
from fourfold.web.audit.readers import reader_of, readers
from fourfold.web.audit.states import LIVE, CrimeState, CrimeStep, Step, check_can, check_crime
from fourfold.web.trail.recording import record

Answers = Mapping[str, Mapping[str, str]]
"""By question: answer, reason, evidence."""


@dataclass
class Held:
    """One crime in the hands of somebody who reads it, locked."""

    sample: Sample
    crime: SampledCrime
    reading: Reading
    by: Any
    answer: Answer


@contextmanager
def holding(
    reading: int, *, by: Any, act: str, form_key: str = "", seen: int | None = None
) -> Iterator[Held]:
    """Hold one reading while its reader changes it; what follows for the crime and its sample is worked out at the end.

    Raises NotAllowedError for another's reading or one's own crime, ChangedMeanwhileError where the reader changed it
    from another page (`seen` is the version they saw), and where the sample is not being read.
    """
    with transaction.atomic():
        use_form_key(form_key)
        found = Reading.objects.select_related("crime").get(pk=reading)
        sample = Sample.objects.select_for_update().get(pk=found.crime.sample_id)
        crime = SampledCrime.objects.select_for_update().get(pk=found.crime_id)
        standing = Reading.objects.select_for_update().get(pk=reading)
        answer = check_may(by, "read_sampled")
        if standing.reader_id != by.pk or reader_of(by).is_own(crime):
            raise NotAllowedError(answer, is_hidden=True)
        check_can(Step.READ, sample.state)
        if seen is not None and seen != standing.version:
            raise ChangedMeanwhileError("This crime")
        held = Held(sample, crime, standing, by, answer)
        yield held
        standing.version += 1
        standing.in_at = timezone.now()
        standing.save()
        Draft.objects.filter(reading=standing).delete()
        record(
            act,
            by=by,
            answer=answer,
            subject_kind="crime",
            subject_refs=[crime.crime_ref],
            detail={"audit": sample.ref, "version": standing.version},
        )
        advance(held)


def hand_in(
    *, reading: int, answers: Answers, by: Any, seen: int | None = None, form_key: str = ""
) -> SampledCrime:
    """Hand in the answers to all questions, or correct them while nobody else has read the crime."""
    with holding(reading, by=by, act="sampled_crime_read", form_key=form_key, seen=seen) as held:
        _check_open(held)
        held.reading.answers = {question: dict(one) for question, one in answers.items()}
    return held.crime


def rule_out(
    *, reading: int, reason: str, words: str, by: Any, seen: int | None = None, form_key: str = ""
) -> SampledCrime:
    """Say that the crime is out of scope: it is counted as such, and the next in order takes its place."""
    with holding(reading, by=by, act="sampled_crime_ruled_out", form_key=form_key, seen=seen) as held:
        _check_open(held)
        if held.reading.in_at is not None:
            raise WrongUseError(
                "You have handed in your answers to this crime: they say that it is in scope."
            )
        held.reading.scope_reason, held.reading.scope_words = reason, words.strip()
    return held.crime


def _check_open(held: Held) -> None:
    """Raise where this reading can no longer change: out of scope is for good, and so is what two have handed in."""
    is_last_word = held.crime.is_twice and held.crime.state != CrimeState.TO_READ
    if held.reading.scope_reason or is_last_word:
        check_crime(CrimeStep.CALL_UP, held.crime.state)
        raise WrongUseError("You have handed this crime in as out of scope. That cannot be changed.")
    if held.reading.in_at is not None:
        check_crime(CrimeStep.AMEND, held.crime.state)


def advance(held: Held) -> None:
    """Work out what follows when a reading is in: nothing until all of them are."""
    crime = held.crime
    told = list(crime.readings.order_by("turn"))
    if len(told) < len(turns_of(crime)) or any(one.in_at is None for one in told):
        return
    if crime.state == CrimeState.READ:
        let_leave(held.sample, crime)
        return
    if len(told) == 2 and differences(told[0], told[1]):
        crime.state = check_crime(CrimeStep.DIFFER, crime.state)
        crime.version += 1
        crime.save()
        return
    close(held, is_out=bool(told[0].scope_reason), step=CrimeStep.FINISH)


def differences(first: Reading, second: Reading) -> list[str]:
    """Return the questions that two readers answered otherwise; "" where they differ on whether it is in scope."""
    if bool(first.scope_reason) != bool(second.scope_reason):
        return [""]
    if first.scope_reason:
        return []
    asked = list(dict.fromkeys([*first.answers, *second.answers]))
    return [one for one in asked if _answer(first, one) != _answer(second, one)]


def _answer(reading: Reading, question: str) -> str:
    return str(reading.answers.get(question, {}).get("answer", ""))


def close(held: Held, *, is_out: bool, step: CrimeStep) -> None:
    """Close a crime that everybody has read: its readings leave, one out of scope is replaced, the last ends the reading."""
    crime, sample = held.crime, held.sample
    crime.state = check_crime(CrimeStep.RULE_OUT if is_out else step, crime.state)
    crime.version += 1
    crime.finished_at = timezone.now()
    crime.save()
    let_leave(sample, crime)
    if is_out:
        _replace(sample, crime)
    if not sample.crimes.filter(state__in=LIVE).exists():
        sample.state = check_can(Step.FINISH, sample.state)
        sample.read_at = timezone.now()
        Sample.objects.filter(pk=sample.pk).update(
            state=sample.state, read_at=sample.read_at, version=F("version") + 1
        )
        _say(sample, "Every crime has been read")


def _replace(sample: Sample, gone: SampledCrime) -> None:
    """Call up the next in the stratum's order, for the same readers where they may read it."""
    reserve = sample.crimes.filter(stratum=gone.stratum, state=CrimeState.RESERVE)
    taker = reserve.order_by("order").first()
    if taker is None:
        _say(sample, f"{gone.crime_ref} is out of scope. No replacement is left in its stratum")
        return
    taker.state = check_crime(CrimeStep.CALL_UP, taker.state)
    taker.replaces, taker.is_twice = gone, gone.is_twice
    taker.save()
    for one in gone.readings.all():
        able = readers([one.reader_id])
        if able and able[0].may_read(taker):
            Reading.objects.create(
                crime=taker, reader_id=one.reader_id, turn=one.turn, given_at=timezone.now()
            )
    share_out(sample, [taker], readers())
    _say(sample, f"{gone.crime_ref} is out of scope. {taker.crime_ref}, the next in order, takes its place")


def _say(sample: Sample, words: str) -> None:
    SampleEvent.objects.create(sample=sample, at=timezone.now(), words=words[:300], by=None)
