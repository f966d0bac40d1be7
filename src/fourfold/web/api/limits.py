"""What a force allows of tokens, as policy says it today."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from fourfold import policy


def limit(name: str) -> int:
    """Return one limit of `policy/api.yaml`, the force's own before the shipped one."""
    return int(policy.value_on(f"api.{name}", timezone.localdate(), settings.HOME.policy).value)
