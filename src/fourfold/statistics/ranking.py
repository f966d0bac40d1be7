"""How well a score puts those that are before those that are not."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def average_precision(truth: ArrayLike, score: ArrayLike, weight: ArrayLike | None = None) -> float:
    """Return the mean precision over those that are, each at the rank where the score finds it.

    truth: n truths. score: n numbers, higher for more likely; equal scores are found together. weight: n
    weights above nought, one each where None. nan where none is true. Raises ValueError for unequal lengths.
    Source: Buckley and Voorhees 2000, without interpolation.
    """
    is_true, value = np.asarray(truth, dtype=bool), np.asarray(score, dtype=np.float64)
    each = np.ones(len(value)) if weight is None else np.asarray(weight, dtype=np.float64)
    if not len(is_true) == len(value) == len(each):
        raise ValueError(
            f"truth, score and weight must be of one length: {len(is_true)}, {len(value)}, {len(each)}."
        )
    if not is_true.any():
        return float("nan")
    order = np.argsort(-value, kind="stable")
    hits, all_found = np.cumsum((each * is_true)[order]), np.cumsum(each[order])
    last = np.append(np.flatnonzero(np.diff(value[order])), len(value) - 1)
    precision = hits[last] / all_found[last]
    return float(np.sum(np.diff(hits[last], prepend=0.0) * precision) / hits[-1])
