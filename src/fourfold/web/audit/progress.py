"""How far a sample has been read. A crime counts as read when everybody it was given to has handed it in, so that no
count tells a reader anything of the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fourfold.web.audit.models import Reading, Sample, SampledCrime
from fourfold.web.audit.questions import strata_of
from fourfold.web.audit.readers import Reader, readers
from fourfold.web.audit.states import CrimeState

DONE = (CrimeState.READ, CrimeState.OUT_OF_SCOPE, CrimeState.TO_SETTLE)


@dataclass
class Row:
    """One stratum, or one reader: `label`, how many there are, and how they stand."""

    label: str
    population: int = 0
    drawn: int = 0
    whole: int = 0
    read: int = 0
    to_settle: int = 0
    out_of_scope: int = 0
    left: int = 0
    reserve: int = 0
    note: str = ""
    pk: int = 0


@dataclass(frozen=True)
class Progress:
    """A sample by stratum and by reader; `twice` are the crimes that two read, `twice_done` those that both have."""

    strata: list[Row]
    readers: list[Row]
    twice: int
    twice_done: int
    without: int
    conflicts: int

    @property
    def whole(self) -> int:
        return sum(row.whole for row in self.strata)

    @property
    def read(self) -> int:
        return sum(row.read for row in self.strata)


def progress_of(sample: Sample, viewer: int) -> Progress:
    """Return how far a sample has been read, as the person with the key `viewer` may know it."""
    crimes = list(sample.crimes.all())
    readings = list(Reading.objects.filter(crime__sample=sample).select_related("reader"))
    live = [one for one in crimes if one.state != CrimeState.RESERVE]
    twice = [one for one in live if one.is_twice]
    given: dict[int, int] = {}
    for one in readings:
        given[one.crime_id] = given.get(one.crime_id, 0) + 1
    missing = sum(1 + one.is_twice - given.get(one.pk, 0) for one in live if one.state == CrimeState.TO_READ)
    return Progress(
        strata=_by_stratum(sample, crimes),
        readers=_by_reader(live, readings),
        twice=len(twice),
        twice_done=sum(one.state in DONE for one in twice),
        without=missing,
        conflicts=len(conflicting(live, readings, viewer)),
    )


def _by_stratum(sample: Sample, crimes: Iterable[SampledCrime]) -> list[Row]:
    rows = {key: Row(label) for key, label in strata_of(sample).items()}
    for one in sample.design:
        rows[one["stratum"]].population, rows[one["stratum"]].drawn = one["population"], one["drawn"]
    for crime in crimes:
        row = rows[crime.stratum]
        if crime.state == CrimeState.RESERVE:
            row.reserve += 1
            continue
        row.whole += crime.state != CrimeState.OUT_OF_SCOPE
        row.read += crime.state == CrimeState.READ
        row.to_settle += crime.state == CrimeState.TO_SETTLE
        row.out_of_scope += crime.state == CrimeState.OUT_OF_SCOPE
        row.left += crime.state == CrimeState.TO_READ
    return list(rows.values())


def _by_reader(live: Iterable[SampledCrime], readings: Iterable[Reading]) -> list[Row]:
    states = {one.pk: one.state for one in live}
    rows: dict[int, Row] = {}
    for one in readings:
        row = rows.setdefault(one.reader_id, Row(str(one.reader.name), pk=one.reader_id))
        row.whole += 1
        row.read += states.get(one.crime_id) in DONE
    for row in rows.values():
        row.left = row.whole - row.read
    return sorted(rows.values(), key=lambda row: row.label)


def conflicting(live: Iterable[SampledCrime], readings: Sequence[Reading], viewer: int) -> list[SampledCrime]:
    """Return crimes still in the hands of somebody who may not read them any more: found to be their own, or gone.

    Crimes that the viewer reads are left out: whether the other still has them is not for them to know.
    """
    able: dict[int, Reader] = {one.pk: one for one in readers()}
    own = {one.crime_id for one in readings if one.reader_id == viewer}
    waiting = {one.pk: one for one in live if one.state == CrimeState.TO_READ and one.pk not in own}
    return [
        waiting[one.crime_id]
        for one in readings
        if one.in_at is None
        and one.crime_id in waiting
        and not _fits(able.get(one.reader_id), waiting[one.crime_id])
    ]


def _fits(reader: Reader | None, crime: SampledCrime) -> bool:
    return reader is not None and reader.may_read(crime)
