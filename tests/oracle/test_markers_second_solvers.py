"""Words, weights and scores of markers against scikit-learn."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fourfold.classify.words import inverse_frequencies, terms, weighed
from fourfold.statistics.agreement import cohen_kappa, table
from fourfold.statistics.calibration import platt, sigmoid
from fourfold.statistics.ranking import average_precision

TEXTS = [
    "The courier collected my card. The card was gone.",
    "A man called, the man took £5,000 from me",
    "card card card 1.99 and 22",
    None,
    "Ü neva tell me how i noe... café",
    "nothing",
]


def test_words_weigh_what_they_weigh_in_scikit_learn():
    text = pytest.importorskip("sklearn.feature_extraction.text")
    rows = pl.DataFrame({"row": range(len(TEXTS)), "text": TEXTS}).cast({"row": pl.Int64})
    never = {"man"}
    found = terms(rows, never)
    mine = weighed(found, inverse_frequencies(found, len(TEXTS), least=1, most=10_000))

    def analyse(told: str) -> list[str]:
        import re

        told = re.sub(r"\d[\d,.]*", "0", told.lower())
        words = [word for word in re.findall(r"[^\W\d_]{2,}|0", told) if word not in never]
        return words + [f"{one} {other}" for one, other in pairwise(words)]

    solver = text.TfidfVectorizer(analyzer=analyse, sublinear_tf=True)
    theirs = solver.fit_transform([told or "" for told in TEXTS])
    column = {term: place for place, term in enumerate(solver.get_feature_names_out())}
    assert set(column) == set(mine["term"])
    for row, term, value in mine.iter_rows():
        assert value == pytest.approx(theirs[row, column[term]], rel=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 6), st.floats(0.1, 9)), min_size=1, max_size=40))
def test_average_precision_with_ties_and_weights(cases):
    metrics = pytest.importorskip("sklearn.metrics")
    truth, score, weight = (np.array(part) for part in zip(*cases, strict=True))
    mine = average_precision(truth, score, weight)
    if not truth.any():
        assert np.isnan(mine)
        return
    theirs = metrics.average_precision_score(truth, score, sample_weight=weight)
    assert mine == pytest.approx(theirs, rel=1e-9)


def test_calibration_is_the_logistic_regression_on_softened_truths():
    linear = pytest.importorskip("sklearn.linear_model")
    rng = np.random.default_rng(3)
    score = rng.normal(size=400)
    truth = rng.random(400) < sigmoid(2 * score - 1)
    weight = rng.uniform(0.5, 40, 400)
    slope, intercept = platt(score, truth, weight)
    each = weight * len(weight) / weight.sum()
    high, low = (each[truth].sum() + 1) / (each[truth].sum() + 2), 1 / (each[~truth].sum() + 2)
    wanted = np.where(truth, high, low)
    # A truth of 0.98 is 98 parts yes and 2 parts no.
    x = np.tile(score, 2)[:, None]
    y = np.repeat([True, False], len(score))
    parts = np.concatenate([each * wanted, each * (1 - wanted)])
    solver = linear.LogisticRegression(C=1e9, tol=1e-10, max_iter=10_000).fit(x, y, sample_weight=parts)
    assert slope == pytest.approx(float(solver.coef_[0, 0]), rel=1e-4)
    assert intercept == pytest.approx(float(solver.intercept_[0]), rel=1e-3, abs=1e-4)


def test_a_score_that_is_wrong_way_round_says_nothing():
    slope, intercept = platt(
        np.array([3.0, 2.0, -2.0, -3.0]), np.array([False, False, True, True]), np.ones(4)
    )
    assert slope == 0.0
    assert intercept == pytest.approx(0.0)


def test_calibration_needs_both_sides():
    with pytest.raises(ValueError, match="cases that are and cases that are not"):
        platt([1.0, 2.0], [True, True], [1.0, 1.0])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ynu"), st.sampled_from("ynu")), min_size=2, max_size=60))
def test_kappa_of_two_readers(pairs):
    metrics = pytest.importorskip("sklearn.metrics")
    first, second = zip(*pairs, strict=True)
    mine = cohen_kappa(table(first, second, ("y", "n", "u")))
    if mine.why:
        assert len(set(first + second)) == 1
        return
    assert mine.kappa.floats()[0] == pytest.approx(metrics.cohen_kappa_score(first, second), abs=1e-9)


def test_a_score_by_joins_is_the_score_of_the_matrix():
    """The joins of a refresh give what scikit-learn's own model gives on the same matrix."""
    from bench.marker_cases import NOBODY, courier_case

    from fourfold.classify.features import features
    from fourfold.classify.scoring import log_odds
    from fourfold.classify.training import design, train

    case = courier_case(0.3)
    model = train(case.records, case.definition, NOBODY, case.settings, datetime(2022, 1, 5, tzinfo=UTC))
    assert model is not None
    seen = features(case.records, case.definition, case.settings.folds)
    matrix, names, idf = design(seen, case.settings)
    mine = log_odds(seen, model, case.settings.never_weighed)["log_odds"].to_numpy()
    fold = seen.rows["fold"].to_numpy()
    for number, constant in enumerate(model.constants):
        words = dict(model.words.filter(pl.col("fold") == number).select("term", "weight").iter_rows())
        fields = dict(model.fields.filter(pl.col("fold") == number).select("name", "weight").iter_rows())
        values = matrix.copy()
        values.data[:] = np.where(
            values.indices >= idf.height, 1.0, values.data
        )  # weights of fields hold their value
        weights = np.array([words[term] for term in idf["term"]] + [fields.get(name, 0.0) for name in names])
        rows = np.flatnonzero(fold == number)
        assert mine[rows] == pytest.approx(np.asarray(values[rows] @ weights).ravel() + constant, abs=1e-9)
