"""The addresses of the rules desk."""

from __future__ import annotations

from django.urls import path

from fourfold.web.rules import change_views, views
from fourfold.web.ui.access import needs

app_name = "rules"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("changes/", change_views.changes, name="changes"),
    path("changes/export.<str:form>", change_views.export, name="export"),
    path("changes/<int:key>/", change_views.change, name="change"),
    path("changes/<int:key>/approve/", change_views.approve, name="approve"),
    path("changes/<int:key>/refuse/", change_views.refuse, name="refuse"),
    path("changes/<int:key>/withdraw/", change_views.withdraw, name="withdraw"),
    path("<slug:rule>/", views.rule, name="rule"),
    path("<slug:rule>/propose/", views.propose, name="propose"),
]
ACCESS = {
    "rules:rules": needs("propose_rules"),
    "rules:rule": needs("propose_rules"),
    "rules:propose": needs("propose_rules"),
    "rules:changes": needs("propose_rules"),
    "rules:export": needs("propose_rules"),
    "rules:change": needs("propose_rules"),
    "rules:withdraw": needs("propose_rules"),
    "rules:approve": needs("approve", "yes", "not_own"),
    "rules:refuse": needs("approve", "yes", "not_own"),
}
