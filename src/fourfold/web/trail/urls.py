"""The address of the trail."""

from __future__ import annotations

from django.urls import path

from fourfold.web.trail import views
from fourfold.web.ui.access import needs

app_name = "trail"
urlpatterns = [path("", views.entries, name="entries")]
ACCESS = {"trail:entries": needs("read_trail")}
