"""Whether a crime stands in a sample that a person was given to read: desks that draw samples say so here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps

Sampled = Callable[[Any, str], bool]


def register_sampled(fn: Sampled) -> None:
    """Have `fn(person, crime_ref)` asked by `is_sampled`. Call it from the `ready` of a desk's AppConfig."""
    standing = apps.get_app_config("accounts").__dict__.setdefault("sampled", [])
    if fn not in standing:
        standing.append(fn)


def is_sampled(person: Any, crime_ref: str) -> bool:
    """Return whether any desk has given this crime to this person to read: what the answer `sampled` opens."""
    standing: list[Sampled] = apps.get_app_config("accounts").__dict__.get("sampled", [])
    return any(fn(person, crime_ref) for fn in standing)
