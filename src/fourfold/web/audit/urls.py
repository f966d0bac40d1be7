"""The addresses of the audit desk."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import URLPattern, URLResolver, path

from fourfold.web.audit.views import crimes, findings, reading, samples, settling
from fourfold.web.ui.access import Access, needs

app_name = "audit"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", samples.audits, name="list"),
    path("plan/", samples.plan, name="plan"),
    path("reading/", reading.mine, name="mine"),
    path("actions/", findings.action_list, name="actions"),
    path("actions/export/<slug:kind>/", findings.actions_export, name="actions_export"),
    path("actions/<int:key>/end/", findings.end_action, name="end_action"),
    path("crimes/<int:key>/", reading.read, name="read"),
    path("crimes/<int:key>/draft/", reading.autosave, name="autosave"),
    path("crimes/<int:key>/out-of-scope/", reading.scope, name="scope"),
    path("crimes/<int:key>/settle/", settling.settle, name="settle"),
    path("<int:key>/", samples.sample_page, name="sample"),
    path("<int:key>/draw/", samples.draw, name="draw"),
    path("<int:key>/give/", samples.give_at_once, name="give"),
    path("<int:key>/withdraw/", samples.withdraw, name="withdraw"),
    path("<int:key>/crimes/", crimes.crime_list, name="crimes"),
    path("<int:key>/crimes/give/", crimes.give_ticked, name="give_ticked"),
    path("<int:key>/crimes/export/<slug:kind>/", crimes.export, name="crimes_export"),
    path("<int:key>/crimes/<int:crime>/", crimes.answers, name="answers"),
    path("<int:key>/pack/<slug:form>/", findings.pack_download, name="pack"),
    path("<int:key>/findings/", findings.findings, name="findings"),
    path("<int:key>/findings/<slug:form>/", findings.findings_download, name="findings_download"),
    path("<int:key>/sign-off/", findings.sign_off, name="sign_off"),
    path("<int:key>/actions/add/", findings.add_action, name="add_action"),
]
RUNS = needs("run_audits")
READS = needs("read_sampled")
FINDINGS = needs("read_findings")
ACCESS: Mapping[str, Access] = {
    "audit:list": FINDINGS,
    "audit:plan": RUNS,
    "audit:mine": READS,
    "audit:actions": FINDINGS,
    "audit:actions_export": FINDINGS,
    "audit:end_action": FINDINGS,
    "audit:read": READS,
    "audit:autosave": READS,
    "audit:scope": READS,
    "audit:settle": READS,
    "audit:sample": RUNS,
    "audit:draw": RUNS,
    "audit:give": RUNS,
    "audit:withdraw": RUNS,
    "audit:crimes": RUNS,
    "audit:give_ticked": RUNS,
    "audit:crimes_export": needs("export_rows", "yes", "sampled"),
    "audit:answers": RUNS,
    "audit:pack": READS,
    "audit:findings": FINDINGS,
    "audit:findings_download": FINDINGS,
    "audit:sign_off": needs("approve", "yes", "findings"),
    "audit:add_action": RUNS,
}
