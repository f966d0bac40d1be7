"""The desks under load: 250,000 cases, a million trail entries, 20 officers at once, on SQLite and on PostgreSQL.

`python -m bench desks` makes the registers and measures both. Sizes come from the environment, so that a
small run needs no other program: FOURFOLD_BENCH_CASES, _ENTRIES, _USERS, _SECONDS, _THINK (seconds between
two pages of one officer, on average). What is made stays in the folder FOURFOLD_BENCH_FOLDER, where it is
named, and is used again. PostgreSQL is measured where FOURFOLD_BENCH_DATABASE names a database of its own.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.desk_users import Told, export_all, work

DATABASE = "FOURFOLD_BENCH_DATABASE"


def size(name: str, usual: float) -> float:
    return float(os.environ.get(f"FOURFOLD_BENCH_{name}", usual))


def report() -> Iterator[str]:
    """Yield how long the registers took, then p50, p95, p99 and the slowest of each kind on each database."""
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(os.environ.get("FOURFOLD_BENCH_FOLDER") or passing)
        for vendor, database in (("SQLite", ""), ("PostgreSQL", os.environ.get(DATABASE, ""))):
            if vendor == "PostgreSQL" and not database:
                yield f"PostgreSQL: not measured, for {DATABASE} names no database."
            else:
                yield from measured(vendor, folder / "home", database)


def measured(vendor: str, home: Path, database: str) -> Iterator[str]:
    """Fill a register, serve it, have the officers work, and say what was measured; the lake stays for the next."""
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("FOURFOLD_", "DJANGO_"))
    }
    if database:
        environment["FOURFOLD_DATABASE"] = database
    home.mkdir(parents=True, exist_ok=True)
    cases, entries, users = (
        int(size(*told)) for told in (("CASES", 250_000), ("ENTRIES", 1_000_000), ("USERS", 20))
    )
    filled = subprocess.run(
        [sys.executable, "-m", "bench.desk_register", str(home), str(cases), str(entries), str(users)],
        env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    seconds = json.loads(filled.stdout.splitlines()[-1])["seconds"]
    told = ", ".join(f"{name} {value:.0f} s" for name, value in seconds.items())
    yield f"{vendor}: {cases:,} cases, {entries:,} trail entries; {told}"
    before = kept(home, environment)
    with served(home, environment) as address:
        found = work(address, users, size("SECONDS", 60), size("THINK", 1.0))
        rows, export_seconds = export_all(address)
    yield from said(vendor, found, users)
    target = (
        f" (100,000 in {export_seconds * 100_000 / rows:.1f} s, target under 30)" if rows >= 100_000 else ""
    )
    yield f"{vendor}: {rows:,} rows exported in the background in {export_seconds:.1f} s{target}"
    written = kept(home, environment) - before
    yield f"{vendor}: {written} notes kept of {found.notes} that were answered as saved"


def said(vendor: str, found: Told, users: int) -> Iterator[str]:
    """Say the percentiles of each kind of request, and what failed."""
    if found.warming:
        yield f"{vendor}: in the first seconds after the start, not counted below, the slowest took {max(found.warming):.0f} ms"
    for kind, times in found.times.items():
        ordered = sorted(times)
        cuts = statistics.quantiles(ordered, n=100, method="inclusive") if len(ordered) > 1 else ordered * 99
        yield (
            f"{vendor}, {users} users, {kind:<6} {len(ordered):>5} requests: p50 {cuts[49]:4.0f} ms, p95 {cuts[94]:4.0f} ms, "
            f"p99 {cuts[98]:4.0f} ms, slowest {ordered[-1]:4.0f} ms"
        )
    every = sorted(one for times in found.times.values() for one in times)
    cuts = statistics.quantiles(every, n=100, method="inclusive")
    target = 400 if vendor == "SQLite" else 200
    yield (
        f"{vendor}, all {len(every):,} requests: p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms (target under {target}), "
        f"p99 {cuts[98]:.0f} ms, slowest {every[-1]:.0f} ms, failed {len(found.failures)}"
    )
    yield from sorted(set(found.failures))[:10]


@contextmanager
def served(home: Path, environment: dict[str, str]) -> Iterator[str]:
    """Serve a home by `fourfold serve` on a free port until left."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = "import sys; from fourfold.cli import main; main()"
    log = home / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", code, "serve", "--home", str(home), "--port", str(port)],
            env=environment, stdout=out, stderr=out,
        )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(address, process, log)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{address}/health/ready", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise RuntimeError("the server was not ready in five minutes")


KEPT = """
import sys
from pathlib import Path
from fourfold.home import Home
from fourfold.web.server import start_django
start_django(Home(Path(sys.argv[1])))
from fourfold.web.trail.verifying import verify
from fourfold.web.victim_care.models import CaseEvent
assert verify() is None, verify()
print(CaseEvent.objects.filter(kind="note").count())
"""


def kept(home: Path, environment: dict[str, str]) -> int:
    """Return how many notes stand in the register, once its trail was verified."""
    done = subprocess.run(
        [sys.executable, "-c", KEPT, str(home)],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return int(done.stdout.splitlines()[-1])
