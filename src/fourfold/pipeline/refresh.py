"""The stages that follow a load: each runs only if something it reads has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from fourfold import policy
from fourfold.home import DataProblemError, Home
from fourfold.lake import Lake
from fourfold.pipeline.derived_stages import STAGES, Stage
from fourfold.pipeline.opening import Opened, holds_records, open_figures

Progress = Callable[[str], None]


@dataclass(frozen=True)
class StageResult:
    title: str
    ran: bool
    rows: int
    seconds: float


def refresh(home: Home, progress: Progress = lambda title: None) -> list[StageResult]:
    """Run every stage that has something new, and commit what they made together.

    Raises DataProblemError where nothing is loaded.
    """
    lake = Lake(home.lake)
    if not holds_records(lake.current()):
        raise DataProblemError(
            "Nothing is loaded.", "Hand in files with `fourfold intake PATH`, or try `fourfold demo`."
        )
    results = []
    with lake.load("refresh") as load:
        today = datetime.now(UTC).date()
        opened = open_figures(home, today, load.seen())
        for stage in STAGES:
            if any(table in load.derived for table in stage.reads):
                # It reads what an earlier stage of this refresh has just made.
                opened = open_figures(home, today, load.seen())
            rests_on = inputs_of(stage, opened)
            if load.base.derived.get(stage.table) == rests_on:
                results.append(StageResult(stage.title, False, 0, 0.0))
                continue
            progress(stage.title)
            began = datetime.now(UTC)
            made = stage.make(opened)
            frames = made if isinstance(made, dict) else {stage.table: made}
            for table, frame in frames.items():
                if not (stage.settles and stands_already(opened, table, frame)):
                    load.replace_all(table, frame)
            load.derived[stage.table] = rests_on
            results.append(
                StageResult(
                    stage.title, True, frames[stage.table].height, (datetime.now(UTC) - began).total_seconds()
                )
            )
    return results


def stands_already(opened: Opened, table: str, frame: pl.DataFrame) -> bool:
    """Return whether a table holds these rows, in this order, as it is."""
    standing = opened.lake.scan(table, opened.manifest)
    return standing is not None and standing.collect().equals(frame)


def stale_stages(home: Home) -> list[str]:
    """Return the titles of the stages that a refresh may run, for what they read or another makes; nothing is changed.

    Where a stage makes its table anew and it comes out as it stood, what reads that table has nothing new after all.
    """
    lake = Lake(home.lake)
    opened = open_figures(home, datetime.now(UTC).date())
    derived = lake.current().derived
    stale: dict[str, str] = {}
    for stage in STAGES:
        if derived.get(stage.table) != inputs_of(stage, opened) or set(stage.reads) & set(stale):
            stale[stage.table] = stage.title
    return list(stale.values())


def inputs_of(stage: Stage, opened: Opened) -> dict[str, str]:
    """Return what a stage rests on: table versions, policy and what of it holds, vocabulary, code, month.

    A dated value that comes into force changes `in_force` while no file changes; a month that ends is one
    more whole month.
    """
    tables = {
        table: str(opened.manifest.tables[table]) for table in stage.reads if table in opened.manifest.tables
    }
    return {
        **tables,
        "policy": opened.origin.policy,
        "in_force": in_force(opened),
        "vocabulary": opened.origin.vocabulary,
        "code": opened.origin.code,
        "month": f"{opened.rules.on:%Y-%m}",
        **({"day": f"{opened.rules.on}"} if stage.by_day else {}),
        **(stage.also(opened) if stage.also else {}),
    }


def in_force(opened: Opened) -> str:
    """Return twelve letters that change when another policy value holds than before."""
    values = policy.entries("", opened.rules.on, opened.rules.policy)
    told = repr([(value.name, value.value) for value in values])
    return hashlib.sha256(told.encode()).hexdigest()[:12]
