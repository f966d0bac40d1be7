"""Timing whole processes: seconds on the clock, seconds of processor, largest memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """One finished process: wall and processor seconds, largest memory in MiB."""

    wall: float
    cpu: float
    peak_mib: float


def run_python(code: str, *arguments: str) -> Run:
    """Run Python code in a process of its own and measure it; raises RuntimeError if it fails."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the measured process failed with {process.returncode}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def words_of_python(code: str, *arguments: str) -> str:
    """Run Python code in a process of its own and return what it prints; raises where it fails."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def said(name: str, runs: list[Run]) -> str:
    """Say the medians of several runs and the span of the clock."""
    wall = [run.wall for run in runs]
    return (
        f"{name}: {statistics.median(wall):.2f} s ({min(wall):.2f} to {max(wall):.2f}, {len(runs)} runs), "
        f"processor {statistics.median(run.cpu for run in runs):.2f} s, "
        f"peak {statistics.median(run.peak_mib for run in runs):,.0f} MiB"
    )
