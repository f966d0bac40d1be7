"""The app of Intake."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "fourfold.web.intake"
    label = "intake"
    verbose_name = "Intake"
    prefix = "intake/"
    navigation = (("Intake", "intake:hand_overs"),)

    def ready(self) -> None:
        from django.conf import settings

        from fourfold.web.handover.taking_up import register_watch
        from fourfold.web.intake.lines import lines_of_intake
        from fourfold.web.intake.storing import arriving
        from fourfold.web.intake.watching import watch
        from fourfold.web.ui.lines import register_lines

        arriving(settings.HOME)
        register_watch("intake", watch)
        register_lines("analyst", lines_of_intake)
        register_lines("administrator", lines_of_intake)
