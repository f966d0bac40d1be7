"""Opening what people hand in: files, folders and archives; what cannot be opened is refused, the rest still comes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from fourfold.home import WrongUseError
from fourfold.sources.archives import Budget, is_beside, is_passed_over, unpacked
from fourfold.sources.limits import Limits, limits_today
from fourfold.sources.received import Received, ReceivedFile, RefusalError, RefusedFile

__all__ = ["Received", "ReceivedFile", "RefusalError", "RefusedFile", "received_files"]


def received_files(paths: Iterable[Path], limits: Limits | None = None) -> Iterator[Received]:
    """Yield every file under the paths, archives opened, in a fixed order.

    limits: today's shipped limits where none are given. Raises WrongUseError for a path that is not
    there, before anything is opened. A file that cannot be opened safely is yielded as a RefusedFile.
    """
    given = list(paths)
    for path in given:
        if not path.exists():
            raise WrongUseError(f"There is no {path}.", "Check the path.")
    return opened_paths(given, limits or limits_today())


def opened_paths(paths: list[Path], limits: Limits) -> Iterator[Received]:
    for path in paths:
        if path.is_dir():
            yield from files_of_folder(path, limits)
        else:
            yield from opened(path.name, path, limits)


def files_of_folder(folder: Path, limits: Limits) -> Iterator[Received]:
    """Yield every file under a folder in the order of their paths; a folder that cannot be read is refused."""
    closed: list[OSError] = []
    found: list[Path] = []
    for where, _, names in os.walk(folder, onerror=closed.append):
        found += [Path(where) / name for name in names]
    for error in closed:
        yield unreadable(str(error.filename), error)
    for path in sorted(found):
        name = path.relative_to(folder).as_posix()
        if not is_passed_over(name):
            yield from opened(path.relative_to(folder.parent).as_posix(), path, limits, is_beside(name))


def opened(name: str, path: Path, limits: Limits, beside: bool = False) -> Iterator[Received]:
    if not path.is_file():
        yield RefusedFile(name, "it is not a file, or a link to nothing", "Hand in the file itself.")
        return
    try:
        source = path.open("rb")
    except OSError as error:
        yield unreadable(name, error)
        return
    with source:
        size = path.stat().st_size
        yield from unpacked(name, source, size, Budget(limits, size), beside=beside)


def unreadable(name: str, error: OSError) -> RefusedFile:
    return RefusedFile(name, f"it cannot be read ({error.strerror})", "Check who may read it.")
