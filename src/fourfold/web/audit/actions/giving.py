"""Giving crimes to readers: evenly at once, or by hand; nobody their own, and no crime to one reader twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.audit.actions.changing import changing
from fourfold.web.audit.models import Reading, Sample, SampledCrime
from fourfold.web.audit.readers import Reader, readers
from fourfold.web.audit.states import CrimeState, Step
from fourfold.web.ui.environment import written_count


@dataclass(frozen=True)
class Given:
    """How many readings were given out, and for how many nobody may read."""

    given: int
    without: int


def turns_of(crime: SampledCrime) -> tuple[int, ...]:
    """Return the turns in which a crime is read."""
    return (1, 2) if crime.is_twice else (1,)


def give_out(*, sample: int, by: Any, seen: int | None = None, form_key: str = "") -> Given:
    """Give every crime that nobody has yet to readers, as evenly as own crimes allow. Those given stay given."""
    with changing(
        sample, by=by, step=Step.GIVE, act="audit_given_out", seen=seen, form_key=form_key
    ) as change:
        crimes = list(change.sample.crimes.filter(state=CrimeState.TO_READ).prefetch_related("readings"))
        found = share_out(change.sample, crimes, readers())
        if not found.given and not found.without:
            raise WrongUseError("Every crime of this sample has its readers already.")
        if not found.given:
            raise WrongUseError(
                "Nobody may read any of the crimes that are left.",
                "Ask the administrator to add an auditor whose own crimes they are not.",
            )
        change.say(f"{count_of(found.given, 'reading')} given out evenly")
        change.detail |= {"given": found.given, "without": found.without}
    return found


def share_out(sample: Sample, crimes: Sequence[SampledCrime], able: Sequence[Reader]) -> Given:
    """Give out the turns of `crimes` that nobody has: to the reader with the least to read, ties by the sample's seed."""
    loads: Counter[int] = Counter(
        Reading.objects.filter(crime__sample=sample).values_list("reader", flat=True)
    )
    ranks = [reader.pk for reader in able]
    random.Random(sample.seed).shuffle(ranks)
    rank = {pk: place for place, pk in enumerate(ranks)}
    wanted = []
    for crime in crimes:
        taken = {one.turn: one.reader_id for one in crime.readings.all()}
        fit = [one.pk for one in able if one.may_read(crime)]
        wanted += [(len(fit), crime, turn, fit, taken) for turn in turns_of(crime) if turn not in taken]
    made, without, now = [], 0, timezone.now()
    # Crimes that few may read are given first, or their readers would be full when their turn comes.
    for _, crime, turn, fit, taken in sorted(
        wanted, key=lambda one: (one[0], one[1].stratum, one[1].order, one[2])
    ):
        free = [pk for pk in fit if pk not in taken.values()]
        if not free:
            without += 1
            continue
        chosen = min(free, key=lambda pk: (loads[pk], rank[pk]))
        taken[turn], loads[chosen] = chosen, loads[chosen] + 1
        made.append(Reading(crime=crime, reader_id=chosen, turn=turn, given_at=now))
    Reading.objects.bulk_create(made)
    return Given(len(made), without)


def give(
    *, sample: int, crimes: Iterable[int], reader: int, turn: int, by: Any, form_key: str = ""
) -> tuple[int, list[str]]:
    """Give these crimes to a reader as their first (1) or second (2); return how many, and why others were not."""
    able = readers([reader])
    if not able:
        raise WrongUseError("This person may not read crimes of a sample.", "Choose an auditor.")
    with changing(sample, by=by, step=Step.GIVE, act="audit_given", form_key=form_key) as change:
        wanted = change.sample.crimes.filter(pk__in=list(crimes)).prefetch_related("readings")
        faults, given = [], []
        for crime in wanted:
            fault = give_one(crime, able[0], turn, by)
            if fault:
                faults.append(f"{crime.crime_ref}: {fault}")
            else:
                given.append(crime.crime_ref)
        if not given:
            raise WrongUseError("Nothing was given to anybody.", " ".join(faults) or "Tick the crimes first.")
        change.say(f"{count_of(len(given), 'reading')} given by hand to {able[0].name}")
        change.refs += given
    return len(given), faults


def give_one(crime: SampledCrime, reader: Reader, turn: int, by: Any) -> str:
    """Give one crime to a reader in place of whoever had it; return why not, or nothing."""
    if crime.state != CrimeState.TO_READ:
        return f"it is {CrimeState(crime.state).words.lower()}."
    if turn not in turns_of(crime):
        return "it is read by one reader alone."
    if not reader.may_read(crime):
        return f"{reader.name} may not read it."
    held = {one.turn: one for one in crime.readings.all()}
    other = held.get(3 - turn)
    if other is not None and other.reader_id == reader.pk:
        return f"{reader.name} reads it in the other turn."
    # What came back would tell a reader whether another reads the crime, or has handed it in.
    if by.pk in {one.reader_id for one in held.values()}:
        return "you read it yourself, so somebody else must give it."
    if crime.is_twice and by.pk == reader.pk:
        return "two read it, so nobody gives it to themselves."
    standing = held.get(turn)
    if standing is not None and standing.in_at is not None:
        return "its reader has handed it in."
    if standing is not None:
        standing.delete()
    Reading.objects.create(crime=crime, reader_id=reader.pk, turn=turn, given_at=timezone.now())
    return ""


def count_of(count: int, noun: str) -> str:
    """Return a count with its noun: 1 reading, 12 readings."""
    return f"{written_count(count)} {noun}{'' if count == 1 else 's'}"
