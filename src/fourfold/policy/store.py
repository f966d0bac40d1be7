"""All policy entries: the shipped ones, and a force's own over them.

A force's value goes before the shipped one on the days it covers; on other days the shipped value
stands. Files that changed are read again.
"""

from __future__ import annotations

import difflib
import hashlib
import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from fourfold.home import WrongUseError
from fourfold.policy.fault import OwnPolicyError
from fourfold.policy.reading import Entry, read_file
from fourfold.policy.shapes import shape_faults

SHIPPED = Path(__file__).parent

MARKERS = "markers"
"""The folder with one file a marker: their entries are called `markers.courier_fraud`, whatever the file."""

ACCESS_FILE = "access.yaml"
"""The force's own narrowing of who may what lies in its policy folder too; it holds no policy values."""

FolderState = tuple[tuple[str, int, int], ...]
"""Path, time of change and size of each file, in order."""


@lru_cache(maxsize=1)
def shipped_entries() -> dict[str, Entry]:
    """Return every shipped entry by its dotted name."""
    entries: dict[str, Entry] = {}
    problems: list[str] = []
    for path in _shipped_files():
        file = read_file(path, overridden=False, family=_family(path))
        problems += file.problems
        entries |= {entry.name: entry for entry in file.entries}
    if problems:
        raise WrongUseError(
            "The shipped policy is at fault: " + " ".join(problems), "Install Fourfold again."
        )
    return entries


def own_entries(folder: Path | None) -> dict[str, Entry]:
    """Return a force's own entries by dotted name; none where `folder` is None or not there.

    Raises WrongUseError with every fault of every file at once.
    """
    return _own(_state(folder)) if folder is not None else {}


@lru_cache(maxsize=32)
def _own(state: FolderState) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    problems: list[str] = []
    for path in (Path(told[0]) for told in state):
        file = read_file(path, overridden=True, family=_family(path))
        problems += file.problems
        for entry in file.entries:
            if entry.name in entries:
                problems.append(f"{path.name}: {entry.name} stands in two files.")
            problems += _name_faults(entry) or shape_faults(entry, shipped_entries())
            entries[entry.name] = _with_shipped_words(entry)
    if problems:
        raise OwnPolicyError(
            "The force's own policy cannot be used:\n" + "\n".join(f"- {problem}" for problem in problems),
            "\nMend these files; until then nothing is worked out with them.",
        )
    return entries


def _with_shipped_words(entry: Entry) -> Entry:
    """A force need not repeat title and unit: a number without its unit would be read in another."""
    shipped = shipped_entries().get(entry.name)
    if shipped is None:
        return entry
    told = shipped.values[0]
    values = (replace(v, title=v.title or told.title, unit=v.unit or told.unit) for v in entry.values)
    return replace(entry, values=tuple(values))


def _name_faults(entry: Entry) -> list[str]:
    """A name that is not shipped is a new rule of the force's, and must say so: else it is a slip."""
    if entry.name in shipped_entries() or entry.new:
        return []
    near = nearest(entry.name, shipped_entries())
    hint = f"Did you mean {near}? " if near else ""
    return [
        f"{entry.file}: there is no {entry.name} to replace. {hint}Give it `new: true` if it is your own."
    ]


def nearest(name: str, known: dict[str, Entry]) -> str | None:
    """Return the known name most like `name`, looking at the whole and at the part after the dot."""
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.7)
    if near:
        return near[0]
    by_key = {full.partition(".")[2]: full for full in known}
    close = difflib.get_close_matches(name.rpartition(".")[2], by_key, n=1, cutoff=0.7)
    return by_key[close[0]] if close else None


def _shipped_files() -> list[Path]:
    return sorted(SHIPPED.glob("*.yaml")) + sorted((SHIPPED / MARKERS).glob("*.yaml"))


def _family(path: Path) -> str:
    """The first part of the names of a file's entries: its own name, but for markers that of their folder."""
    return MARKERS if path.parent.name == MARKERS else path.stem


def _own_files(folder: Path) -> list[Path]:
    return [path for part in (folder, folder / MARKERS) for path in _yaml_files(part)]


def _yaml_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _is_policy(path.name) and path.is_file())


def _state(folder: Path) -> FolderState:
    """Return what says whether a force's own files have changed: looked at for every value that is asked for.

    Hence by `os.scandir`, which asks the file system once for what paths ask it several times.
    """
    return tuple(told for part in (folder, folder / MARKERS) for told in _state_of(part))


def _state_of(part: Path) -> FolderState:
    try:
        with os.scandir(part) as listed:
            stats = [(one.path, one.stat()) for one in listed if _is_policy(one.name) and one.is_file()]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return tuple(sorted((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats))


def _is_policy(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) and name != ACCESS_FILE


def version(overrides: Path | None = None) -> str:
    """Return twelve letters that change when any shipped or own policy file changes."""
    digest = hashlib.sha256()
    own = _own_files(overrides) if overrides else []
    for kind, paths in (("shipped", _shipped_files()), ("own", own)):
        for path in paths:
            # Line ends differ between machines; the values do not.
            content = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{kind} {path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]
