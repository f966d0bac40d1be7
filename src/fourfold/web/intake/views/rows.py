"""The page of one row in quarantine: its cells, the rule's words, the form that corrects it, and what was decided."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.home import FourfoldError
from fourfold.pipeline.batches import titles
from fourfold.pipeline.broken_cells import Cell, cells_of, mapped_of
from fourfold.pipeline.readmission import standing_otherwise, try_row
from fourfold.sources.reader import REPEATED_RULE
from fourfold.sources.set_aside import MORE
from fourfold.web.intake.correcting import correct_row
from fourfold.web.intake.forms import ReasonedForm
from fourfold.web.intake.frames import fault_key, rows_with_digest, waiting_faults
from fourfold.web.intake.masking import ShownCell, Sight, shown, sight_of
from fourfold.web.intake.views.batches import decision_on
from fourfold.web.intake.views.quarantine import tell_seen

FAULT = ("source", "rule", "words")
LONG = 80
"""Characters from which a cell is typed in a box of several lines."""


@dataclass(frozen=True)
class Typed:
    """One cell with what the form holds for it; `number` names its input."""

    number: int
    cell: ShownCell
    value: str

    @property
    def is_long(self) -> bool:
        return len(self.value) > LONG or "\n" in self.value


@dataclass(frozen=True)
class RowSeen:
    """A row of quarantine as a person sees it, with every place where it came."""

    digest: str
    told: dict[str, Any]
    places: list[dict[str, Any]]
    cells: list[Cell]
    shown: list[ShownCell]
    sight: Sight
    waits: bool
    stands: dict[str, str]
    """Of a row whose key stands already: what stands in each column that says something else."""

    def standing_of(self, number: int) -> str:
        """Return what stands in place of one cell, empty where nothing else does or it may not be seen."""
        cell = self.cells[number]
        return self.stands.get(cell.column, "") if self.sight.shows(cell) else ""


def _seen(request: Any, digest: str) -> RowSeen:
    places = rows_with_digest(digest)
    if not places:
        raise Http404
    sight, told = sight_of(request), places[-1]
    stands = standing_otherwise(settings.HOME, told) if told["rule"] == REPEATED_RULE else {}
    cells = cells_of(told, mapped_of(settings.HOME), stands)
    waits = bool(waiting_faults().filter(pl.col("row_digest") == digest).height)
    return RowSeen(digest, told, places, cells, shown(cells, sight), sight, waits, stands)


@require_safe
def row(request: Any, digest: str) -> HttpResponse:
    """Show one row, and the form that corrects it where it still waits."""
    seen = _seen(request, digest)
    typed = [Typed(number, cell, cell.text) for number, cell in enumerate(seen.shown)]
    return _page(request, seen, typed, ReasonedForm())


@require_http_methods(["POST"])
def correct(request: Any, digest: str) -> HttpResponse:
    """Check a correction, or put the corrected row back."""
    seen = _seen(request, digest)
    typed = typed_in(seen, request.POST)
    cells = {
        cell.heading: cell.text if one.cell.is_hidden else one.value
        for cell, one in zip(seen.cells, typed, strict=True)
    }
    form = ReasonedForm(request.POST)
    is_check = request.POST.get("do") == "check"
    if not seen.waits:
        return _page(request, seen, typed, form, is_too_late=True, status=409)
    try:
        if is_check:
            wrong = try_row(settings.HOME, digest, cells)
            return _page(request, seen, typed, ReasonedForm(initial=request.POST.dict()), wrong, checked=True)
        if not form.is_valid():
            return _page(request, seen, typed, form)
        done = correct_row(
            digest=digest,
            cells=cells,
            reason=form.cleaned_data["reason"],
            by=request.user,
            answer=request.answer,
        )
    except FourfoldError as error:
        form.add_error(None, str(error))
        return _page(request, seen, typed, form)
    if done.still_wrong:
        return _page(request, seen, typed, form, done.still_wrong[0][1])
    if done.corrected_before:
        return _page(request, _seen(request, digest), typed, form, is_too_late=True, status=409)
    return redirect("intake:row", digest)


def typed_in(seen: RowSeen, told: Any) -> list[Typed]:
    """Return each cell with what was typed; a browser's line ends are the received ones where nothing else differs."""
    found = []
    for number, cell in enumerate(seen.shown):
        value = told.get(f"cell-{number}", cell.text)
        if value.replace("\r\n", "\n") == cell.text.replace("\r\n", "\n"):
            value = cell.text
        found.append(Typed(number, cell, value))
    return found


def _page(
    request: Any,
    seen: RowSeen,
    typed: list[Typed],
    form: ReasonedForm,
    wrong: str = "",
    checked: bool = False,
    is_too_late: bool = False,
    status: int = 200,
) -> HttpResponse:
    tell_seen(request, [seen.digest], seen.sight)
    decision = None if seen.waits else decision_on(seen.digest)
    context = {
        "seen": seen,
        "typed": sorted(typed, key=lambda one: not one.cell.is_broken),
        "form": form,
        "wrong": wrong,
        "checked": checked,
        "is_too_late": is_too_late,
        "more": MORE,
        "titles": titles(),
        "decision": decision,
        "changes": changes_of(seen, decision) if decision else [],
        "after": next_row(seen),
        "back": f"{reverse('intake:rows')}?fault={fault_key(*(seen.told[name] for name in FAULT))}",
        "may_change": request.answer.scope == "yes" and seen.waits,
    }
    return render(request, "intake/row.html", context, status=status)


def changes_of(seen: RowSeen, decision: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return heading, text received and text decided of each cell that was changed; hidden ones say so."""
    decided: dict[str, str] = json.loads(decision["value"])["cells"]
    found = []
    for cell, one in zip(seen.cells, seen.shown, strict=True):
        now = decided.get(cell.heading, "")
        if now != cell.text:
            is_hidden = not seen.sight.shows(cell)
            found.append((cell.heading, "Hidden" if is_hidden else one.text, "Hidden" if is_hidden else now))
    return found


def next_row(seen: RowSeen) -> str:
    """Return the digest of another waiting row with the same fault, empty where there is none."""
    rows = waiting_faults()
    alike = rows.filter(
        (pl.col("source") == seen.told["source"])
        & (pl.col("rule") == seen.told["rule"])
        & (pl.col("words") == seen.told["words"])
        & (pl.col("row_digest") != seen.digest)
    )
    return str(alike["row_digest"][0]) if alike.height else ""
