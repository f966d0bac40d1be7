"""Repeat victims of fraud for programs: permitted, masked and trailed the same as on the pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from ninja import Field, Router, Schema

from fourfold.web.fraud.listing import MOST, ORDERS, chosen, shown
from fourfold.web.fraud.models import RepeatVictim
from fourfold.web.fraud.scope import LISTS, shows_names
from fourfold.web.fraud.views.parts import tell
from fourfold.web.ui.access import by_token
from fourfold.web.ui.cursors import ROWS, Cursor, Limit, page_of_rows

router = Router(tags=["Fraud"])
ACCESS = {"list_repeat_victims": by_token("see_victims", *LISTS)}


class RepeatVictimLine(Schema):
    """One victim or home told of again. What may not be seen reads `(masked)`."""

    reference: str = Field(description="The person's id; for a home the reference of its oldest report.")
    kind: Literal["person", "organisation", "home"]
    force: str
    name: str
    people: int
    reports: int = Field(description="Fraud reports.")
    crimes: int = Field(description="Recorded crimes that they were a victim of.")
    report_refs: list[str]
    gap_days: float = Field(description="Median days between one time and the next.")
    kinds: dict[str, int] = Field(description="Reports by fraud code; `unknown` for one on no list.")
    loss_gbp: Decimal | None = Field(description="Losses stated above nought, added; null where none is.")
    loss_missing: int = Field(description="Reports that do not say: the sum is a floor where there are any.")
    first_on: date
    last_on: date
    recovery_on: date | None
    recovery_by: str | None
    is_vulnerable: bool = Field(description="Referred to victim care by its criteria.")
    cannot_tell: bool
    is_doubtful: bool = Field(description="A join that makes it so is still to be looked at.")


class RepeatVictimPage(Schema):
    """Some of the victims, those with the most reports first; `next` leads on, null at the end."""

    items: list[RepeatVictimLine]
    next: str | None


@router.get("/repeat-victims", response=RepeatVictimPage, summary="List repeat victims of fraud")
def list_repeat_victims(
    request: Any,
    kind: Literal["person", "organisation", "home"] | None = None,
    vulnerable: bool = False,
    recovery: bool = False,
    crimes: bool = False,
    after: Cursor = "",
    limit: Limit = ROWS,
) -> dict[str, Any]:
    """List victims and homes told of again, those with the most reports first."""
    found = chosen({"kind": kind, "vulnerable": vulnerable, "recovery": recovery, "crimes": crimes})
    page = page_of_rows(found, ORDERS[MOST], after, limit, RepeatVictim.objects.all())
    rows = [one for one in page.items if isinstance(one, RepeatVictim)]
    refs = [one.subject_ref for one in rows]
    tell(request, "repeat_victims_listed", "person", refs, token=request.auth.pk)
    names = [one.name for one in shown(rows, shows_names(request))]
    return {"items": [line(one, name) for one, name in zip(rows, names, strict=True)], "next": page.next}


def line(one: RepeatVictim, name: str) -> dict[str, Any]:
    same = {
        field: getattr(one, field)
        for field in RepeatVictimLine.model_fields
        if field not in ("reference", "name")
    }
    return same | {"reference": one.subject_ref, "name": name, "recovery_by": one.recovery_by or None}
