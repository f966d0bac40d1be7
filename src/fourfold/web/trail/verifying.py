"""Proving that the trail stands as it was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from fourfold.web.trail.chain import START, anchor_seal, entry_hash
from fourfold.web.trail.models import TrailAnchor, TrailEntry, TrailSubject

ENTRIES_AT_ONCE = 2000


@dataclass(frozen=True)
class Fault:
    """The first place where the trail does not stand: the entry's number (0: the anchor) and what is wrong."""

    number: int
    what: str


def verify() -> Fault | None:
    """Return the first fault of the trail, or None where every entry stands as written.

    Finds an entry changed, taken out or put in, keys taken from or added to an entry, and a chain cut at
    its end. It cannot find a whole database put back to an older copy of itself: compare the length it
    reports with the one noted at the last check.
    """
    anchor = TrailAnchor.objects.first()
    if anchor is None or TrailAnchor.objects.count() != 1:
        return Fault(0, "The anchor is missing or doubled.")
    if anchor.seal != anchor_seal(anchor.length, anchor.last_hash):
        return Fault(0, "The anchor was changed by someone without the home's trail key.")
    number, previous = 0, START
    for entry, refs in _entries():
        fault = _fault_of(entry, refs, number + 1, previous)
        if fault is not None:
            return fault
        number, previous = entry.number, entry.hash
    if number != anchor.length or previous != anchor.last_hash:
        return Fault(number + 1, f"The chain ends at {number:,}; the anchor says {anchor.length:,}.")
    stray = TrailSubject.objects.filter(number__gt=number).first()
    if stray is not None:
        return Fault(stray.number, "A key is listed for an entry that does not exist.")
    return None


def _entries() -> Iterator[tuple[TrailEntry, list[str]]]:
    """Yield every entry in order with the keys listed for it, some thousand at a time."""
    last: int | None = None
    while True:
        wanted = TrailEntry.objects.order_by("number")
        if last is not None:
            wanted = wanted.filter(number__gt=last)
        batch = list(wanted[:ENTRIES_AT_ONCE])
        if not batch:
            return
        refs: dict[int, list[str]] = defaultdict(list)
        first, last = batch[0].number, batch[-1].number
        listed = TrailSubject.objects.filter(number__range=(first, last)).order_by("ref")
        for number, ref in listed.values_list("number", "ref"):
            refs[number].append(ref)
        for entry in batch:
            yield entry, refs[entry.number]


def _fault_of(entry: TrailEntry, refs: list[str], expected: int, previous: str) -> Fault | None:
    if entry.number != expected:
        return Fault(expected, f"Entry {expected:,} is missing: the next one is {entry.number:,}.")
    if entry.previous_hash != previous:
        return Fault(entry.number, "It does not follow from the entry before it.")
    if entry.hash != entry_hash(entry):
        return Fault(entry.number, "It was changed after it was written.")
    if sorted(refs) != sorted(entry.subject_refs):
        return Fault(entry.number, "The keys listed for it are not those it was written with.")
    return None
