"""Reads policy files, and finds every fault in one at once.

Shape of a file, whose entries are called by file and key (`fraud_triage.age_at_least`):

    age_at_least:
      title: Age from which a victim is referred
      unit: years
      values:
        - {value: 70, from: 2018-01-01, source: the paper and paragraph, status: confirmed}

A value without a published source is unset: `value: null` with `unset: no limit set`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from fourfold.policy.value import PolicyValue

ENTRY_KEYS = {"title", "unit", "values", "new"}
VALUE_KEYS = {"value", "unset", "from", "to", "source", "status", "note"}


@dataclass(frozen=True)
class Entry:
    """One named entry with all its dated values, oldest first. `new` marks a name of the force's own."""

    name: str
    file: str
    values: tuple[PolicyValue, ...]
    new: bool = False


@dataclass(frozen=True)
class PolicyFile:
    """What one file holds, and what is wrong with it, each fault naming file and key."""

    entries: tuple[Entry, ...]
    problems: tuple[str, ...]


def read_file(path: Path, overridden: bool, family: str = "") -> PolicyFile:
    """Return the entries and the faults of the YAML file at `path`.

    `family` is the first part of the entries' names where that is not the name of the file.
    """
    # PyYAML takes 50 ms to import, which a command that reads no policy should not pay.
    from fourfold.policy.strict_yaml import parse

    try:
        content = parse(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError) as error:
        return PolicyFile((), (f"{path.name} cannot be read: {error}",))
    if content is None:
        return PolicyFile((), ())
    if not isinstance(content, dict):
        return PolicyFile((), (f"{path.name}: it must hold names with their values.",))
    entries: list[Entry] = []
    problems: list[str] = []
    for key, told in content.items():
        name = f"{family or path.stem}.{key}"
        faults = _faults(told)
        if faults:
            problems += [f"{path.name}, {key}: {fault}" for fault in faults]
            continue
        values = sorted((_value(name, path.name, told, v, overridden) for v in told["values"]), key=_start)
        problems += [f"{path.name}, {key}: {fault}" for fault in _overlaps(values)]
        entries.append(Entry(name, path.name, tuple(values), told.get("new") is True))
    return PolicyFile(tuple(entries), tuple(problems))


def _start(value: PolicyValue) -> date:
    return value.valid_from


def _faults(told: Any) -> list[str]:
    if not isinstance(told, dict) or not isinstance(told.get("values"), list) or not told["values"]:
        return ["it needs `values`, a list of dated values."]
    faults = [f"it has no field {key!r}." for key in sorted(set(map(str, told)) - ENTRY_KEYS)]
    for number, value in enumerate(told["values"], start=1):
        where = f"value {number}: " if len(told["values"]) > 1 else ""
        faults += [where + fault for fault in _value_faults(value)]
    return faults


def _value_faults(told: Any) -> list[str]:
    if not isinstance(told, dict):
        return ["a value must be given with `value`, `from` and `source`."]
    faults = [f"a value has no field {key!r}." for key in sorted(set(map(str, told)) - VALUE_KEYS)]
    if "value" not in told:
        faults.append("the value itself is missing.")
    elif told["value"] is None and not _text(told.get("unset")):
        faults.append("it is empty, and `unset` does not say what that means.")
    if not _is_day(told.get("from")):
        faults.append("it has no date: `from` must be a day such as 2026-04-01.")
    if told.get("to") is not None and not _is_day(told["to"]):
        faults.append("`to` must be a day such as 2026-04-01.")
    elif _is_day(told.get("from")) and told.get("to") is not None and told["to"] < told["from"]:
        faults.append("`to` is before `from`.")
    if not _text(told.get("source")):
        faults.append("it has no source.")
    return faults


def _text(told: Any) -> bool:
    return isinstance(told, str) and bool(told.strip())


def _is_day(told: Any) -> bool:
    return isinstance(told, date) and not isinstance(told, datetime)


def _overlaps(values: list[PolicyValue]) -> list[str]:
    return [
        f"two values hold on {later.valid_from.isoformat()}."
        for earlier, later in pairwise(values)
        if earlier.holds_on(later.valid_from)
    ]


def _value(
    name: str, file: str, entry: dict[str, Any], told: dict[str, Any], overridden: bool
) -> PolicyValue:
    return PolicyValue(
        name=name,
        value=told["value"],
        valid_from=told["from"],
        valid_to=told.get("to"),
        source=told["source"].strip(),
        status=str(told.get("status") or ("local" if overridden else "")),
        note=str(told.get("note") or ""),
        unit=str(entry.get("unit") or ""),
        file=file,
        overridden=overridden,
        title=str(entry.get("title") or ""),
        unset=str(told.get("unset") or ""),
    )
