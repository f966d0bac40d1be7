"""The app of the trail."""

from __future__ import annotations

from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "fourfold.web.trail"
    label = "trail"
    verbose_name = "Trail"
    prefix = "trail/"
    navigation = (("Who saw what", "trail:entries"),)

    def ready(self) -> None:
        from fourfold.web.trail.views import lines_of_data_protection
        from fourfold.web.ui.lines import register_lines

        register_lines("data_protection", lines_of_data_protection)
