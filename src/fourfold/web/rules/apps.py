"""The app of the rules desk."""

from __future__ import annotations

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "fourfold.web.rules"
    label = "rules"
    verbose_name = "Rules"
    prefix = "rules/"
    navigation = (("Rules", "rules:rules"),)

    def ready(self) -> None:
        from fourfold.web.rules.lines import lines_of_approver, lines_of_proposer
        from fourfold.web.ui.lines import register_lines

        register_lines("performance", lines_of_approver)
        register_lines("victim_care", lines_of_proposer)
        register_lines("analyst", lines_of_proposer)
