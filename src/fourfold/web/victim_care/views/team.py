"""Who has how many cases, and the stock of materials."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.home import WrongUseError
from fourfold.web.accounts.models import Unit, User
from fourfold.web.ui.keyset import keyset_page
from fourfold.web.ui.lists import address
from fourfold.web.victim_care.actions.changing import SavedAlreadyError
from fourfold.web.victim_care.actions.stocking import change_stock
from fourfold.web.victim_care.catalogue import label
from fourfold.web.victim_care.counting import open_counts
from fourfold.web.victim_care.forms.stock import StockForm
from fourfold.web.victim_care.models import StockMove
from fourfold.web.victim_care.scope import unit_keys, visible_cases
from fourfold.web.victim_care.stock import stock_levels


@require_safe
def caseload(request: Any) -> HttpResponse:
    """Show open cases by officer: counts, and nothing of anybody."""
    today = timezone.localdate()
    names = dict(User.objects.values_list("pk", "name"))
    loads: dict[int | None, dict[str, Any]] = {}
    for row in open_counts(visible_cases(request.answer, request.user)):
        load = loads.setdefault(
            row.officer,
            {
                "key": row.officer or "none",
                "name": names.get(row.officer, "Nobody yet"),
                **dict.fromkeys(("cases", "overdue", "today", "unassessed"), 0),
            },
        )
        load["cases"] += row.cases
        load["overdue"] += row.cases * (row.due_on < today)
        load["today"] += row.cases * (row.due_on == today)
        load["unassessed"] += row.cases * (not row.level)
    shown = list(loads.values())
    shown.sort(key=lambda row: (row["key"] == "none", row["name"]))
    return render(request, "victim_care/caseload.html", {"rows": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def stock(request: Any) -> HttpResponse:
    """Show the stock of the person's units, and change it."""
    units = list(Unit.objects.filter(pk__in=unit_keys(request.answer)))
    form = StockForm(request.POST or None, units=units, initial={"form_key": uuid.uuid4().hex})
    if request.method == "POST" and form.is_valid() and _save(request, form):
        return redirect("victim_care:stock")
    moves = StockMove.objects.filter(stock__unit__in=units).select_related("stock", "by")
    listed = keyset_page(moves, ("-at", "-id"), request.GET.get("page", ""))
    context = {
        "form": form,
        "levels": stock_levels(units),
        "listed": listed,
        "label": label,
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
    }
    return render(request, "victim_care/stock.html", context)


def _save(request: Any, form: StockForm) -> bool:
    told = form.cleaned_data
    try:
        left = change_stock(
            unit=told["unit"],
            material=told["material"],
            change=told["change"],
            why=told["why"],
            by=request.user,
            form_key=told["form_key"],
        )
    except SavedAlreadyError as error:
        messages.info(request, str(error))
        return True
    except WrongUseError as error:
        form.add_error("change", str(error))
        return False
    messages.success(request, f"The stock was changed. There are {left:,} now.")
    return True
