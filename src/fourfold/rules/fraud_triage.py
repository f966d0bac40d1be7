"""Which fraud victims are referred to the victim care unit (source paper, paragraph 15).

Any one of three is enough: romance fraud, age, a high risk score. What cannot be judged for want of
data is said to be so, criterion by criterion; it is never taken for a no.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from fourfold import policy
from fourfold.records.ages import age_years


class Verdict(StrEnum):
    """What one criterion says of one report."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"
    NOT_SET = "not_set"
    """The force has set no threshold, so the criterion refers nobody and decides nothing."""
    NOT_APPLICABLE = "not_applicable"
    NO_RULE = "no_rule"
    """The report is dated before the rule began, or its day is a slip: nobody can judge it until somebody looks."""


CRITERIA = ("romance", "aged", "risk")


@dataclass(frozen=True)
class Criteria:
    """The rule as it holds on one day; a threshold is None where the force has set none."""

    romance_codes: tuple[str, ...]
    age_at_least: int | None
    risk_score_at_least: float | None
    risk_score_scale: str | None


RULE_VALUES = ("romance_codes", "age_at_least", "risk_score_at_least", "risk_score_scale")
"""The entries of `policy/fraud_triage.yaml` that make the rule of a day."""


def criteria_on(day: date, overrides: Path | None = None) -> Criteria:
    """Return the referral rule of a day."""

    def value(name: str) -> Any:
        return policy.value_on(f"fraud_triage.{name}", day, overrides).value

    return Criteria(
        romance_codes=tuple(value("romance_codes") or ()),
        age_at_least=value("age_at_least"),
        risk_score_at_least=value("risk_score_at_least"),
        risk_score_scale=value("risk_score_scale"),
    )


def is_in_force(day: date, overrides: Path | None = None) -> bool:
    """Say whether the rule holds on a day: whether each of its values, set or not, has one for it."""
    told = (policy.history(f"fraud_triage.{name}", overrides) for name in RULE_VALUES)
    return all(any(value.holds_on(day) for value in values) for values in told)


def judge(reports: pl.DataFrame, overrides: Path | None = None) -> pl.DataFrame:
    """Return the reports with a verdict for each criterion and an `age_years`, by the rule of each one's day.

    reports: the columns of `fraud_report`. A report dated before the rule began is not left away, for its
    day may be a slip and its victim of this week: every criterion says `no_rule` of it.
    """
    with_age = nw.from_native(reports).with_columns(age_years=age_years("reported_on")).to_native()
    ruled = spans(reports["reported_on"].unique().sort().to_list(), overrides)
    known = [day for days, _ in ruled for day in days]
    before = with_age.filter(~pl.col("reported_on").is_in(known))
    judged = [before.with_columns(pl.lit(Verdict.NO_RULE.value).alias(one) for one in CRITERIA)]
    judged += [by_rule(with_age.filter(pl.col("reported_on").is_in(days)), rule) for days, rule in ruled]
    return pl.concat(judged)


def judge_by(reports: pl.DataFrame, rule: Criteria) -> pl.DataFrame:
    """Return the reports with a verdict for each criterion and an `age_years`, all by one rule.

    That is how a rule is tried out: on days on which another one held.
    """
    return by_rule(nw.from_native(reports).with_columns(age_years=age_years("reported_on")).to_native(), rule)


def by_rule(with_age: pl.DataFrame, rule: Criteria) -> pl.DataFrame:
    return with_age.with_columns(romance(rule), aged(rule), risk(rule))


def is_referred() -> pl.Expr:
    """Say of a judged report whether any criterion is met."""
    return pl.any_horizontal(pl.col(name) == Verdict.MET for name in CRITERIA)


def is_unsure() -> pl.Expr:
    """Say of a judged report whether no criterion is met and some cannot be judged."""
    open_questions = [Verdict.CANNOT_TELL.value, Verdict.NO_RULE.value]
    unsure = pl.any_horizontal(pl.col(name).is_in(open_questions) for name in CRITERIA)
    return ~is_referred() & unsure


def spans(days: Iterable[date], overrides: Path | None) -> list[tuple[list[date], Criteria]]:
    """Group days by the rule that holds on them, so that a rule changed in mid-year judges only its own days."""
    found: list[tuple[list[date], Criteria]] = []
    for day in days:
        if not is_in_force(day, overrides):
            continue
        rule = criteria_on(day, overrides)
        if found and found[-1][1] == rule:
            found[-1][0].append(day)
        else:
            found.append(([day], rule))
    return found


def romance(rule: Criteria) -> pl.Expr:
    if not rule.romance_codes:
        return pl.lit(Verdict.NOT_SET.value).alias("romance")
    code = pl.col("nfib_code")
    said = pl.when(code.is_in(list(rule.romance_codes))).then(pl.lit(Verdict.MET.value))
    return (
        said.when(code.is_null())
        .then(pl.lit(Verdict.CANNOT_TELL.value))
        .otherwise(pl.lit(Verdict.NOT_MET.value))
        .alias("romance")
    )


def aged(rule: Criteria) -> pl.Expr:
    age = pl.col("age_years")
    if rule.age_at_least is None:
        return pl.lit(Verdict.NOT_SET.value).alias("aged")
    person = pl.when(pl.col("victim_type") == "organisation").then(pl.lit(Verdict.NOT_APPLICABLE.value))
    known = person.when(age.is_null()).then(pl.lit(Verdict.CANNOT_TELL.value))
    old = known.when(age >= rule.age_at_least).then(pl.lit(Verdict.MET.value))
    return old.otherwise(pl.lit(Verdict.NOT_MET.value)).alias("aged")


def risk(rule: Criteria) -> pl.Expr:
    """Compare a score only with a threshold of the same scale: scores of two scales never compare."""
    if rule.risk_score_at_least is None:
        return pl.lit(Verdict.NOT_SET.value).alias("risk")
    other_scale = pl.lit(False)
    if rule.risk_score_scale is not None:
        other_scale = pl.col("risk_score_scale").ne_missing(rule.risk_score_scale)
    said = pl.when(pl.col("risk_score").is_null() | other_scale).then(pl.lit(Verdict.CANNOT_TELL.value))
    high = pl.col("risk_score") >= rule.risk_score_at_least
    return (
        said.when(high).then(pl.lit(Verdict.MET.value)).otherwise(pl.lit(Verdict.NOT_MET.value)).alias("risk")
    )
