"""Linkage on two public sets whose people are known, trained on them without their answers, beside Splink's defaults."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import pytest
from bench.linkage import linked_at, own_model, quality
from bench.linkage_others import exact_keys, splink_defaults
from bench.linkage_sets import fake_1000, febrl_3

from fourfold.link.people import score_records


@dataclass(frozen=True)
class Known:
    records: pl.DataFrame
    truth: pl.DataFrame
    edges: pl.DataFrame


@pytest.fixture(scope="module")
def known(reference_data) -> dict[str, Known]:
    found = {}
    for name, read in (("fake_1000", fake_1000), ("febrl_3", febrl_3)):
        records, truth = read(reference_data)
        found[name] = Known(records, truth, score_records(records, None, own_model(records)))
    return found


@pytest.mark.parametrize(("name", "recall", "margin"), [("fake_1000", 0.45, 0.03), ("febrl_3", 0.91, 0.08)])
def test_more_people_are_found_than_by_exact_keys_and_by_splink_as_its_guide_sets_it_up(
    known, name, recall, margin
):
    records, truth = known[name].records, known[name].truth
    found = quality(linked_at(records, known[name].edges, 0.95), truth)
    assert found.precision > 0.998
    assert found.recall > recall
    assert found.f1 > quality(splink_defaults(records, 0.95), truth).f1 + margin
    assert found.f1 > quality(exact_keys(records), truth).f1 + 0.3


def test_recall_falls_and_precision_does_not_as_the_threshold_rises(known):
    febrl = known["febrl_3"]
    found = [
        quality(linked_at(febrl.records, febrl.edges, threshold), febrl.truth)
        for threshold in (0.5, 0.9, 0.99, 0.999)
    ]
    assert [one.recall for one in found] == sorted((one.recall for one in found), reverse=True)
    assert all(one.precision > 0.999 for one in found)
