"""One load at a time: the lake's lock, which says who holds it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import filelock

from fourfold.home import CouldNotRunError


@contextmanager
def held(folder: Path, why: str, wait_seconds: float) -> Iterator[None]:
    """Hold the lake's lock; the system frees it if this process dies.

    Waits up to `wait_seconds`, then raises CouldNotRunError that says who holds it and since when; also
    where the folder cannot be written to.
    """
    holder = folder / "lock.json"
    lock = filelock.FileLock(folder / "lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=wait_seconds)
    except filelock.Timeout as error:
        raise CouldNotRunError(
            f"The lake is being loaded by {said_by(holder)}.", "Wait until it is done, then try again."
        ) from error
    except OSError as error:
        raise not_writable(folder, error) from error
    try:
        say_who(holder, why)
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def say_who(holder: Path, why: str) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        holder.write_text(json.dumps({"process": os.getpid(), "why": why, "since": now}), encoding="utf-8")
    except OSError as error:
        raise not_writable(holder.parent, error) from error


def said_by(holder: Path) -> str:
    """Say who holds the lock, as far as it is known."""
    try:
        told = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {told['process']} ({told['why']}, since {told['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def not_writable(folder: Path, error: OSError) -> CouldNotRunError:
    return CouldNotRunError(
        f"The lake {folder} cannot be written to: {error.strerror or error}.",
        "Make the folder writable and the disk roomy enough, or name another home with --home.",
    )
