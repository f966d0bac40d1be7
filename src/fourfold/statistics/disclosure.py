"""Small counts kept from view: primary and complementary suppression, and rounding to a base.

What a reader is taken to know: the published cells, that counts are not negative, and whether noughts are
shown (then a hidden cell is at least 1). Publish both kinds of suppressed cell under one mark: telling
them apart would give away that the one kind is below the threshold and the other above it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fourfold.statistics.complement import complementary_cells
from fourfold.statistics.interval import BoolArray, FloatArray, as_counts


@dataclass(frozen=True)
class Suppressed:
    """A table with its totals, fit to publish; three arrays of one shape.

    `shown`: the counts, nan where suppressed. `primary`: suppressed for being small. `secondary`:
    suppressed so that no other can be got back by subtraction.
    """

    shown: FloatArray
    primary: BoolArray
    secondary: BoolArray


def small_counts(counts: ArrayLike, threshold: int = 5, *, hide_zero: bool = False) -> BoolArray:
    """Return which counts are to be suppressed: from 1 to under the threshold, and 0 only if told so.

    `counts`: of any shape. `threshold`: the lowest count that may be shown; 1 suppresses nothing above 0.

    Raises ValueError for a threshold below 1 or a count that is negative, fractional or missing.
    Source: Hundepool and others 2012, Statistical Disclosure Control (minimum frequency rule).
    """
    if threshold < 1:
        raise ValueError(f"The threshold is the lowest count that may be shown, at least 1: got {threshold}.")
    known = _complete(counts)
    return np.asarray((known < threshold) & ((known > 0) | hide_zero))


def suppress_list(counts: ArrayLike, threshold: int = 5, *, hide_zero: bool = False) -> Suppressed:
    """Return counts with their total appended, small ones suppressed and none to be got back from the total.

    `counts`: shape (k,), the parts of one total; the result has shape (k + 1,), the total last. Where the
    small counts left hidden can be worked out, the smallest count that is not 0 is hidden too; the total
    goes only where nothing else is left.

    Raises ValueError as `small_counts`, or for a shape other than (k,).
    Source: Cox 1980 (Journal of the American Statistical Association 75), in one dimension.
    """
    parts = _complete(counts)
    if parts.ndim != 1 or parts.size == 0:
        raise ValueError(f"A list of counts has one axis and at least one count: got shape {parts.shape}.")
    whole = np.append(parts, parts.sum())
    primary = small_counts(whole, threshold, hide_zero=hide_zero)
    hidden = primary.copy()
    lowest = 0.0 if hide_zero else 1.0
    inner = hidden[:-1]
    while not hidden[-1] and inner.any() and _given_away(parts[inner], lowest):
        left = np.flatnonzero(~inner & (parts > 0))
        hidden[left[np.argmin(parts[left])] if left.size else -1] = True
    return Suppressed(np.where(hidden, np.nan, whole), primary, hidden & ~primary)


def suppress_table(counts: ArrayLike, threshold: int = 5, *, hide_zero: bool = False) -> Suppressed:
    """Return a table with its totals, small counts suppressed and none to be got back by subtraction.

    `counts`: shape (rows, columns), without totals; the result has shape (rows + 1, columns + 1), the row
    totals in the last column, the column totals in the last row. Small totals are suppressed as well. No
    suppressed cell, of either kind, is fixed by what is shown: each could hold at least two values.
    Where the same counts appear in another published table, suppress both as one table.

    Raises ValueError as `small_counts`, or for a shape other than (rows, columns).
    Source: Cox 1995 (Journal of the American Statistical Association 90) and Castro 2007 (INFORMS
    Journal on Computing 19): network flows, by shortest paths.
    """
    inside = _complete(counts)
    if inside.ndim != 2 or inside.size == 0:
        raise ValueError(f"A table has rows and columns and at least one cell: got shape {inside.shape}.")
    whole = with_totals(inside)
    primary = small_counts(whole, threshold, hide_zero=hide_zero)
    secondary = complementary_cells(whole, primary, lowest=0 if hide_zero else 1)
    return Suppressed(np.where(primary | secondary, np.nan, whole), primary, secondary)


def suppress_within_totals(counts: ArrayLike, threshold: int = 5) -> Suppressed:
    """Return a table whose column totals are printed elsewhere, small counts inside it and small rows suppressed.

    `counts`: shape (rows, columns), without totals; the result has shape (rows + 1, columns + 1) as that of
    `suppress_table`, its last row always shown. Where no choice of further cells keeps the small ones from
    being worked out, everything but the last row is suppressed.

    Raises ValueError as `suppress_table`.
    Source: as `suppress_table`.
    """
    inside = _complete(counts)
    if inside.ndim != 2 or inside.size == 0:
        raise ValueError(f"A table has rows and columns and at least one cell: got shape {inside.shape}.")
    whole = with_totals(inside)
    primary = small_counts(whole, threshold)
    primary[-1, :] = False
    secondary = complementary_cells(whole, primary, lowest=1)
    if secondary[-1, :].any():
        secondary = ~primary
        secondary[-1, :] = False
    return Suppressed(np.where(primary | secondary, np.nan, whole), primary, secondary)


def with_totals(table: ArrayLike) -> FloatArray:
    """Return a table of shape (rows, columns) with row totals, column totals and the grand total added."""
    wide = np.concatenate([np.asarray(table, np.float64), np.sum(table, axis=1, keepdims=True)], axis=1)
    return np.concatenate([wide, wide.sum(axis=0, keepdims=True)], axis=0)


def round_to_base(counts: ArrayLike, base: int = 5) -> FloatArray:
    """Return each count rounded to the nearest multiple of the base, halves up; nan stays nan.

    `counts`: of any shape; the same count always rounds alike, so a figure shown twice agrees. Totals are
    to be rounded from the true total, and then need not equal the sum of the rounded parts. A rounded 0
    may stand for up to half the base: say so beside the table.

    Raises ValueError for a base below 1 or a negative or fractional count.
    Source: Willenborg and de Waal 2001, Elements of Statistical Disclosure Control (rounding).
    """
    if base < 1:
        raise ValueError(f"The base to round to is at least 1: got {base}.")
    known = as_counts(counts, "counts")
    return np.asarray(np.floor((2.0 * known + base) / (2.0 * base)) * base, dtype=np.float64)


def _complete(counts: ArrayLike) -> FloatArray:
    known = as_counts(counts, "counts")
    if np.isnan(known).any():
        raise ValueError("Some counts are missing: a table with gaps cannot be made safe by suppression.")
    return known


def _given_away(hidden: FloatArray, lowest: float) -> bool:
    """Whether the sum of the hidden parts fixes them: there is only one, or all sit at the lowest value."""
    return hidden.size == 1 or bool(np.all(hidden == lowest))
