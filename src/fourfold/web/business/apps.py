"""The app of business crime."""

from __future__ import annotations

from django.apps import AppConfig


class BusinessConfig(AppConfig):
    name = "fourfold.web.business"
    label = "business"
    verbose_name = "Business crime"
    prefix = "business-crime/"
    navigation = (("Business crime", "business:overview"),)

    def ready(self) -> None:
        from fourfold.web.business.exporting import NAME, TITLE, listing
        from fourfold.web.business.lines import lines_of_business
        from fourfold.web.business.taking_up import take_up
        from fourfold.web.exports.registering import register_export
        from fourfold.web.handover.taking_up import register_taker
        from fourfold.web.ui.lines import register_lines

        register_export(NAME, TITLE, listing)
        register_taker("business", take_up)
        for role in ("analyst", "offender_manager"):
            register_lines(role, lines_of_business)
