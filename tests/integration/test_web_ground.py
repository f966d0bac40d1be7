"""The ground on real databases: several processes writing one trail, and PostgreSQL's own triggers."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WORKER = Path(__file__).with_name("web_ground_worker.py")
CHECKS = Path(__file__).parents[1] / "unit" / "web" / "trail_checks.py"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def run(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Start a part of the worker on a database; returns what it told, or the process where `wait` is false."""
    address = request.getfixturevalue("postgresql") if request.param == "postgresql" else ""
    home = tmp_path_factory.mktemp("ground") / "home"
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("FOURFOLD_", "DJANGO_"))}
    env = kept | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    if address:
        env["FOURFOLD_DATABASE"] = address

    def start(*does: str, wait: bool = True) -> Any:
        if does[0] == "doctor":
            command = [sys.executable, "-m", "fourfold.cli", *does, "--home", str(home)]
            return subprocess.run(command, capture_output=True, env=env, timeout=120, check=False)
        process = subprocess.Popen(
            [sys.executable, str(WORKER), str(home), *does],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
        )
        return told(process) if wait else process

    assert start("prepare") == request.param
    return start


def told(process: subprocess.Popen[bytes]) -> Any:
    out, error = process.communicate(timeout=120)
    assert process.returncode == 0, error.decode()[-3000:]
    return json.loads(out)


def test_the_database_forbids_change_and_tampering_is_found(run: Callable[..., Any]) -> None:
    spec = importlib.util.spec_from_file_location("trail_checks", CHECKS)
    assert spec
    assert spec.loader
    checks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(checks)
    answer = run("triggers")
    assert answer["allowed"] == []
    assert answer["found"] == {what: number for what, (_, number) in checks.TAMPERING.items()}


def test_four_processes_write_one_chain_without_a_gap(run: Callable[..., Any]) -> None:
    writers = [run("write", "50", wait=False) for _ in range(4)]
    for writer in writers:
        assert told(writer) == 50
    assert run("verified") == {"fault": "None", "entries": 4 * 45}


def test_the_doctor_verifies_and_finds_a_planted_change(run: Callable[..., Any]) -> None:
    good = run("doctor", "--trail")
    assert good.returncode == 0, good.stderr.decode()
    assert "entries stand as written" in good.stdout.decode()
    noted = good.stdout.decode().split()[-1]
    assert run("doctor", "--trail", "--noted", noted).returncode == 0
    assert run("plant") == "planted"
    bad = run("doctor", "--trail", "--json")
    assert bad.returncode == 1
    (told,) = json.loads(bad.stdout)
    assert (told["state"], told["words"]) == (
        "wrong",
        "a fault at entry 7. It was changed after it was written.",
    )
