"""Premises hit again for programs: the same lists, permitted and trailed the same as on the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.conf import settings
from django.db import transaction
from ninja import Field, Path, Router, Schema
from ninja.errors import HttpError

from fourfold.pipeline.premises_facts import crimes_at
from fourfold.web.business.listing import MOST_HIT, ORDERS, chosen
from fourfold.web.business.models import ListedPremises
from fourfold.web.business.saying import EVERY, definitions
from fourfold.web.business.scope import LISTS
from fourfold.web.trail.recording import record
from fourfold.web.ui.access import by_token
from fourfold.web.ui.cursors import ROWS, Cursor, Limit, page_of_rows

router = Router(tags=["Business crime"])
ACCESS = {
    "list_premises": by_token("see_business", *LISTS),
    "get_premises": by_token("see_business", *LISTS),
}
LARGEST_KEY = 2**53 - 1
Key = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="The number of the premises, `id` in the list.")]


class PremisesLine(Schema):
    """Premises hit again. `name` is null where no crime there tells one; every count is a floor."""

    id: int
    reference: str = Field(description="The reference of the oldest crime there, which stays.")
    force: str
    definition: str = Field(description="The definition of business crime by which `crimes` are counted.")
    name: str | None
    premises_type: str | None
    district: str | None
    crimes: int
    crimes_ever: int
    by_place_alone: int = Field(description="Crimes put here by place alone, their name being blank.")
    gap_days: float | None = Field(description="Median days between one crime and the next.")
    kinds: dict[str, int]
    on_staff: int
    staff_unclear: int = Field(
        description="Violence at a shop of which nothing tells whether it was against staff."
    )
    first_on: date
    last_on: date
    as_of: date
    advised_on: date | None
    advice_days: int | None
    before_advice: int | None
    after_advice: int | None = Field(
        description="Beside `before_advice`; the two do not show what the advice did."
    )


class PremisesCrimeLine(Schema):
    """One crime at the premises; null where nothing tells."""

    crime_ref: str
    recorded_on: date
    offence: str | None
    kind: str
    on_staff: Literal["yes", "no", "not_recorded"]
    trigger: str | None
    trigger_from: str | None
    statement: str | None
    advised_on: date | None
    matched_by: str


class PremisesWhole(PremisesLine):
    """Premises with every standing crime there, newest first."""

    crimes_there: list[PremisesCrimeLine]


class PremisesPage(Schema):
    """Some of the premises, the most hit first; `next` leads on, null at the end."""

    items: list[PremisesLine]
    next: str | None


def _line(one: ListedPremises) -> dict[str, Any]:
    same = {name: getattr(one, name) for name in PremisesLine.model_fields if name != "reference"}
    told = {name: same[name] or None for name in ("name", "premises_type", "district")}
    return same | told | {"reference": one.premises_id}


def _tell(request: Any, act: str, refs: list[str]) -> None:
    with transaction.atomic():
        record(
            act,
            by=request.user,
            answer=request.answer,
            subject_kind="premises",
            subject_refs=refs,
            why=request.why,
            detail={"token": request.auth.pk},
        )


@router.get("/premises", response=PremisesPage, summary="List premises hit again",
            openapi_extra={"responses": {200: {"links": {
                "premises": {"operationId": "get_premises", "parameters": {"id": "$response.body#/items/0/id"}},
            }}}})  # fmt: skip
def list_premises(
    request: Any,
    definition: Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9_]*$")] = "",
    named: Literal["yes", "no"] | None = None,
    staff: bool = False,
    advised: bool = False,
    after: Cursor = "",
    limit: Limit = ROWS,
) -> dict[str, Any]:
    """List premises hit again by one definition of business crime, the most hit first."""
    known = [one.key for one in (*definitions(), EVERY)]
    if definition and definition not in known:
        raise HttpError(404, f"There is no definition {definition}. There are: {', '.join(known)}.")
    found = chosen({"definition": definition, "named": named, "staff": staff, "advised": advised})
    page = page_of_rows(found, ORDERS[MOST_HIT], after, limit, ListedPremises.objects.all())
    rows = [one for one in page.items if isinstance(one, ListedPremises)]
    _tell(request, "premises_listed", [one.premises_id for one in rows])
    return {"items": [_line(one) for one in rows], "next": page.next}


@router.get("/premises/{id}", response=PremisesWhole, summary="One premises with its crimes")
def get_premises(request: Any, id: Key) -> dict[str, Any]:
    """Answer with one premises; no account of any crime is among it."""
    one = ListedPremises.objects.filter(pk=id).first()
    if one is None:
        raise HttpError(404, "There are no premises with this number on the list.")
    _tell(request, "premises_opened", [one.premises_id])
    return _line(one) | {"crimes_there": crimes_at(settings.HOME, one.premises_id, one.force)}
