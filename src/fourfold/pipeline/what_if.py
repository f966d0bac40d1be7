"""Trying out a rule: the last twelve whole months of reports judged twice, by the rule in force and by another.

Nothing is kept and nothing is changed. A referral is one person, counted in the week of the first report in the
period that meets a criterion; somebody of whom no report does but some cannot be judged is `cannot_tell`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from fourfold import policy
from fourfold.home import DataProblemError, Home
from fourfold.link.report_names import named_by_report
from fourfold.measures.disparity import GroupEffect, effect_by_group
from fourfold.measures.period import Period
from fourfold.measures.views import AGE_BANDS, OLDEST
from fourfold.pipeline.opening import Opened, open_figures
from fourfold.pipeline.what_if_capacity import capacity_of
from fourfold.pipeline.what_if_people import (
    BROAD_GROUPS,
    SEXES,
    by_criterion,
    judged_people,
    judged_reports,
    moved,
)
from fourfold.pipeline.what_if_result import Capacity, CriterionEffect, Side, Week, WhatIf
from fourfold.pipeline.what_if_weeks import by_week, last_year_of, months_without
from fourfold.records import FraudReport
from fourfold.records.derived import PersonLink
from fourfold.rules.fraud_triage import Criteria, criteria_on
from fourfold.statistics.mean_count import mean_count

RULE = "fraud_triage"
CRITERION_TITLES = {"romance": "Romance fraud", "aged": "Age", "risk": "Risk score"}
READ = ("report_ref", "reported_on", "force", "nfib_code", "victim_type", "age", "date_of_birth", "sex", "ethnicity",
        "risk_score", "risk_score_scale")  # fmt: skip
ORDERS = {
    "age": (*(f"{low} to {high}" for low, high in AGE_BANDS), OLDEST),
    "sex": tuple(SEXES.values()),
    "ethnicity": tuple(BROAD_GROUPS.values()),
}


def try_fraud_triage(home: Home, changes: Mapping[str, Any], on: date) -> WhatIf:
    """Return what the referral rule would have done with some values changed, beside the rule in force on a day.

    `changes`: values by policy name (`fraud_triage.age_at_least`); a name left out keeps its value.
    Raises DataProblemError where no whole month of reports is loaded.
    """
    opened = open_figures(home, on)
    force = home.settings.get("force", "")
    every = reports_of(opened, force)
    period = last_year_of(every["reported_on"], on)
    if period is None:
        raise DataProblemError(
            "There is no whole month of fraud reports to try the rule on.",
            "Hand in the weekly lists of fraud victims, then try again.",
        )
    reports = every.filter(pl.col("reported_on").is_between(period.first, period.end))
    standing = criteria_on(on, opened.rules.policy)
    return weigh(opened, reports, period, (standing, changed(standing, changes)), changes)


def changed(standing: Criteria, changes: Mapping[str, Any]) -> Criteria:
    """Return a rule with some of its values changed."""
    told = {name.removeprefix(f"{RULE}."): value for name, value in changes.items()}
    if "romance_codes" in told:
        told["romance_codes"] = tuple(told["romance_codes"] or ())
    return replace(standing, **told)


def reports_of(opened: Opened, force: str) -> pl.DataFrame:
    """Return the fraud reports of a force (all, where the home names none) with the columns a rule reads."""
    scanned = opened.lake.scan(FraudReport.table, opened.manifest)
    if scanned is None:
        return FraudReport.create_empty().select(READ)
    held = scanned.select(READ)
    return (held.filter(pl.col("force") == force) if force else held).collect()


def weigh(
    opened: Opened,
    reports: pl.DataFrame,
    period: Period,
    rules: tuple[Criteria, Criteria],
    changes: Mapping[str, Any],
) -> WhatIf:
    """Judge the reports of a period by two rules and set one beside the other."""
    judged = judged_reports(reports, links_of(opened), *rules)
    people = judged_people(judged, opened.rules.vocabulary)
    not_sent = months_without(reports["reported_on"], period)
    weeks = by_week(people, period, not_sent)
    staffing = opened.lake.scan("staffing", opened.manifest)
    force = reports["force"][0] if reports["force"].n_unique() == 1 else ""
    capacity = capacity_of(staffing.collect() if staffing is not None else None, period, opened.rules, force)
    words = words_in_force(opened)
    tried_words = {
        name: _words(opened, name, changes[name]) if name in changes else told for name, told in words.items()
    }
    threshold = _threshold(opened)
    return WhatIf(
        rule=RULE,
        force=force,
        first_on=period.first.isoformat(),
        last_on=period.end.isoformat(),
        tried_on=opened.rules.on.isoformat(),
        manifest=opened.manifest.name,
        policy=opened.origin.policy,
        vocabulary=opened.origin.vocabulary,
        code=opened.origin.code,
        made_up=opened.figures.made_up,
        reports=reports.height,
        people=people.height,
        organisations=int(people["is_organisation"].sum()),
        months_not_sent=tuple(month.isoformat() for month in not_sent),
        whole_weeks=len(_counted(weeks)),
        threshold=threshold,
        in_force=side_of("in_force", people, weeks, capacity, words),
        tried=side_of("tried", people, weeks, capacity, tried_words),
        moved=moves(people),
        criteria=tuple(
            CriterionEffect(CRITERION_TITLES[name], *numbers)
            for name, numbers in by_criterion(judged).items()
        ),
        weeks=weeks,
        groups={name: _groups(people, name, threshold) for name in ORDERS},
        capacity=capacity,
    )


def links_of(opened: Opened) -> pl.DataFrame:
    """Return which report belongs to which person, as the worklist has it."""
    scanned = opened.lake.scan(PersonLink.table, opened.manifest)
    if scanned is None:
        return PersonLink.create_empty().select("record_ref", "person_id")
    reports = opened.lake.scan(FraudReport.table, opened.manifest)
    dated = (
        FraudReport.create_empty()
        if reports is None
        else reports.select("report_ref", "reported_on").collect()
    )
    return named_by_report(scanned.collect(), dated).select("record_ref", "person_id")


def side_of(
    side: str, people: pl.DataFrame, weeks: tuple[Week, ...], capacity: Capacity, words: Mapping[str, str]
) -> Side:
    """Sum one rule up: people, the week's mean and peak, and its hours against those there are."""
    counted = _counted(weeks)
    numbers = [int(getattr(week, side)) for week in counted]
    value, lower, upper = (None if one != one else one for one in mean_count(numbers).floats())
    peak = max(counted, key=lambda week: getattr(week, side), default=None)
    hours = capacity.hours_a_referral
    over = None
    if hours is not None and capacity.hours_a_week is not None:
        over = sum(number * hours > capacity.hours_a_week for number in numbers)
    return Side(
        values=dict(words),
        referred=people.filter(pl.col(side) == "referred").height,
        cannot_tell=people.filter(pl.col(side) == "cannot_tell").height,
        a_week=(value, lower, upper),
        peak=getattr(peak, side) if peak else None,
        peak_starts_on=peak.starts_on if peak else None,
        hours_a_week=value * hours if value is not None and hours is not None else None,
        weeks_over=over,
    )


