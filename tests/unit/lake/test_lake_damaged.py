"""A lake that was damaged says what is wrong and what to do; it is never taken for an empty one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl
import pytest

from fourfold.home import CouldNotRunError
from fourfold.lake import Lake, manifest


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake(tmp_path / "lake")
    for number in (1, 2):
        append(lake, number)
    return lake


def append(lake: Lake, number: int) -> None:
    with lake.load("append") as load:
        load.append("thing", pl.DataFrame({"number": [number]}))


def numbers(lake: Lake) -> list[int]:
    return sorted(lake.scan("thing").collect()["number"])


def words(error: pytest.ExceptionInfo[CouldNotRunError]) -> str:
    assert error.value.next_step
    return str(error.value)


@pytest.mark.parametrize("told", [b"", b"\n", b"00", b"00000", b"\xff\xfe\x00", b"none", b"{}", b"-00001"])
def test_a_damaged_pointer_stops_readers_and_loads(lake, told):
    (lake.folder / "manifests" / "CURRENT").write_bytes(told)
    for use in (lake.current, lambda: append(lake, 3), lambda: lake.manifests.read("1")):
        with pytest.raises(CouldNotRunError) as caught:
            use()
        assert "CURRENT" in words(caught)
        assert "000002" in words(caught)


def test_a_lost_pointer_does_not_begin_the_lake_anew(lake):
    (lake.folder / "manifests" / "CURRENT").unlink()
    with pytest.raises(CouldNotRunError, match=r"is gone.*Write 000002 into it"):
        append(lake, 3)
    (lake.folder / "manifests" / "CURRENT").write_text("000002")
    append(lake, 3)
    assert numbers(lake) == [1, 2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"number": 1}',
        '{"number": 2, "tables": ["thing"]}',
        '{"number": 2, "tables": {"thing": "new"}}',
        '{"number": 2, "derived": {"figure": 3}}',
        '{"number": 2, "colour": "red"}',
    ],
)
def test_a_damaged_manifest_is_named(lake, text):
    path = lake.folder / "manifests" / "000002.json"
    path.write_text(text)
    with pytest.raises(CouldNotRunError) as caught:
        lake.current()
    assert str(path) in words(caught)
    assert lake.manifests.read("1").why == "append"


def test_a_lost_manifest_is_named(lake):
    (lake.folder / "manifests" / "000002.json").unlink()
    with pytest.raises(CouldNotRunError, match=r"000002\.json"):
        lake.current()


def test_a_lost_table_is_named_and_not_begun_anew(lake):
    shutil.rmtree(lake.folder / "tables" / "thing")
    with pytest.raises(CouldNotRunError, match="table thing cannot be read"):
        lake.scan("thing")
    with pytest.raises(CouldNotRunError, match="folder of the table thing is gone"):
        append(lake, 3)
    assert lake.current().name == "000002"


def test_a_table_put_back_from_an_older_copy_is_not_written_over(lake, tmp_path):
    folder = lake.folder / "tables" / "thing"
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    append(lake, 3)
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)
    for use in (lambda: lake.scan("thing"), lambda: append(lake, 4)):
        with pytest.raises(CouldNotRunError, match="table thing cannot be re"):
            use()


def test_a_full_disk_at_the_manifest_leaves_the_old_one_standing(lake, monkeypatch):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(manifest.os, "fsync", full)
        with pytest.raises(CouldNotRunError, match=r"manifest cannot be written.*No space left"):
            append(lake, 3)
    assert numbers(lake) == [1, 2]
    assert not list((lake.folder / "manifests").glob(".*")), "a half-written file is left"
    append(lake, 4)
    assert numbers(lake) == [1, 2, 4]


FILLS_THE_DISK = """
import resource, sys
from pathlib import Path
import polars as pl
from fourfold.home import CouldNotRunError
from fourfold.lake import Lake
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    with Lake(Path(sys.argv[1])).load("big") as load:
        load.append("thing", pl.DataFrame({"number": pl.int_range(100_000, eager=True).shuffle(1)}))
except CouldNotRunError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="a limit on the size of a file stands for a full disk")
def test_a_disk_that_fills_up_in_a_table_is_said_and_nothing_is_kept(lake):
    done = subprocess.run(
        [sys.executable, "-c", FILLS_THE_DISK, str(lake.folder)], capture_output=True, text=True, check=True
    )
    assert "The table thing cannot be written: File too large" in done.stdout
    assert "Nothing of this load was kept" in done.stdout
    assert numbers(lake) == [1, 2]
    append(lake, 3)
    assert numbers(lake) == [1, 2, 3]


WRITES_WITHOUT_THE_RIGHT = """
import os, sys
from pathlib import Path
import polars as pl
from fourfold.home import CouldNotRunError
from fourfold.lake import Lake
lake = Lake(Path(sys.argv[1]))
lake.scan("thing").collect()
if os.geteuid() == 0:
    os.setuid(65534)
print(sorted(lake.scan("thing").collect()["number"]))
try:
    with lake.load("intake") as load:
        load.append("thing", pl.DataFrame({"number": [3]}))
except CouldNotRunError as error:
    print(error.exit_code, error)
"""


@pytest.mark.skipif(os.name != "posix", reason="rights are set as POSIX systems do")
def test_a_lake_that_may_only_be_read_is_read_and_says_so_when_written_to(lake):
    with tempfile.TemporaryDirectory() as folder:
        # Another user must reach it: the tests' own folders are closed to others.
        Path(folder).chmod(0o755)
        copy = Path(folder) / "lake"
        shutil.copytree(lake.folder, copy)
        opened = [copy, *copy.rglob("*")]
        for path in opened:
            path.chmod(0o555 if path.is_dir() else 0o444)
        done = subprocess.run(
            [sys.executable, "-c", WRITES_WITHOUT_THE_RIGHT, str(copy)], capture_output=True, text=True
        )
        for path in opened:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "[1, 2]"
    assert f"3 The lake {copy} cannot be written to: Permission denied" in done.stdout


def test_a_manifest_is_plain_json_that_a_person_can_mend(lake):
    told = json.loads((lake.folder / "manifests" / "000002.json").read_text(encoding="utf-8"))
    assert told["tables"] == {"thing": 1}
    assert told["why"] == "append"
