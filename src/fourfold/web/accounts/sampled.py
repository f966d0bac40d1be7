"""Which crimes lie in a sample that a person was given: asked wherever the matrix answers `sampled`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

IsSampled = Callable[[Any, str], bool]
"""Returns whether a crime, by its reference, lies in a sample that this person reads now."""

_FINDERS: list[IsSampled] = []


def register_sampled(finder: IsSampled) -> None:
    """Have a desk that draws samples asked. Call it from the `ready` of its AppConfig; twice is once."""
    if finder not in _FINDERS:
        _FINDERS.append(finder)


def is_sampled(person: Any, crime_ref: str) -> bool:
    """Return whether any desk has given this person the crime in a sample; while none draws samples, it has not."""
    return any(finder(person, crime_ref) for finder in _FINDERS)
