"""The app of Intake."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "fourfold.web.intake"
    label = "intake"
    verbose_name = "Intake"
    prefix = "intake/"
