"""What set violence against shop staff off, as far as the offence and the account tell (source paper, paragraph 24)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

NOT_RECORDED = "not_recorded"
THEFT = "theft"


def with_trigger(
    crimes: pl.DataFrame, triggers: Sequence[Mapping[str, Any]], theft_codes: Sequence[str]
) -> pl.DataFrame:
    """Return the crimes with `trigger` and `trigger_from`.

    crimes: ho_code, mo_text. triggers: `key` and `cues` each, the first that fits counts. theft_codes: offence
    classes that are theft in themselves, such as robbery of a shop. Where neither tells anything the trigger
    is `not_recorded`, which is not the same as another trigger.
    """
    account = pl.col("mo_text").str.to_lowercase()
    by_offence = pl.col("ho_code").is_in(list(theft_codes)).fill_null(False)
    told = pl.lit(None, pl.String)
    for trigger in reversed(triggers):
        told = pl.when(has_cue(account, trigger["cues"])).then(pl.lit(str(trigger["key"]))).otherwise(told)
    return crimes.with_columns(
        trigger=pl.when(by_offence).then(pl.lit(THEFT)).otherwise(told.fill_null(NOT_RECORDED)),
        trigger_from=pl.when(by_offence)
        .then(pl.lit("offence"))
        .when(told.is_not_null())
        .then(pl.lit("narrative")),
    )


def has_cue(account: pl.Expr, cues: Sequence[str]) -> pl.Expr:
    """Say whether the account has one of the cues as whole words; one that ends in * may go on. Blank has none."""
    if not cues:
        return pl.lit(False)
    patterns = [re.escape(cue.lower().rstrip("*")) + ("" if cue.endswith("*") else r"\b") for cue in cues]
    return account.str.contains(rf"\b(?:{'|'.join(patterns)})").fill_null(False)
