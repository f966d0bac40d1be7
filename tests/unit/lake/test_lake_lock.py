"""One load at a time, and words that say who is at it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from fourfold.home import CouldNotRunError
from fourfold.lake import Lake
from fourfold.lake.lock import held, said_by

HOLDS_FOR_A_WHILE = """
import sys, time
from pathlib import Path
import polars as pl
from fourfold.lake import Lake
with Lake(Path(sys.argv[1])).load("intake") as load:
    load.append("thing", pl.DataFrame({"number": [2]}))
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake(tmp_path / "lake")
    append(lake, 1)
    return lake


def append(lake: Lake, number: int, wait_seconds: float = 30) -> None:
    with lake.load("refresh", wait_seconds) as load:
        load.append("thing", pl.DataFrame({"number": [number]}))


def numbers(lake: Lake) -> list[int]:
    return sorted(lake.scan("thing").collect()["number"])


def holder(lake: Lake, seconds: float) -> subprocess.Popen[str]:
    """Start another process that holds the lake, and wait until it does."""
    started = subprocess.Popen(
        [sys.executable, "-c", HOLDS_FOR_A_WHILE, str(lake.folder), str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "held\n"
    return started


def test_a_second_load_says_who_holds_the_lake_and_readers_do_not_wait(lake):
    other = holder(lake, 60)
    try:
        with pytest.raises(CouldNotRunError) as caught:
            append(lake, 3, wait_seconds=0.2)
        assert f"process {other.pid} (intake, since 20" in caught.value.what
        assert caught.value.exit_code == 3
        began = time.monotonic()
        assert numbers(lake) == [1]
        assert time.monotonic() - began < 1
    finally:
        other.kill()
        other.wait()


def test_a_second_load_waits_its_turn_and_builds_on_the_first(lake):
    other = holder(lake, 0.7)
    append(lake, 3)
    assert other.wait() == 0
    assert numbers(lake) == [1, 2, 3]
    assert lake.current().name == "000003"


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX systems")
def test_the_lock_of_a_dead_holder_is_free_and_its_rows_are_not_there(lake):
    other = holder(lake, 60)
    other.send_signal(signal.SIGKILL)
    other.wait()
    append(lake, 3, wait_seconds=1)
    assert numbers(lake) == [1, 3]


def test_a_load_that_fails_frees_the_lock(lake):
    with pytest.raises(ZeroDivisionError), lake.load("fails"):
        raise ZeroDivisionError
    append(lake, 3, wait_seconds=0)
    assert not (lake.folder / "lock.json").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null"])
def test_a_holder_who_cannot_be_read_is_another_process(tmp_path, text):
    told = tmp_path / "lock.json"
    told.write_text(text)
    assert said_by(told) == said_by(tmp_path / "nobody.json") == "another process"


def test_a_lake_below_a_file_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CouldNotRunError, match="cannot be written to: Not a directory"):
        append(Lake(tmp_path / "file" / "lake"), 1)


def test_a_full_disk_at_the_lock_is_said_and_frees_it(tmp_path, monkeypatch):
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        with pytest.raises(CouldNotRunError, match="No space left on device"), held(tmp_path, "intake", 0):
            pytest.fail("the lock must not be held")
    with held(tmp_path, "intake", 0):
        pass
