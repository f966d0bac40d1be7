"""Rows beside the clocks: duties that nothing started, so that every duty has an answer; and windows left out."""

from __future__ import annotations

from datetime import date

import polars as pl

from fourfold.rules.clocks import State
from fourfold.rules.rulebook import Rulebook


def with_not_started(clocks: pl.DataFrame, book: Rulebook, force: str, on: date) -> pl.DataFrame:
    """Return the clocks of some victims with a row for each duty of theirs that nothing recorded starts.

    clocks: columns of the derived table `clock`, of one force. Duties are those that hold on the day `on`.
    Such a row is not applicable, with the reason not_started; or not_watched where no event of the case
    record could ever start it.
    """
    held = [
        duty
        for duty in book.duties
        if duty.subject == "victim" and duty.holds_on(on) and duty.force in (None, force)
    ]
    rules = pl.DataFrame(
        {
            "rule": [duty.rule for duty in held],
            "reason": ["not_started" if duty.starts else "not_watched" for duty in held],
        },
        schema={"rule": pl.String, "reason": pl.String},
    )
    keys = ["force", "unit", "officer_ref", "ho_code", "case_ref", "subject", "subject_ref", "as_of"]
    victims = clocks.filter(pl.col("subject") == "victim").select(keys).unique(["case_ref", "subject_ref"])
    silent = victims.join(rules, how="cross").join(clocks, on=["case_ref", "subject_ref", "rule"], how="anti")
    rows = silent.with_columns(
        state=pl.lit(State.NOT_APPLICABLE.value), is_enhanced=pl.lit(False), is_strictest=pl.lit(True)
    )
    return pl.concat([clocks, rows], how="diagonal").sort("case_ref", "subject_ref", "rule", "started_on")


def duties_only(clocks: pl.DataFrame, book: Rulebook) -> pl.DataFrame:
    """Leave out the times in which a victim may act: nobody can fail them, so nobody complies with them."""
    windows = sorted({duty.rule for duty in book.duties if duty.kind == "window"})
    return clocks.filter(~pl.col("rule").is_in(windows))
