"""The address of the first page."""

from __future__ import annotations

from django.urls import path

from fourfold.web.today import views
from fourfold.web.ui.access import needs

app_name = "today"
urlpatterns = [path("", views.today, name="today")]
ACCESS = {"today:today": needs("see_today")}
