"""Turning a score into a probability on cases whose truth is known, each weighted by how it was drawn."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from fourfold.statistics.interval import FloatArray

STEPS = 100


def platt(score: ArrayLike, truth: ArrayLike, weight: ArrayLike) -> tuple[float, float]:
    """Return slope and intercept of the log odds on the score that fit the truth best.

    score: n log odds. truth: n truths. weight: n weights above nought; only their relations matter. Truths are
    drawn a little towards the middle, so that a score that parts them wholly has limits. The slope is never
    below nought: where higher scores were true less often, the score says nothing and the slope is 0.
    Raises ValueError where all truths are alike. Source: Platt 1999; Newton steps as Lin, Lin and Weng 2007.
    """
    x, is_true = np.asarray(score, dtype=np.float64), np.asarray(truth, dtype=bool)
    each = np.asarray(weight, dtype=np.float64)
    if is_true.all() or not is_true.any():
        raise ValueError("Calibration needs cases that are and cases that are not.")
    each = each * len(each) / each.sum()
    above, below = float(each[is_true].sum()), float(each[~is_true].sum())
    wanted = np.where(is_true, (above + 1) / (above + 2), 1 / (below + 2))
    slope, intercept = _newton(x, wanted, each, np.array([1.0, 0.0]))
    if slope >= 0:
        return slope, intercept
    return 0.0, float(np.log((above + 1) / (below + 1)))


def _newton(x: FloatArray, wanted: FloatArray, each: FloatArray, start: FloatArray) -> tuple[float, float]:
    design = np.column_stack([x, np.ones_like(x)])
    at = start
    for _ in range(STEPS):
        p = sigmoid(design @ at)
        slope_of_loss = design.T @ (each * (p - wanted)) + 1e-6 * (at - start)
        bend = (design * (each * p * (1 - p))[:, None]).T @ design + 1e-6 * np.eye(2)
        step = np.linalg.solve(bend, slope_of_loss)
        step *= min(1.0, 2.0 / max(1e-12, float(np.abs(step).max())))
        at = at - step
        if np.abs(step).max() < 1e-9:
            break
    return float(at[0]), float(at[1])


def sigmoid(log_odds: ArrayLike) -> FloatArray:
    """Return probabilities from log odds, without overflow."""
    value = np.asarray(log_odds, dtype=np.float64)
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * value)), dtype=np.float64)
