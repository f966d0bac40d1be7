"""The app of Papers."""

from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "fourfold.web.papers"
    label = "papers"
    verbose_name = "Papers"
    prefix = "papers/"
