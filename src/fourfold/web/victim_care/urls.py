"""The addresses of Victim care."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import URLPattern, URLResolver, path

from fourfold.web.ui.access import Access, needs
from fourfold.web.victim_care.scope import EXPORTS, SEES_CASES
from fourfold.web.victim_care.views import case, doing, exporting, team, worklist

app_name = "victim_care"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", worklist.worklist, name="list"),
    path("export/<slug:kind>/", exporting.export, name="export"),
    path("allocate/", worklist.allocate, name="allocate"),
    path("views/save/", worklist.save_view, name="save_view"),
    path("views/<int:key>/remove/", worklist.drop_view, name="drop_view"),
    path("caseload/", team.caseload, name="caseload"),
    path("stock/", team.stock, name="stock"),
    path("cases/<int:key>/", case.case_page, name="case"),
    path("cases/<int:key>/reports/", case.narratives, name="narratives"),
    path("cases/<int:key>/referrals/<int:number>/", case.referral, name="referral"),
    path("cases/<int:key>/assign/", doing.assign, name="assign"),
    path("cases/<int:key>/take/", doing.take, name="take"),
    path("cases/<int:key>/refer/", doing.refer, name="refer"),
    path("cases/<int:key>/tasks/<int:task>/end/", doing.end_task, name="end_task"),
    path("cases/<int:key>/draft/<slug:what>/", doing.autosave, name="autosave"),
    path("cases/<int:key>/<slug:what>/", doing.step_page, name="step"),
]
SEES = needs("see_victims", *SEES_CASES)
WORKS = needs("work_cases")
ACCESS: Mapping[str, Access] = {
    "victim_care:list": SEES,
    "victim_care:export": needs("export_rows", *EXPORTS),
    "victim_care:allocate": WORKS,
    "victim_care:save_view": SEES,
    "victim_care:drop_view": SEES,
    "victim_care:caseload": SEES,
    "victim_care:stock": WORKS,
    "victim_care:case": SEES,
    "victim_care:narratives": needs("see_narratives", "yes", "with_reason", "own_unit", "own_cases"),
    "victim_care:referral": SEES,
    "victim_care:assign": WORKS,
    "victim_care:take": WORKS,
    "victim_care:refer": WORKS,
    "victim_care:end_task": WORKS,
    "victim_care:autosave": WORKS,
    "victim_care:step": WORKS,
}
