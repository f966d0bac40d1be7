"""The addresses of Papers."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import URLPattern, URLResolver, path

from fourfold.web.papers import views_list, views_paper, views_text, views_trace
from fourfold.web.ui.access import Access, needs

app_name = "papers"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views_list.papers, name="list"),
    path("export/<str:form>/", views_list.export, name="list_export"),
    path("start/", views_list.start, name="start"),
    path("figure/", views_trace.figure, name="figure"),
    path("figure/export/<str:form>/", views_trace.export, name="figure_export"),
    path("<int:key>/", views_paper.paper, name="paper"),
    path("<int:key>/read/", views_paper.read, name="read"),
    path("<int:key>/checks/", views_paper.checks, name="checks"),
    path("<int:key>/checks/<str:digest>/", views_paper.accept, name="accept"),
    path("<int:key>/figures/", views_paper.figures, name="figures"),
    path("<int:key>/figures/export/<str:form>/", views_paper.figures_export, name="figures_export"),
    path("<int:key>/download/<str:form>/", views_paper.download, name="download"),
    path("<int:key>/build/", views_paper.build, name="build"),
    path("<int:key>/verify/", views_paper.verify, name="verify"),
    path("<int:key>/work/", views_paper.work, name="work"),
    path("<int:key>/work/state/", views_paper.work_state, name="work_state"),
    path("<int:key>/send/", views_paper.send, name="send"),
    path("<int:key>/throw-away/", views_paper.throw_away, name="throw_away"),
    path("<int:key>/decide/", views_paper.decide, name="decide"),
    path("<int:key>/next-version/", views_paper.next_version, name="next_version"),
    path("<int:key>/text/", views_text.texts, name="texts"),
    path("<int:key>/text/<str:section>/", views_text.text, name="text"),
    path("<int:key>/text/<str:section>/<int:number>/", views_text.earlier, name="text_earlier"),
]
READ, BUILD = needs("read_papers"), needs("build_papers")
ACCESS: Mapping[str, Access] = {
    "papers:list": READ,
    "papers:list_export": READ,
    "papers:start": BUILD,
    "papers:figure": needs("trace_figures"),
    "papers:figure_export": needs("export_rows", "yes", "masked"),
    "papers:paper": READ,
    "papers:read": READ,
    "papers:checks": READ,
    "papers:accept": BUILD,
    "papers:figures": READ,
    "papers:figures_export": READ,
    "papers:download": READ,
    "papers:build": BUILD,
    "papers:verify": BUILD,
    "papers:work": BUILD,
    "papers:work_state": BUILD,
    "papers:send": BUILD,
    "papers:throw_away": BUILD,
    "papers:decide": needs("approve", "not_own", "yes"),
    "papers:next_version": BUILD,
    "papers:texts": BUILD,
    "papers:text": BUILD,
    "papers:text_earlier": BUILD,
}
