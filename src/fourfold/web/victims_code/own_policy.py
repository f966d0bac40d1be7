"""The desk's own rules as policy states them today."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from fourfold import policy
from fourfold.policy import PolicyValue

DESK = "victims_code_desk"


def told(name: str, on: date | None = None) -> PolicyValue:
    """Return a value of policy/victims_code_desk.yaml, the force's own before the shipped one."""
    return policy.value_on(f"{DESK}.{name}", on or timezone.localdate(), settings.HOME.policy)


def number(name: str, on: date | None = None) -> int | None:
    """Return a number of the desk's policy, None where the force has not set it."""
    value = told(name, on)
    return int(value.value) if value.is_set else None


def supervisors(unit: str) -> list[str]:
    """Return the addresses of those who supervise a unit; empty where none is named."""
    value = told("supervisors")
    named: Any = value.value.get(unit, []) if value.is_set and isinstance(value.value, dict) else []
    listed = [named] if isinstance(named, str) else named
    return [str(one).strip().lower() for one in listed]
