"""The one place where it is asked whether a person may do something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings

from fourfold.web.accounts.matrix import NO, Act, Matrix, matrix_of, shipped_matrix

if TYPE_CHECKING:
    from fourfold.web.accounts.models import Membership, Unit, User


class NotAllowedError(Exception):
    """A person may not do this; `is_hidden` where they must not learn that it exists."""

    def __init__(self, answer: Answer, is_hidden: bool) -> None:
        super().__init__(answer.act)
        self.answer = answer
        self.is_hidden = is_hidden


@dataclass(frozen=True)
class Answer:
    """What a person may: true where they may now.

    `scope` is the widest answer of the matrix over their roles; `units` are the codes of the units it
    is drawn to where the scope is the person's own unit, cases or list (a desk's query must be held to
    them). `role` and `unit` say by which membership, for the trail.
    """

    act: str
    scope: str
    words: str
    role: str = ""
    unit: str = ""
    units: frozenset[str] = frozenset()
    needs_reason: bool = False

    def __bool__(self) -> bool:
        return self.scope != NO and not self.needs_reason


def standing_matrix() -> Matrix:
    """Return the matrix of this installation's home."""
    return matrix_of(settings.HOME.policy)


def roles_of(person: User) -> list[Membership]:
    """Return the memberships of a person, read once a request so that a change takes effect at the next."""
    kept: list[Membership] | None = getattr(person, "_memberships_read", None)
    if kept is None:
        kept = list(person.memberships.select_related("unit"))
        person._memberships_read = kept
    return kept


def may(person: User, act: str, unit: Unit | str | None = None, why: str = "") -> Answer:
    """Return whether `person` may do `act`, in `unit` (or in any unit of theirs where None).

    `why` is the reason given; an act that asks for one answers with `needs_reason` until it has it.
    Raises WrongUseError for an act that the matrix does not know.
    """
    matrix = standing_matrix()
    asked = matrix.act(act)
    if not (person.is_authenticated and person.is_active):
        return Answer(act, NO, matrix.scopes[NO].words)
    return widest(matrix, asked, roles_of(person), _code(unit), why)


def may_mend_policy(person: User) -> bool:
    """Return whether a person may be told what is wrong with the force's own policy, by the shipped matrix.

    The force's own matrix may be what is wrong.
    """
    if not (person.is_authenticated and person.is_active):
        return False
    matrix = shipped_matrix()
    return widest(matrix, matrix.act("change_settings"), roles_of(person), "", "").scope != NO


def _code(unit: Unit | str | None) -> str:
    if unit is None:
        return ""
    return unit if isinstance(unit, str) else str(unit.code)


def widest(matrix: Matrix, act: Act, memberships: Iterable[Membership], unit: str, why: str) -> Answer:
    """Return the widest answer that any of `memberships` gives for `act` in the unit with this code.

    An answer that still wants a reason stands back behind one that can be given now.
    """
    best = Answer(act.key, NO, matrix.scopes[NO].words)
    for membership in memberships:
        scope = matrix.scopes[act.scopes.get(membership.role, NO)]
        code = str(membership.unit.code)
        if scope.is_in_own_unit and unit and unit != code:
            continue
        if scope.key == best.scope:
            if scope.is_in_own_unit:
                best = replace(best, units=best.units | {code})
            continue
        needs_reason = scope.key == "with_reason" and not why.strip()
        if (needs_reason and best.scope != NO) or scope.key == NO:
            continue
        if best.needs_reason or scope.rank < matrix.scopes[best.scope].rank:
            units = frozenset({code}) if scope.is_in_own_unit else frozenset()
            best = Answer(act.key, scope.key, scope.words, str(membership.role), code, units, needs_reason)
    return best


def check_may(person: User, act: str, unit: Unit | str | None = None, why: str = "") -> Answer:
    """Return the answer of `may`, or raise NotAllowedError, which the pages turn into 404 or 403."""
    answer = may(person, act, unit, why)
    if not answer:
        raise NotAllowedError(answer, is_hidden=standing_matrix().act(act).is_hidden_when_denied)
    return answer
