"""Markers: a hundred thousand narratives scored, and what is found where the truth is known but hidden."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.marker_cases import Shown, courier_case, coverage, message_case, show
from bench.timing import run_python, said

NARRATIVES = 100_000
REVIEWS = 2_000

MAKE = """
import sys
from pathlib import Path
import polars as pl
from bench.marker_cases import NOBODY, courier_case, made_up_reports, trained
out, wanted = Path(sys.argv[1]), int(sys.argv[2])
records, _ = made_up_reports(wanted / 27_700, 3)
told = records.filter(pl.col("narrative").is_not_null()).head(wanted)
assert told.height == wanted, told.height
told.write_parquet(out / "narratives.parquet")
trained(courier_case(1.0), NOBODY).as_rows().write_parquet(out / "model.parquet")
"""
SCORE = """
import sys
from pathlib import Path
import polars as pl
from bench.marker_cases import DAY
from fourfold.classify.markers import scored
from fourfold.classify.model import from_rows
from fourfold.classify.settings import settings_on
from fourfold.policy.marker_definitions import marker
out = Path(sys.argv[1])
model = from_rows(pl.read_parquet(out / "model.parquet"))
rows = scored(pl.read_parquet(out / "narratives.parquet"), marker("courier_fraud", DAY), model, settings_on(DAY))
assert rows["probability"].null_count() == 0
"""


def report() -> Iterator[str]:
    """Yield what was measured, a line each."""
    with tempfile.TemporaryDirectory() as folder:
        run_python(MAKE, folder, str(NARRATIVES))
        runs = [run_python(SCORE, folder) for _ in range(3)]
        yield said(f"{NARRATIVES:,} narratives read, scored and explained by one marker (target 20 s)", runs)
    case = courier_case(1.0)
    found = show(case, seed=1)
    yield from in_words("courier fraud on the made-up force", found)
    share, lower, upper = coverage(case, found.model, REVIEWS, seed=1)
    yield (
        f"  {REVIEWS:,} simulated reviews of {case.settings.round_size}: the interval covers the truth in {share:.1%} "
        f"(target 93 %); median limits {lower:,.0f} to {upper:,.0f}"
    )
    data = os.environ.get("FOURFOLD_REFERENCE_DATA")
    if data is None:
        yield "messages: FOURFOLD_REFERENCE_DATA is not set, so they were not looked at"
        return
    messages = message_case(Path(data))
    found = show(messages, seed=1)
    yield from in_words("smishing hidden under ham", found)
    share, lower, upper = coverage(messages, found.model, REVIEWS, seed=1)
    yield f"  coverage over {REVIEWS:,} simulated reviews {share:.1%}; median limits {lower:,.0f} to {upper:,.0f}"


def in_words(title: str, found: Shown) -> Iterator[str]:
    yield f"{title}: {found.records:,} records in scope, {found.true_count:,} true, {found.recorded:,} found by cues"
    yield (
        f"  average precision {found.precision_by_cues:.3f} from cues alone (plain TF-IDF and logistic regression "
        f"{found.baseline_by_cues:.3f}), {found.precision_reviewed:.3f} after one round "
        f"(plain on the same records {found.baseline_reviewed:.3f})"
    )
    yield f"  estimated {found.value:,.0f} ({found.lower:,.0f} to {found.upper:,.0f}) from that round"
