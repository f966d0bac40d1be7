"""What of a record a person may see in a trace: by their answers of the matrix and each column's sensitivity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from fourfold.records import CaseEvent, PersonRole, ProgrammeCase, Record, SuspectStatus
from fourfold.records.base import Kept, Sensitivity, sensitivity_of
from fourfold.web.accounts.permission import may, standing_matrix
from fourfold.web.accounts.reasons import reason_given

ROWS_IN_CLEAR = ("yes",)
ROWS_MASKED = ("masked",)
OF_SUSPECTS: tuple[type[Record], ...] = (SuspectStatus, ProgrammeCase, CaseEvent)
"""Records whose personal columns name suspects or people on a programme."""
ACTS = ("see_victims", "see_narratives", "see_suspects")


@dataclass(frozen=True)
class Seeing:
    """What one person sees of records behind figures.

    `has_rows`: rows at all, or their number alone. `open_acts`: which kinds of closed columns are shown in
    clear. `asks` are links by which a reason can be given for more. `reasons` are those given.
    """

    has_rows: bool
    open_acts: frozenset[str] = frozenset()
    asks: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()

    def shows(self, record: type[Kept], column: str) -> bool:
        """Say whether a personal or sensitive column is shown in clear."""
        if sensitivity_of(record, column) is Sensitivity.SENSITIVE and record is not SuspectStatus:
            return "see_narratives" in self.open_acts
        if record is PersonRole:  # its rows are of victims and of suspects
            return {"see_victims", "see_suspects"} <= self.open_acts
        return ("see_suspects" if record in OF_SUSPECTS else "see_victims") in self.open_acts

    @property
    def why(self) -> str:
        """The reasons given, for the trail."""
        return "; ".join(dict.fromkeys(self.reasons))


def seeing(request: Any) -> Seeing:
    """Return what the person who asks sees: every answer but yes, or yes with a reason given, leaves columns masked.

    Answers that hold within a unit, a case or a sample do not open a column here: the rows behind a figure
    are of every unit and every case.
    """
    scope = may(request.user, "trace_figures").scope
    if scope not in (*ROWS_IN_CLEAR, *ROWS_MASKED):
        return Seeing(has_rows=False)
    if scope in ROWS_MASKED:
        return Seeing(has_rows=True)
    open_acts, asks, reasons = set(), [], []
    for act in ACTS:
        why = reason_given(request, act)
        answer = may(request.user, act, why=why)
        if answer.needs_reason:
            asked = urlencode({"act": act, "next": request.get_full_path()})
            asks.append((standing_matrix().act(act).words, f"{reverse('accounts:reason')}?{asked}"))
        elif answer.scope in ("yes", "with_reason"):
            open_acts.add(act)
            reasons += [why] if answer.scope == "with_reason" else []
    return Seeing(True, frozenset(open_acts), tuple(asks), tuple(reasons))
