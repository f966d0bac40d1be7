"""The addresses of Rules."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import URLPattern, URLResolver

from fourfold.web.ui.access import Access

app_name = "rules"
urlpatterns: list[URLPattern | URLResolver] = []
ACCESS: Mapping[str, Access] = {}
