"""What would be drawn: many samples of one population in strata, as counts of each answer, to try an interval on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.statistics.interval import FloatArray

IntArray = NDArray[np.int64]


def draws(
    population: IntArray, out_of_scope: IntArray, sizes: IntArray, times: int, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Draw a stratified sample without replacement many times over.

    population: shape (strata, answers), records in scope with each answer. out_of_scope: shape (strata,),
    records that turn out to be none. sizes: shape (strata,), records in scope to be read, those out of
    scope being replaced. Returns counts of each answer, shape (times, strata, answers), and of records met
    out of scope on the way, shape (times, strata). A stratum that has fewer in scope than asked for is
    read whole.

    Answers are multivariate hypergeometric. Records out of scope met before the n-th in scope are negative
    hypergeometric, drawn as a beta mixture of binomials (Johnson, Kemp and Kotz 2005, section 6.2.2).
    """
    strata, answers = population.shape
    counts = np.zeros((times, strata, answers))
    gone = np.zeros((times, strata))
    for at in range(strata):
        inside, outside = int(population[at].sum()), int(out_of_scope[at])
        n = min(int(sizes[at]), inside)
        counts[:, at] = rng.multivariate_hypergeometric(population[at], n, size=times)
        if n == inside:
            gone[:, at] = outside
        elif n > 0:
            gone[:, at] = rng.binomial(outside, rng.beta(n, inside - n + 1, size=times))
    return counts, gone
