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


@dataclass(frozen=True)
class Standing:
    """How the trail stands: its length and last hash, to note down and compare, and its first fault."""

    length: int
    last_hash: str
    fault: Fault | None


def verify() -> Fault | None:
    """Return the first fault of the trail, or None where every entry stands as written."""
    return standing().fault


def standing(noted_length: int = 0, noted_hash: str = "") -> Standing:
    """Read the whole trail and return how it stands.

    Finds an entry changed, taken out or put in, keys taken from or added to an entry, and a chain cut at
    its end. A whole database put back to an older copy of itself is found only against the length and hash
    noted at an earlier check. People may work meanwhile: what they add is read too.
    """
    number, previous, promised = 0, START, 0
    while True:
        for entry, refs in _entries(number):
            fault = _fault_of(entry, refs, number + 1, previous)
            if fault is None and entry.number == noted_length and entry.hash != noted_hash:
                fault = Fault(entry.number, "Its hash is not the one noted at the earlier check.")
            if fault is not None:
                return Standing(number, previous, fault)
            number, previous = entry.number, entry.hash
        anchor = _anchor()
        if isinstance(anchor, Fault):
            return Standing(number, previous, anchor)
        # An anchor ahead of what was read: entries came meanwhile, and the next reading must reach them.
        if number >= anchor.length or number < promised:
            return Standing(number, previous, _fault_at_end(anchor, number, previous, noted_length))
        promised = anchor.length


def _anchor() -> TrailAnchor | Fault:
    """Return the anchor, or what is wrong with it."""
    anchors = list(TrailAnchor.objects.all()[:2])
    if len(anchors) != 1:
        return Fault(0, "The anchor is missing or doubled.")
    anchor: TrailAnchor = anchors[0]
    if anchor.seal != anchor_seal(anchor.length, anchor.last_hash):
        return Fault(0, "The anchor was changed by someone without the home's trail key.")
    return anchor


def _fault_at_end(anchor: TrailAnchor, number: int, previous: str, noted_length: int) -> Fault | None:
    if number != anchor.length or previous != anchor.last_hash:
        return Fault(number + 1, f"The chain ends at {number:,}; the anchor says {anchor.length:,}.")
    if number < noted_length:
        words = f"The trail had {noted_length:,} entries at the earlier check and has {number:,} now."
        return Fault(number + 1, words)
    stray = TrailSubject.objects.filter(number__gt=number).order_by("number").first()
    if stray is not None and not TrailEntry.objects.filter(number=stray.number).exists():
        return Fault(stray.number, "A key is listed for an entry that does not exist.")
    return None


def _entries(after: int) -> Iterator[tuple[TrailEntry, list[str]]]:
    """Yield every entry past a number in order with the keys listed for it, some thousand at a time."""
    # Below one may stand an entry that somebody put in: the first batch has no lower end.
    wanted = TrailEntry.objects.order_by("number")
    last = after
    batch = list((wanted.filter(number__gt=after) if after else wanted)[:ENTRIES_AT_ONCE])
    while batch:
        refs: dict[int, list[str]] = defaultdict(list)
        first, last = batch[0].number, batch[-1].number
        listed = TrailSubject.objects.filter(number__range=(first, last)).order_by("ref")
        for number, ref in listed.values_list("number", "ref"):
            refs[number].append(ref)
        for entry in batch:
            yield entry, refs[entry.number]
        batch = list(wanted.filter(number__gt=last)[:ENTRIES_AT_ONCE])


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
