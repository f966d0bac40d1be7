"""The addresses of the fraud desk."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import URLPattern, URLResolver, path

from fourfold.web.fraud.scope import EXPORTS, LISTS, READS
from fourfold.web.fraud.views import links, markers, overview, repeats, review, topics
from fourfold.web.ui.access import Access, needs

app_name = "fraud"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.overview, name="overview"),
    path("repeat-victims/", repeats.listed, name="repeats"),
    path("repeat-victims/export/<slug:kind>/", repeats.export, name="export"),
    path("repeat-victims/hand-over/", repeats.hand_over_page, name="hand_over"),
    path("repeat-victims/<int:key>/", repeats.one, name="repeat"),
    path("repeat-victims/<int:key>/reports/", repeats.accounts, name="accounts"),
    path("topics/", topics.listed, name="topics"),
    path("topics/<path:topic>/", topics.one, name="topic"),
    path("markers/", markers.listed, name="markers"),
    path("markers/new/", markers.new, name="new_marker"),
    path("markers/<slug:name>/", markers.one, name="marker"),
    path("markers/<slug:name>/begin/", review.begin, name="begin"),
    path("markers/<slug:name>/review/", review.queue, name="review"),
    path("markers/<slug:name>/review/answer/", review.give_answer, name="answer"),
    path("markers/<slug:name>/review/undo/", review.undo, name="undo"),
    path("markers/<slug:name>/review/again/", review.again, name="again"),
    path("markers/<slug:name>/review/keys/", review.keys, name="keys"),
    path("markers/<slug:name>/differences/", review.differences, name="differences"),
    path("markers/<slug:name>/differences/settle/", review.settle, name="settle"),
    path("links/", links.queue, name="links"),
    path("links/answer/", links.give_answer, name="link_answer"),
    path("links/undo/", links.undo, name="link_undo"),
    path("links/again/", links.again, name="link_again"),
    path("links/keys/", links.keys, name="link_keys"),
]
COUNTS, REVIEWS, LINKS = needs("see_fraud"), needs("review_markers"), needs("review_links")
SEES, READS_TEXTS = needs("see_victims", *LISTS), needs("see_narratives", *READS)
ACCESS: Mapping[str, Access] = {
    "fraud:overview": COUNTS,
    "fraud:repeats": SEES,
    "fraud:export": needs("export_rows", *EXPORTS),
    "fraud:hand_over": needs("hand_over_victims"),
    "fraud:repeat": SEES,
    "fraud:accounts": READS_TEXTS,
    "fraud:topics": COUNTS,
    "fraud:topic": READS_TEXTS,
    "fraud:markers": COUNTS,
    "fraud:new_marker": REVIEWS,
    "fraud:marker": COUNTS,
    "fraud:begin": REVIEWS,
    "fraud:review": REVIEWS,
    "fraud:answer": REVIEWS,
    "fraud:undo": REVIEWS,
    "fraud:again": REVIEWS,
    "fraud:keys": REVIEWS,
    "fraud:differences": REVIEWS,
    "fraud:settle": REVIEWS,
    "fraud:links": LINKS,
    "fraud:link_answer": LINKS,
    "fraud:link_undo": LINKS,
    "fraud:link_again": LINKS,
    "fraud:link_keys": LINKS,
}
