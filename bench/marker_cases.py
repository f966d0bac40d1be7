"""What markers are shown on: the made-up force's reports with the truth hidden, and public messages."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from fourfold.classify.features import features
from fourfold.classify.markers import scored
from fourfold.classify.model import Model
from fourfold.classify.rounds import Round, open_round
from fourfold.classify.scope import in_scope
from fourfold.classify.settings import Settings, settings_on
from fourfold.classify.training import train
from fourfold.policy.marker_definitions import Condition, Cue, MarkerDefinition, Scope, marker
from fourfold.records import FraudReport
from fourfold.statistics.ranking import average_precision
from fourfold.statistics.stratified_total import stratified_total

DAY = date(2022, 1, 5)
AT = datetime(2022, 1, 5, 9, tzinfo=UTC)
NOBODY = pl.DataFrame(schema={"record_ref": pl.String, "is_marked": pl.Boolean, "probability": pl.Float64})


@dataclass(frozen=True)
class Case:
    """Records in the scope of a marker, and which of them truly carry it, which nothing but the readers sees."""

    records: pl.DataFrame
    truth: frozenset[str]
    definition: MarkerDefinition
    settings: Settings

    def is_true(self, refs: pl.Series) -> np.ndarray[Any, np.dtype[np.bool_]]:
        return np.array([ref in self.truth for ref in refs], dtype=bool)


def as_reports(columns: dict[str, Any], height: int) -> pl.DataFrame:
    """Return fraud reports with the columns given and nothing in the others."""
    given = {
        **columns,
        "batch_id": "bench",
        "file_row": pl.Series(range(1, height + 1)),
        "told_at": AT,
        "force": "aldermere",
    }
    told = pl.DataFrame({"report_ref": given["report_ref"]}).with_columns(
        value.alias(name) if isinstance(value, pl.Series) else pl.lit(value).alias(name)
        for name, value in given.items()
    )
    empty = FraudReport.create_empty()
    return pl.concat([empty, told.cast({name: empty.schema[name] for name in told.columns})], how="diagonal")


def made_up_reports(scale: float, seed: int) -> tuple[pl.DataFrame, frozenset[str]]:
    """Return the fraud reports of a made-up force and the references of its courier frauds."""
    from fourfold.synthetic.fraud_kinds import KINDS
    from fourfold.synthetic.fraud_reports import courier_truth, report_numbers
    from fourfold.synthetic.fraud_rows import told_rows
    from fourfold.synthetic.places import make_places
    from fourfold.synthetic.streams import stream

    numbers = report_numbers(scale, seed)
    rows = told_rows(numbers, make_places(scale, stream(seed, "places")), seed, stream(seed, "fraud rows", 0))
    codes = numbers.sort("report_no")["kind"].replace_strict(
        {place: row.code for place, row in enumerate(KINDS)}
    )
    told = {
        name: rows[name]
        for name in ("report_ref", "reported_on", "contact_method", "payment_method", "narrative")
    }
    told |= {
        "nfib_code": codes,
        "victim_type": rows["victim_type"].str.to_lowercase(),
        "source": "action_fraud",
    }
    return as_reports(told, rows.height), frozenset(courier_truth(numbers)["report_ref"])


def courier_case(scale: float, seed: int = 1) -> Case:
    records, truth = made_up_reports(scale, seed)
    definition = marker("courier_fraud", DAY)
    return Case(in_scope(records.lazy(), definition).collect(), truth, definition, settings_on(DAY))


SMISHING = MarkerDefinition(
    name="smishing",
    title="Smishing",
    label="Text that fishes for details or money",
    what_it_is="A text that poses as a bank, shop or carrier and has the reader call, click or pay.",
    what_it_is_not=("An advertisement that says what it is.",),
    record="fraud_report",
    text="narrative",
    scope=Scope(("NFIB90",), (), True, ()),
    cues=(
        Cue(
            "account to be verified, or a prize to be claimed",
            (
                Condition(
                    "narrative",
                    r"\b(account|prize|claim|award\w*|winner|won|card|bank|verif\w*|suspend\w*|kyc)\b",
                ),
                Condition("narrative", r"\b(call|click|reply|visit|txt|text|update|http\S*|www)\b"),
            ),
        ),
    ),
    fields=(),
    hides=(),
    owner="bench",
    by="",
    valid_from=date(2010, 1, 1),
    source="bench",
    status="our choice",
    note="",
)


def message_case(folder: Path, most: int = 10_000) -> Case:
    """Return public messages with smishing hidden under ham; spam has a code of its own and is out of scope."""
    with (folder / "messages" / "sms_5971.csv").open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    # In this copy each label stands one row above its text: with the shift 742 of 771 texts that ask for a call, a
    # click or a claim are spam or smishing, without it 177. The first rows are all ham.
    labels = ["ham", *(row["LABEL"].strip().lower() for row in told[:-1])]
    rows = list(zip(labels, (row["TEXT"] for row in told), strict=True))[:most]
    refs = pl.Series([f"M{number:05d}" for number in range(len(rows))])
    columns = {
        "report_ref": refs,
        "reported_on": DAY,
        "nfib_code": pl.Series(["NFIB3B" if label == "spam" else "NFIB90" for label, _ in rows]),
        "victim_type": "individual",
        "source": "local",
        "narrative": pl.Series([text for _, text in rows]),
    }
    truth = frozenset(ref for ref, (label, _) in zip(refs, rows, strict=True) if label == "smishing")
    records = in_scope(as_reports(columns, len(rows)).lazy(), SMISHING).collect()
    return Case(records, truth, SMISHING, settings_on(DAY))


@dataclass(frozen=True)
class Shown:
    """What markers came to on a case: before any review, after one round, and plain baselines on the same split."""

    records: int
    true_count: int
    recorded: int
    precision_by_cues: float
    precision_reviewed: float
    baseline_by_cues: float
    baseline_reviewed: float
    value: float
    lower: float
    upper: float
    lot: Round
    model: Model


def show(case: Case, seed: int, with_baselines: bool = True) -> Shown:
    """Train from cues, read one round, train from it, and work the true count out; readers never err."""
    first = trained(case, NOBODY)
    rows = scored(case.records, case.definition, first, case.settings)
    lot = open_round(rows, NOBODY, case.settings, "bench", seed)
    refs = pl.Series([ref for ref, _ in lot.records])
    strata = np.array([stratum for _, stratum in lot.records])
    is_true = case.is_true(refs)
    chance = pl.Series([lot.chance(stratum) for stratum in strata])
    read = pl.DataFrame({"record_ref": refs, "is_marked": is_true, "probability": chance})
    model = trained(case, read)
    again = scored(case.records, case.definition, model, case.settings)
    hits = np.bincount(strata, weights=is_true, minlength=len(lot.sizes))
    value, lower, upper = stratified_total(lot.sizes, lot.shares, hits, case.settings.interval_level).floats()
    cue = rows["cues"].is_not_null().to_numpy()
    truth = case.is_true(rows["record_ref"])
    known = np.isin(rows["record_ref"].to_numpy().astype(str), refs.to_numpy().astype(str))
    return Shown(
        records=rows.height,
        true_count=int(truth.sum()),
        recorded=int(cue.sum()),
        precision_by_cues=average_precision(truth, rows["probability"].to_numpy()),
        precision_reviewed=average_precision(truth, again["probability"].to_numpy()),
        baseline_by_cues=plain_baseline(case, cue, np.ones(len(cue), dtype=bool))
        if with_baselines
        else np.nan,
        baseline_reviewed=plain_baseline(case, truth, known) if with_baselines else np.nan,
        value=value,
        lower=lower,
        upper=upper,
        lot=lot,
        model=model,
    )


def trained(case: Case, read: pl.DataFrame) -> Model:
    model = train(case.records, case.definition, read, case.settings, AT)
    assert model is not None, "too few records carry the marker"
    return model


def plain_baseline(case: Case, labels: Any, known: Any) -> float:
    """Return the average precision of scikit-learn's TF-IDF and logistic regression as they come, on the same folds."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = features(case.records, case.definition, case.settings.folds).rows
    texts = case.records[case.definition.text].fill_null("").to_list()
    matrix = TfidfVectorizer(ngram_range=(1, 2), min_df=2).fit_transform(texts)
    fold, score = seen["fold"].to_numpy(), np.zeros(len(texts))
    for held_out in range(case.settings.folds):
        rows = np.flatnonzero((fold != held_out) & known)
        learner = LogisticRegression(max_iter=500).fit(matrix[rows], labels[rows])
        score[fold == held_out] = learner.decision_function(matrix[fold == held_out])
    return average_precision(case.is_true(seen["record_ref"]), score)


def coverage(case: Case, model: Model, reviews: int, seed: int) -> tuple[float, float, float]:
    """Return the share of simulated reviews whose interval covers the truth, and the medians of its limits.

    Every review draws a round of the size that policy names, in the strata and shares of a round opened under the model.
    """
    rows = scored(case.records, case.definition, model, case.settings)
    lot = open_round(rows, NOBODY, case.settings, "bench", seed)
    cuts = np.array(lot.cuts)
    stratum = (rows["probability"].to_numpy()[:, None] < cuts[None, :]).sum(axis=1)
    truth = case.is_true(rows["record_ref"])
    true = np.bincount(stratum, weights=truth, minlength=len(lot.sizes)).astype(int)
    rng = np.random.default_rng(seed)
    hits = np.stack(
        [
            rng.hypergeometric(true[part], size - true[part], lot.shares[part], reviews)
            for part, size in enumerate(lot.sizes)
        ],
        axis=-1,
    )
    found = stratified_total(lot.sizes, lot.shares, hits, case.settings.interval_level)
    covers = (found.lower <= truth.sum()) & (truth.sum() <= found.upper)
    return float(covers.mean()), float(np.median(found.lower)), float(np.median(found.upper))
