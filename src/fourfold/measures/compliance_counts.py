"""Compliance from counts: what `measures.victims_code` says of clocks, said of rows that count them.

A force has millions of clocks; a page reads the small table `duty_compliance`, a count for each state. Sums of
counts give the same shares and bounds as the clocks themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from fourfold.measures.victims_code import ASIDE, COUNTED, LATE, MET, NOT_MET, NOT_RECORDED, percent

STATES = (*COUNTED, *ASIDE)
SHARES = ("recorded_percent", "strict_percent", "best_percent", "not_recorded_percent", "width_points")


def summed(counts: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return the counts of each state added up, one row for each value of the columns `by`; of nothing, one row for all.

    counts: a column for each of STATES (whole numbers), and those that `by` names.
    """
    sums = [pl.col(state).cast(pl.Int64).sum() for state in STATES]
    return counts.group_by(*by).agg(*sums).sort(*by, nulls_last=True) if by else counts.select(*sums)


def compliance_of_counts(counts: pl.DataFrame, by: Sequence[str] = ("rule",)) -> pl.DataFrame:
    """Return counts of each state, `judged` and the shares in percent, as `measures.victims_code.compliance` does.

    counts: as in `summed`. Shares are missing where they would divide by nothing.
    """
    missed, unknown = pl.col(LATE) + pl.col(NOT_MET), pl.col(NOT_RECORDED)
    judged = pl.col(MET) + missed + unknown
    return (
        summed(counts, by)
        .with_columns(
            judged=judged,
            recorded_percent=percent(pl.col(MET), pl.col(MET) + missed),
            strict_percent=percent(pl.col(MET), judged),
            best_percent=percent(pl.col(MET) + unknown, judged),
            not_recorded_percent=percent(unknown, judged),
        )
        .with_columns(width_points=pl.col("best_percent") - pl.col("strict_percent"))
    )


def narrows_most_of_counts(counts: pl.DataFrame, by: Sequence[str] = ("rule",)) -> pl.DataFrame:
    """Return where recording would narrow the bounds of the whole most, widest first.

    Columns: those of `by`, not_recorded, and narrows_points: by how many points the bounds of all the duties
    counted would come closer if every one of these were recorded.
    """
    rows = summed(counts, by)
    whole = sum(int(rows[state].sum()) for state in COUNTED)
    found = rows.filter(pl.col(NOT_RECORDED) > 0).select(
        *by, NOT_RECORDED, narrows_points=100.0 * pl.col(NOT_RECORDED) / max(whole, 1)
    )
    return found.sort("narrows_points", *by, descending=[True, *(False for _ in by)])


def change_of_counts(
    earlier: pl.DataFrame, later: pl.DataFrame, by: Sequence[str] = ("rule",)
) -> pl.DataFrame:
    """Say of two periods whether compliance rose, fell, or cannot be told, by their bounds alone.

    earlier, later: as in `summed`. Columns: those of `by`, strict_percent, best_percent and the same with
    `_later`, and `change` (rose, fell, cannot_tell). What only one period has, or neither judged, cannot be told.
    """
    before, after = (
        compliance_of_counts(frame, by).select(*by, "strict_percent", "best_percent")
        for frame in (earlier, later)
    )
    if not by:
        both = pl.concat([before, after.select(pl.all().name.suffix("_later"))], how="horizontal")
    else:
        both = before.join(after, on=list(by), how="full", suffix="_later", nulls_equal=True, coalesce=True)
    rose = (pl.col("strict_percent_later") > pl.col("best_percent")).fill_null(False)
    fell = (pl.col("best_percent_later") < pl.col("strict_percent")).fill_null(False)
    change = (
        pl.when(rose).then(pl.lit("rose")).when(fell).then(pl.lit("fell")).otherwise(pl.lit("cannot_tell"))
    )
    told = both.with_columns(change=change)
    return told.sort(*by, nulls_last=True) if by else told
