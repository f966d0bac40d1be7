"""The demo ends by serving: people to sign in as are printed, Ctrl-C stops all of it, it can be served again."""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from plain_browser import PlainBrowser

QUICKLY = Path(__file__).with_name("demo_quickly.py")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "home"


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(home: Path) -> Iterator[Callable[..., Any]]:
    """Start a verb in a process group of its own, as a terminal does."""
    running: list[Any] = []

    def run(*words: object) -> Any:
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("FOURFOLD_", "DJANGO_"))
        }
        process = subprocess.Popen(
            [sys.executable, str(QUICKLY), *map(str, words), "--home", str(home)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=kept | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            start_new_session=True,
        )
        running.append(process)
        return process

    yield run
    for process in running:
        if process.poll() is None:
            # Ctrl-C first: killed outright, it could not end what it started beside itself.
            os.killpg(process.pid, signal.SIGINT)
        try:
            process.communicate(timeout=40)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def said_until(process: Any, words: str) -> str:
    """Return what a process said until it said `words`."""
    said, until = b"", time.monotonic() + 60
    while words.encode() not in said:
        assert time.monotonic() < until, said.decode()
        assert process.poll() is None, process.stderr.read().decode()
        if select.select([process.stdout], [], [], 0.5)[0]:
            said += os.read(process.stdout.fileno(), 65536)
    return said.decode()


def stop(process: Any) -> str:
    """Press Ctrl-C: the signal goes to every process of the group."""
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=40)
    assert process.returncode == 0, told.decode()
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    return str(told.decode())


def test_the_demo_serves_and_each_person_printed_signs_in(start: Any, port: int) -> None:
    process = start("demo", "--port", port)
    said = said_until(process, "Ctrl-C stops it")
    people = re.findall(r"^  (\S+@demo\.example)\s+(\S+)\s+(.+)$", said, re.MULTILINE)
    assert len(people) == 8, "one for each role, and a second auditor"
    assert f"http://127.0.0.1:{port}/" in said
    for email, password, role in (people[0], people[-1]):
        page = PlainBrowser(f"http://127.0.0.1:{port}/").sign_in(email, password)
        assert f"Demo {role.lower()}" in page
        assert "The data are made up." in page
        assert "the second factor at sign-in is off" in page
    assert "Traceback" not in stop(process)


def test_it_is_served_again_with_the_same_people_and_a_taken_port_is_said(start: Any, port: int) -> None:
    process = start("serve", "--port", port)
    said = said_until(process, "Ctrl-C stops it")
    email, password = re.findall(r"^  (\S+@demo\.example)\s+(\S+)", said, re.MULTILINE)[0]
    for verb in ("serve", "demo"):
        second = start(verb, "--port", port)
        out, told = second.communicate(timeout=60)
        assert second.returncode == 3
        assert f"Port {port} is taken" in told.decode()
        assert f"--port {port + 1}" in told.decode()
        assert out == b"", "nothing was begun"
    assert "Demo victim care officer" in PlainBrowser(f"http://127.0.0.1:{port}/").sign_in(email, password)
    stop(process)


def test_a_script_may_have_it_end(start: Any) -> None:
    process = start("demo", "--no-serve")
    out, told = process.communicate(timeout=60)
    assert process.returncode == 0, told.decode()
    assert "Fourfold is at" not in out.decode()
