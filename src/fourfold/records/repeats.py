"""Who is hit again: people, homes, and those whom a fraudster came back to with a promise to get the money back."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import PERSONAL, choice, money, text


class RepeatVictim(dy.Schema):
    """One person or organisation told of as a victim more than once, in fraud reports and crimes together.

    Made anew from `person_link`. How it misleads: one crime told to two systems counts twice; whose joins are
    missed is not here, and `loss_gbp` sums only what was stated (`losses_stated` of `times`).
    """

    table: ClassVar[str] = "repeat_victim"

    person_id = text(nullable=False)
    force = text(nullable=False)
    kind = choice("person", "organisation", nullable=False)
    times = dy.Int64(nullable=False, min=2)
    fraud_reports = dy.Int64(nullable=False, min=0)
    crimes = dy.Int64(nullable=False, min=0)
    first_on = dy.Date(nullable=False)
    last_on = dy.Date(nullable=False)
    shortest_gap_days = dy.Int64(nullable=False, min=0)
    median_gap_days = dy.Float64(nullable=False, min=0)
    kinds = text()
    """Codes and offences, each once, in the order they were first met, with semicolons."""
    loss_gbp = money()
    losses_stated = dy.Int64(nullable=False, min=0)
    is_doubtful = dy.Bool(nullable=False)
    """True where a join that makes it so is still to be looked at."""


class HitHousehold(dy.Schema):
    """One home of which two people or more were victims, or one again and again; homes by house and postcode as told."""

    table: ClassVar[str] = "hit_household"

    home = text(nullable=False, metadata=PERSONAL)
    force = text(nullable=False)
    people = dy.Int64(nullable=False, min=2)
    times = dy.Int64(nullable=False, min=2)
    first_on = dy.Date(nullable=False)
    last_on = dy.Date(nullable=False)
    person_ids = text(nullable=False)


class RecoveryTarget(dy.Schema):
    """A victim of fraud who was later the victim of a recovery fraud: once robbed, then promised the money back."""

    table: ClassVar[str] = "recovery_target"

    person_id = text(nullable=False)
    force = text(nullable=False)
    first_ref = text(nullable=False)
    first_on = dy.Date(nullable=False)
    first_kind = text()
    recovery_ref = text(nullable=False)
    recovery_on = dy.Date(nullable=False)
    gap_days = dy.Int64(nullable=False, min=0)
