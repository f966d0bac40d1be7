"""The app of the hand-overs; it holds what the desks registered with it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "fourfold.web.handover"
    label = "handover"
    verbose_name = "Hand-over between lake and register"

    def ready(self) -> None:
        self.takers: dict[str, Any] = {}
        self.watches: dict[str, Any] = {}
