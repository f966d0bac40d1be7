"""What the audit found, as figures: estimates for all crimes in scope from a sample (source paper, 49 and 50)."""

from __future__ import annotations

from fourfold.measures.measure import Measure, Statistic
from fourfold.records.audit import AuditFinding

SOURCE = "Readings of the audit desk"
DRAWN = (
    "Estimated from crimes drawn at random in each group, weighted to all crimes in scope of the period; the "
    "interval allows for the draw."
)
BOUNDS = "Strict and best case are bounds for what is not recorded; the interval of each stands for the draw alone."


def estimate(name: str, column: str, title: str, definition: str, *caveats: str) -> Measure:
    """Return the measure of one share of a question's answers."""
    return Measure(
        name=f"audit.{name}",
        title=title,
        definition=f"{definition} {DRAWN}",
        view="audit_findings",
        record=AuditFinding,
        subject="victims_code",
        on="period_from",
        statistic=Statistic.ESTIMATE,
        column=column,
        unit="percent",
        decimals=1,
        dimensions=("questionnaire", "question", "stratum", "sample_ref"),
        source=SOURCE,
        caveats=caveats,
        months_must_be_there=False,
    )


def crimes(name: str, title: str, definition: str) -> Measure:
    """Return the measure of how many crimes of the sample are meant."""
    base = estimate(name, name, title, "")
    changed = {"definition": definition, "unit": "count", "decimals": 0}
    return Measure(**{**base.__dict__, **changed})


MET = "Crimes in which the reader found the duty met, as a share of those"
MEASURES = (
    estimate(
        "recorded",
        "recorded",
        "compliance found by the audit, as recorded",
        f"{MET} in which met or not met is recorded.",
        "It leaves out what is not recorded.",
    ),
    estimate(
        "strict",
        "strict",
        "compliance found by the audit, strict",
        f"{MET} to which the question applies: what is not recorded is taken as not met.",
        BOUNDS,
    ),
    estimate(
        "best",
        "best_case",
        "compliance found by the audit, best case",
        f"{MET} to which the question applies: what is not recorded is taken as met.",
        BOUNDS,
    ),
    estimate(
        "not_recorded",
        "not_recorded",
        "not recorded, found by the audit",
        "Crimes that do not tell whether the duty was met, as a share of those to which the question applies.",
        BOUNDS,
    ),
    crimes(
        "read", "crimes read for the audit", "Crimes of the sample in scope with an answer to the question."
    ),
    crimes(
        "drawn",
        "crimes drawn for the audit",
        "Crimes of the sample; a replacement takes a place and adds none.",
    ),
)