def moves(people: pl.DataFrame) -> dict[str, int]:
    """Count people by what the change does to them."""
    was, would_be = pl.col("in_force"), pl.col("tried")
    asked = {
        "in_both": (was == "referred") & (would_be == "referred"),
        "newly_in": (was != "referred") & (would_be == "referred"),
        "newly_out": (was == "referred") & (would_be != "referred"),
        "newly_unsure": (was != "cannot_tell") & (would_be == "cannot_tell"),
        "no_longer_unsure": (was == "cannot_tell") & (would_be != "cannot_tell"),
        "lost_from_sight": (was != "not_listed") & (would_be == "not_listed"),
    }
    return {name: int(people.select(said.sum()).item()) for name, said in asked.items()}


def words_in_force(opened: Opened) -> dict[str, str]:
    """Return each criterion of the rule in words, by policy name."""
    found = policy.entries(f"{RULE}.", opened.rules.on, opened.rules.policy)
    return {value.name: value.words for value in found}


def _words(opened: Opened, name: str, value: Any) -> str:
    standing = policy.value_on(name, opened.rules.on, opened.rules.policy)
    empty = value is None or value == []
    return replace(standing, value=None if empty else value, unset="not used").words


def _counted(weeks: tuple[Week, ...]) -> list[Week]:
    return [week for week in weeks if week.is_whole and week.in_force is not None]


def _groups(people: pl.DataFrame, characteristic: str, threshold: int) -> tuple[GroupEffect, ...]:
    return effect_by_group(moved(people, characteristic), ORDERS[characteristic], threshold)


def _threshold(opened: Opened) -> int:
    """Return the count under which a group's number is kept back: that of public products, for what a page shows of a
    rule goes into board papers."""
    told = policy.value_on("disclosure.threshold_public", opened.rules.on, opened.rules.policy)
    return int(told.value) if told.is_set else 1
