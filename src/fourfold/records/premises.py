"""Derived tables of business crime: which crime was at which premises, and the premises hit again."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import choice, text

TRIGGERS = ("theft", "age_restriction", "covid_rules", "other", "not_recorded")
"""What set violence against shop staff off; a force may name more in `business_crime.triggers`."""
STATEMENT_STATES = ("met", "not_met", "not_recorded", "not_applicable", "running")


class PremisesCrime(dy.Schema):
    """One crime at business premises; made anew by the premises stage (pipeline.premises).

    `premises_id` is the reference of the oldest crime there, so that it stays when later ones join.
    `matched_by` says how the crime came to its premises: by `name_and_place`, by `name` alone where no
    place was told, by `place` alone where no name was, or `alone`.
    """

    table: ClassVar[str] = "premises_crime"

    crime_ref = text(nullable=False)
    premises_id = text(nullable=False)
    force = text(nullable=False)
    recorded_on = dy.Date(nullable=False)
    ho_code = text()
    kind = choice("theft", "burglary", "robbery", "violence", "damage", "other", nullable=False)
    definitions = text(nullable=False)
    """Definitions of business crime that the crime meets, each between bars: `|npcc_2019|acpo_2014|`, or `|`."""
    on_staff = choice("yes", "no", "not_recorded", nullable=False)
    """Whether it was violence or abuse of somebody at work in a shop, as far as the fields tell."""
    trigger = text()
    """What set it off (TRIGGERS); missing where it is no violence at a shop."""
    trigger_from = choice("offence", "narrative")
    statement = choice(*STATEMENT_STATES)
    """State of the offer of a statement; missing where no duty started."""
    advised_on = dy.Date(nullable=True)
    matched_by = choice("name_and_place", "name", "place", "alone", nullable=False)
    name_as_told = text()


class Premises(dy.Schema):
    """One business premises of a force with what happened there; counts are for the window of the list.

    `counts` and the like are JSON by definition of business crime (`any` counts every crime there).
    """

    table: ClassVar[str] = "premises"

    premises_id = text(nullable=False)
    force = text(nullable=False)
    name = text()
    """The name as most often told; missing where no crime there tells one."""
    names_told = dy.Int64(nullable=False, min=0)
    premises_type = text()
    district = text()
    lsoa_code = text()
    easting = dy.Float64(nullable=True)
    northing = dy.Float64(nullable=True)
    first_on = dy.Date(nullable=False)
    last_on = dy.Date(nullable=False)
    as_of = dy.Date(nullable=False)
    """The last day on which the force's records tell of a crime: the window ends there."""
    counts = text(nullable=False)
    crimes_ever = dy.Int64(nullable=False, min=1)
    by_place_alone = dy.Int64(nullable=False, min=0)
    """Crimes of the window that were put here by place alone, their name being blank."""
    gap_days = dy.Float64(nullable=True)
    """Median days between one crime and the next in the window; missing below two."""
    kinds = text(nullable=False)
    on_staff = dy.Int64(nullable=False, min=0)
    staff_unclear = dy.Int64(nullable=False, min=0)
    """Violence at a shop of which no field tells whether the victim was at work."""
    advised_on = dy.Date(nullable=True)
    advice_days = dy.Int64(nullable=True)
    """Days compared on each side of the first advice of the last two windows."""
    before_advice = dy.Int64(nullable=True)
    after_advice = dy.Int64(nullable=True)
    reasons = text(nullable=False)
    rank = dy.Int64(nullable=False, min=1)


class StaffVictim(dy.Schema):
    """One person who was a victim of violence at shops more than once; made anew by the premises stage.

    `on_staff` counts the crimes whose fields say that the person was at work, `unclear` those that do not
    say. Neither name nor contact detail is among it: those are read from the records by who may see them.
    """

    table: ClassVar[str] = "staff_victim"

    person_id = text(nullable=False)
    force = text(nullable=False)
    crime_refs = text(nullable=False)
    """JSON list, oldest first."""
    premises_ids = text(nullable=False)
    crimes = dy.Int64(nullable=False, min=2)
    on_staff = dy.Int64(nullable=False, min=0)
    unclear = dy.Int64(nullable=False, min=0)
    gap_days = dy.Float64(nullable=False)
    first_on = dy.Date(nullable=False)
    last_on = dy.Date(nullable=False)
