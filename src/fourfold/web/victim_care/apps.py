"""The app of victim care."""

from __future__ import annotations

from django.apps import AppConfig


class VictimCareConfig(AppConfig):
    name = "fourfold.web.victim_care"
    label = "victim_care"
    verbose_name = "Victim care"
    prefix = "victim-care/"
    navigation = (("Victim care", "victim_care:list"),)

    def ready(self) -> None:
        from fourfold.web.exports.registering import register_export
        from fourfold.web.handover.taking_up import register_taker
        from fourfold.web.ui.lines import register_lines
        from fourfold.web.victim_care.exporting import NAME, TITLE, listing
        from fourfold.web.victim_care.lines import lines_of_victim_care
        from fourfold.web.victim_care.taking_up import take_up

        register_export(NAME, TITLE, listing)
        register_taker("victim_care", take_up)
        register_lines("victim_care", lines_of_victim_care)
