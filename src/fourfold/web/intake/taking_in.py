"""Taking a hand-over into the lake: its progress, its account, and what becomes of the files afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from fourfold import policy
from fourfold.home import FourfoldError, Home
from fourfold.pipeline.intake import IntakeReport, take_in
from fourfold.pipeline.intake_load import FileResult
from fourfold.web.handover.tasks import bring_up_to_date, enqueue_once
from fourfold.web.intake.models import (
    IN_PART,
    READING,
    REFUSED,
    STOPPED,
    TAKEN_IN,
    WAITING,
    WATCH,
    FileAccount,
    HandedFile,
    HandOver,
)
from fourfold.web.intake.storing import folder_of, move_beside_others, remove, watched
from fourfold.web.trail.recording import record

SECONDS_BETWEEN_NOTES = 0.5
NOT_FORESEEN = (
    "Something went wrong that Fourfold did not foresee. Nothing is lost: the files are kept. "
    "Read them again; if it happens again, tell your administrator."
)


def take_in_now(home: Home, key: int) -> str:
    """Read a hand-over that waits, and return the state it ends in; one that does not wait is left alone."""
    now = timezone.now()
    claimed = HandOver.objects.filter(pk=key, state=WAITING).update(
        state=READING, began_at=now, moved_at=now, ended_at=None
    )
    hand_over = HandOver.objects.get(pk=key)
    if not claimed:
        return str(hand_over.state)
    words = NOT_FORESEEN
    try:
        left = list(hand_over.files.filter(state=HandedFile.KEPT))
        folder = folder_of(home, hand_over)
        report = take_in(
            home,
            [folder / str(file.place) for file in left],
            str(hand_over.force) or None,
            progress_of(hand_over),
        )
        settle(home, hand_over, left, report)
        words = ""
    except FourfoldError as error:
        words = str(error)
    except OSError as error:
        words = f"{error.strerror or 'The files cannot be read'}. Put that right, then read the files again."
    finally:
        if words:
            stop(hand_over, words)
    return str(hand_over.state)


def progress_of(hand_over: HandOver) -> Callable[[str], None]:
    """Return what notes which file is being read, at most twice a second."""
    begun, noted_at = 0, 0.0

    def note(name: str) -> None:
        nonlocal begun, noted_at
        begun += 1
        if time.monotonic() - noted_at >= SECONDS_BETWEEN_NOTES:
            noted_at = time.monotonic()
            HandOver.objects.filter(pk=hand_over.pk).update(
                files_begun=begun, now_reading=name[-500:], moved_at=timezone.now()
            )

    return note


def stop(hand_over: HandOver, words: str) -> None:
    """Keep that a reading ended before its time, and why; its files stay."""
    with transaction.atomic():
        hand_over.state, hand_over.words, hand_over.ended_at = STOPPED, words, timezone.now()
        hand_over.now_reading = ""
        hand_over.save(update_fields=["state", "words", "ended_at", "now_reading"])
        _say("intake_stopped", hand_over)


def settle(home: Home, hand_over: HandOver, files: Sequence[HandedFile], report: IntakeReport) -> None:
    """Keep the account of every file; delete or move what was taken in, keep what was refused."""
    refused_until = timezone.localdate() + timedelta(days=refused_kept_days(home))
    for file in files:
        is_refused = any(is_of(file, one) for one in report.refused)
        file.state = HandedFile.TURNED_DOWN if is_refused else HandedFile.TAKEN
        file.kept_until = refused_until if is_refused and hand_over.kind != WATCH else None
    with transaction.atomic():
        for file in files:
            hand_over.accounts.filter(file=file.name, refused__gt="").delete()
            hand_over.accounts.filter(file__startswith=f"{file.name}!", refused__gt="").delete()
        FileAccount.objects.bulk_create(account_of(hand_over, one) for one in report.files)
        HandedFile.objects.bulk_update(files, ["state", "kept_until"])
        hand_over.state = state_after(report)
        hand_over.ended_at, hand_over.now_reading = timezone.now(), ""
        hand_over.files_begun = len(report.files) + len(report.passed_over)
        hand_over.manifest, hand_over.passed_over = report.manifest, report.passed_over[:1000]
        hand_over.save()
        _say("files_taken_in", hand_over, refused=len(report.refused), manifest=report.manifest)
    put_away(home, hand_over, files)
    if any(one.accepted or one.quarantined for one in report.files):
        enqueue_once(bring_up_to_date)


def state_after(report: IntakeReport) -> str:
    if not report.refused:
        return TAKEN_IN
    return IN_PART if len(report.refused) < len(report.files) else REFUSED


def is_of(file: HandedFile, result: FileResult) -> bool:
    """Say whether a result is of this file, a sheet of it, or a member of it."""
    name = str(file.name)
    return result.file == name or result.file.startswith((f"{name}!", f"{name} ["))


def account_of(hand_over: HandOver, one: FileResult) -> FileAccount:
    return FileAccount(
        hand_over=hand_over,
        file=one.file[-1000:],
        source=one.source,
        received=one.received,
        accepted=one.accepted,
        quarantined=one.quarantined,
        unchanged=one.unchanged,
        note=one.note,
        refused=one.refused,
    )


def put_away(home: Home, hand_over: HandOver, files: Sequence[HandedFile]) -> None:
    """Delete uploaded files that were taken in; move those of the watched folder to `taken` or `refused`.

    What a file told stands in the lake, with the digest of its bytes; a refused upload is kept for a while.
    """
    folder = folder_of(home, hand_over)
    for file in files:
        path = folder / str(file.place)
        if hand_over.kind == WATCH:
            kept = watched_place(home, file)
            if path.exists():
                move_beside_others(path, kept)
                remove(path)
        elif file.state == HandedFile.TAKEN:
            remove(path)


def watched_place(home: Home, file: HandedFile) -> Path:
    """Return the folder in which a file of the watched folder ends up."""
    where = "taken" if file.state == HandedFile.TAKEN else "refused"
    folder = watched(home)
    assert folder is not None
    return folder / where / Path(str(file.place)).parent


def refused_kept_days(home: Home) -> int:
    return int(policy.value_on("intake_desk.refused_kept_days", date.today(), home.policy).value)


def _say(act: str, hand_over: HandOver, **detail: str | int) -> None:
    record(
        act,
        by=hand_over.by,
        subject_kind="hand_over",
        subject_refs=[str(hand_over.pk)],
        detail=detail,
    )
