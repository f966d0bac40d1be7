"""Loading a million open-data rows, against the bare conversion of the same file to Parquet."""

from __future__ import annotations

import io
import os
import statistics
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.timing import run_python, said

ROWS = 1_000_000
PAIRS = 5

BARES = {
    "bare Polars, read_csv then write_parquet": (
        "import sys, polars as pl; pl.read_csv(sys.argv[1]).write_parquet(sys.argv[2])"
    ),
    "bare Polars, scan_csv to sink_parquet": (
        "import sys, polars as pl; pl.scan_csv(sys.argv[1]).sink_parquet(sys.argv[2])"
    ),
}
INTAKE = """
import sys
from pathlib import Path
from fourfold.home import Home
from fourfold.pipeline.intake import take_in
report = take_in(Home(Path(sys.argv[2])), [Path(sys.argv[1])])
(row,) = report.by_source()
assert row["received"] == row["accepted"] == int(sys.argv[3]), row
"""


def report() -> Iterator[str]:
    """Yield the medians of pairs of runs, bare and whole in turn, and the ratio pair by pair."""
    with tempfile.TemporaryDirectory() as folder:
        file = big_file(Path(folder))
        yield f"file: {ROWS:,} rows, {file.stat().st_size / 2**20:,.0f} MiB"
        for name, code in BARES.items():
            bare, whole = [], []
            for pair in range(PAIRS + 1):
                bare.append(run_python(code, str(file), f"{folder}/bare.parquet"))
                whole.append(
                    run_python(INTAKE, str(file), f"{folder}/home-{name[:6]}-{len(name)}-{pair}", str(ROWS))
                )
            bare, whole = bare[1:], whole[1:]
            ratios = [one.wall / other.wall for one, other in zip(whole, bare, strict=True)]
            yield said(name, bare)
            yield said("fourfold intake: checked, keyed, accounted for", whole)
            span = f"{min(ratios):.2f} to {max(ratios):.2f}"
            yield f"ratio, pair by pair (target at most 4): {statistics.median(ratios):.2f} ({span})"


def big_file(folder: Path) -> Path:
    """Write a street file of a million rows from the published months, repeated."""
    named = os.environ.get("FOURFOLD_REFERENCE_DATA")
    if not named:
        raise SystemExit("Set FOURFOLD_REFERENCE_DATA: this benchmark repeats published months.")
    archive = Path(named) / "policeuk" / "northumbria" / "northumbria_2020-05_to_2021-12.tar.xz"
    path = folder / "2020-05-northumbria-street.csv"
    left = ROWS
    with tarfile.open(archive) as tar, path.open("wb") as out:
        months = [member for member in tar.getmembers() if member.name.endswith("-street.csv")]
        bodies = []
        for member in months:
            stream = tar.extractfile(member)
            assert stream is not None
            head, _, body = stream.read().partition(b"\n")
            bodies.append(body)
        out.write(head + b"\n")
        while left:
            for body in bodies:
                lines = io.BytesIO(body).readlines()[:left]
                out.writelines(lines)
                left -= len(lines)
                if not left:
                    break
    return path
