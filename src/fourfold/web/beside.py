"""The processes beside the server: the worker of background tasks, and the one that looks for work."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from fourfold.web.ui.health import BEAT, STATE_OF_BESIDE, STATE_WRITTEN_EVERY_SECONDS

log = logging.getLogger("fourfold.web.beside")

GRACEFUL_SECONDS = 30
LONGEST_REST_SECONDS = 30.0
RAN_WELL_SECONDS = 60.0
HUNG_AFTER_SECONDS = 180.0
"""Longer than any one look: a database that is locked is waited for 30 seconds, and there are a few watches."""


class Beside:
    """One process; it is started again when it ends by itself, after a rest that grows.

    `beat` is a file that it touches each time it has looked round: one that has not for long hangs. It counts as
    dead, is ended and started again.
    """

    def __init__(self, name: str, *command: str, beat: Path | None = None) -> None:
        self.name = name
        self._beat = beat
        self._started_on = 0.0
        self._command = [sys.executable, "-m", "django", *command]
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._rest_seconds = 1.0

    @property
    def is_alive(self) -> bool:
        return self._runs and not self.is_hung

    @property
    def _runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def is_hung(self) -> bool:
        """Whether it runs and has given no sign of life for too long."""
        if self._beat is None or not self._runs:
            return False
        try:
            last = self._beat.stat().st_mtime
        except OSError:
            last = 0.0
        return time.time() - max(last, self._started_on) > HUNG_AFTER_SECONDS

    def start(self) -> None:
        """Start it with this process's environment, out of reach of a Ctrl-C, which is the server's to answer."""
        self._started_at, self._started_on = time.monotonic(), time.time()
        self._process = subprocess.Popen(self._command, start_new_session=True)

    def start_again_if_dead(self) -> None:
        """Start it again once it has rested: 1 second after its first end, longer after each quick one."""
        if self.is_alive:
            return
        if self.is_hung and self._process is not None:
            log.warning("the %s hangs and is ended", self.name)
            self._process.kill()
            self._process.wait()
        ran_seconds = time.monotonic() - self._started_at
        if ran_seconds > RAN_WELL_SECONDS:
            self._rest_seconds = 1.0
        if ran_seconds < self._rest_seconds:
            return
        log.warning("the %s ended and is started again", self.name)
        self._rest_seconds = min(self._rest_seconds * 2, LONGEST_REST_SECONDS)
        self.start()

    def ask_to_stop(self) -> None:
        if self._process is not None and self._runs:
            self._process.terminate()

    def wait_until_stopped(self, seconds: float) -> None:
        """Wait for it to finish what it does; end it where that takes longer."""
        if self._process is None:
            return
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Keeper:
    """Starts the processes, keeps them running, and writes how they do where the health pages read it."""

    def __init__(self, processes: Sequence[Beside], state: Path) -> None:
        self._processes = processes
        self._state = state
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="beside", daemon=True)

    def start(self) -> None:
        """Start every process, and a thread that looks after them."""
        for one in self._processes:
            one.start()
        self._write()
        self._thread.start()

    def stop(self) -> None:
        """Ask every process to finish what it does, and wait for all of them."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()
        for one in self._processes:
            one.ask_to_stop()
        until = time.monotonic() + GRACEFUL_SECONDS
        for one in self._processes:
            one.wait_until_stopped(max(until - time.monotonic(), 0.1))
        self._state.unlink(missing_ok=True)

    def _keep(self) -> None:
        while not self._stopping.wait(STATE_WRITTEN_EVERY_SECONDS):
            for one in self._processes:
                one.start_again_if_dead()
            self._write()

    def _write(self) -> None:
        told = {"at": time.time(), "alive": {one.name: one.is_alive for one in self._processes}}
        new = self._state.with_suffix(".new")
        try:
            new.write_text(json.dumps(told), encoding="ascii")
            new.replace(self._state)
        except OSError as error:
            # A full disk must not end the keeping; the page of readiness says that the state is old.
            log.warning("the state of the processes cannot be written: %s", error.strerror)


def keeper(home: Path, port: int) -> Keeper:
    """Return the keeper of the worker and the watcher of a home's server on a port."""
    state = home / "run" / f"beside-{port}.json"
    state.parent.mkdir(exist_ok=True)
    os.environ[STATE_OF_BESIDE] = str(state)
    beat = state.with_name(f"watched-{port}")
    os.environ[BEAT] = str(beat)
    return Keeper((Beside("worker", "work_tasks"), Beside("watcher", "keep_watch", beat=beat)), state)
