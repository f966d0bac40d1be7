"""A measure: what is counted or averaged, over which records, in words and as an expression."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import narwhals as nw

from fourfold.records.base import Kept


class Statistic(StrEnum):
    """What a measure does with its rows."""

    COUNT = "count"
    DISTINCT = "distinct"
    """How many different values `column` has."""
    SUM = "sum"
    LEVEL = "level"
    """The monthly sum of `column`, averaged over the months of the period: posts, not events."""
    AMOUNT = "amount"
    """An amount a record may state; averages, totals and counts of those that state none go by suffix."""
    SHARE = "share"
    """The share of the rows for which `part` holds."""
    ESTIMATE = "estimate"
    """What one row says of more than was looked at: `column` with its limits, estimated where the row was made."""


@dataclass(frozen=True)
class Rules:
    """What an expression may depend on beside the rows: the day, and the force's own lists and values."""

    on: date
    policy: Path | None = None
    vocabulary: Path | None = None


Rows = Callable[[Rules], nw.Expr]
"""Which rows count, as an expression on the measure's view."""


@dataclass(frozen=True)
class Sums:
    """Where a measure's rows stand counted already, so that millions need not be counted again.

    `view` has a row for each combination of the measure's dimensions and month; `rows` adds up to the
    rows that count, `part` to those of them that are part of a share. `whole_slice` is the filter that
    leaves each row counted once, where no dimension of `overlapping` is sliced by.
    """

    view: str
    rows: nw.Expr
    part: nw.Expr | None = None
    whole_slice: nw.Expr | None = None


@dataclass(frozen=True)
class Measure:
    """One thing the records say.

    `view` names the frame it reads (views.py); `record` is what a row of it is, for keys and masking.
    `on` is the view's day column. `subject` is a word of `policy/subjects.yaml`: series breaks go by it;
    '' is for what no break touches. `dimensions` are the columns it may be sliced by. `needs` are the
    tables beside the view's own without which it would come out too low. `months_must_be_there` says that
    a month without any row of the table was not sent, as for a crime extract; where it is False (people
    on a programme) months without rows are ordinary, and `kept_from_the_start` says that nothing lies
    before the first row.
    """

    name: str
    title: str
    definition: str
    view: str
    record: type[Kept]
    subject: str
    on: str
    statistic: Statistic = Statistic.COUNT
    where: Rows | None = None
    """Which rows of the view count; all of them for None."""
    part: Rows | None = None
    column: str = ""
    unit: str = "count"
    decimals: int = 0
    dimensions: tuple[str, ...] = ()
    overlapping: tuple[str, ...] = ()
    """Dimensions of which a row has several values, written `|a|b|`: their slices do not add up."""
    sums: Sums | None = None
    is_whole: bool = False
    """All there is was counted and nothing drawn: a share of it has no interval."""
    source: str = ""
    caveats: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    months_must_be_there: bool = True
    kept_from_the_start: bool = False
    already_public: bool = False
    """Open data: nothing in it needs hiding."""
    unset: Callable[[Rules], str] | None = None
    """Returns why the measure has no value where the force has not set what it depends on, else ''."""
    definition_now: Callable[[Rules], str] | None = None
    """Words added to the definition from dated policy."""

    @property
    def rows_are_of_people(self) -> bool:
        """Whether few rows mean few people: not of open data, nor where a row is a finding about many."""
        return not self.already_public and self.statistic is not Statistic.ESTIMATE


Registry = Mapping[str, Measure]


@dataclass(frozen=True)
class Suffix:
    """A way to look at a measure, written after its name: `fraud.reports.change`."""

    name: str
    title: str
    of: tuple[Statistic, ...]
    unit: str
    decimals: int
    needs_baseline: bool = False
    words: str = ""
    caveats: tuple[str, ...] = ()


COUNTED = (Statistic.COUNT, Statistic.DISTINCT, Statistic.SUM)

SUFFIXES: dict[str, Suffix] = {
    suffix.name: suffix
    for suffix in (
        Suffix(
            "change",
            "change in {title}",
            COUNTED,
            "percent_change",
            1,
            needs_baseline=True,
            words="Change between two periods of the same length, as the ratio of the two counts.",
        ),
        Suffix(
            "share",
            "share of {title}",
            (Statistic.COUNT,),
            "percent",
            1,
            words="Part of the records of the same kind, all values of the sliced dimensions together.",
        ),
        Suffix(
            "rate",
            "{title} per 1,000 residents",
            (Statistic.COUNT,),
            "per 1,000 residents",
            1,
            words="Records for each 1,000 residents over the whole period.",
        ),
        Suffix(
            "mean",
            "mean {title}",
            (Statistic.AMOUNT,),
            "GBP",
            2,
            words="Sum over number, over reports that state an amount above £0.",
        ),
        Suffix(
            "median",
            "median {title}",
            (Statistic.AMOUNT,),
            "GBP",
            2,
            words="Half of the reports that state an amount above £0 lie below it.",
        ),
        Suffix(
            "trimmed_mean",
            "trimmed mean {title}",
            (Statistic.AMOUNT,),
            "GBP",
            2,
            words="Mean without the 5% largest and the 5% smallest stated amounts.",
        ),
        Suffix(
            "total",
            "total {title}",
            (Statistic.AMOUNT,),
            "GBP",
            0,
            words="Sum of the stated amounts; reports that state none add nothing, so it is a floor.",
            caveats=("It describes the reports received and so has no interval.",),
        ),
        Suffix(
            "largest_share",
            "share of the largest {title}",
            (Statistic.AMOUNT,),
            "percent",
            1,
            words="The largest stated amount as a share of the sum of all.",
            caveats=("It describes the reports received and so has no interval.",),
        ),
        Suffix(
            "stated",
            "reports that state a {title}",
            (Statistic.AMOUNT,),
            "count",
            0,
            words="Reports that state an amount above £0.",
        ),
        Suffix(
            "none",
            "reports that state no {title}",
            (Statistic.AMOUNT,),
            "count",
            0,
            words="Reports that state an amount of £0.",
        ),
        Suffix(
            "missing",
            "reports that do not say the {title}",
            (Statistic.AMOUNT,),
            "count",
            0,
            words="Reports in which nothing is stated, which is not the same as none.",
        ),
    )
}
