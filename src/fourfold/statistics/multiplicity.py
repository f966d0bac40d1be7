"""Many comparisons at once: how many of those flagged are false."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fourfold.statistics.interval import BoolArray, FloatArray


@dataclass(frozen=True)
class Discoveries:
    """Adjusted p-values and which are discoveries, of the input's shape; `family` is how many were tested.

    A comparison that could not be made (nan) keeps nan, is no discovery and is not in the family.
    """

    adjusted: FloatArray
    rejected: BoolArray
    family: int


def benjamini_hochberg(p_values: ArrayLike, false_share: float = 0.05) -> Discoveries:
    """Return adjusted p-values such that, of all rejected, at most `false_share` are false on average.

    `p_values`: the whole family shown to the reader, of any shape, each from 0 to 1 or nan. `false_share`:
    the false discovery rate, strictly between 0 and 1. The promise holds for comparisons that are
    independent or rise and fall together.

    Raises ValueError for p-values outside 0 to 1 or a share outside 0 to 1.
    Source: Benjamini and Hochberg 1995 (Journal of the Royal Statistical Society B 57).
    """
    if not 0.0 < false_share < 1.0:
        raise ValueError(f"The false discovery rate lies strictly between 0 and 1: got {false_share}.")
    p = np.asarray(p_values, dtype=np.float64)
    if np.any((p < 0) | (p > 1)):
        raise ValueError("A p-value lies from 0 to 1: some do not.")
    adjusted = np.full(p.shape, np.nan)
    tested = ~np.isnan(p)
    known = p[tested]
    order = np.argsort(known, kind="stable")
    stepped = known[order] * known.size / np.arange(1, known.size + 1)
    # From the largest down: no p-value may end above one that was larger before.
    falling = np.minimum.accumulate(stepped[::-1])[::-1]
    ranked = np.empty(known.size)
    ranked[order] = np.minimum(falling, 1.0)
    adjusted[tested] = ranked
    return Discoveries(adjusted, adjusted <= false_share, int(known.size))
