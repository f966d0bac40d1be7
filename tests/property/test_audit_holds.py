"""What holds of every audit, whatever was drawn and read."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit_records import reading, readings, sample
from fourfold.measures.audit import findings
from fourfold.records.audit import AuditFinding
from fourfold.rules import audit_sample
from fourfold.statistics.stratified import clopper_pearson_on_effective_size, normal, stratified

LETTERS = st.sampled_from("mnra")


@st.composite
def counts(draw):
    strata = draw(st.integers(1, 6))
    population = draw(st.lists(st.integers(0, 3_000), min_size=strata, max_size=strata))
    read = [draw(st.integers(0, min(size, 100))) for size in population]
    whole = [draw(st.integers(0, n)) for n in read]
    return population, read, whole, [draw(st.integers(0, n)) for n in whole]


@settings(max_examples=300, deadline=None)
@given(counts())
@example(([3], [3], [3], [1]))
def test_limits_lie_around_the_value_and_within_0_and_1(told):
    for method in (stratified, clopper_pearson_on_effective_size, normal):
        value, lower, upper = method(*told).floats()
        if np.isnan(value):
            assert np.isnan(lower)
            assert np.isnan(upper)
        else:
            assert 0.0 <= lower <= value <= upper <= 1.0


@settings(max_examples=200, deadline=None)
@given(counts())
def test_ours_is_never_narrower_than_korn_and_graubards_where_differences_were_seen(told):
    ours, theirs = stratified(*told), clopper_pearson_on_effective_size(*told)
    if 0.0 < float(ours.value) < 1.0 and any(n < size for n, size in zip(told[1], told[0], strict=True)):
        strata = sum(size > 0 for size in told[0])
        if sum(told[1]) - strata > 1 and float(theirs.upper) < 1.0:
            assert float(ours.lower) <= float(theirs.lower) + 0.02
            assert float(ours.upper) >= float(theirs.upper) - 0.02


@settings(max_examples=30, deadline=None)
@given(
    answers=st.lists(st.tuples(LETTERS, LETTERS), min_size=0, max_size=12),
    more=st.integers(0, 30),
    seed=st.integers(0, 99),
)
def test_findings_add_up_and_do_not_hang_on_the_order_of_readings(answers, more, seed):
    mine = sample({"one": (6 + more, 6), "two": (6 + more, 6)})
    refs = [*(f"one-{n}" for n in range(1, 7)), *(f"two-{n}" for n in range(1, 7))]
    told = readings(*(reading(ref, "".join(pair)) for ref, pair in zip(refs, answers, strict=False)))
    found = findings(mine, told)
    AuditFinding.validate(found)
    assert findings(mine, told.sample(fraction=1.0, shuffle=True, seed=seed)).equals(found)
    names = ("met", "not_met", "not_recorded", "not_applicable")
    assert (found.select(pl.sum_horizontal(*names) == pl.col("read"))).to_series().all()
    force = found.filter(pl.col("stratum") == "").select("question", *names)
    strata = (
        found.filter(pl.col("stratum") != "")
        .group_by("question", maintain_order=True)
        .agg(pl.col(*names).sum())
    )
    assert force.equals(strata)
    known = found.drop_nulls("strict_value")
    assert (known["strict_value"] <= known["best_case_value"] + 1e-12).all()
    both = known.drop_nulls("recorded_value")
    assert (
        both["recorded_value"].is_between(both["strict_value"] - 1e-12, both["best_case_value"] + 1e-12).all()
    )


@settings(max_examples=30, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 30), min_size=1, max_size=4),
    gone=st.lists(st.integers(0, 200), max_size=40),
    seed=st.integers(0, 10_000),
)
def test_replacements_keep_the_sample_full_as_long_as_there_are_any(sizes, gone, seed):
    frame = pl.DataFrame(
        [(f"{s}-{n}", str(s), [str(s)]) for s, size in enumerate(sizes) for n in range(size)],
        schema=["crime_ref", "stratum", "flags"],
        orient="row",
    )
    wanted = {str(s): min(size, 5) for s, size in enumerate(sizes)}
    drawn = audit_sample.draw(frame, wanted, seed, 0.2)
    refs = drawn["crime_ref"].to_list()
    found = list(dict.fromkeys(refs[at % len(refs)] for at in gone))
    now = audit_sample.to_read(drawn, found)
    assert not set(now["crime_ref"]) & set(found)
    for stratum, n in wanted.items():
        mine = drawn.filter(stratum=stratum)
        left = mine.filter(~pl.col("crime_ref").is_in(found)).height
        kept = now.filter(stratum=stratum)
        assert kept.height == min(n, left)
        # the crimes first in order that are not out of scope
        first = mine.filter(~pl.col("crime_ref").is_in(found)).head(n)["crime_ref"]
        assert set(kept["crime_ref"]) == set(first)
    if all(now.filter(stratum=s).height == n for s, n in wanted.items()):
        assert now["second_read"].sum() == drawn["second_read"].sum()
