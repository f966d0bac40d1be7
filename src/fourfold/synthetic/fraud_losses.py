"""What victims say they lost: many small sums, a few very large ones, many blanks and some zeros.

Means over stated losses above nought meet the 2022 board paper, para 12, to the penny. In 2020 a few
very large losses carry the individuals' mean, which is why it fell by three quarters while reports rose.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.synthetic.draws import Floats, falling

MEAN_LOSS = {
    (2020, False): 20_390.76,
    (2021, False): 4_599.00,
    (2020, True): 32_769.90,
    (2021, True): 19_801.01,
}
"""Mean loss in pounds by year and whether an organisation's (2022 board paper, para 12)."""
MISSING_SHARE = 0.25
ZERO_SHARE = 0.08
SPREAD = (1.65, 1.9)
"""Standard deviation of the logarithm of a loss: individuals, organisations (our own)."""
ORDINARY_MEAN_2020 = 4_350.0
"""Mean of individuals' losses in 2020 without the few very large ones, in pounds (our own)."""
VERY_LARGE_AT_ONE = 9


def losses(
    median: Floats,
    year: NDArray[np.int64],
    organisation: NDArray[np.bool_],
    never: NDArray[np.bool_],
    scale: float,
    rng: np.random.Generator,
) -> Floats:
    """Return each report's loss in pounds: NaN where nothing is stated, 0 where the victim states none.

    median: pounds, the typical loss of the report's story. never: stories in which nothing was paid.
    All shape (n,).
    """
    spread = np.where(organisation, SPREAD[1], SPREAD[0])
    loss = median * np.exp(spread * rng.normal(size=len(median)))
    drawn = rng.random(len(median))
    zero = (drawn < ZERO_SHARE) | (never & (drawn < 0.7))
    missing = drawn > 1 - MISSING_SHARE
    loss[zero], loss[missing] = 0.0, np.nan
    loss[never & ~missing] = 0.0
    for (of_year, of_organisations), mean in MEAN_LOSS.items():
        mine = np.flatnonzero((year == of_year) & (organisation == of_organisations) & (loss > 0))
        large = (
            max(1, round(VERY_LARGE_AT_ONE * scale)) if (of_year, of_organisations) == (2020, False) else 0
        )
        if len(mine):
            loss[mine] = to_mean(loss[mine], mean, large, rng)
    return loss


def to_mean(loss: Floats, mean: float, large: int, rng: np.random.Generator) -> Floats:
    """Return the losses in pounds with exactly this mean; the `large` greatest carry what is missing.

    Most people state whole pounds; the largest loss takes the odd pence that make the mean right.
    """
    order = np.argsort(loss, kind="stable")
    greatest, others = order[len(order) - large :], order[: len(order) - large]
    found = loss.copy()
    if large:
        found[others] *= ORDINARY_MEAN_2020 / found[others].mean()
        rest = mean * len(loss) - found[others].sum()
        shares = falling(large, 0.7)[::-1]
        found[greatest] = rest * shares / shares.sum()
    else:
        found *= mean / found.mean()
    whole = rng.random(len(found)) < 0.7
    found = np.maximum(np.where(whole, found.round(0), found.round(2)), 1.0)
    top = int(found.argmax())
    found[top] = round(found[top] + round(mean * len(found), 2) - found.sum(), 2)
    return np.asarray(found, dtype=np.float64)
