"""The app of the first page."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.core import checks


class TodayConfig(AppConfig):
    name = "fourfold.web.today"
    label = "today"
    verbose_name = "Today"
    prefix = ""
    navigation = (("Today", "today:today"),)

    def ready(self) -> None:
        checks.register(_lines_name_roles)


def _lines_name_roles(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Find lines registered for a role that does not exist."""
    from fourfold.web.accounts.matrix import ROLES

    unknown = set(apps.get_app_config("ui").lines) - {role.key for role in ROLES}
    return [checks.Error(f"Lines of Today are registered for {role}, which is no role.") for role in unknown]
