"""A mixture of three classes of record pairs, fitted to how often each pattern of agreement was seen.

After Fellegi and Sunter (1969, J. Am. Stat. Assoc. 64) and the fitting of Winkler (1988) by the expectation and
maximisation of Dempster, Laird and Rubin (1977), with a third class for two people of one home.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

SAME, HOME, CHANCE = 0, 1, 2
SMALLEST = 1e-9


@dataclass(frozen=True)
class Pairs:
    """Patterns of agreement and how many pairs show each.

    levels: shape (n, k), the level of each of k comparisons, -1 where one side does not say.
    counts: shape (n,). known: shape (n,), 1 for pairs known to be of one person, 0 known not to be, -1 unknown.
    total: the number of all pairs of records, those that were never looked at included; they are taken at random.
    """

    levels: Whole
    counts: Floats
    known: Whole
    total: float


@dataclass(frozen=True)
class Fitted:
    """Priors of the classes (shares of all pairs) and, for each comparison, shape (3, levels) of shares by class."""

    priors: Floats
    shares: list[Floats]
    posterior: Floats
    rounds: int


@dataclass(frozen=True)
class Sharing:
    """How two people of one home agree on a comparison: `shared` is fitted; otherwise a blend of chance and same.

    part: share of homes that share it as one person does. least: shape (levels,), agreement within families that is
    never rarer than this, whatever chance says.
    """

    shared: bool
    part: float
    least: Floats


def fit_pairs(
    pairs: Pairs, chance: list[Floats], same: list[Floats], sharing: list[Sharing], rounds: int = 200
) -> Fitted:
    """Fit priors and shares; `chance` stays as given, `same` is where the search starts.

    Every share has the weight of one pair spread over its levels, so that nothing is impossible.
    """
    start = np.array([pairs.counts.sum() * 0.2, pairs.counts.sum() * 0.1, pairs.total]) / pairs.total
    fitted = Fitted(start / start.sum(), joined(same, chance, sharing, same), np.zeros(0), 0)
    before = -np.inf
    for step in range(1, rounds + 1):
        posterior, likelihood = expect(pairs, fitted)
        fitted = maximise(pairs, posterior, chance, sharing, step)
        if abs(likelihood - before) < 1e-9 * abs(likelihood):
            break
        before = likelihood
    posterior, _ = expect(pairs, fitted)
    return Fitted(fitted.priors, fitted.shares, posterior, fitted.rounds)


def expect(pairs: Pairs, fitted: Fitted) -> tuple[Floats, float]:
    """Return each pattern's probability of each class, shape (n, 3), and the log likelihood of all."""
    log = np.tile(np.log(fitted.priors + 1e-300), (len(pairs.counts), 1))
    for column, shares in enumerate(fitted.shares):
        level = pairs.levels[:, column]
        told = level >= 0
        log[told] += np.log(shares[:, level[told]].T)
    log[pairs.known == 1, HOME] = log[pairs.known == 1, CHANCE] = -np.inf
    log[pairs.known == 0, SAME] = -np.inf
    top = log.max(axis=1, keepdims=True)
    weight = np.exp(log - top)
    whole = weight.sum(axis=1, keepdims=True)
    return weight / whole, float(pairs.counts @ (np.log(whole) + top)[:, 0])


def maximise(
    pairs: Pairs, posterior: Floats, chance: list[Floats], sharing: list[Sharing], step: int
) -> Fitted:
    """Return the priors and shares that fit the posterior best."""
    mass = posterior * pairs.counts[:, None]
    classes = mass.sum(axis=0)
    classes[CHANCE] += max(pairs.total - pairs.counts.sum(), 0.0)
    same, home = [], []
    for column, at_random in enumerate(chance):
        level = pairs.levels[:, column]
        told = level >= 0
        size = len(at_random)
        seen = [
            np.bincount(level[told], weights=mass[told, which], minlength=size) + 1.0 / size
            for which in (SAME, HOME)
        ]
        same.append(seen[0] / seen[0].sum())
        home.append(seen[1] / seen[1].sum())
    priors = np.maximum(classes / classes.sum(), SMALLEST * 1e-3)
    return Fitted(priors / priors.sum(), joined(same, chance, sharing, home), posterior, step)


def joined(
    same: list[Floats], chance: list[Floats], sharing: list[Sharing], home: list[Floats]
) -> list[Floats]:
    """Return for each comparison the shares of the three classes, shape (3, levels)."""
    found = []
    for one, at_random, how, seen in zip(same, chance, sharing, home, strict=True):
        own = (1 - how.part) * at_random + how.part * one
        own = np.maximum(own, how.least)
        own = own / own.sum()
        found.append(np.maximum(np.stack([one, seen if how.shared else own, at_random]), SMALLEST))
    return found
