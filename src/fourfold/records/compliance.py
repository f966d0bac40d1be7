"""Derived tables of compliance with duties: the groups of each crime, and how many clocks stand in each state."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import Kept, choice, text

ALL = "all"
"""The offence group of the rows that hold every clock once."""


class CrimeGroup(Kept):
    """The groups of offences that one crime belongs to, by `victims_code_reporting.groups` of policy.

    Made anew by a refresh (rules.offence_grouping). Both lists are written `|domestic|business|`, in the
    order of policy, and missing where they hold nothing. `open_group` names the groups of which blank
    fields leave open whether the crime belongs to them: a count by group is a floor where there are any.
    """

    table: ClassVar[str] = "crime_group"
    key: ClassVar[tuple[str, ...]] = ("crime_ref",)

    crime_ref = text(nullable=False)
    force = text(nullable=False)
    first_group = text(nullable=False)
    offence_group = text()
    open_group = text()


class DutyCompliance(Kept):
    """How many clocks of a duty stand in each state, by unit, group of offences and month.

    Made anew by a refresh from the derived tables `clock` and `crime_group`. Only duties count (no times in
    which a victim may act), and of two duties on one event the stricter. `month` is that in which the
    clock was due, or began where it has no limit. A crime belongs to several groups, so the groups do not
    add up; the rows of `offence_group` "all" hold every clock once, and only those may be added up.
    `open_group` counts the judged clocks of crimes of which a blank field leaves open whether they belong
    to the group; they are in no other count of the row.
    """

    table: ClassVar[str] = "duty_compliance"

    force = text(nullable=False)
    rule = text(nullable=False)
    subject = choice("victim", "suspect", "case", nullable=False)
    unit = text()
    offence_group = text(nullable=False)
    month = dy.Date(nullable=False)
    is_enhanced = dy.Bool(nullable=False)
    met_in_time = dy.Int64(nullable=False, min=0)
    met_late = dy.Int64(nullable=False, min=0)
    not_met = dy.Int64(nullable=False, min=0)
    not_recorded = dy.Int64(nullable=False, min=0)
    running = dy.Int64(nullable=False, min=0)
    not_applicable = dy.Int64(nullable=False, min=0)
    not_set = dy.Int64(nullable=False, min=0)
    judged = dy.Int64(nullable=False, min=0)
    """met_in_time, met_late, not_met and not_recorded together: the denominator."""
    open_group = dy.Int64(nullable=False, min=0)
