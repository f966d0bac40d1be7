"""The app of the Victims' Code desk."""

from __future__ import annotations

from django.apps import AppConfig


class VictimsCodeConfig(AppConfig):
    name = "fourfold.web.victims_code"
    label = "victims_code"
    verbose_name = "Victims' Code"
    prefix = "victims-code/"
    navigation = (("Victims’ Code", "victims_code:list"),)

    def ready(self) -> None:
        from django.conf import settings

        from fourfold.web.exports.registering import register_export
        from fourfold.web.handover.taking_up import register_taker, register_watch
        from fourfold.web.ui.lines import register_lines
        from fourfold.web.victims_code.demo import give_duties
        from fourfold.web.victims_code.exporting import NAME, TITLE, listing
        from fourfold.web.victims_code.lines import LINES
        from fourfold.web.victims_code.taking_up import take_up
        from fourfold.web.victims_code.watching import watch_day, watch_recorded

        register_export(NAME, TITLE, listing)
        register_taker("victims_code", take_up)
        if settings.MADE_UP:
            register_taker("victims_code_demo", give_duties)
        register_watch("victims_code_day", watch_day)
        register_watch("victims_code_recorded", watch_recorded)
        for role, make in LINES.items():
            register_lines(role, make)
