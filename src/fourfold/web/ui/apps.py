"""The app of what pages share; it holds the counters of requests and the lines of Today."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "fourfold.web.ui"
    label = "ui"
    verbose_name = "Pages"

    def ready(self) -> None:
        from prometheus_client import CollectorRegistry, Histogram

        self.counters = CollectorRegistry()
        self.seconds = Histogram(
            "fourfold_request_seconds",
            "Seconds that a request took, by page and status.",
            ["page", "status"],
            registry=self.counters,
        )
        self.lines: dict[str, list[Any]] = {}
        from fourfold.web.ui import tasks

        tasks.listen()
