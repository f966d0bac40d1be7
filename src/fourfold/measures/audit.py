"""What an audit found: shares of the population with intervals, reasons, and how far two readers agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from fourfold.measures.audit_sample import FIRST, SECOND, Sample, latest, settled
from fourfold.records.audit import AuditFinding
from fourfold.rules.questionnaires import ANSWERS, OUT_OF_SCOPE
from fourfold.statistics import agreement, stratified
from fourfold.statistics.interval import Interval

FORCE = ""
"""The stratum that stands for all of them."""

SHARES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "recorded": (("met",), ("met", "not_met")),
    "strict": (("met",), ("met", "not_met", "not_recorded")),
    "best_case": (("met", "not_recorded"), ("met", "not_met", "not_recorded")),
    "not_recorded": (("not_recorded",), ("met", "not_met", "not_recorded")),
}
"""Each share: the answers it counts, of which answers. What is not applicable is in no denominator."""

Counts = dict[str, np.ndarray[Any, np.dtype[np.float64]]]


def findings(sample: Sample, readings: pl.DataFrame) -> pl.DataFrame:
    """Return the findings of a sample so far, a row for each question and stratum and for the force.

    readings: columns of `audit_sample.READINGS`. Second readings are left out and settled answers stand in
    place of the first. Crimes out of scope count as read and in no share, so that the population in scope
    is estimated and not assumed. Rows are of the derived table `audit_finding`.
    """
    read = settled(sample, readings)
    rows: list[dict[str, Any]] = []
    for question in sample.questionnaire.questions:
        counts = counted(sample, read, question.question)
        rows += rows_of(sample, question.question, counts)
    return AuditFinding.validate(pl.DataFrame(rows, schema=AuditFinding.create_empty().schema))


def counted(sample: Sample, read: pl.DataFrame, question: str) -> Counts:
    """Return, along the sample's strata: population, drawn, out_of_scope, looked (in scope or not), each answer.

    A crime read in scope in which this question was left without an answer is not counted as looked at.
    """
    gone = read.filter(pl.col("out_of_scope").is_not_null()).with_columns(answer=pl.lit(OUT_OF_SCOPE))
    told = read.filter((pl.col("question") == question) & pl.col("out_of_scope").is_null())
    said = pl.concat([gone, told]).unique(["crime_ref"])
    tally = {(s, a): n for s, a, n in said.group_by("stratum", "answer").len().iter_rows()}
    counts = {
        answer: np.array([float(tally.get((s.stratum, answer), 0)) for s in sample.strata])
        for answer in (*ANSWERS, OUT_OF_SCOPE)
    }
    counts["population"] = np.array([float(s.population) for s in sample.strata])
    counts["drawn"] = np.array([float(s.drawn) for s in sample.strata])
    counts["looked"] = sum((counts[answer] for answer in ANSWERS), counts[OUT_OF_SCOPE])
    return counts


def rows_of(sample: Sample, question: str, counts: Counts) -> list[dict[str, Any]]:
    rows = []
    for at, stratum in enumerate(sample.strata):
        alone = {name: values[at : at + 1] for name, values in counts.items()}
        rows.append(row_of(sample, question, stratum.stratum, alone))
    return [*rows, row_of(sample, question, FORCE, counts)]


def row_of(sample: Sample, question: str, stratum: str, counts: Counts) -> dict[str, Any]:
    """Return one finding of the strata in `counts`, one of them or all."""
    in_scope = counts["looked"] - counts[OUT_OF_SCOPE]
    size = stratified.total_of(counts["population"], counts["looked"], in_scope)
    row: dict[str, Any] = {
        "sample_ref": sample.sample_ref,
        "questionnaire": sample.questionnaire.key,
        "version": sample.questionnaire.version,
        "force": sample.force,
        "period_from": sample.period_from,
        "period_to": sample.period_to,
        "question": question,
        "stratum": stratum,
        "population_in_scope": known(size)[0],
        "read": int(in_scope.sum()),
        **{name: int(counts[name].sum()) for name in ("population", "drawn", OUT_OF_SCOPE, *ANSWERS)},
    }
    for share in SHARES:
        row |= dict(zip(columns_of(share), known(share_of(share, counts)), strict=True))
    return row


def columns_of(share: str) -> tuple[str, str, str]:
    """Return the columns of a finding that hold a share's value and limits."""
    return f"{share}_value", f"{share}_lower", f"{share}_upper"


def share_of(share: str, counts: Counts) -> Interval:
    """Return one of SHARES, estimated for the population of the strata in `counts`."""
    above, below = SHARES[share]
    part = sum((counts[answer] for answer in above), np.zeros_like(counts["looked"]))
    whole = sum((counts[answer] for answer in below), np.zeros_like(counts["looked"]))
    return stratified.stratified(counts["population"], counts["looked"], whole, part)


def known(interval: Interval) -> tuple[float | None, float | None, float | None]:
    """Return value and limits as plain numbers, missing where they cannot be computed."""
    value, lower, upper = (None if np.isnan(part) else part for part in interval.floats())
    return value, lower, upper


def reasons(sample: Sample, readings: pl.DataFrame) -> pl.DataFrame:
    """Return how often each reason was given: `question, stratum, answer, reason, label, crimes`.

    A reason that was not given is missing. Crimes out of scope stand with the question empty. Most frequent first.
    """
    read = settled(sample, readings).with_columns(
        answer=pl.when(pl.col("out_of_scope").is_not_null())
        .then(pl.lit(OUT_OF_SCOPE))
        .otherwise(pl.col("answer")),
        reason=pl.coalesce("out_of_scope", "reason"),
        question=pl.col("question").fill_null(""),
    )
    found = read.group_by("question", "stratum", "answer", "reason").agg(crimes=pl.len().cast(pl.Int64))
    told = sample.questionnaire.reasons
    labels = pl.DataFrame(
        [(answer, reason, label) for answer, known in told.items() for reason, label in known.items()],
        schema={"answer": pl.String, "reason": pl.String, "label": pl.String},
        orient="row",
    )
    order = ["question", "stratum", "answer", "crimes", "reason"]
    return (
        found.join(labels, on=["answer", "reason"], how="left")
        .with_columns(label=pl.coalesce("label", "reason"))
        .select("question", "stratum", "answer", "reason", "label", "crimes")
        .sort(order, descending=[False, False, False, True, False], nulls_last=True)
    )


def agreements(sample: Sample, readings: pl.DataFrame) -> dict[str, agreement.Agreement]:
    """Return how far first and second readers agree: of each question, and under "" of all answers together.

    It is of what they said apart, before anything was settled. Only crimes that both read and both hold in
    scope count.
    """
    pairs = read_twice(sample, readings)
    found = {}
    for question in (*(one.question for one in sample.questionnaire.questions), FORCE):
        mine = pairs if question == FORCE else pairs.filter(pl.col("question") == question)
        told = agreement.table(mine[FIRST].to_list(), mine[SECOND].to_list(), ANSWERS)
        found[question] = agreement.cohen_kappa(told)
    return found


def read_twice(sample: Sample, readings: pl.DataFrame) -> pl.DataFrame:
    """Return `crime_ref, question, first, second`: both readers' answers where both gave one."""
    mine = latest(sample, readings).filter(pl.col("question").is_not_null() & pl.col("answer").is_not_null())
    one, two = (
        mine.filter(pl.col("round") == name).select("crime_ref", "question", pl.col("answer").alias(name))
        for name in (FIRST, SECOND)
    )
    return one.join(two, on=["crime_ref", "question"], how="inner").sort("crime_ref", "question")
