"""What can be worked out from printed counts: the least and most that a hidden one can be."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fourfold.measures.overlap import Groups, Kind, Membership

Vector = NDArray[np.float64]

DIFFERENCED = (Kind.ROWS, Kind.PART, Kind.DISTINCT)
"""Kinds whose differences are groups of people; how many leave a field blank is not such a group."""

CLOSE = 1e-6
"""How near to a whole number the solver's answer counts as one."""


@dataclass
class Reader:
    """What a reader of printed counts can work out about the groups of records behind them.

    `printed[claim]` says which claims are printed. The reader is taken to know which groups have any
    records at all, that no count is below nought, and that a hidden count is at least 1, for noughts are
    printed. That is more than most readers know, so what is safe from this one is safe.
    """

    groups: Groups
    printed: Membership

    def limits(self, counted: Vector) -> tuple[float, float, set[int]]:
        """Return the least and most that the sum of some groups can be, and the printed claims that say so.

        `counted`: 1 for each group in the sum and 0 for the others, shape (groups,).
        """
        from scipy.optimize import linprog

        holds = self.groups.holds.astype(np.float64)
        shown, hidden = np.flatnonzero(self.printed), np.flatnonzero(~self.printed & holds.any(axis=1))
        told: set[int] = set()
        limits = []
        for sign in (1.0, -1.0):
            found = linprog(
                sign * counted,
                A_eq=holds[shown] if shown.size else None,
                b_eq=self.groups.counts[shown] if shown.size else None,
                A_ub=-holds[hidden] if hidden.size else None,
                b_ub=-np.ones(hidden.size) if hidden.size else None,
                method="highs",
            )
            limits.append(sign * found.fun if found.status == 0 else -sign * math.inf)
            if found.status == 0 and shown.size:
                told |= {int(claim) for claim in shown[np.abs(found.eqlin.marginals) > CLOSE]}
        return limits[0], limits[1], told

    def knows(self, counted: Vector) -> set[int] | None:
        """Return the printed claims that fix the sum of some groups, or None where it could be two numbers."""
        low, high, told = self.limits(counted)
        if math.isinf(high) or math.floor(high + CLOSE) > math.ceil(low - CLOSE):
            return None
        return told


def to_protect(groups: Groups, printed: Membership, threshold: int, fixed: Membership) -> Iterator[Vector]:
    """Return the small numbers that must not be worked out: hidden small counts, and small differences.

    A difference is small where one printed count lies inside another and nearly fills it.
    """
    counts, holds = groups.counts, groups.holds.astype(np.float64)
    for claim in np.flatnonzero(~printed & (counts > 0) & (counts < threshold)):
        yield holds[claim]
    people = np.array([claim.kind in DIFFERENCED for claim in groups.claims])
    records = np.array([claim.kind is Kind.ROWS for claim in groups.claims])
    inner = np.flatnonzero(printed & people & ~fixed & (counts > 0))
    outer = np.flatnonzero(printed & people & (~fixed | records))
    apart = counts[outer][None, :] - counts[inner][:, None]
    for one, other in np.argwhere((apart > 0) & (apart < threshold)):
        outside = groups.holds[inner[one]] & ~groups.holds[outer[other]]
        if not groups.sizes[outside].any():
            yield holds[outer[other]] - holds[inner[one]]


def hide_until_safe(
    groups: Groups, printed: Membership, threshold: int, fixed: Membership | None = None
) -> Membership:
    """Return which claims may still be printed so that no small number can be worked out.

    `printed` and `fixed` have shape (claims,); what is fixed is public already and stays printed. Where a
    small number can be worked out, the smallest of the printed claims that fix it is hidden, until it could
    be two numbers. Hiding a claim tells the reader less of all others, so each is looked at once.
    """
    printed = printed.copy()
    fixed = np.zeros_like(printed) if fixed is None else fixed
    for counted in list(to_protect(groups, printed, threshold, fixed)):
        told = Reader(groups, printed).knows(counted)
        while told is not None:
            # Prefer what the solver points at; a claim on the same records where it points at none.
            touching = np.flatnonzero(printed & ~fixed & (groups.holds & (counted > 0)).any(axis=1))
            near = {claim for claim in told if not fixed[claim]} or set(touching.tolist())
            if not near:
                break
            smallest = min(near, key=lambda claim: (groups.counts[claim], claim))
            same = (groups.holds == groups.holds[smallest]).all(axis=1)
            if (same & fixed).any():
                fixed = fixed | same  # a public figure says as much: hiding it would hide nothing
                continue
            printed &= ~same
            told = Reader(groups, printed).knows(counted)
    return printed
