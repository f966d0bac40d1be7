"""The list of repeat victims as rows of a file: masked as on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from fourfold.web.accounts.permission import Answer, NotAllowedError, may
from fourfold.web.exports.registering import Listing
from fourfold.web.fraud.listing import ShownVictim, chosen, shown
from fourfold.web.fraud.models import RepeatVictim
from fourfold.web.fraud.scope import LISTS, is_of_unit
from fourfold.web.ui.exports import Row, by_key

NAME = "fraud-repeat-victims"
TITLE = "Repeat victims of fraud"
MARKING = "OFFICIAL-SENSITIVE"
HEADINGS = [
    "Reference", "Who", "Name", "People", "Reports", "Crimes", "Median days between", "Kinds", "Loss stated", "Last time",
    "Worth knowing",
]  # fmt: skip
A_BATCH = 500


def listing(person: Any, answer: Answer, asked: Mapping[str, str]) -> Listing:
    """Return the list for an export in the background; raises NotAllowedError for who sees no victims."""
    sees = may(person, "see_victims")
    if sees.scope not in LISTS or not sees:
        raise NotAllowedError(sees, is_hidden=True)
    named = names_go_out(sees, answer)
    return Listing(HEADINGS, rows_of(by_key(chosen(asked)), named), MARKING, "person")


def names_go_out(sees: Answer, exports: Answer) -> bool:
    """Return whether names may leave: somebody's own list holds cases, and repeat victims are none."""
    return (
        sees.scope in ("yes", "with_reason", "own_unit")
        and is_of_unit(sees)
        and exports.scope in ("yes", "own_unit")
    )


def rows_of(victims: Iterable[RepeatVictim], named: bool) -> Iterator[tuple[str, Row]]:
    """Yield the key and the cells of each victim, some hundred names looked up at a time."""
    waiting = iter(victims)
    while batch := list(islice(waiting, A_BATCH)):
        for one in shown(batch, named):
            yield one.subject_ref, row_of(one)


def row_of(one: ShownVictim) -> Row:
    """Return one victim as cells, in the order of HEADINGS."""
    notes = "; ".join(f"{word}: {words}" for word, words in one.notes)
    return (
        one.subject_ref, one.kind, one.name, one.people, one.reports, one.crimes, one.gap_days, "; ".join(one.kinds), one.loss,
        one.last_on, notes,
    )  # fmt: skip
