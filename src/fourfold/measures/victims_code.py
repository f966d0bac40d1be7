"""Compliance with duties, as the clocks have it: what is known, and the bounds of what is not.

Reference notes on the Victims' Code audit: recorded compliance is met of met and not met; strict counts what
is not recorded as not met, best case as met. The truth lies between strict and best case, whatever was done.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from fourfold.records.compliance import ALL, DutyCompliance

MET, LATE, NOT_MET, NOT_RECORDED = "met_in_time", "met_late", "not_met", "not_recorded"
COUNTED = (MET, LATE, NOT_MET, NOT_RECORDED)
ASIDE = ("running", "not_applicable", "not_set")
"""States outside every denominator."""


def with_month(clocks: pl.DataFrame) -> pl.DataFrame:
    """Return the clocks with `month`, the first day of that in which each was due, or began without a limit."""
    return clocks.with_columns(month=pl.coalesce("due_on", "started_on").dt.truncate("1mo"))


def compliance(clocks: pl.DataFrame, by: Sequence[str] = ("rule",)) -> pl.DataFrame:
    """Return counts of each state and the shares in percent, one row for each value of the columns `by`.

    clocks: columns of the derived table `clock` and any more that `by` names. Shares are missing where they
    would divide by nothing. Columns: met_in_time, met_late, not_met, not_recorded, running, not_applicable,
    not_set, judged; recorded_percent (of what is recorded), strict_percent and best_percent (bounds of the
    truth), not_recorded_percent (of all that is judged), width_points (best less strict). Times in which a
    victim may act are nobody's duty: leave them out before (`rules.clock_gaps.duties_only`).
    """
    counts = ((pl.col("state") == state).sum().cast(pl.Int64).alias(state) for state in (*COUNTED, *ASIDE))
    found = clocks.group_by(*by).agg(*counts).sort(*by, nulls_last=True)
    missed, unknown = pl.col(LATE) + pl.col(NOT_MET), pl.col(NOT_RECORDED)
    judged = pl.col(MET) + missed + unknown
    return found.with_columns(
        judged=judged,
        recorded_percent=percent(pl.col(MET), pl.col(MET) + missed),
        strict_percent=percent(pl.col(MET), judged),
        best_percent=percent(pl.col(MET) + unknown, judged),
        not_recorded_percent=percent(unknown, judged),
    ).with_columns(width_points=pl.col("best_percent") - pl.col("strict_percent"))


def counted_duties(clocks: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Return the derived table `duty_compliance` (records.compliance), in the order of its key.

    clocks: columns of the derived table `clock`, without windows. groups: the derived table `crime_group`.
    Of two duties on one event only the stricter counts. A clock counts once in the rows of "all", and once
    in those of each group its crime belongs to.
    """
    told = with_month(clocks.filter("is_strictest")).join(
        groups.select("offence_group", "open_group", case_ref="crime_ref"), on="case_ref", how="left"
    )
    # First by combination of groups, of which there are few: then the parts are few enough to be taken apart.
    keys = ("force", "rule", "subject", "unit", "month", "is_enhanced", "offence_group", "open_group")
    counts = compliance(told, keys).select(*keys, *COUNTED, *ASIDE, "judged")
    plain = [pl.col(name) for name in (*COUNTED, *ASIDE, "judged")]
    left_open = pl.when(pl.col("open_group").is_not_null()).then("judged").otherwise(0)
    nothing = [pl.lit(0, dtype=pl.Int64).alias(name) for name in (*COUNTED, *ASIDE, "judged")]
    parts = [
        counts.select(*keys[:6], *plain, group=pl.lit(ALL), left_open=left_open),
        apart(counts, "offence_group").select(*keys[:6], *plain, group="group", left_open=pl.lit(0)),
        apart(counts, "open_group").select(*keys[:6], *nothing, group="group", left_open="judged"),
    ]
    by = (*keys[:6], "group")
    summed = pl.concat(parts, how="vertical_relaxed").group_by(by).agg(pl.exclude(by).sum()).sort(by)
    named = summed.rename({"group": "offence_group", "left_open": "open_group"})
    return DutyCompliance.validate(named.select(DutyCompliance.column_names()))


def apart(counts: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return a row for each of the values that a column lists as `|a|b|`, as `group`."""
    told = counts.filter(pl.col(column).is_not_null())
    return told.with_columns(group=pl.col(column).str.strip_chars("|").str.split("|")).explode("group")


def percent(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """Return part of whole in percent, missing where the whole is nothing."""
    return pl.when(whole > 0).then(100.0 * part / whole)


def narrows_most(clocks: pl.DataFrame, by: Sequence[str] = ("rule",)) -> pl.DataFrame:
    """Return where recording would narrow the bounds of the whole most, widest first.

    Columns: those of `by`, not_recorded, and narrows_points: by how many points the bounds of all clocks
    together would come closer if every one of these were recorded.
    """
    rows = compliance(clocks, by).filter(pl.col(NOT_RECORDED) > 0)
    narrowing = 100.0 * pl.col(NOT_RECORDED) / compliance(clocks, ("force",))["judged"].sum()
    return rows.select(*by, NOT_RECORDED, narrows_points=narrowing).sort(
        "narrows_points", *by, descending=[True, *(False for _ in by)]
    )


def change_on_bounds(
    earlier: pl.DataFrame, later: pl.DataFrame, by: Sequence[str] = ("rule",)
) -> pl.DataFrame:
    """Say of two periods whether compliance rose, fell, or cannot be told, by their bounds alone.

    earlier, later: rows of `compliance`. `change` is rose where the later strict share lies above the earlier
    best case, fell where the later best case lies below the earlier strict share, else cannot_tell.
    """
    both = earlier.join(later, on=list(by), suffix="_later", nulls_equal=True)
    rose = pl.col("strict_percent_later") > pl.col("best_percent")
    fell = pl.col("best_percent_later") < pl.col("strict_percent")
    return both.select(
        *by,
        "strict_percent",
        "best_percent",
        "strict_percent_later",
        "best_percent_later",
        change=pl.when(rose)
        .then(pl.lit("rose"))
        .when(fell)
        .then(pl.lit("fell"))
        .otherwise(pl.lit("cannot_tell")),
    )
