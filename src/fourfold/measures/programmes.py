"""Programmes that turn offenders from crime (source paper, paragraphs 27, 36 to 41)."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

import narwhals as nw

from fourfold import policy
from fourfold.home import WrongUseError
from fourfold.measures.acquisitive import RESIDENTIAL, of_codes
from fourfold.measures.measure import Measure, Rules, Statistic
from fourfold.records import Outcome, ProgrammeCase

CRIME_FREE = "Crime Free"
TAKEN_INTO_CONSIDERATION = "4"
SUCCESS = "definitions.programme_success.crime_free"
REGISTER = "Programme register"


def resolved_burglaries(rules: Rules) -> nw.Expr:
    admitted = nw.col("outcome_type") == TAKEN_INTO_CONSIDERATION
    return (nw.col("programme") == CRIME_FREE) & admitted & of_codes(RESIDENTIAL)(rules)


def resolved_others(rules: Rules) -> nw.Expr:
    admitted = nw.col("outcome_type") == TAKEN_INTO_CONSIDERATION
    # An offence whose class is not known may be a residential burglary: it is in neither count.
    other = ~nw.col("ho_code").is_null() & ~of_codes(RESIDENTIAL)(rules)
    return (nw.col("programme") == CRIME_FREE) & admitted & other


def success_rule(rules: Rules) -> dict[str, Any] | None:
    """Return the force's own definition of success, or None where it has set none."""
    value = policy.value_on(SUCCESS, rules.on, rules.policy)
    return value.value if value.is_set else None


def required_rule(rules: Rules) -> dict[str, Any]:
    """Return the force's definition of success; the measure is never worked out where it is unset."""
    rule = success_rule(rules)
    if rule is None:
        raise WrongUseError(
            "Success on the Crime Free Programme is not defined.", f"Set {SUCCESS} with its source."
        )
    return rule


def success_is_unset(rules: Rules) -> str:
    value = policy.value_on(SUCCESS, rules.on, rules.policy)
    return (
        ""
        if value.is_set
        else f"{value.words}: the force must set a definition, a denominator and a follow-up time"
    )


def success_words(rules: Rules) -> str:
    rule = success_rule(rules)
    return f"Success: {rule['label']}." if rule else "Success is not defined."


def starters_followed(rules: Rules) -> nw.Expr:
    """Those who started long enough before the day of the paper to have been followed the whole time."""
    rule = required_rule(rules)
    followed_from = months_before(rules, int(rule["follow_up_months"]))
    return (nw.col("programme") == CRIME_FREE) & (nw.col("started_on") <= followed_from)


def months_before(rules: Rules, months: int) -> nw.Expr:
    year, month = divmod(rules.on.year * 12 + rules.on.month - 1 - months, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return nw.lit(date(year, month + 1, min(rules.on.day, last_day)))


def succeeded(rules: Rules) -> nw.Expr:
    """Completed, or still on the programme after the follow-up time, with no offence recorded in that time."""
    rule = required_rule(rules)
    limit = nw.col("started_on").dt.offset_by(f"{int(rule['follow_up_months'])}mo")
    kept = (
        nw.col("ended_as").is_null()
        | nw.col("ended_as").is_in(list(rule["ended_as"]))
        | (nw.col("ended_on") >= limit)
    )
    return kept & (nw.col("reoffended_on").is_null() | (nw.col("reoffended_on") >= limit))


def on_crime_free(rules: Rules) -> nw.Expr:
    return nw.col("programme") == CRIME_FREE


MEASURES = (
    Measure(
        name="crime_free.burglaries_resolved",
        title="residential burglaries resolved by the Crime Free Programme",
        definition="Residential burglaries taken into consideration (outcome 4) on the programme, by the day of the outcome.",
        view="crime_outcomes",
        record=Outcome,
        subject="programmes",
        on="outcome_on",
        where=resolved_burglaries,
        source="Crime-system extract, outcomes",
        caveats=("Offences admitted to are not arrests, and stand apart from other outcomes.",),
        needs=("crime",),
        months_must_be_there=False,
    ),
    Measure(
        name="crime_free.others_resolved",
        title="other offences resolved by the Crime Free Programme",
        definition="Offences of other known classes taken into consideration (outcome 4) on the programme.",
        view="crime_outcomes",
        record=Outcome,
        subject="programmes",
        on="outcome_on",
        where=resolved_others,
        needs=("crime",),
        source="Crime-system extract, outcomes",
        months_must_be_there=False,
    ),
    Measure(
        name="crime_free.started",
        title="people who started the Crime Free Programme",
        definition="People whose order was made in the period.",
        view="programme_case",
        record=ProgrammeCase,
        subject="programmes",
        on="started_on",
        where=on_crime_free,
        source=REGISTER,
        months_must_be_there=False,
        kept_from_the_start=True,
    ),
    Measure(
        name="crime_free.success",
        title="success on the Crime Free Programme",
        definition="Of all who started in the period and could be followed for the whole time, those who succeeded.",
        view="programme_case",
        record=ProgrammeCase,
        subject="programmes",
        on="started_on",
        statistic=Statistic.SHARE,
        where=starters_followed,
        part=succeeded,
        unit="percent",
        source=REGISTER,
        caveats=(
            "There is no comparison group: the figure does not say what would have happened without the programme.",
        ),
        months_must_be_there=False,
        kept_from_the_start=True,
        unset=success_is_unset,
        definition_now=success_words,
    ),
    Measure(
        name="programme.referred",
        title="referrals to programmes",
        definition="People referred in the period.",
        view="programme_case",
        record=ProgrammeCase,
        subject="programmes",
        on="referred_on",
        dimensions=("programme", "ended_as"),
        source=REGISTER,
        months_must_be_there=False,
        kept_from_the_start=True,
    ),
)
