"""Compliance as its page shows it: counts, shares with their bounds, what would narrow them, and what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from django.conf import settings
from django.utils import timezone

from fourfold import policy
from fourfold.measures.compliance_counts import (
    STATES,
    change_of_counts,
    compliance_of_counts,
    narrows_most_of_counts,
)
from fourfold.measures.victims_code import COUNTED
from fourfold.pipeline.duties import duty_titles, events_wanted, group_labels
from fourfold.records.compliance import ALL
from fourfold.statistics.disclosure import suppress_table
from fourfold.web.accounts.crime_units import NOT_TOLD, NOT_TOLD_NAME, unit_code
from fourfold.web.accounts.permission import Answer

GROUP = "offence_group"
DIMENSIONS = {"rule": "Duty", "unit": "Unit", "offence_group": "Offence group", "month": "Month"}
CHANGE_WORDS = {"rose": ("Rose", "green"), "fell": ("Fell", "red"), "cannot_tell": ("Cannot tell", "yellow")}
SHOWN_NARROWING = 10


@dataclass(frozen=True)
class Asked:
    """What is asked for: by which dimension, from one month to another, of which unit, duty, group and standing."""

    by: str
    first: date
    last: date
    unit: str = ""
    rule: str = ""
    group: str = ""
    enhanced: str = ""

    @property
    def months(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def before(self) -> Asked:
        """Return the same of as many months just before."""
        first, last = (shifted(day, -self.months) for day in (self.first, self.last))
        return replace(self, first=first, last=last)


def shifted(month: date, months: int) -> date:
    """Return the first day of a month so many months later, or earlier."""
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


@dataclass(frozen=True)
class Line:
    """One row: its name, counts by state (None where hidden), and shares in percent (None where there are none)."""

    label: str
    counts: Mapping[str, int | None]
    recorded: float | None
    strict: float | None
    best: float | None
    missing: float | None
    is_hidden: bool = False


class Compliance:
    """The counts that one reader may see, asked one question.

    counts: rows of the derived table `duty_compliance`. Where the reader gets counts alone, small counts are
    hidden by the threshold for public products, and nothing that would give them away is shown.
    """

    def __init__(self, counts: pl.DataFrame, answer: Answer, asked: Asked) -> None:
        self.titles = duty_titles(settings.HOME)
        self.groups = group_labels(settings.HOME)
        self.asked = asked
        self.hides_small = answer.scope == "counts"
        mine = counts.filter(pl.col("rule").is_in(list(self.titles)))
        if answer.units:
            codes = {text: unit_code(text) for text in mine["unit"].unique().to_list()}
            theirs = [text for text, code in codes.items() if code in answer.units]
            mine = mine.filter(pl.col("unit").is_in(theirs, nulls_equal=True))
        self.mine = mine

    def of(self, asked: Asked) -> pl.DataFrame:
        """Return the counts that a question is about."""
        found = self.mine.filter(pl.col("month").is_between(asked.first, asked.last))
        if asked.unit:
            texts = [text for text in found["unit"].unique().to_list() if unit_code(text) == asked.unit]
            found = found.filter(pl.col("unit").is_in(texts, nulls_equal=True))
        if asked.rule:
            found = found.filter(pl.col("rule") == asked.rule)
        group = pl.col("offence_group")
        if asked.group:
            found = found.filter(group == asked.group)
        else:
            # A crime stands in every group it belongs to, so groups do not add up; the rows of all hold each once.
            found = found.filter(group != ALL if asked.by == GROUP else group == ALL)
        if asked.enhanced:
            found = found.filter(pl.col("is_enhanced") == (asked.enhanced == "yes"))
        return found

    @cached_property
    def now(self) -> pl.DataFrame:
        return self.of(self.asked)

    @cached_property
    def whole(self) -> pl.DataFrame:
        """The counts of everything asked for, each duty once whatever groups its crime belongs to."""
        return self.of(replace(self.asked, by="rule"))

    @cached_property
    def lines(self) -> list[Line]:
        """One line for each value of the dimension, and the whole last."""
        by = self.asked.by
        rows = compliance_of_counts(self.now, (by,)).to_dicts()
        whole = compliance_of_counts(self.whole, ()).to_dicts() if rows else []
        hidden = self._hidden(rows)
        made = [self._line(self.label(by, row[by]), row, hidden[number]) for number, row in enumerate(rows)]
        return made + [self._line("All together", row, hidden[-1]) for row in whole]

    def _hidden(self, rows: Sequence[Mapping[str, Any]]) -> list[list[bool]]:
        """Return, for each row and the whole, which states' counts are hidden."""
        if not self.hides_small or not rows:
            return [[False] * len(STATES) for _ in range(len(rows) + 1)]
        table = np.array([[row[state] for state in STATES] for row in rows])
        if self.asked.by == GROUP:
            # Groups overlap and do not add up to the whole, so each row is a table of its own beside its total.
            each = [
                suppress_table(table[number : number + 1], threshold_for_counts()).shown[0]
                for number in range(len(rows))
            ]
            whole = compliance_of_counts(self.whole, ()).to_dicts()[0]
            last = suppress_table(
                np.array([[whole[state] for state in STATES]]), threshold_for_counts()
            ).shown[0]
            return [[bool(cell) for cell in np.isnan(row[:-1])] for row in (*each, last)]
        shown = suppress_table(table, threshold_for_counts()).shown
        return [[bool(cell) for cell in np.isnan(row[:-1])] for row in shown]

    def _line(self, label: str, row: Mapping[str, Any], hidden: Sequence[bool]) -> Line:
        counts = {
            state: None if is_hidden else int(row[state])
            for state, is_hidden in zip(STATES, hidden, strict=True)
        }
        # A share of what is partly hidden would give the hidden part away.
        is_hidden = any(counts[state] is None for state in COUNTED)

        def share(name: str) -> float | None:
            found: float | None = None if is_hidden else row[f"{name}_percent"]
            return found

        return Line(
            label, counts, share("recorded"), share("strict"), share("best"), share("not_recorded"), is_hidden
        )

    def label(self, dimension: str, value: Any) -> str:
        """Return a value of a dimension in words."""
        if dimension == "month":
            return f"{value:%B %Y}" if value else "Month not known"
        if dimension == "rule":
            return self.titles.get(str(value), str(value))
        if dimension == "unit":
            return str(value) if value else NOT_TOLD_NAME
        return self.groups.get(str(value), str(value).replace("_", " ").capitalize())

    @cached_property
    def _shown_labels(self) -> set[str]:
        return {line.label for line in self.lines if not line.is_hidden}

    @cached_property
    def narrowing(self) -> list[dict[str, Any]]:
        """What recording would bring the bounds of all together closest: duty, what to record, how many, how far."""
        rows = narrows_most_of_counts(self.whole, ("rule",)).to_dicts()
        wanted = events_wanted(settings.HOME)
        least = threshold_for_counts() if self.hides_small else 0
        return [
            {
                "label": self.label("rule", row["rule"]),
                "record": wanted.get(row["rule"], ""),
                "count": row["not_recorded"],
                "points": row["narrows_points"],
            }
            for row in rows
            if row["not_recorded"] >= least and (not self.hides_small or self.asked.by != "rule"
                                                 or self.label("rule", row["rule"]) in self._shown_labels)
        ][:SHOWN_NARROWING]  # fmt: skip

    @cached_property
    def changes(self) -> list[dict[str, Any]]:
        """What rose, fell, or cannot be told against as many months before, by the bounds alone."""
        by = () if self.asked.by == "month" else (self.asked.by,)
        before = self.of(self.asked.before())
        if self.hides_small or not before.height or not self.now.height:
            return []
        made = []
        for row in change_of_counts(before, self.now, by).to_dicts():
            word, colour = CHANGE_WORDS[row["change"]]
            label = self.label(by[0], row[by[0]]) if by else "All together"
            made.append({**row, "label": label, "word": word, "colour": colour})
        return made


def threshold_for_counts() -> int:
    """Return the lowest count that whoever gets counts alone is shown."""
    value = policy.value_on("disclosure.threshold_public", timezone.localdate(), settings.HOME.policy)
    return int(value.value) if value.is_set else 1


def months_of(counts: pl.DataFrame) -> list[date]:
    """Return the months in which anything was judged, the oldest first."""
    judged = counts.filter(pl.sum_horizontal(*COUNTED) > 0)
    return [month for month in judged["month"].unique().sort().to_list() if month is not None]


def units_of(compliance: Compliance) -> list[tuple[str, str]]:
    """Return the units (code, name) that a reader may choose from."""
    texts = compliance.mine["unit"].unique().to_list()
    named = {unit_code(text): str(text or NOT_TOLD_NAME) for text in texts}
    return sorted(named.items(), key=lambda one: (one[0] == NOT_TOLD, one[1]))


def groups_of(compliance: Compliance) -> list[str]:
    """Return the offence groups that a reader may choose from."""
    found = (str(one) for one in compliance.mine[GROUP].unique().to_list())
    return sorted(one for one in found if one != ALL)
