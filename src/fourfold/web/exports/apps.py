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
        from django.db.models.signals import post_delete

        from fourfold.web.exports.clearing import clear, forget_after_role
        from fourfold.web.handover.taking_up import register_watch

        self.makers: dict[str, Maker] = {}
        register_watch("exports", clear)
        post_delete.connect(forget_after_role, "accounts.Membership", dispatch_uid="exports")
