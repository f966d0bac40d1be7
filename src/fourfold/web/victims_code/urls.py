"""The addresses of the Victims' Code desk."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import URLPattern, URLResolver, path

from fourfold.web.ui.access import Access, needs
from fourfold.web.victims_code.scope import COUNTS, EXPORTS, RECORDS, SEES
from fourfold.web.victims_code.views import compliance, crime, digest, doing, exporting, worklist

app_name = "victims_code"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", worklist.worklist, name="list"),
    path("export/<slug:kind>/", exporting.export, name="export"),
    path("compliance/", compliance.compliance, name="compliance"),
    path("compliance/export/<slug:kind>/", compliance.export, name="compliance_export"),
    path("digest/", digest.latest, name="digest_latest"),
    path("digest/<slug:day>/", digest.digest, name="digest"),
    path("crimes/<path:ref>/", crime.crime_page, name="crime"),
    path("record/<slug:key>/<path:ref>/", doing.record_page, name="record"),
    path("withdraw/<slug:decision>/<path:ref>/", doing.withdraw_page, name="withdraw"),
    path("vouch/<path:ref>/", doing.vouch_page, name="vouch"),
    path("escalate/<slug:key>/<path:ref>/", doing.escalate_page, name="escalate"),
    path("answer/<slug:key>/<path:ref>/", doing.answer_page, name="answer"),
]
ALL = needs("see_duties", *COUNTS)
ONE_BY_ONE = needs("see_duties", *SEES)
WRITES = needs("record_duties", *RECORDS)
ACCESS: Mapping[str, Access] = {
    "victims_code:list": ALL,
    "victims_code:export": needs("export_rows", *EXPORTS),
    "victims_code:compliance": ALL,
    "victims_code:compliance_export": ALL,
    "victims_code:digest_latest": ONE_BY_ONE,
    "victims_code:digest": ONE_BY_ONE,
    "victims_code:crime": ONE_BY_ONE,
    "victims_code:record": WRITES,
    "victims_code:withdraw": WRITES,
    "victims_code:vouch": WRITES,
    "victims_code:escalate": WRITES,
    "victims_code:answer": WRITES,
}
