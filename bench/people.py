"""A million records of people linked, and a weekly list of 500 against them, beside plain Splink on the same records.

The people are made up, in whole households, one in four told of again; FOURFOLD_BENCH_RECORDS sets another number.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

from bench.timing import run_python, said, words_of_python

RECORDS = int(os.environ.get("FOURFOLD_BENCH_RECORDS", "1000000"))
WEEKLY = 500

MAKE = """
import sys
from bench.linkage_sets import as_told, told_people
out, records, weekly = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rows = told_people(records * 4 // 5, records - records * 4 // 5 + weekly, 3)
as_told(rows).write_parquet(f"{out}/told.parquet")
rows.select("record_ref", truth="true_person_id").write_parquet(f"{out}/truth.parquet")
"""
TRAIN = """
import sys, time
from datetime import date
from pathlib import Path
import numpy as np
import polars as pl
from fourfold.link.model import write_model
from fourfold.link.standard import standardise
from fourfold.link.training import train
folder, weekly = sys.argv[1], int(sys.argv[2])
told = pl.read_parquet(f"{folder}/told.parquet")
records = standardise(told.head(told.height - weekly))
began = time.perf_counter()
model = train(records, "bench", date(2026, 11, 27), "made-up people", True, np.random.default_rng(1))
write_model(model, Path(folder))
print(f"a model trained on them, an act of its own: {time.perf_counter() - began:.1f} s")
"""
FULL = """
import sys, time
from pathlib import Path
import polars as pl
from fourfold.link.answers import ANSWER_SCHEMA
from fourfold.link.costs import Costs
from fourfold.link.model import read_model
from fourfold.link.people import link_people, person_links, score_records
from fourfold.link.standard import standardise
folder, weekly = sys.argv[1], int(sys.argv[2])
told = pl.read_parquet(f"{folder}/told.parquet")
told = told.head(told.height - weekly)
steps = [("", time.perf_counter())]
def step(name):
    steps.append((name, time.perf_counter()))
records = standardise(told); step("standardised")
edges = score_records(records, None, read_model("bench", Path(folder))); step("scored")
people = link_people(records, edges, pl.DataFrame(schema=ANSWER_SCHEMA), Costs(20, 1, 0.1)); step("clustered")
links = person_links(people); step("named")
records.write_parquet(f"{folder}/records.parquet"); edges.write_parquet(f"{folder}/edges.parquet")
links.write_parquet(f"{folder}/links.parquet")
took = ", ".join(f"{name} {at - before:.1f} s" for (_, before), (name, at) in zip(steps, steps[1:]))
print(f"{records.height:,} records, {edges.height:,} pairs kept: {took}; all {steps[-1][1] - steps[0][1]:.1f} s")
"""
WEEK = """
import sys, time
from pathlib import Path
import polars as pl
from fourfold.link.answers import ANSWER_SCHEMA
from fourfold.link.costs import Costs
from fourfold.link.model import read_model
from fourfold.link.people import link_people, person_links, score_records
from fourfold.link.standard import standardise
import splink, duckdb, scipy.sparse.csgraph
folder, weekly = sys.argv[1], int(sys.argv[2])
told = pl.read_parquet(f"{folder}/told.parquet").tail(weekly).with_columns(first_linked=pl.lit(2, pl.Int64))
model, none = read_model("bench", Path(folder)), pl.DataFrame(schema=ANSWER_SCHEMA)
began = time.perf_counter()
old, kept = pl.read_parquet(f"{folder}/records.parquet"), pl.read_parquet(f"{folder}/edges.parquet")
new = standardise(told)
edges = pl.concat([kept, score_records(new, old, model)])
links = person_links(link_people(pl.concat([old, new]), edges, none, Costs(20, 1, 0.1)))
took = time.perf_counter() - began
before = pl.read_parquet(f"{folder}/links.parquet")
both = before.join(links, on=["record", "record_ref"], suffix="_now")
moved = both.filter(pl.col("person_id") != pl.col("person_id_now")).select("person_id", "person_id_now").unique()
gone = before.select("person_id").unique().join(links.select("person_id").unique(), on="person_id", how="anti").height
fresh = links.filter(~pl.col("record_ref").is_in(before["record_ref"].implode()))
known = fresh.join(before.select("person_id").unique(), on="person_id").height
print(f"{weekly} new records against {old.height:,}: {took:.2f} s; {known} are of people known before; "
      f"{gone} earlier names became aliases of an older one, {moved.height - gone} changed otherwise")
"""
PLAIN = """
import sys, time
import polars as pl
from bench.linkage_others import plain_splink
folder, weekly = sys.argv[1], int(sys.argv[2])
records = pl.read_parquet(f"{folder}/records.parquet")
began = time.perf_counter()
links = plain_splink(records, 0.95)
took = time.perf_counter() - began
links.write_parquet(f"{folder}/plain.parquet")
print(f"plain Splink with selective training rules, of records already standardised: {took:.1f} s")
"""
JUDGE = """
import sys
import polars as pl
from bench.linkage import quality
folder = sys.argv[1]
truth = pl.read_parquet(f"{folder}/truth.parquet")
for name in ("links", "plain"):
    print(f"{name}: {quality(pl.read_parquet(f'{folder}/{name}.parquet'), truth).said()}")
"""


def report() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        run_python(MAKE, folder, str(RECORDS), str(WEEKLY))
        yield words_of_python(TRAIN, folder, str(WEEKLY))
        yield words_of_python(FULL, folder, str(WEEKLY))
        yield said("the same again, reading and starting included", [run_python(FULL, folder, str(WEEKLY))])
        yield "a weekly list (target under 5 s): " + words_of_python(WEEK, folder, str(WEEKLY))
        yield words_of_python(PLAIN, folder, str(WEEKLY))
        yield said("plain Splink again", [run_python(PLAIN, folder, str(WEEKLY))])
        yield words_of_python(JUDGE, folder)
