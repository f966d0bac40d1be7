"""The manifest: which version of each table belongs together. Swapping it in is the commit of a load."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from fourfold.home import CouldNotRunError, WrongUseError

POINTER = "CURRENT"


@dataclass(frozen=True)
class Manifest:
    """One state of the lake: `tables` maps a table's name to its Delta version.

    `derived` says from which versions each derived table was made, so that a refresh knows what is new.
    """

    number: int = 0
    made_at: str = ""
    why: str = ""
    tables: dict[str, int] = field(default_factory=dict)
    derived: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.number:06d}"

    @property
    def made(self) -> datetime | None:
        return datetime.fromisoformat(self.made_at) if self.made_at else None

    @property
    def is_empty(self) -> bool:
        return self.number == 0


class Manifests:
    """The folder of manifests. The current one is named by a pointer file, swapped by rename."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Manifest:
        """Return the manifest that stands; an empty one before the first load.

        Raises CouldNotRunError where the pointer or the manifest it names is damaged: to take the lake
        for empty would put the next load in the place of all that stands.
        """
        number = self._pointed_to()
        return self._read(number) if number else Manifest()

    def read(self, name: str) -> Manifest:
        """Return a manifest by name (`000012`, or 12); raises WrongUseError if there is none."""
        newest = self._pointed_to()
        number = int(name) if name.isascii() and name.isdigit() else -1
        # A later number is of a load that died before its manifest stood.
        if not 0 < number <= newest:
            raise WrongUseError(f"There is no manifest {name}.", f"The newest is {newest:06d}.")
        return self._read(number)

    def all(self) -> Iterator[Manifest]:
        """Yield every manifest up to the current one, oldest first."""
        for number in range(1, self._pointed_to() + 1):
            yield self._read(number)

    def commit(self, manifest: Manifest) -> None:
        """Write a manifest and make it the current one; a crash before the last line leaves the old one standing.

        Raises CouldNotRunError where it cannot be written.
        """
        body = json.dumps(asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not (self.folder / POINTER).exists():
                # From now on a missing pointer means damage, not an empty lake.
                write_whole(self.folder / POINTER, Manifest().name)
            write_whole(self.folder / f"{manifest.name}.json", body)
            write_whole(self.folder / POINTER, manifest.name)
        except OSError as error:
            raise CouldNotRunError(
                f"The manifest cannot be written to {self.folder}: {error.strerror or error}.",
                "Nothing of this load was kept. Put that right, then run it again.",
            ) from error

    def _pointed_to(self) -> int:
        """Return the number of the current manifest, nought before the first load."""
        pointer = self.folder / POINTER
        try:
            told = pointer.read_bytes().strip()
        except FileNotFoundError:
            if self._numbers():
                raise self._pointer_damaged("is gone") from None
            return 0
        except OSError as error:
            raise self._pointer_damaged(f"cannot be read ({error.strerror})") from error
        if len(told) < len(Manifest().name) or not told.isdigit():
            raise self._pointer_damaged("is damaged")
        return int(told)

    def _pointer_damaged(self, how: str) -> CouldNotRunError:
        numbers = self._numbers()
        by_hand = (
            f"Write {max(numbers):06d} into it, the newest manifest, or restore" if numbers else "Restore"
        )
        return CouldNotRunError(
            f"The file that names the lake's current manifest {how}: {self.folder / POINTER}.",
            f"{by_hand} the lake from a backup. Its tables are whole.",
        )

    def _numbers(self) -> list[int]:
        return [int(path.stem) for path in self.folder.glob("[0-9]*.json") if path.stem.isdigit()]

    def _read(self, number: int) -> Manifest:
        path = self.folder / f"{number:06d}.json"
        try:
            found = manifest_of(json.loads(path.read_text(encoding="utf-8")))
            if found.number == number:
                return found
            reason = f"it says that it is number {found.number}"
        except (OSError, ValueError, TypeError) as error:
            reason = str(error)
        raise CouldNotRunError(
            f"The manifest {path} is damaged or gone: {reason}.",
            "Restore that file from a backup of the lake. Its tables are whole.",
        )


def manifest_of(told: object) -> Manifest:
    """Return a manifest from plain values; raises TypeError for anything of another shape."""
    if not isinstance(told, dict):
        raise TypeError("it holds no manifest")
    found = Manifest(**told)
    tables, derived = found.tables, found.derived
    if not isinstance(tables, dict) or not all(isinstance(version, int) for version in tables.values()):
        raise TypeError("its tables have no versions")
    if not isinstance(derived, dict) or not all(isinstance(inputs, dict) for inputs in derived.values()):
        raise TypeError("it does not say what derived tables were made from")
    return found


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees either the old text or the new one, also after a power cut."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
