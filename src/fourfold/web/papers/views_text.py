"""The staff's text: its sections, writing one with preview and checks, and what it said before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.home import DataProblemError, FourfoldError, WrongUseError
from fourfold.pipeline.draft_text import Named, named_figures, try_text
from fourfold.products.document import Document, Section
from fourfold.products.render.page import render_page
from fourfold.web.papers.keeping import read_document
from fourfold.web.papers.models import Paper, SectionText
from fourfold.web.papers.reading import paper_for
from fourfold.web.papers.states import can
from fourfold.web.papers.titles import SECTION_TITLES
from fourfold.web.papers.writing import ChangedMeanwhileError, save_text, standing_texts

MOST_NAMED = 20
"""Figures listed at a search; more words find fewer."""


@dataclass
class Writing:
    """One page of writing: what was typed, on which version it rests, and what came of the last button."""

    text: str
    based_on: int
    words: str = ""
    fault: FourfoldError | None = None
    standing: SectionText | None = None
    preview: SafeString | None = None
    findings: tuple[tuple[str, str, str, str], ...] | None = None
    named: list[Named] = field(default_factory=list)
    total_named: int = 0
    checked: str = ""


@require_safe
def texts(request: Any, key: int) -> HttpResponse:
    """List the sections with the text that stands in each."""
    one = paper_for(request, key)
    standing = standing_texts(one)
    rows = [(section, title, standing.get(section)) for section, title in SECTION_TITLES.items()]
    return render(request, "papers/texts.html", {"paper": one, "rows": rows, "may_write": can("write", one)})


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: Any, key: int, section: str) -> HttpResponse:
    """Write one section: find figures, preview, check, save."""
    one = paper_for(request, key)
    if section not in SECTION_TITLES:
        raise Http404
    standing = standing_texts(one).get(section)
    if request.method != "POST":
        writing = Writing(standing.text if standing else "", standing.number if standing else 0)
        return page(request, one, section, writing)
    writing = as_typed(request)
    do, _, reference = request.POST.get("do", "save").partition(":")
    if do == "add":
        writing.text = f"{writing.text.rstrip()} {reference}".lstrip()
    if do == "preview":
        preview(request, one, section, writing)
    elif do not in ("find", "add") and save(request, one, section, writing):
        return redirect("papers:texts", one.pk)
    find(one, writing)
    return page(request, one, section, writing)


def page(request: Any, paper: Paper, section: str, writing: Writing) -> HttpResponse:
    earlier = paper.texts.filter(section=section).select_related("author")
    context = {
        "paper": paper,
        "section": section,
        "section_title": SECTION_TITLES[section],
        "writing": writing,
        "earlier": earlier,
        "may_write": can("write", paper),
    }
    status = 409 if writing.standing is not None else 200
    return render(request, "papers/text.html", context, status=status)


def as_typed(request: Any) -> Writing:
    told = request.POST.get("based_on", "0")
    return Writing(
        text=request.POST.get("text", "").replace("\r\n", "\n"),
        based_on=int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0,
        words=request.POST.get("words", "")[:120],
        checked=request.POST.get("checked", ""),
    )


def find(paper: Paper, writing: Writing) -> None:
    """Look for figures by words, among those of the last build first."""
    printed = read_document(paper).figures if paper.build else ()
    found = (
        named_figures(settings.HOME, writing.words, paper.force, paper.to, printed)
        if writing.words.strip()
        else []
    )
    writing.named, writing.total_named = found[:MOST_NAMED], len(found)


def tried(paper: Paper, section: str, text: str) -> Document | None:
    """Return the text as it would be printed; None where nothing is loaded to look its figures up in."""
    try:
        empty = Section(section, SECTION_TITLES[section], ())
        return try_text(settings.HOME, paper.force, paper.to, empty, text)
    except DataProblemError:
        return None


def preview(request: Any, paper: Paper, section: str, writing: Writing) -> None:
    """Show the text as it would be printed, and what the checks find in it."""
    document = tried(paper, section, writing.text)
    if document is None:
        writing.fault = WrongUseError(
            "Nothing is loaded, so no figure can be looked up.", "Hand in files first."
        )
        return
    writing.findings, writing.checked = document.findings, digest(writing.text)

    def href(name: str) -> str:
        return f"{reverse('papers:figure')}?{urlencode({'name': name})}"

    # Every word of the text is escaped where the paper's own templates make this markup.
    writing.preview = mark_safe(render_page(document, href, whole=False))


def save(request: Any, paper: Paper, section: str, writing: Writing) -> bool:
    """Save the text, after what the checks find in it has been shown once; say whether it was saved."""
    document = tried(paper, section, writing.text)
    if document is not None and document.findings and writing.checked != digest(writing.text):
        preview(request, paper, section, writing)
        return False
    try:
        save_text(paper=paper, section=section, text=writing.text, based_on=writing.based_on, by=request.user)
    except ChangedMeanwhileError as error:
        writing.fault, writing.standing, writing.based_on = error, error.standing, error.standing.number
        return False
    except WrongUseError as error:
        writing.fault = error
        return False
    return True


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@require_safe
def earlier(request: Any, key: int, section: str, number: int) -> HttpResponse:
    """Show what a section said before."""
    one = paper_for(request, key)
    told = get_object_or_404(
        SectionText.objects.select_related("author"), paper=one, section=section, number=number
    )
    title = SECTION_TITLES.get(section, section)
    return render(request, "papers/text_earlier.html", {"paper": one, "told": told, "section_title": title})
