"""The addresses of the trail."""

from __future__ import annotations

from django.urls import path

from fourfold.web.trail import subject_access, views
from fourfold.web.ui.access import needs

app_name = "trail"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("subject-access/", subject_access.export, name="subject_access"),
]
ACCESS = {
    "trail:entries": needs("read_trail"),
    "trail:subject_access": needs("export_rows", "subject_access"),
}
