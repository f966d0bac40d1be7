"""The Victims' Code desk at 100,000 duties, on SQLite and on PostgreSQL: taking up, and the pages.

`python -m bench duties`. The clocks come from a made-up lake of crimes whose log says nothing, so that nobody can
tell whether their victims were told of the arrest. FOURFOLD_BENCH_DUTIES changes the size; PostgreSQL is measured where
FOURFOLD_BENCH_DATABASE names a database of its own. Each time is the median of several.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

DATABASE = "FOURFOLD_BENCH_DATABASE"


def report() -> Iterator[str]:
    """Yield what was measured on each database."""
    for vendor, database in (("SQLite", ""), ("PostgreSQL", os.environ.get(DATABASE, ""))):
        if vendor == "PostgreSQL" and not database:
            yield f"PostgreSQL: not measured, for {DATABASE} names no database."
            continue
        with tempfile.TemporaryDirectory() as passing:
            environment = {
                key: value
                for key, value in os.environ.items()
                if not key.startswith(("FOURFOLD_", "DJANGO_"))
            }
            number = os.environ.get("FOURFOLD_BENCH_DUTIES", "100000")
            if database:
                environment["FOURFOLD_DATABASE"] = database
            done = subprocess.run(
                [sys.executable, "-m", "bench.duties_desk", str(Path(passing) / "home"), number],
                env=environment, check=True, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            yield from (f"{vendor}: {line}" for line in done.stdout.splitlines())
