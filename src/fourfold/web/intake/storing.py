"""Where handed-in files lie while they wait: private folders of the home, and the watched folder's own."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Any

from fourfold.home import CouldNotRunError, Home
from fourfold.web.intake.models import WATCH, HandOver

BEING_READ = ".being-read"
"""In the watched folder: where files lie while they are read, so that nobody takes them twice."""
ODD = re.compile(r"[\x00-\x1f\x7f/\\]")
LONGEST_NAME = 150
"""Characters kept of a file's name; a folder's entry holds 255 bytes."""


def private_folder(home: Home, *parts: str) -> Path:
    """Return a folder in the home that its owner alone can open, made if need be."""
    folder = home.path
    for part in ("handed-in", *parts):
        folder = folder / part
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def arriving(home: Home) -> Path:
    """Return the folder in which uploads lie while they come in."""
    return private_folder(home, "arriving")


def watched(home: Home) -> Path | None:
    """Return the watched folder of the settings, None where none is set; a relative one lies in the home."""
    told = home.settings.get("watch_folder", "")
    return home.path / Path(told).expanduser() if told else None


def folder_of(home: Home, hand_over: HandOver) -> Path:
    """Return the folder in which a hand-over's files lie while they wait.

    Raises CouldNotRunError where it came from a watched folder and none is set any more.
    """
    token = str(hand_over.token)
    if hand_over.kind != WATCH:
        return private_folder(home, token)
    folder = watched(home)
    if folder is None:
        raise CouldNotRunError(
            "No watched folder is set any more.", "Set watch_folder again to the folder that holds the files."
        )
    return folder / BEING_READ / token


def safe_name(told: str, taken: set[str]) -> str:
    """Return a name to store a file under: one part, of bearable length, unlike those `taken` already."""
    stem, dot, suffix = ODD.sub("_", told).strip().rpartition(".")
    if not dot or len(suffix) > 12:
        stem, suffix = f"{stem}{dot}{suffix}", ""
    ending = f".{suffix}" if suffix else ""
    stem = _cut(stem or "file", LONGEST_NAME - len(ending))
    name, number = f"{stem}{ending}", 1
    while name.casefold() in taken or name in (".", ".."):
        number += 1
        name = f"{stem} ({number}){ending}"
    taken.add(name.casefold())
    return name


def _cut(stem: str, most: int) -> str:
    cut = stem[:most]
    while len(os.fsencode(cut)) > 200:
        cut = cut[:-1]
    return cut


def store(upload: Any, place: Path) -> int:
    """Put one uploaded file in its place, readable by its owner alone, and return its size in bytes."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        for chunk in upload.chunks():
            out.write(chunk)
        return out.tell()


def move_beside_others(path: Path, folder: Path) -> Path:
    """Move a file into a folder without ever replacing one that lies there; return where it lies now."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = {one.name.casefold() for one in folder.iterdir()}
    place = folder / safe_name(path.name, taken)
    shutil.move(path, place)
    return place


def remove(path: Path) -> None:
    """Delete a file that is kept no longer, and the folders that are empty after it."""
    path.unlink(missing_ok=True)
    for folder in (path.parent, path.parent.parent):
        try:
            folder.rmdir()
        except OSError:
            return
