"""The addresses of business crime."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import URLPattern, URLResolver, path

from fourfold.web.business.scope import EXPORTS, LISTS
from fourfold.web.business.views import overview, premises, staff
from fourfold.web.ui.access import Access, needs

app_name = "business"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.overview, name="overview"),
    path("premises/", premises.listed, name="premises"),
    path("premises/export/<slug:kind>/", premises.export, name="export"),
    path("premises/<int:key>/", premises.one, name="one"),
    path("premises/<int:key>/accounts/", premises.accounts, name="accounts"),
    path("premises/<int:key>/advice/", premises.advice, name="advice"),
    path("staff/", staff.listed, name="staff"),
    path("staff/export/<slug:kind>/", staff.export, name="staff_export"),
]
SEES = needs("see_business", *LISTS)
ACCESS: Mapping[str, Access] = {
    "business:overview": needs("see_business"),
    "business:premises": SEES,
    "business:export": needs("export_rows", *EXPORTS),
    "business:one": SEES,
    "business:accounts": needs("see_narratives", "yes", "with_reason"),
    "business:advice": needs("record_advice"),
    "business:staff": SEES,
    "business:staff_export": needs("export_rows", *EXPORTS),
}
