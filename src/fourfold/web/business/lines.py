"""What Today says of business crime: premises and staff hit again, and violence of which nothing is said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Max, Sum
from django.urls import reverse

from fourfold.web.accounts.permission import may
from fourfold.web.business.listing import chosen, staff_listed
from fourfold.web.business.scope import LISTS
from fourfold.web.ui.lines import Line, Section

EMPTY = (
    "Premises hit again and staff who are victims again appear here once a crime extract has been taken in and a "
    "refresh has run."
)
LATELY = timedelta(days=28)


def lines_of_business(request: Any) -> Section:
    """Return the section of business crime."""
    if may(request.user, "see_business").scope not in LISTS:
        return Section("Business crime", [], EMPTY)
    page = reverse("business:premises")
    found = chosen({})
    last = found.aggregate(last=Max("as_of"))["last"]
    told: list[tuple[str, str, int, str, str]] = []
    if last:
        lately = found.filter(last_on__gt=last - LATELY).count()
        told.append(
            (
                "Premises hit again in the last 28 days told of",
                f"{page}?sort=-last",
                lately,
                "",
                "grey",
            )
        )
        unclear = found.aggregate(sum=Sum("staff_unclear"))["sum"] or 0
        told.append(
            (
                "Violence there, not recorded whether against staff",
                f"{page}?staff=on",
                unclear,
                "Not recorded",
                "yellow",
            )
        )
        again = staff_listed().count()
        told.append(("Shop staff who are victims again", reverse("business:staff"), again, "Again", "orange"))
    lines = [Line(words, href, count, state, colour) for words, href, count, state, colour in told if count]
    return Section("Business crime", lines, EMPTY)
