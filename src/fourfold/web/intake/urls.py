"""The addresses of Intake."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import URLPattern, URLResolver, path

from fourfold.web.intake.views import batches, hand_overs, quality, quarantine, rows
from fourfold.web.ui.access import Access, needs

app_name = "intake"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", hand_overs.hand_overs, name="hand_overs"),
    path("upload/", hand_overs.upload, name="upload"),
    path("hand-overs/<int:key>/", hand_overs.hand_over, name="hand_over"),
    path("hand-overs/<int:key>/read-again/", hand_overs.read_again, name="read_again"),
    path("hand-overs/<int:key>/discard/", hand_overs.discard, name="discard"),
    path("batches/", batches.batches, name="batches"),
    path("batches/export/<slug:kind>/", batches.export, name="export_batches"),
    path("batches/<str:key>/", batches.batch, name="batch"),
    path("quarantine/", quarantine.faults, name="faults"),
    path("quarantine/export/<slug:kind>/", quarantine.export, name="export_faults"),
    path("quarantine/rows/", quarantine.rows, name="rows"),
    path("quarantine/rows/<slug:digest>/", rows.row, name="row"),
    path("quarantine/rows/<slug:digest>/correct/", rows.correct, name="correct"),
    path("quarantine/download/", quarantine.download, name="download"),
    path("quarantine/corrections/", quarantine.corrections, name="corrections"),
    path("completeness/", quality.completeness, name="completeness"),
    path("completeness/export/<slug:kind>/", quality.export, name="export_completeness"),
    path("completeness/<str:name>/", quality.field, name="field"),
    path("sources/", quality.sources, name="sources"),
]

READ = needs("work_batches")
CHANGE = needs("work_batches", "yes")
ACCESS: Mapping[str, Access] = {
    "intake:hand_overs": READ,
    "intake:upload": CHANGE,
    "intake:hand_over": READ,
    "intake:read_again": CHANGE,
    "intake:discard": CHANGE,
    "intake:batches": READ,
    "intake:export_batches": READ,
    "intake:batch": READ,
    "intake:faults": READ,
    "intake:export_faults": READ,
    "intake:rows": READ,
    "intake:row": READ,
    "intake:correct": CHANGE,
    "intake:download": CHANGE,
    "intake:corrections": CHANGE,
    "intake:completeness": READ,
    "intake:export_completeness": READ,
    "intake:field": READ,
    "intake:sources": READ,
}
