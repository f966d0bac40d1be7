"""A load of several tables, and the same as a program that kills itself at a chosen step of it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from fourfold.lake import Lake, manifest, table


def load_generation(lake: Lake, generation: int) -> None:
    """Load a generation of rows: upserted with history, replaced by slice, derived, appended."""

    def rows(count: int) -> pl.DataFrame:
        return pl.DataFrame(
            {"ref": [str(n) for n in range(count)], "generation": generation, "batch_id": "b"}
        )

    with lake.load(f"generation {generation}") as load:
        told = rows(50 + generation).with_columns(told_at=pl.lit("now"))
        load.upsert("crime", told, ["ref"], ["generation"])
        load.replace_slices("street", rows(30).with_columns(force=pl.lit("o'b")), ["force"])
        load.replace_all("figure", rows(10 + generation))
        load.append("note", rows(5))
        load.derived["figure"] = {"generation": str(generation)}


class Steps:
    """Counts the steps of a load that write, and kills this process before the one numbered `die_at`."""

    def __init__(self, die_at: int) -> None:
        self.die_at = die_at
        self.taken = 0

    def step_in(self, owner: Any, name: str) -> None:
        """Put a step before a function of a module or class."""
        real: Callable[..., Any] = getattr(owner, name)

        def step(*given: Any, **named: Any) -> Any:
            self.take()
            return real(*given, **named)

        setattr(owner, name, step)

    def take(self) -> None:
        self.taken += 1
        if self.taken == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)


def main(folder: str, generation: str, die_at: str) -> None:
    steps = Steps(int(die_at))
    steps.step_in(table, "write_deltalake")
    for change in ("renew", "take_out", "restore", "compact"):
        steps.step_in(table.Table, change)
    steps.step_in(manifest, "write_whole")
    steps.step_in(Path, "replace")
    print("ready", flush=True)
    load_generation(Lake(Path(folder)), int(generation))
    steps.take()
    print("steps", steps.taken, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
