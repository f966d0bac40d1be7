"""The app of Rules."""

from __future__ import annotations

from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "fourfold.web.rules"
    label = "rules"
    verbose_name = "Rules"
    prefix = "rules/"
