"""The app of background exports; it holds what each desk registered to export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from fourfold.web.exports.registering import Maker


class ExportsConfig(AppConfig):
    name = "fourfold.web.exports"
    label = "exports"
    verbose_name = "Exports"
    prefix = "exports/"

    def ready(self) -> None:
        from fourfold.web.exports.clearing import clear
        from fourfold.web.handover.taking_up import register_watch

        self.makers: dict[str, Maker] = {}
        register_watch("exports", clear)
