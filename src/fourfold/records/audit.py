"""What an audit found: a derived table, worked out from the decisions of the audit desk alone."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from fourfold.records.base import text


def share() -> dy.Float64:
    return dy.Float64(nullable=True, min=0.0, max=1.0)


class AuditFinding(dy.Schema):
    """One question of one sample: its answers and shares, for a stratum or (`stratum` empty) for the force.

    Made anew by the audit stage (measures.audit). Counts are crimes of the sample. `population` is crimes
    in the frame, `population_in_scope` an estimate of those that are in scope. Each share is of crimes in
    scope to which the question applies, from 0 to 1, with its 95 % interval; it is missing where nothing
    can be said. Strict counts what is not recorded as not met, best case as met: the truth lies between
    the two; recorded compliance leaves it out and is only of what was written down.
    """

    table: ClassVar[str] = "audit_finding"

    sample_ref = text(nullable=False)
    questionnaire = text(nullable=False)
    version = text(nullable=False)
    force = text(nullable=False)
    period_from = dy.Date(nullable=False)
    period_to = dy.Date(nullable=False)
    question = text(nullable=False)
    stratum = dy.String(nullable=False)
    population = dy.Int64(nullable=False, min=0)
    population_in_scope = dy.Float64(nullable=True, min=0)
    drawn = dy.Int64(nullable=False, min=0)
    """Crimes allocated; a replacement takes a place and adds none."""
    read = dy.Int64(nullable=False, min=0)
    """Crimes in scope with an answer to the question."""
    out_of_scope = dy.Int64(nullable=False, min=0)
    met = dy.Int64(nullable=False, min=0)
    not_met = dy.Int64(nullable=False, min=0)
    not_recorded = dy.Int64(nullable=False, min=0)
    not_applicable = dy.Int64(nullable=False, min=0)
    recorded_value = share()
    recorded_lower = share()
    recorded_upper = share()
    strict_value = share()
    strict_lower = share()
    strict_upper = share()
    best_case_value = share()
    best_case_lower = share()
    best_case_upper = share()
    not_recorded_value = share()
    not_recorded_lower = share()
    not_recorded_upper = share()
