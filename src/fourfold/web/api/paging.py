"""Pages of a list by the key of the last row: what a list answers, and where the next page begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from ninja import Field

from fourfold.web.api.problems import ProblemError

Row = TypeVar("Row")

MOST_ROWS = 200
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

    `rows` are all of them in order. Raises ProblemError where no row has that key: to begin again without a
    word would have a program read the first page for ever.
    """
    begins = 0
    if after:
        begins = next((place + 1 for place, row in enumerate(rows) if key(row) == after), -1)
        if begins < 0:
            raise ProblemError("not-found", "No page begins with this cursor. Ask again without one.")
    found = rows[begins : begins + most]
    has_more = begins + most < len(rows)
    return Rows(found, key(found[-1]) if has_more and found else None)
