"""The addresses of a person's own exports, with what each needs."""

from __future__ import annotations

from django.urls import path

from fourfold.web.exports import views
from fourfold.web.ui.access import needs

app_name = "exports"
urlpatterns = [
    path("", views.exports, name="exports"),
    path("<slug:key>/file/", views.fetch, name="fetch"),
    path("<slug:key>/delete/", views.delete, name="delete"),
]
ACCESS = {
    "exports:exports": needs("export_rows"),
    "exports:fetch": needs("export_rows"),
    "exports:delete": needs("export_rows"),
}
