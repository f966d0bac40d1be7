"""An old manifest reads exactly the old rows, whatever came after and however long ago it was."""

from __future__ import annotations

import os
import time
from pathlib import Path

import polars as pl
import pytest

from fourfold.home import WrongUseError
from fourfold.lake import Lake
from fourfold.lake import load as load_module

YEAR = 365 * 86_400


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def rows(lake: Lake, manifest: str) -> list[int]:
    frame = lake.scan("thing", lake.manifests.read(manifest))
    return [] if frame is None else sorted(frame.collect()["number"])


def append(lake: Lake, *numbers: int) -> None:
    with lake.load(f"append {numbers}") as load:
        load.append("thing", pl.DataFrame({"slice": [n % 2 for n in numbers], "number": numbers}))


def test_every_manifest_reads_its_own_rows_after_slices_restores_and_compaction(lake, monkeypatch):
    append(lake, 1, 2, 3)
    with lake.load("slice") as load:
        load.replace_slices("thing", pl.DataFrame({"slice": [1], "number": [7]}), ("slice",))
    with pytest.raises(RuntimeError), lake.load("fails") as load:  # noqa: PT012
        load.append("thing", pl.DataFrame({"slice": [0], "number": [99]}))
        raise RuntimeError
    append(lake, 4)
    monkeypatch.setattr(load_module, "FILES_BEFORE_COMPACTING", 1)
    append(lake, 5)
    assert len(lake.table("thing").files(lake.current().tables["thing"])) == 1
    assert rows(lake, "1") == [1, 2, 3]
    assert rows(lake, "2") == [2, 7]
    assert rows(lake, "000003") == [2, 4, 7]
    assert rows(lake, "4") == rows(lake, lake.current().name) == [2, 4, 5, 7]
    assert [manifest.why for manifest in lake.manifests.all()][1] == "slice"


def test_many_small_files_are_rewritten_as_one_and_read_the_same(lake):
    for number in range(load_module.FILES_BEFORE_COMPACTING + 1):
        append(lake, number)
    files = [len(lake.table("thing").files(one.tables["thing"])) for one in lake.manifests.all()]
    assert files[-2:] == [load_module.FILES_BEFORE_COMPACTING, 1]
    for number, manifest in enumerate(lake.manifests.all()):
        assert rows(lake, manifest.name) == list(range(number + 1))


def test_manifests_of_years_ago_are_still_read_after_hundreds_of_loads(lake):
    """Delta's own habit is to drop log entries of more than 30 days at every hundredth commit."""
    long_ago = time.time() - YEAR
    for number in range(103):
        append(lake, number)
        for path in (lake.table("thing").folder / "_delta_log").glob("*.json"):
            os.utime(path, (long_ago, long_ago))
    assert rows(lake, "1") == [0]
    assert rows(lake, "50") == list(range(50))
    assert rows(lake, "103") == list(range(103))


def test_no_file_is_ever_removed(lake):
    seen: set[Path] = set()
    for number in range(45):
        with lake.load("renew") as load:
            load.replace_all("thing", pl.DataFrame({"number": [number]}))
        there = set(lake.table("thing").folder.rglob("*.*"))
        assert seen <= there
        seen = there


@pytest.mark.parametrize("name", ["2", "0", "-1", "x", "", "٣", "1.0"])
def test_a_manifest_that_never_stood_is_not_read(lake, name):
    append(lake, 1)
    with pytest.raises(WrongUseError, match="The newest is 000001"):
        lake.manifests.read(name)
