"""The app of API."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "fourfold.web.api"
    label = "api"
    verbose_name = "API"
    prefix = "api/"
