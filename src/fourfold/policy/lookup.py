"""Finds the value of a policy entry on a date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fourfold.home import WrongUseError
from fourfold.policy.reading import Entry
from fourfold.policy.store import nearest, own_entries, shipped_entries
from fourfold.policy.value import PolicyValue


def value_on(name: str, on: date, overrides: Path | None = None) -> PolicyValue:
    """Return the value of `name` on the day `on`; a force's own value goes before the shipped one.

    Raises WrongUseError for a name that does not exist, and for a day on which nothing holds.
    """
    found = _holding(name, on, overrides)
    if found is not None:
        return found.own_copy()
    values = history(name, overrides)
    spans = "; ".join(_span(value) for value in values)
    raise WrongUseError(
        f"There is no value of {name} on {_words(on)}: it holds {spans}.",
        "Ask for a day within that time, or add a dated value with its source in the force's policy folder.",
    )


def entries(prefix: str, on: date, overrides: Path | None = None) -> tuple[PolicyValue, ...]:
    """Return the values that hold on `on` of every name that starts with `prefix`, in name order of files.

    An entry without a value on that day is left out: it was not yet, or is no longer, a rule.
    """
    own, shipped = own_entries(overrides), shipped_entries()
    of_prefix = (_values(name, own, shipped) for name in shipped | own if name.startswith(prefix))
    found = (next((value for value in values if value.holds_on(on)), None) for values in of_prefix)
    return tuple(value.own_copy() for value in found if value is not None)


def history(name: str, overrides: Path | None = None) -> tuple[PolicyValue, ...]:
    """Return every dated value of `name`, the force's own before the shipped, each oldest first.

    Raises WrongUseError for a name that does not exist, with the nearest one that does.
    """
    own, shipped = own_entries(overrides), shipped_entries()
    if name not in own and name not in shipped:
        near = nearest(name, shipped | own)
        hint = f"Did you mean {near}?" if near else "`fourfold.policy.names()` lists them."
        raise WrongUseError(f"There is no policy value {name}.", hint)
    return _values(name, own, shipped)


def _values(name: str, own: dict[str, Entry], shipped: dict[str, Entry]) -> tuple[PolicyValue, ...]:
    return tuple(value for group in (own, shipped) if name in group for value in group[name].values)


def names(overrides: Path | None = None) -> tuple[str, ...]:
    """Return every dotted name, the shipped ones in file order and then the force's own."""
    return tuple(shipped_entries() | own_entries(overrides))


def _holding(name: str, on: date, overrides: Path | None) -> PolicyValue | None:
    return next((value for value in history(name, overrides) if value.holds_on(on)), None)


def _span(value: PolicyValue) -> str:
    start = f"from {_words(value.valid_from)}"
    return start if value.valid_to is None else f"{start} to {_words(value.valid_to)}"


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
