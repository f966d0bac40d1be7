"""Who may read which crime: auditors, never of their own crimes, never twice, and never second with the trail in hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from fourfold.web.accounts.matrix import NO
from fourfold.web.accounts.models import Membership, User
from fourfold.web.accounts.permission import standing_matrix
from fourfold.web.audit.models import SampledCrime


@dataclass(frozen=True)
class Reader:
    """Somebody who may read, with what tells their own crimes: their reference in the crime system, and their units."""

    pk: int
    name: str
    officer_ref: str
    units: frozenset[str]
    reads_trail: bool

    def is_own(self, crime: SampledCrime) -> bool:
        """Return whether the crime was dealt with by this person or by a unit of theirs."""
        is_officer = bool(self.officer_ref) and same_word(crime.officer_ref) == same_word(self.officer_ref)
        return is_officer or (bool(crime.unit) and slugify(crime.unit) in self.units)

    def may_read(self, crime: SampledCrime) -> bool:
        """Return whether this person may be given the crime.

        Whoever reads the trail could see there that the other has read it, so they read no crime that two read.
        """
        return not self.is_own(crime) and not (crime.is_twice and self.reads_trail)


def same_word(told: str) -> str:
    return told.strip().casefold()


def roles_that(act: str) -> list[str]:
    """Return the roles that may do an act in some way."""
    return [role for role, scope in standing_matrix().act(act).scopes.items() if scope != NO]


def readers(only: Iterable[int] | None = None) -> list[Reader]:
    """Return everybody who may read crimes of a sample, by name; of these keys alone where they are given."""
    able = Membership.objects.filter(role__in=roles_that("read_sampled")).values("person")
    found = User.objects.filter(is_active=True, pk__in=able).prefetch_related("memberships__unit")
    if only is not None:
        found = found.filter(pk__in=list(only))
    return [reader_of(person) for person in found]


def reader_of(person: Any) -> Reader:
    """Return a person as a reader, whether they may read or not."""
    trail = set(roles_that("read_trail"))
    held = list(person.memberships.all())
    units = {slugify(name) for one in held for name in (one.unit.code, one.unit.name)}
    return Reader(
        pk=person.pk,
        name=str(person.name),
        officer_ref=str(person.officer_ref),
        units=frozenset(units - {""}),
        reads_trail=any(one.role in trail for one in held),
    )
