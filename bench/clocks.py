"""Every duty of a million victims, and one new event in one crime.

The cases are those of the default made-up force, told of again under other references until there are a
million victims; the duties are those of its policy, which holds all shipped ones and its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.refresh import INTAKE, MAKE
from bench.timing import run_python, said, words_of_python

VICTIMS = 1_000_000

TOLD = """
import sys
from pathlib import Path
import polars as pl
from fourfold.home import Home
from fourfold.pipeline.clocks import NEEDED
from fourfold.lake import Lake
made, out, wanted = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
lake = Lake(made / "lake")
frames = [lake.scan(record.table).select(columns).collect() for record, columns in NEEDED.items()]
victims = frames[1].filter(pl.col("role").is_in(["victim", "business_contact"])).height
refs = ("crime_ref", "event_id", "about_event_id", "person_ref", "victim_ref", "suspect_ref")
copies = range(-(-wanted // victims))
def again(frame):
    named = [ref for ref in refs if ref in frame.columns]
    return pl.concat(frame.with_columns((pl.lit(f"{copy}-") + pl.col(ref)).alias(ref) for ref in named) for copy in copies)
crimes, people, events = (again(frame) for frame in frames)
owed = people.filter(pl.col("role").is_in(["victim", "business_contact"])).head(wanted).select("crime_ref").unique()
out.mkdir()
for frame, name in ((crimes, "crimes"), (people, "people"), (events, "events")):
    frame.join(owed, on="crime_ref", how="semi").write_parquet(out / f"{name}.parquet")
"""
JUDGE = """
import sys, time
from datetime import date
from pathlib import Path
import polars as pl
from fourfold.rules.clock_cases import records_reach
from fourfold.rules.clocks import judge
from fourfold.rules.rulebook import rulebook
told, policy = Path(sys.argv[1]), Path(sys.argv[2])
crimes, people, events = (pl.read_parquet(told / f"{name}.parquet") for name in ("crimes", "people", "events"))
victims = people.filter(pl.col("role").is_in(["victim", "business_contact"])).height
book = rulebook(policy)
found = judge(crimes, people, events, records_reach(crimes, date(2022, 1, 5)), book)
print(f"{victims:,} victims, {events.height:,} events, {len(book.duties)} editions of duties, {found.height:,} clocks")
"""
ONE = """
import sys, time
from datetime import UTC, date, datetime
from pathlib import Path
import polars as pl
from fourfold.rules.clocks import judge
from fourfold.rules.rulebook import rulebook
from fourfold.rules.clock_cases import records_reach
told, policy = Path(sys.argv[1]), Path(sys.argv[2])
crimes, people, events = (pl.scan_parquet(told / f"{name}.parquet") for name in ("crimes", "people", "events"))
busiest = events.group_by("crime_ref").len().sort("len", descending=True).head(40).collect()["crime_ref"]
mine = [frame.filter(pl.col("crime_ref").is_in(busiest.implode())).collect() for frame in (crimes, people, events)]
reach = pl.DataFrame({"force": ["aldermere"], "as_of": [date(2021, 12, 31)]})
book = rulebook(policy)
took, worked = [], []
for crime in busiest:
    of_crime = [frame.filter(pl.col("crime_ref") == crime) for frame in mine]
    began, busy = time.perf_counter(), time.process_time()
    new = of_crime[2].head(1).with_columns(event_id=pl.lit("new"), event_type=pl.lit("victim_updated"))
    judge(of_crime[0], of_crime[1], pl.concat([of_crime[2], new]), reach, book)
    took.append(time.perf_counter() - began)
    worked.append(time.process_time() - busy)
took, worked = sorted(took[1:]), sorted(worked[1:])
half = len(took) // 2
clock, processor = ([1000 * some[half], 1000 * some[-1]] for some in (took, worked))
print("median {:.1f} ms, slowest {:.1f} ms, of processor {:.1f} and {:.1f} ms".format(*clock, *processor))
"""
FROM_LAKE = """
import sys, time
from datetime import date
from pathlib import Path
from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.clocks import clocks_of_case
home = Home(Path(sys.argv[1]))
lake = Lake(home.lake)
events = lake.scan("case_event", lake.current())
busiest = events.group_by("crime_ref").len().sort("len", descending=True).head(40).collect()["crime_ref"]
took, worked = [], []
for crime in busiest:
    began, busy = time.perf_counter(), time.process_time()
    clocks_of_case(home, crime, date(2022, 1, 5))
    took.append(time.perf_counter() - began)
    worked.append(time.process_time() - busy)
took, worked = sorted(took[1:]), sorted(worked[1:])
half = len(took) // 2
clock, processor = ([1000 * some[half], 1000 * some[-1]] for some in (took, worked))
print("median {:.1f} ms, slowest {:.1f} ms, of processor {:.1f} and {:.1f} ms".format(*clock, *processor))
"""


def report() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        home, told = f"{folder}/home", f"{folder}/told"
        run_python(MAKE, f"{folder}/force")
        run_python(INTAKE, f"{folder}/force", home)
        for path in Path(f"{folder}/force/policy").glob("*.yaml"):
            (Path(home) / "policy" / path.name).write_bytes(path.read_bytes())
        run_python(TOLD, home, told, str(VICTIMS))
        policy = f"{home}/policy"
        yield words_of_python(JUDGE, told, policy)
        runs = [run_python(JUDGE, told, policy) for _ in range(3)]
        yield said(
            "all duties of a million victims, reading them included (target under 20 s, 3,072 MiB)", runs
        )
        one = words_of_python(ONE, told, policy)
        yield f"one new event in one of the 40 longest crimes (target under 50 ms): {one}"
        whole = words_of_python(FROM_LAKE, home)
        yield f"the same crimes each read from the lake of 1.1 million events and judged: {whole}"
