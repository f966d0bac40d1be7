"""Random draws that belong to a thing (a person, a household), not to the order in which it is asked for.

The made-up people are never held all at once: whoever needs some of them names their ids, and each
attribute is drawn from the id, the seed and the attribute's name. So the fraud list and the crime
extract know the same person, at any scale, in any order.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

GOLDEN = 0x9E3779B97F4A7C15


def uniform(ids: NDArray[np.integer], seed: int, purpose: str) -> Floats:
    """Return one number in [0, 1) for each id, always the same for the same id, seed and purpose.

    ids: shape (n,), whole numbers from 0. Method: the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
    """
    # The start is mixed too: else two purposes could run through the same numbers, some ids apart.
    start = mixed(np.array([seed ^ zlib.crc32(purpose.encode()) << 32], dtype=np.uint64))
    drawn = mixed(ids.astype(np.uint64) * np.uint64(GOLDEN) + start)
    return np.asarray((drawn >> np.uint64(11)).astype(np.float64) * 2.0**-53, dtype=np.float64)


def mixed(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return 64-bit words with every bit depending on every bit."""
    for _ in range(2):
        words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        words = words ^ (words >> np.uint64(31))
    return words


def below(ids: NDArray[np.integer], seed: int, purpose: str, limit: int | Whole) -> Whole:
    """Return one whole number in 0 to limit - 1 for each id; `limit` may differ by id."""
    return np.asarray(np.floor(uniform(ids, seed, purpose) * limit), dtype=np.int64)


def by_weight(ids: NDArray[np.integer], seed: int, purpose: str, weights: Sequence[float] | Floats) -> Whole:
    """Return an index into `weights` for each id, drawn in proportion to them."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    drawn = np.searchsorted(edges, uniform(ids, seed, purpose) * edges[-1], side="right")
    return np.asarray(np.minimum(drawn, len(edges) - 1), dtype=np.int64)


def falling(count: int, steepness: float = 0.6) -> Floats:
    """Return weights that fall with rank (Zipf): a few names are common, most are rare."""
    return np.asarray(1.0 / np.arange(1, count + 1, dtype=np.float64) ** steepness, dtype=np.float64)


def share_out(total: int, weights: Sequence[float] | Floats) -> Whole:
    """Divide `total` into whole parts in proportion to `weights` that add up to it (largest remainders)."""
    exact = np.asarray(weights, dtype=np.float64) / np.sum(weights) * total
    parts = np.floor(exact).astype(np.int64)
    short = total - int(parts.sum())
    parts[np.argsort(parts - exact, kind="stable")[:short]] += 1
    return np.asarray(parts, dtype=np.int64)
