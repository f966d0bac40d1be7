"""The app of Papers."""

from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "fourfold.web.papers"
    label = "papers"
    verbose_name = "Papers"
    prefix = "papers/"
    navigation = (("Papers", "papers:list"),)

    def ready(self) -> None:
        from fourfold.web.handover.taking_up import register_watch
        from fourfold.web.papers.building import give_up_interrupted
        from fourfold.web.papers.lines import lines_of_analyst, lines_of_performance
        from fourfold.web.ui.lines import register_lines

        register_lines("performance", lines_of_performance)
        register_lines("analyst", lines_of_analyst)
        register_watch("papers", give_up_interrupted)
