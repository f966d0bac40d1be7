"""Which duties a person may see, whose names, and what they may record: asked here and nowhere else on this desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from fourfold.pipeline.duty_crime import unit_of_crime
from fourfold.pipeline.trace import MASK
from fourfold.web.accounts.crime_units import unit_code
from fourfold.web.accounts.models import Unit
from fourfold.web.accounts.permission import Answer, may
from fourfold.web.accounts.sampled import is_sampled
from fourfold.web.trail.recording import record
from fourfold.web.victims_code.models import DutyRow

SEES = ("yes", "with_reason", "own_unit", "masked")
"""Answers of `see_duties` that show duties one by one."""
COUNTS = (*SEES, "counts")
"""Answers that show counts of compliance."""
RECORDS = ("yes", "own_unit")
EXPORTS = ("yes", "own_unit", "own_list", "own_cases", "masked")
"""Answers of `export_rows` that hand out this list: it holds references alone, and what its reader may list."""
SHOWS_NAMES = ("yes", "with_reason", "own_unit")
NOT_NAMED = "Not named"


def visible_duties(answer: Answer) -> QuerySet[DutyRow]:
    """Return the duties that an answer of `see_duties` shows."""
    if answer.scope not in SEES or not answer:
        return DutyRow.objects.none()
    found = DutyRow.objects.all()
    return found.filter(unit__in=unit_keys(answer)) if answer.units else found


def unit_keys(answer: Answer) -> list[int]:
    """Return the keys of the units that an answer is held to."""
    return list(Unit.objects.filter(code__in=answer.units).values_list("pk", flat=True))


@dataclass(frozen=True)
class SeenCrime:
    """A crime that the request's person may see: its reference, the code of its unit, and by which answer."""

    case_ref: str
    unit: str
    answer: Answer


def seen_crime(request: Any, case_ref: str, act: str = "see_duties") -> SeenCrime:
    """Return a crime that the request's person may see; any other answers 404, and that they asked is trailed.

    The unit is the one that the lake names now: a crime that was handed over goes with it.
    """
    told = unit_of_crime(settings.HOME, case_ref)
    if told is None:
        raise Http404
    unit = unit_code(told)
    answer = may(request.user, act, unit=unit, why=getattr(request, "why", ""))
    if not answer or answer.scope not in (SEES if act == "see_duties" else RECORDS):
        refuse(request, case_ref, act)
    # Whoever records sees the crime on every page, so a force that narrows the one narrows the other.
    if act != "see_duties":
        sees = may(request.user, "see_duties", unit=unit)
        if not sees or sees.scope not in SEES:
            refuse(request, case_ref, "see_duties")
    return SeenCrime(case_ref, unit, answer)


def may_record(person: Any, unit: str) -> bool:
    """Return whether a person may record that duties were done in crimes of a unit."""
    answer = may(person, "record_duties", unit=unit)
    return bool(answer) and answer.scope in RECORDS


def refuse(request: Any, case_ref: str, act: str) -> None:
    """Trail that somebody asked for a crime that is not theirs, and answer as if there were none."""
    with transaction.atomic():
        record(
            "access_denied",
            by=request.user,
            subject_kind="crime",
            subject_refs=[case_ref],
            detail={"page": request.resolver_match.view_name, "act": act, "method": request.method},
        )
    raise Http404


class Names:
    """The names of a crime's people as one reader may see them: victims and suspects each by their own act."""

    def __init__(
        self, person: Any, crime: SeenCrime, people: Sequence[Mapping[str, Any]], why: str = ""
    ) -> None:
        self._people = {str(one["person_ref"]): one for one in people}
        self._shows = {act: self._may(person, act, crime, why) for act in ("see_victims", "see_suspects")}

    @staticmethod
    def _may(person: Any, act: str, crime: SeenCrime, why: str) -> bool:
        answer = may(person, act, unit=crime.unit, why=why)
        if answer.scope == "sampled":
            return is_sampled(person, crime.case_ref)
        return bool(answer) and answer.scope in SHOWS_NAMES

    @property
    def shown(self) -> list[str]:
        """Whose names were shown, for the trail: victims, suspects."""
        return [act.removeprefix("see_") for act, shows in self._shows.items() if shows]

    def of(self, person_ref: str | None) -> str:
        """Return a name, the mask where it may not be seen, or that none was told."""
        one = self._people.get(person_ref or "")
        if one is None:
            return ""
        name = one["organisation_name"] or " ".join(filter(None, (one["first_names"], one["last_name"])))
        if not name:
            return NOT_NAMED
        act = "see_suspects" if one["role"] == "suspect" else "see_victims"
        return str(name) if self._shows[act] else MASK
