"""What people do with files: hand them in, have refused ones read again, discard them."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.intake.models import (
    CORRECTIONS,
    IN_PART,
    REFUSED,
    STOPPED,
    UPLOAD,
    WAITING,
    WATCH,
    HandedFile,
    HandOver,
)
from fourfold.web.intake.storing import folder_of, remove, safe_name, store
from fourfold.web.trail.recording import Doer, Permission, record

STUCK_AFTER_MINUTES = 15
"""Minutes without another file begun after which people may have a hand-over read again."""
CHANGED_MEANWHILE = "Somebody else has changed this hand-over since you opened the page."


def hand_in(
    *,
    uploads: Sequence[Any],
    token: str,
    by: Any,
    answer: Permission,
    force: str = "",
    kind: str = UPLOAD,
    reason: str = "",
) -> HandOver:
    """Store uploaded files, make a hand-over of them and have it read in the background; return it.

    `token` names the submitted form: a second time it returns the first hand-over and stores nothing.
    """
    hand_over: HandOver
    with transaction.atomic():
        hand_over, is_new = HandOver.objects.select_for_update().get_or_create(
            token=token,
            defaults={
                "kind": kind,
                "by": by,
                "role": answer.role,
                "unit": answer.unit,
                "made_at": timezone.now(),
                "force": force,
                "reason": reason.strip(),
            },
        )
        if not is_new:
            return hand_over
        try:
            files = _store_all(hand_over, uploads)
            record(
                "corrections_handed_in" if kind == CORRECTIONS else "files_handed_in",
                by=by,
                answer=answer,
                subject_kind="hand_over",
                subject_refs=[str(hand_over.pk)],
                why=reason,
                detail={"files": len(files), "bytes": sum(file.size_bytes for file in files)},
            )
            _enqueue(hand_over)
        except BaseException:
            shutil.rmtree(folder_of(settings.HOME, hand_over), ignore_errors=True)
            raise
    return hand_over


def _store_all(hand_over: HandOver, uploads: Sequence[Any]) -> list[HandedFile]:
    folder, taken = folder_of(settings.HOME, hand_over), set[str]()
    files = []
    for position, upload in enumerate(uploads):
        name = safe_name(upload.name, taken)
        size = store(upload, folder / name)
        files.append(
            HandedFile(hand_over=hand_over, position=position, name=name, place=name, size_bytes=size)
        )
    HandedFile.objects.bulk_create(files)
    return files


def _enqueue(hand_over: HandOver) -> None:
    from fourfold.web.intake.tasks import take_in_hand_over

    take_in_hand_over.enqueue(hand_over.pk)


def new_token() -> str:
    return str(uuid.uuid4())


def may_read_again(hand_over: HandOver) -> bool:
    """Return whether there is something left of a hand-over to read, and nobody is reading it."""
    if hand_over.is_under_way:
        moved = hand_over.moved_at or hand_over.made_at
        waited = (timezone.now() - moved).total_seconds() / 60
        return bool(waited > STUCK_AFTER_MINUTES)
    return hand_over.state in (IN_PART, REFUSED, STOPPED) and _left(hand_over).exists()


def _left(hand_over: HandOver) -> Any:
    """Return the files that are still ours to read: what the watched folder refused lies in `refused` there."""
    states = [HandedFile.KEPT] if hand_over.kind == WATCH else [HandedFile.KEPT, HandedFile.TURNED_DOWN]
    return hand_over.files.filter(state__in=states)


def may_discard(hand_over: HandOver) -> bool:
    """Return whether there are kept files that may be deleted; those of the watched folder never are."""
    return not hand_over.is_under_way and hand_over.kind != WATCH and _left(hand_over).exists()


def _locked(key: int, version: int) -> HandOver:
    """Return a hand-over for changing; raises WrongUseError where somebody changed it since it was shown."""
    hand_over: HandOver = HandOver.objects.select_for_update().get(pk=key)
    if hand_over.version != version:
        raise WrongUseError(CHANGED_MEANWHILE, "This page shows it as it is now.")
    return hand_over


def read_again(*, key: int, version: int, by: Doer, answer: Permission) -> HandOver:
    """Have the refused files of a hand-over read once more, after a mapping or a setting was put right."""
    with transaction.atomic():
        hand_over = _locked(key, version)
        if not may_read_again(hand_over):
            raise WrongUseError("Nothing of this hand-over is left to be read.", "Hand the files in again.")
        _left(hand_over).update(state=HandedFile.KEPT, kept_until=None)
        hand_over.state, hand_over.words, hand_over.version = WAITING, "", version + 1
        hand_over.moved_at, hand_over.files_begun, hand_over.now_reading = timezone.now(), 0, ""
        hand_over.save()
        _say("files_read_again", hand_over, by, answer)
        _enqueue(hand_over)
    return hand_over


def discard(*, key: int, version: int, by: Doer, answer: Permission) -> HandOver:
    """Delete the refused files of a hand-over; their account stays."""
    with transaction.atomic():
        hand_over = _locked(key, version)
        if not may_discard(hand_over):
            raise WrongUseError(
                "There is no refused file to delete.", "Those of the watched folder stay there."
            )
        left = list(_left(hand_over))
        folder = folder_of(settings.HOME, hand_over)
        hand_over.version = version + 1
        hand_over.save(update_fields=["version"])
        forget(left)
        _say("refused_files_discarded", hand_over, by, answer, files=len(left))
        transaction.on_commit(_removal(folder, left))
    return hand_over


def forget(files: Sequence[HandedFile]) -> None:
    """Note that these files are kept no longer."""
    HandedFile.objects.filter(pk__in=[file.pk for file in files]).update(
        state=HandedFile.GONE, kept_until=None
    )


def _removal(folder: Path, files: Sequence[HandedFile]) -> Callable[[], None]:
    def remove_all() -> None:
        for file in files:
            remove(folder / str(file.place))

    return remove_all


def _say(act: str, hand_over: HandOver, by: Doer, answer: Permission, **detail: Any) -> None:
    record(
        act,
        by=by,
        answer=answer,
        subject_kind="hand_over",
        subject_refs=[str(hand_over.pk)],
        detail=detail,
    )
