"""Writing an approved change into the home's policy folder: whole, or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import filelock

from fourfold import policy
from fourfold.home import CouldNotRunError, Home, WrongUseError
from fourfold.lake.manifest import write_whole
from fourfold.pipeline.policy_text import NewValue, text_with

WAIT_SECONDS = 30.0


class PolicyChangedError(WrongUseError):
    """The force's file is not the one that was seen when the change was proposed; both texts are kept."""

    def __init__(self, file: str, seen: str, now: str) -> None:
        super().__init__(
            f"{file} in the policy folder has changed since the change was proposed.",
            "Compare both versions, then try the rule out again and propose it anew.",
        )
        self.file = file
        self.seen = seen
        self.now = now


def own_file(folder: Path, subject: str) -> Path:
    """Return the force's own file of a subject, whether it is there or not."""
    other = folder / f"{subject}.yml"
    return other if other.is_file() else folder / f"{subject}.yaml"


def own_text(folder: Path, subject: str) -> str:
    """Return what the force's own file says, with its line ends as they are; empty where there is none."""
    path = own_file(folder, subject)
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise CouldNotRunError(
            f"{path.name} in the policy folder cannot be read.", "Mend it first."
        ) from error


def text_after(folder: Path, subject: str, new: Sequence[NewValue]) -> str:
    """Return what the file would say with values added, checked as every policy file is; nothing is written.

    Raises WrongUseError for values that the policy does not take.
    """
    now = own_text(folder, subject)
    made = text_with(now.replace("\r\n", "\n"), new)
    with tempfile.TemporaryDirectory() as scratch:
        tried = Path(scratch) / "policy"
        tried.mkdir()
        for path in folder.glob("*.y*ml") if folder.is_dir() else []:
            shutil.copy(path, tried / path.name)
        (tried / own_file(folder, subject).name).write_text(made, encoding="utf-8")
        policy.check(tried)
        for value in new:
            held = policy.value_on(f"{subject}.{value.key}", value.holds_from, tried)
            if held.value != value.value:
                raise WrongUseError(
                    f"The value of {subject}.{value.key} would not hold.", "Nothing was written."
                )
    return made.replace("\n", "\r\n") if "\r\n" in now else made


@contextmanager
def changed_policy(home: Home, subject: str, seen: str, new: Sequence[NewValue]) -> Iterator[None]:
    """Write values into the force's own file, and put the file back as it was if what follows fails.

    `seen` is the file's text when the change was proposed. Raises PolicyChangedError where it says something else
    now, WrongUseError for values that do not fit, CouldNotRunError where the file cannot be written.
    """
    path = own_file(home.policy, subject)
    try:
        home.policy.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(home.path / "policy.lock")
        lock.acquire(timeout=WAIT_SECONDS)
    except (filelock.Timeout, OSError) as error:
        raise CouldNotRunError(
            "The policy folder is being changed, or cannot be written to.", "Try again."
        ) from error
    is_kept = False
    now = ""
    written = False
    try:
        now = own_text(home.policy, subject)
        if now != seen:
            raise PolicyChangedError(path.name, seen, now)
        _write(path, text_after(home.policy, subject, new))
        written = True
        yield
        is_kept = True
    finally:
        if written and not is_kept:
            _write(path, now) if now else path.unlink(missing_ok=True)
        lock.release()


def _write(path: Path, text: str) -> None:
    try:
        write_whole(path, text)
    except OSError as error:
        raise CouldNotRunError(
            f"{path.name} cannot be written in the policy folder: {error.strerror or error}.",
            "Make the folder writable, then approve the change again.",
        ) from error
