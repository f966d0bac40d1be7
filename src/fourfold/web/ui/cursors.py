"""Pages of a list for programs, by the key of the last row: what a list answers, and where the next page begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from django.db.models import QuerySet
from ninja import Field
from ninja.errors import HttpError

from fourfold.web.ui.keyset import keyset_page

Row = TypeVar("Row")

MOST_ROWS = 200
LEADS_NOWHERE = "No page begins with this cursor. Ask again without one."
ROWS = 50

Limit = Annotated[int, Field(ge=1, le=MOST_ROWS, description="How many rows at most, 1 to 200.")]
Cursor = Annotated[
    str,
    Field(
        max_length=400,
        pattern=r"^[^\x00]*$",
        description="`next` of the page before; without it the list begins.",
    ),
]


@dataclass(frozen=True)
class Rows:
    """One page: `items`, and `next` as the cursor of the page after it, None at the end."""

    items: Sequence[object]
    next: str | None


def page_of(rows: Sequence[Row], key: Callable[[Row], str], after: str, most: int) -> Rows:
    """Return the page of `rows` that follows the one whose key is `after`.

    `rows` are all of them in order. Raises HttpError (404) where no row has that key: to begin again without a
    word would have a program read the first page for ever.
    """
    begins = 0
    if after:
        begins = next((place + 1 for place, row in enumerate(rows) if key(row) == after), -1)
        if begins < 0:
            raise HttpError(404, LEADS_NOWHERE)
    found = rows[begins : begins + most]
    has_more = begins + most < len(rows)
    return Rows(found, key(found[-1]) if has_more and found else None)


def page_of_rows(
    rows: QuerySet[Any], order: Sequence[str], after: str, most: int, among: QuerySet[Any] | None = None
) -> Rows:
    """Return the page of a query in `order` (as `keyset_page` has it) after the row with the key `after`.

    A row that the filters no longer find still leads on, if it is one `among` those that the reader may see
    (None: any): it may have changed since. Raises HttpError (404)
    where no row has that key.
    """
    known = rows.model._default_manager.all() if among is None else among
    if after and not (after.isascii() and after.isdigit() and known.filter(pk=after).exists()):
        raise HttpError(404, LEADS_NOWHERE)
    found = keyset_page(rows, order, f"after:{after}" if after else "", most, among=known)
    return Rows(found.rows, str(found.rows[-1].pk) if found.later else None)
