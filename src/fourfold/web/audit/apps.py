"""The app of the audit."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "fourfold.web.audit"
    label = "audit"
    verbose_name = "Audit"
    prefix = "audit/"
    navigation = (("Audit", "audit:list"),)

    def ready(self) -> None:
        from fourfold.web.accounts.sampled import register_sampled
        from fourfold.web.audit.lines import lines_of_auditor, lines_of_owner
        from fourfold.web.audit.scope import is_given_to
        from fourfold.web.ui.lines import register_lines

        register_sampled(is_given_to)
        register_lines("auditor", lines_of_auditor)
        for role in ("victim_care", "analyst", "offender_manager", "performance"):
            register_lines(role, lines_of_owner)
