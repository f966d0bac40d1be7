"""Why two records are taken for one person, in words."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from fourfold.link.levels import COMPARISONS, NOT_SAID, level_of

SAME_SOURCE = "the same reference in the crime system"
BY_HAND = "joined by a reviewer"
AGAINST = "but"


def words_of(levels: str, kind: str) -> str:
    """Say the levels of a pair: what agrees, the strongest things first, and what does not.

    "the same first names, the same last name, the same date of birth, but different addresses".
    """
    agreed: list[str] = []
    against: list[str] = []
    for code, comparison in zip(levels, COMPARISONS[kind], strict=True):
        level = None if code == NOT_SAID else level_of(comparison, code)
        if level is not None and level.words:
            (against if level.code == "0" else agreed).append(level.words)
    told = ", ".join(agreed) or "nothing the same"
    return f"{told}, {AGAINST} {' and '.join(against)}" if against else told


def words(levels: pl.Expr, kind: str, known: Iterable[str]) -> pl.Expr:
    """Return the words of a column of levels, given all that are met in it."""
    table = {told: words_of(told, kind) for told in known}
    return levels.replace_strict(table, default=None, return_dtype=pl.String)
