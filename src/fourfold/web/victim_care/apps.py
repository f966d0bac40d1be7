"""The app of victim care."""

from __future__ import annotations

from django.apps import AppConfig


class VictimCareConfig(AppConfig):
    name = "fourfold.web.victim_care"
    label = "victim_care"
    verbose_name = "Victim care"
    prefix = "victim-care/"
