"""How complete the records are (source paper, paragraphs 26, 50, 52): optional fields by month and unit."""

from __future__ import annotations

from collections.abc import Callable

import narwhals as nw

from fourfold.measures.measure import Measure, Rules, Statistic
from fourfold.records import Crime, FraudReport
from fourfold.records.base import Record

FIELDS: dict[str, tuple[str, ...]] = {
    "fraud_report": (
        "nfib_code",
        "age_years",
        "loss_gbp",
        "postcode",
        "risk_score",
        "support_wanted",
        "contact_method",
        "payment_method",
    ),
    "crime": (
        "ho_code",
        "lsoa_code",
        "business_related",
        "premises_type",
        "premises_name",
        "victim_at_work",
        "mo_text",
        "mo_method",
        "officer_ref",
    ),
}
"""Fields that figures and duties rest on and that no system makes anybody fill in."""


def is_filled(column: str) -> Callable[[Rules], nw.Expr]:
    def part(rules: Rules) -> nw.Expr:
        return ~nw.col(column).is_null()

    return part


def filled(
    subject: str, view: str, record: type[Record], on: str, field: str, dimensions: tuple[str, ...]
) -> Measure:
    what = field.replace("_", " ")
    return Measure(
        name=f"quality.{record.table}.{field}",
        title=f"{record.table.replace('_', ' ')}s with {what} filled in",
        definition=f"Share of the records in which {what} is not blank. Blank is unknown, never no.",
        view=view,
        record=record,
        subject=subject,
        on=on,
        statistic=Statistic.SHARE,
        part=is_filled(field),
        unit="percent",
        decimals=1,
        dimensions=dimensions,
        source="Completeness of the records loaded",
        already_public=True,
    )


MEASURES = (
    *(
        filled("fraud_victims", "fraud_reports", FraudReport, "reported_on", field, ("victim_type",))
        for field in FIELDS["fraud_report"]
    ),
    *(
        filled(
            "police_recorded_crime",
            "crimes",
            Crime,
            "recorded_on",
            field,
            ("unit", "npu", "district", "ho_code"),
        )
        for field in FIELDS["crime"]
    ),
)
