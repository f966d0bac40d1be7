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
        """Return the manifest that stands; an empty one before the first load."""
        pointer = self.folder / POINTER
        if not pointer.exists():
            return Manifest()
        return self.read(pointer.read_text(encoding="ascii").strip())

    def read(self, name: str) -> Manifest:
        """Return a manifest by name (`000012`, or 12); raises WrongUseError if there is none."""
        path = self.folder / f"{name.zfill(6)}.json"
        if not path.exists():
            raise WrongUseError(f"There is no manifest {name}.", f"The newest is {self.current().name}.")
        try:
            return Manifest(**json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            raise CouldNotRunError(
                f"The manifest {name} is damaged: {error}.",
                "Restore the lake from a backup; its tables are whole.",
            ) from error

    def all(self) -> Iterator[Manifest]:
        """Yield every manifest up to the current one, oldest first."""
        last = self.current().number
        for path in sorted(self.folder.glob("[0-9]*.json")):
            if int(path.stem) <= last:
                yield self.read(path.stem)

    def commit(self, manifest: Manifest) -> None:
        """Write a manifest and make it the current one; a crash before the last line leaves the old one standing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        body = json.dumps(asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False)
        write_whole(self.folder / f"{manifest.name}.json", body)
        write_whole(self.folder / POINTER, manifest.name)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees either the old text or the new one, also after a power cut."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
