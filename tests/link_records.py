"""What the tests of linking share: the shipped model, the stated costs, and records put into people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from bench.linkage_sets import as_told

from fourfold.link.answers import ANSWER_SCHEMA
from fourfold.link.costs import Costs
from fourfold.link.model import read_model
from fourfold.link.people import link_people, person_links
from fourfold.link.standard import standardise

MODEL = read_model("made-up-2026-11-27")
COSTS = Costs(20, 1, 0.1)
NONE = pl.DataFrame(schema=ANSWER_SCHEMA)


def standard(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Return standardised records of rows as told."""
    return standardise(as_told(pl.DataFrame(rows, schema_overrides={"date_of_birth": pl.Date})))


def named(records: pl.DataFrame, edges: pl.DataFrame, answers: pl.DataFrame = NONE) -> pl.DataFrame:
    """Return `person_link` rows."""
    return person_links(link_people(records, edges, answers, COSTS))


def people_of(links: pl.DataFrame) -> dict[str, str]:
    """Return each record's person."""
    return dict(links.select("record_ref", "person_id").iter_rows())
