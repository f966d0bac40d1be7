"""Which cells of a row in quarantine a person is shown: by the sensitivity of the column and their answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fourfold.pipeline.broken_cells import Cell
from fourfold.records.base import Sensitivity
from fourfold.web.accounts.permission import Answer, may
from fourfold.web.accounts.reasons import reason_given

IN_FULL = ("yes", "with_reason")


@dataclass(frozen=True)
class Sight:
    """What a person may see of a row: `victims` and `narratives` are full, broken or none.

    `broken` means the cells that broke a rule and no others: nobody can mend a cell that they cannot see.
    """

    victims: str
    narratives: str
    asks_reason: bool

    def shows(self, cell: Cell) -> bool:
        """Return whether a cell's text is shown."""
        if cell.sensitivity is Sensitivity.OPEN:
            return True
        extent = self.victims if cell.sensitivity is Sensitivity.PERSONAL else self.narratives
        return extent == "full" or (extent == "broken" and cell.is_broken)

    @property
    def is_limited(self) -> bool:
        return "full" not in (self.victims,) or self.narratives != "full"


@dataclass(frozen=True)
class ShownCell:
    """One cell of a row as a page shows it: `text` is empty where it is hidden."""

    heading: str
    text: str
    is_hidden: bool
    is_broken: bool
    is_key: bool


def sight_of(request: Any) -> Sight:
    """Return what the person of a request may see of rows in quarantine, with the reason they have given."""
    answers = {
        act: may(request.user, act, why=reason_given(request, act))
        for act in ("see_victims", "see_narratives")
    }
    return Sight(
        victims=_extent(answers["see_victims"]),
        narratives=_extent(answers["see_narratives"]),
        asks_reason=any(answer.needs_reason for answer in answers.values()),
    )


def _extent(answer: Answer) -> str:
    if not answer:
        return "none"
    return "full" if answer.scope in IN_FULL else "broken"


def shown(cells: Iterable[Cell], sight: Sight) -> list[ShownCell]:
    """Return the cells as this person is shown them; an empty cell hides nothing."""
    return [
        ShownCell(
            heading=cell.heading,
            text=cell.text if sight.shows(cell) else "",
            is_hidden=bool(cell.text) and not sight.shows(cell),
            is_broken=cell.is_broken,
            is_key=cell.is_key,
        )
        for cell in cells
    ]
