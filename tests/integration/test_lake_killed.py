"""A load that is killed at any point leaves the old state whole, and the next load none of its rows."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from killed_load import load_generation

from fourfold.lake import HISTORY_SUFFIX, Lake

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX systems")

TABLES = ("crime", "crime" + HISTORY_SUFFIX, "street", "figure", "note")

PROGRAM = str(Path(__file__).with_name("killed_load.py"))


def run(folder: Path, generation: int, die_at: int = 0) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, PROGRAM, str(folder), str(generation), str(die_at)], capture_output=True, text=True
    )


def whole_state(lake: Lake) -> dict[str, list[tuple[object, ...]]]:
    found = {name: lake.scan(name) for name in TABLES}
    return {
        name: sorted(frame.select("ref", "generation").collect().iter_rows())
        for name, frame in found.items()
        if frame is not None
    }


def expected(generations: int, failed: frozenset[int] = frozenset()) -> dict[str, list[tuple[object, ...]]]:
    """Say what a lake holds after the loads of some generations, those that were killed left out."""
    done = [one for one in range(1, generations + 1) if one not in failed]
    if not done:
        return {}
    told: dict[str, int] = {}
    earlier: list[tuple[object, ...]] = []
    for one in done:
        for ref in map(str, range(50 + one)):
            if ref in told:
                earlier.append((ref, told[ref]))
            told[ref] = one
    last = done[-1]
    state = {
        "crime": sorted(told.items()),
        "crime" + HISTORY_SUFFIX: sorted(earlier),
        "street": sorted((str(n), last) for n in range(30)),
        "figure": sorted((str(n), last) for n in range(10 + last)),
        "note": sorted((str(n), one) for one in done for n in range(5)),
    }
    return {name: rows for name, rows in state.items() if rows}


def steps_of(folder: Path, generation: int) -> int:
    done = run(folder, generation)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])


def test_a_first_load_that_is_killed_at_any_step_is_as_if_it_had_never_been(tmp_path):
    steps = steps_of(tmp_path / "whole", 1)
    assert steps >= 10, "the program no longer steps in where the lake writes"
    for die_at in range(1, steps + 1):
        lake = Lake(tmp_path / str(die_at))
        assert run(lake.folder, 1, die_at).returncode == -signal.SIGKILL
        committed = not lake.current().is_empty
        assert committed == (die_at == steps), "only the last rename makes a load stand"
        assert whole_state(lake) == (expected(1) if committed else {})
        load_generation(lake, 2)
        assert whole_state(lake) == expected(2, frozenset() if committed else frozenset({1}))


def test_a_later_load_that_is_killed_at_any_step_leaves_the_old_manifest_whole(tmp_path):
    lake = Lake(tmp_path / "lake")
    load_generation(lake, 1)
    load_generation(lake, 2)
    generation, die_at, died, failed = 2, 0, True, set[int]()
    while died:
        generation, die_at = generation + 1, die_at + 1
        stood = lake.current().number
        died = run(lake.folder, generation, die_at).returncode == -signal.SIGKILL
        if lake.current().number == stood:
            failed.add(generation)
        assert whole_state(lake) == expected(generation, frozenset(failed)), f"killed at step {die_at}"
        if die_at % 5 == 0:  # and on what a whole load builds on top of the leftovers
            generation += 1
            load_generation(lake, generation)
            assert whole_state(lake) == expected(generation, frozenset(failed))
    assert die_at > 15, "the program no longer steps in where the lake writes"
    for manifest in lake.manifests.all():
        for name in manifest.tables:
            lake.scan(name, manifest).collect()


def test_a_load_killed_at_a_moment_of_chance_leaves_the_old_or_the_new_state_whole(tmp_path):
    chance = random.Random(20261123)
    lake = Lake(tmp_path / "lake")
    load_generation(lake, 1)
    failed = set[int]()
    for generation in range(2, 12):
        stood = lake.current().number
        started = subprocess.Popen(
            [sys.executable, PROGRAM, str(lake.folder), str(generation), "0"],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert started.stdout is not None
        assert started.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.4))
        started.kill()
        started.wait()
        started.stdout.close()
        if lake.current().number == stood:
            failed.add(generation)
        assert whole_state(lake) == expected(generation, frozenset(failed))
    assert failed, "no load was killed in time"
