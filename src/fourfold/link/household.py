"""The probability of a pair against both other explanations: two people at random, or two people of one home.

Fellegi and Sunter (1969) weigh a pair against two records taken at random. People of one home share surname,
address and telephone, which by chance nobody does, so by that weight alone they are joined. Here a pair is
weighed against a mixture of the two classes of different people. Under the class of one home, what a home shares
(last name, phone, address) agrees as often as homes were seen to agree; what is each person's own (first name,
date of birth) agrees by chance, but never more rarely than in families: sons have their fathers' names, twins
their birthday; an e-mail address is partly shared.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from fourfold.link.levels import NOT_SAID, Comparison
from fourfold.link.model import LEAST, KindModel


def with_probability(
    pairs: pl.DataFrame, model: KindModel, comparisons: Sequence[Comparison]
) -> pl.DataFrame:
    """Return pairs with `weight` (log2 of the odds) and `probability`, given Splink's `match_weight` and `levels`.

    `mw_tf_adj_<comparison>` are Splink's log2 adjustments for rare values, where there are any.
    """
    against_chance = pl.col("match_weight")
    if model.home_prior > 0:
        home = pl.lit(float(np.log2(model.same_prior / model.home_prior)))
        for place, one in enumerate(comparisons):
            home = home + home_weight(place, one, model, f"mw_tf_adj_{one.name}" in pairs.columns)
        against = pl.lit(2.0) ** -against_chance.clip(-500, 500) + pl.lit(2.0) ** -home.clip(-500, 500)
        weight = -against.log(2)
    else:
        weight = against_chance
    return pairs.with_columns(weight=weight).with_columns(
        probability=1 / (1 + pl.lit(2.0) ** -pl.col("weight").clip(-60, 60))
    )


def home_weight(place: int, comparison: Comparison, model: KindModel, is_adjusted: bool) -> pl.Expr:
    """Return the log2 ratio of one person to one home for a comparison, by the code at its place."""
    shares = model.shares[comparison.name]
    code = pl.col("levels").str.slice(place, 1)
    ratios = {NOT_SAID: 0.0}
    for level in comparison.levels:
        same, home = (max(each.get(level.code, LEAST), LEAST) for each in (shares.same, shares.home))
        ratios[level.code] = 0.0 if level.neutral else float(np.log2(same / home))
    plain = code.replace_strict(ratios, return_dtype=pl.Float64)
    if not is_adjusted or comparison.sharing == "shared":
        return plain
    # A common name agrees between two of a home more often than the average one does; a rare one not more
    # rarely than families repeat names, which the shares of the home hold already.
    return plain + pl.col(f"mw_tf_adj_{comparison.name}").clip(upper_bound=0.0)
