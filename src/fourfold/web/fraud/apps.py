"""The app of the fraud desk."""

from __future__ import annotations

from django.apps import AppConfig


class FraudConfig(AppConfig):
    name = "fourfold.web.fraud"
    label = "fraud"
    verbose_name = "Fraud"
    prefix = "fraud/"
    navigation = (("Fraud", "fraud:overview"),)

    def ready(self) -> None:
        from fourfold.web.exports.registering import register_export
        from fourfold.web.fraud.exporting import NAME, TITLE, listing
        from fourfold.web.fraud.lines import lines_of_fraud
        from fourfold.web.fraud.taking_up import take_up
        from fourfold.web.handover.taking_up import register_taker
        from fourfold.web.ui.lines import register_lines

        register_export(NAME, TITLE, listing)
        register_taker("fraud", take_up)
        register_lines("analyst", lines_of_fraud)
