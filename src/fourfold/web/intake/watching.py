"""The watched folder: files that appear in it and no longer grow are handed over; old refused uploads go."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from fourfold import policy
from fourfold.home import Home
from fourfold.web.intake.handing_in import forget
from fourfold.web.intake.models import STOPPED, WATCH, HandedFile, HandOver
from fourfold.web.intake.storing import BEING_READ, arriving, folder_of, remove, watched
from fourfold.web.intake.taking_in import refused_kept_days
from fourfold.web.intake.tasks import take_in_hand_over
from fourfold.web.trail.recording import record

OWN_FOLDERS = ("taken", "refused", BEING_READ)
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".download")
"""Endings that programs give a file while they still write it."""
SECONDS_BETWEEN_CLEARINGS = 3600.0

Look = tuple[int, int, float]
"""Size and time of change of a file, and when it was first seen so."""


@dataclass
class Watcher:
    """What was seen at earlier looks: a file is whole when it has not changed for a while of our own clock."""

    seen: dict[Path, Look] = field(default_factory=dict)
    cleared_at: float = float("-inf")

    def look(self, home: Home) -> HandOver | None:
        """Look once; return the hand-over made of the files that are whole, None where there is none."""
        now = time.monotonic()
        if now - self.cleared_at >= SECONDS_BETWEEN_CLEARINGS:
            self.cleared_at = now
            clear(home)
        folder = watched(home)
        if folder is None or not folder.is_dir():
            return None
        whole = self.whole_files(folder, now, quiet_seconds(home))
        return hand_over_found(folder, whole) if whole else None

    def whole_files(self, folder: Path, now: float, quiet: float) -> list[Path]:
        """Return the files that have not changed for `quiet` seconds, one of each name."""
        seen, whole = dict[Path, Look](), dict[str, Path]()
        for path in candidates(folder):
            try:
                told = path.stat()
            except FileNotFoundError:
                continue
            before = self.seen.get(path)
            same = before is not None and before[:2] == (told.st_size, told.st_mtime_ns)
            since = before[2] if before is not None and same else now
            seen[path] = (told.st_size, told.st_mtime_ns, since)
            if now - since >= quiet:
                whole.setdefault(path.name.casefold(), path)
        self.seen = seen
        return list(whole.values())


def candidates(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and its subfolders that may be data: no link, no hidden or unfinished one."""
    for where, folders, names in os.walk(folder):
        at_top = Path(where) == folder
        folders[:] = sorted(
            one for one in folders if not one.startswith(".") and not (at_top and one in OWN_FOLDERS)
        )
        for name in sorted(names):
            path = Path(where) / name
            is_whole = not name.startswith((".", "~$")) and not name.casefold().endswith(UNFINISHED)
            if is_whole and path.is_file() and not path.is_symlink():
                yield path


def hand_over_found(folder: Path, paths: list[Path]) -> HandOver | None:
    """Make one hand-over of these files, which are moved out of reach of another look; None if all are gone."""
    token = str(uuid.uuid4())
    with transaction.atomic():
        hand_over: HandOver = HandOver.objects.create(
            token=token, kind=WATCH, by=None, made_at=timezone.now()
        )
        files: list[HandedFile] = []
        for path in paths:
            place = path.relative_to(folder)
            kept = folder / BEING_READ / token / place
            kept.parent.mkdir(parents=True, exist_ok=True)
            try:
                path.rename(kept)
            except FileNotFoundError:
                continue
            size = kept.stat().st_size
            files.append(
                HandedFile(
                    hand_over=hand_over,
                    position=len(files),
                    name=path.name,
                    place=place.as_posix(),
                    size_bytes=size,
                )
            )
        if not files:
            shutil.rmtree(folder / BEING_READ / token, ignore_errors=True)
            transaction.set_rollback(True)
            return None
        HandedFile.objects.bulk_create(files)
        record(
            "files_found",
            by=None,
            subject_kind="hand_over",
            subject_refs=[str(hand_over.pk)],
            detail={"files": len(files)},
        )
        take_in_hand_over.enqueue(hand_over.pk)
    return hand_over


def quiet_seconds(home: Home) -> float:
    return float(policy.value_on("intake_desk.watch_quiet_seconds", date.today(), home.policy).value)


def clear(home: Home) -> None:
    """Delete refused uploads whose time is over and what was left of uploads that broke off; bring back strays."""
    today = timezone.localdate()
    stopped_before = timezone.now() - timedelta(days=refused_kept_days(home))
    over = HandedFile.objects.filter(state=HandedFile.TURNED_DOWN, kept_until__lt=today)
    stopped = HandedFile.objects.filter(
        state=HandedFile.KEPT, hand_over__state=STOPPED, hand_over__ended_at__lt=stopped_before
    )
    for file in [*over.select_related("hand_over"), *stopped.select_related("hand_over")]:
        if file.hand_over.kind != WATCH:
            forget([file])
            remove(folder_of(home, file.hand_over) / str(file.place))
    day_ago = time.time() - 24 * 3600
    for path in arriving(home).iterdir():
        if path.is_file() and path.stat().st_mtime < day_ago:
            path.unlink(missing_ok=True)
    bring_back_strays(home)


def bring_back_strays(home: Home) -> None:
    """Put files back into the watched folder that were moved for a hand-over which then was not made."""
    folder = watched(home)
    if folder is None or not (folder / BEING_READ).is_dir():
        return
    for kept in (folder / BEING_READ).iterdir():
        if HandOver.objects.filter(token=kept.name).exists() or not kept.is_dir():
            continue
        for path in [path for path in kept.rglob("*") if path.is_file()]:
            place = folder / path.relative_to(kept)
            place.parent.mkdir(parents=True, exist_ok=True)
            if not place.exists():
                path.rename(place)
        if not any(path.is_file() for path in kept.rglob("*")):
            shutil.rmtree(kept)


WATCHER = Watcher()
"""The one watcher of this process: what it saw at its last look is its memory."""


def watch(home: Home) -> None:
    """Look at the watched folder once."""
    WATCHER.look(home)
