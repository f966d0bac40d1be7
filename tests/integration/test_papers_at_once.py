"""Several people at one paper in the same moment, on both databases: one of them does it, the others are told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

WORKER = Path(__file__).with_name("papers_worker.py")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_of_six_people_one_does_it_and_five_are_told(database: str, request: Any, tmp_path: Path) -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FOURFOLD_", "DJANGO_"))}
    env = kept | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    if database == "postgresql":
        env["FOURFOLD_DATABASE"] = request.getfixturevalue("postgresql")
    done = subprocess.run(
        [sys.executable, str(WORKER), str(tmp_path / "home")],
        capture_output=True,
        env=env,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    told = json.loads(done.stdout)
    assert told["database"] == database
    assert told["start"] == {"done": 1, "AlreadyOpenError": 5}
    assert told["write"] == {"done": 1, "ChangedMeanwhileError": 5}
    assert told["build"] == {"done": 1, "UnderWayError": 5}
    assert told["send"] == {"done": 1, "WrongUseError": 5}
    assert told["decide"] == {"done": 1, "WrongUseError": 4}
    assert told["steps"] == [], "a step was taken twice"
    assert told["decisions"]
    assert told["rows"] == [1, 1, 1]
    assert told["trail"] == "None"
