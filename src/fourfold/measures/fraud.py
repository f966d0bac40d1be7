"""Fraud and cyber victimisation (source paper, paragraphs 8 to 12)."""

from __future__ import annotations

import narwhals as nw

from fourfold.measures.measure import Measure, Rules, Statistic
from fourfold.records import FraudReport, Outcome

SOURCE = "Weekly list of fraud victims (Action Fraud to 3 December 2025, Report Fraud after)"
DIMENSIONS = (
    "nfib_code",
    "age_band",
    "victim_type",
    "lsoa_code",
    "sex",
    "source",
    "contact_method",
    "payment_method",
)
REPORTS_NOT_PEOPLE = "A report is not a person: somebody who reports twice is counted twice."
CODE_AS_FIRST_READ = (
    "Codes are the reporting service's first reading. Courier fraud has no code and hides in others."
)


def has_code(rules: Rules) -> nw.Expr:
    return ~nw.col("nfib_code").is_null()


def unknown_code(rules: Rules) -> nw.Expr:
    return nw.col("nfib_code").is_null()


MEASURES = (
    Measure(
        name="fraud.reports",
        title="fraud and cyber reports",
        definition="Reports by victims in the force's area, by the day of the report.",
        view="fraud_reports",
        record=FraudReport,
        subject="fraud_victims",
        on="reported_on",
        dimensions=DIMENSIONS,
        source=SOURCE,
        caveats=(REPORTS_NOT_PEOPLE,),
    ),
    Measure(
        name="fraud.unknown_code",
        title="fraud reports whose code is on no list",
        definition="Reports whose fraud code is missing or is on no list we hold; they count in every total.",
        view="fraud_reports",
        record=FraudReport,
        subject="fraud_victims",
        on="reported_on",
        where=unknown_code,
        source=SOURCE,
    ),
    Measure(
        name="fraud.loss",
        title="loss",
        definition="Loss as the victim states it.",
        view="fraud_reports",
        record=FraudReport,
        subject="fraud_loss",
        on="reported_on",
        statistic=Statistic.AMOUNT,
        column="loss_gbp",
        unit="GBP",
        decimals=2,
        dimensions=DIMENSIONS,
        source=SOURCE,
        caveats=("Losses are as stated and not checked; a few large ones can carry a mean.",),
    ),
    Measure(
        name="fraud.outcomes",
        title="outcomes of fraud reports",
        definition="Outcomes given in the period, whenever the fraud was reported.",
        view="fraud_outcomes",
        record=Outcome,
        subject="fraud_outcomes",
        on="outcome_on",
        dimensions=("outcome_type",),
        source="Fraud unit's case files",
        months_must_be_there=False,
        caveats=(
            "Outcomes of a period do not belong to the reports of the same period; one never divides by the other.",
        ),
    ),
)
