"""Topics that are new, or grow faster than the rest of their code, with the share of false alarms held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from fourfold.classify.settings import Settings
from fourfold.records.topic import TopicSignal
from fourfold.statistics.change import p_value, rate_ratio
from fourfold.statistics.multiplicity import benjamini_hochberg

BEFORE = 12
"""Months before the last ones with which they are compared: a whole year, so that a season is in it once."""
NEW_SHARE = 0.05
"""A topic with no more than this share of its reports before the last half-year is new."""


def topic_signals(members: pl.DataFrame, topics: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return rows of `topic_signal`: topics whose share of their code rose in the last months.

    members: rows of `topic_member`. topics: rows of `topic`. The last months end with the last day told of the
    force. A rise is the exact ratio of the topic's reports to all others of its code, now against the year
    before; all topics of all codes are one family (Benjamini and Hochberg 1995).
    """
    rows = [row for row in topics.select("topic", "force", "code", "words").iter_rows(named=True)]
    if not rows:
        return TopicSignal.create_empty()
    spans = [span_of(members, row["force"], settings.topic_months) for row in rows]
    counted = [counts(row, members, span) for row, span in zip(rows, spans, strict=True)]
    now, before, rest_now, rest_before = np.array(counted, dtype=np.float64).T
    enough = (now >= settings.least_records_of_a_word) & (rest_now > 0) & (rest_before > 0)
    ratio = rate_ratio(now, before, np.maximum(rest_now, 1), np.maximum(rest_before, 1))
    p = np.where(enough, p_value(now, before, np.maximum(rest_now, 1), np.maximum(rest_before, 1)), np.nan)
    found = benjamini_hochberg(p, settings.topic_false_discovery)
    made = [
        signal(
            row,
            counted[at],
            spans[at],
            float(ratio.value[at]),
            float(ratio.lower[at]),
            float(found.adjusted[at]),
            members,
        )
        for at, row in enumerate(rows)
        if found.rejected[at] and ratio.value[at] > 1
    ]
    schema = {name: column.dtype for name, column in TopicSignal.columns().items()}
    return TopicSignal.validate(pl.DataFrame(made, schema=schema, orient="row"))


@dataclass(frozen=True)
class Span:
    """The last months told of a force, from the first day to the last, and the first day of the year before them."""

    year_from: date
    from_on: date
    last: date

    @property
    def half_year_from(self) -> date:
        day = pl.Series([self.last]).dt.offset_by("-6mo")[0]
        return date(day.year, day.month, day.day)


def span_of(members: pl.DataFrame, force: str, months: int) -> Span:
    """Return the last months that a force told of."""
    days = members.filter(pl.col("force") == force).select(last=pl.col("on").max())
    last = pl.col("last")
    told = days.select(
        year_from=last.dt.offset_by(f"-{months + BEFORE}mo").dt.offset_by("1d"),
        from_on=last.dt.offset_by(f"-{months}mo").dt.offset_by("1d"),
        last=last,
    )
    return Span(**told.row(0, named=True))


def counts(row: dict[str, str], members: pl.DataFrame, span: Span) -> tuple[int, int, int, int]:
    """Return reports of a topic lately and in the year before, and those of the rest of its code."""
    mine = members.filter((pl.col("force") == row["force"]) & (pl.col("code") == row["code"]))
    lately = pl.col("on") >= span.from_on
    earlier = pl.col("on").is_between(span.year_from, span.from_on, closed="left")
    is_topic = (pl.col("topic") == row["topic"]).fill_null(False)
    told = mine.select(
        now=(lately & is_topic).sum(),
        before=(earlier & is_topic).sum(),
        rest_now=(lately & ~is_topic).sum(),
        rest_before=(earlier & ~is_topic).sum(),
    )
    now, before, rest_now, rest_before = told.row(0)
    return now, before, rest_now, rest_before


def signal(
    row: dict[str, str],
    counted: tuple[int, int, int, int],
    span: Span,
    ratio: float,
    lower: float,
    q_value: float,
    members: pl.DataFrame,
) -> tuple[object, ...]:
    """Return one row of `topic_signal`."""
    now, before, rest_now, rest_before = counted
    expected = before * rest_now / rest_before
    on = members.filter(pl.col("topic") == row["topic"])["on"]
    is_new = int((on < span.half_year_from).sum()) <= NEW_SHARE * len(on)
    what = "A new topic" if is_new else "A growing topic"
    rose = "none were expected" if expected == 0 else f"{expected:,.0f} were expected"
    words = f"{what} in {row['code']}: {now:,} reports where {rose} by the year before ({row['words']})."
    kind = "new_topic" if is_new else "growing_topic"
    return (
        f"{row['topic']}@{span.last.isoformat()}",
        kind,
        "topic",
        row["topic"],
        row["force"],
        span.from_on,
        span.last,
        float(now),
        expected,
        ratio if np.isfinite(ratio) else None,
        lower,
        min(1.0, q_value),
        words,
    )
