"""Reports of fraud and cyber crime by victims, from the weekly national list."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy
import polars as pl

from fourfold.records.base import PERSONAL, SENSITIVE, Record, choice, money, text


class FraudReport(Record):
    """One report of fraud or cyber crime by a person or an organisation.

    Comes from the weekly victim list of the national reporting service (Action Fraud to
    3 December 2025, Report Fraud after) or from a report made to the force.
    What is missing: many reports carry no loss, so sums understate; dates of birth, risk scores and
    narratives may be blank.
    How it misleads: the code is the reporting service's first reading, and courier fraud has none; one
    person who reports three times is three rows; a report is not a recorded crime; a `loss_gbp` of 0
    means that the victim stated no loss, a missing one that nothing was stated; `risk_score` is the
    national bureau's own and its formula is not public, so scores of two scales never compare.
    """

    table: ClassVar[str] = "fraud_report"
    key: ClassVar[tuple[str, ...]] = ("report_ref",)
    event_date: ClassVar[str] = "reported_on"
    rule_words: ClassVar[dict[str, str]] = {
        "born_before_report": "the date of birth is after the day of the report",
        "reported_before_told": "the report is dated after the day the file was read",
        "age_is_human": "the age is not between 0 and 120",
    }

    report_ref = text(nullable=False)
    source = choice("action_fraud", "report_fraud", "local", nullable=False)
    reported_on = dy.Date(nullable=False)
    force = text(nullable=False)
    nfib_code_raw = text()
    nfib_code = text()
    victim_type = choice("individual", "organisation", nullable=False)
    organisation_name = text(metadata=PERSONAL)
    title = text(metadata=PERSONAL)
    first_names = text(metadata=PERSONAL)
    last_name = text(metadata=PERSONAL)
    date_of_birth = dy.Date(nullable=True, metadata=PERSONAL)
    age = dy.Int64(nullable=True)
    sex = choice("female", "male", "other", "not stated")
    ethnicity = text(metadata=SENSITIVE)
    email = text(metadata=PERSONAL)
    phone = text(metadata=PERSONAL)
    address = text(metadata=PERSONAL)
    postcode = text(metadata=PERSONAL)
    lsoa_code = text()
    loss_gbp = money()
    contact_method = text()
    payment_method = text()
    risk_score = dy.Float64(nullable=True)
    risk_score_scale = text()
    support_wanted = dy.Bool(nullable=True)
    narrative = text(metadata=SENSITIVE)
    disseminated_on = dy.Date(nullable=True)
    dissemination_kind = text()

    @dy.rule()
    def born_before_report(cls) -> pl.Expr:
        return pl.col("date_of_birth") <= pl.col("reported_on")

    @dy.rule()
    def reported_before_told(cls) -> pl.Expr:
        return pl.col("reported_on") <= pl.col("told_at").dt.date()

    @dy.rule()
    def age_is_human(cls) -> pl.Expr:
        return pl.col("age").is_between(0, 120)
