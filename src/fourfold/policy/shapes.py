"""Whether a force's own value has the shape of the shipped one: a number for a number, every part there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from fourfold.policy.reading import Entry


def shape_faults(own: Entry, shipped: dict[str, Entry]) -> list[str]:
    """Return what is wrong with the shape of `own`, measured against the shipped entries of its kind.

    An entry is measured against the shipped one of its name; the parts of a mapping also against its
    siblings (all series breaks, all duties), so that a new one of them has what the others have.
    """
    model = shipped.get(own.name)
    siblings = _values(e for n, e in shipped.items() if _family(n) == _family(own.name))
    likes = [value for value in siblings if isinstance(value, dict)]
    kinds = {_kind(value) for value in (_values([model]) if model else siblings) if value is not None}
    faults: list[str] = []
    for value in _values([own]):
        if model and value is not None and kinds and _kind(value) not in kinds:
            faults.append(f"the value must be {' or '.join(sorted(kinds))}, and is {_kind(value)}.")
        elif isinstance(value, dict) and likes:
            faults += _part_faults(value, likes)
        elif not model and value is not None and kinds == {"a mapping"}:
            faults.append(f"the value must be a mapping like the others of its kind, and is {_kind(value)}.")
    return [f"{own.file}, {own.name.partition('.')[2]}: {fault}" for fault in faults]


def _part_faults(told: dict[Any, Any], likes: list[dict[Any, Any]]) -> list[str]:
    common = set.intersection(*(set(like) for like in likes))
    lacking = sorted(str(part) for part in common - set(told))
    faults = [f"it lacks {', '.join(lacking)}."] if lacking else []
    for part, value in told.items():
        if not isinstance(part, str):
            faults.append(f"the part {part!r} must be a word; put it in quotes.")
            continue
        kinds = {_kind(like[part]) for like in likes if part in like}
        # Where every shipped value is empty, nothing is known of the kind that a force's own has.
        if kinds - {"empty"} and _kind(value) not in kinds:
            faults.append(f"{part} must be {' or '.join(sorted(kinds))}, and is {_kind(value)}.")
    return faults


def _values(entries: Iterable[Entry]) -> list[Any]:
    return [value.value for entry in entries for value in entry.values]


def _family(name: str) -> str:
    return name.rpartition(".")[0]


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    for kind, word in ((str, "text"), (date, "a day"), (list, "a list"), (dict, "a mapping")):
        if isinstance(value, kind):
            return word
    return type(value).__name__
