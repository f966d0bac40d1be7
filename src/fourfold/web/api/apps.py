"""The app of the API and of the tokens that open it."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "fourfold.web.api"
    label = "api"
    verbose_name = "API"
    prefix = ""

    def ready(self) -> None:
        from fourfold.web.api.standing import take_up_figures
        from fourfold.web.handover.taking_up import register_taker

        register_taker("api", take_up_figures)
