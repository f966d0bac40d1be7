"""Putting corrected rows back: one from the form, many from a file; each a decision with who, why and a trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from fourfold.home import FourfoldError, Home
from fourfold.pipeline.correction_file import read_corrections
from fourfold.pipeline.readmission import Decider, Readmitted, readmit_rows
from fourfold.web.handover.tasks import bring_up_to_date, enqueue_once
from fourfold.web.intake.models import READING, TAKEN_IN, WAITING, FileAccount, HandedFile, HandOver
from fourfold.web.intake.storing import folder_of, remove
from fourfold.web.intake.taking_in import NOT_FORESEEN, stop
from fourfold.web.trail.recording import Doer, Permission, record

ROW = "quarantined_row"
"""What the trail calls the subject; its key is the row's digest."""
MOST_SAID = 50
"""Rows that are still wrong whose words are kept with a file of corrections."""


@dataclass(frozen=True)
class Capacity:
    """The role and unit in which somebody decided, for a task that ends after they have gone."""

    role: str
    unit: str


def correct_row(
    *, digest: str, cells: dict[str, str], reason: str, by: Doer, answer: Permission
) -> Readmitted:
    """Read one corrected row into the lake and return what became of it.

    The trail says before that it was given and after that it is in: the lake is outside the register's
    transactions, and an untold act would be worse than one told and not done.
    """
    _say("correction_given", [digest], by, answer, reason)
    decider = Decider(str(by.pk), reason, answer.role, answer.unit)
    done = readmit_rows(settings.HOME, {digest: cells}, decider, "the form", only_waiting=True)
    if not done.still_wrong and not done.corrected_before:
        _say("rows_readmitted", [digest], by, answer, reason, accepted=done.accepted)
        enqueue_once(bring_up_to_date)
    return done


def put_back_file(home: Home, key: int) -> str:
    """Read a file of corrected rows that waits, and return the state its hand-over ends in."""
    now = timezone.now()
    claimed = HandOver.objects.filter(pk=key, state=WAITING).update(
        state=READING, began_at=now, moved_at=now, ended_at=None
    )
    hand_over = HandOver.objects.select_related("by").get(pk=key)
    if not claimed:
        return str(hand_over.state)
    words = NOT_FORESEEN
    try:
        for file in hand_over.files.filter(state=HandedFile.KEPT):
            _put_back(home, hand_over, file)
        words = ""
    except FourfoldError as error:
        words = str(error)
    finally:
        if words:
            stop(hand_over, words)
    return str(hand_over.state)


def _put_back(home: Home, hand_over: HandOver, file: HandedFile) -> None:
    path = folder_of(home, hand_over) / str(file.place)
    corrected = read_corrections(path)
    capacity = Capacity(str(hand_over.role), str(hand_over.unit))
    assert hand_over.by is not None
    decider = Decider(str(hand_over.by.pk), str(hand_over.reason), capacity.role, capacity.unit)
    done = readmit_rows(home, corrected, decider, path.name, only_waiting=True)
    left_alone = {digest for digest, _ in done.still_wrong} | set(done.corrected_before)
    with transaction.atomic():
        file.state = HandedFile.TAKEN
        file.save(update_fields=["state"])
        hand_over.accounts.filter(file=file.name).delete()
        _account(hand_over, file, done).save()
        hand_over.state, hand_over.ended_at = TAKEN_IN, timezone.now()
        hand_over.save()
        _say(
            "rows_readmitted",
            sorted(set(corrected) - left_alone),
            hand_over.by,
            capacity,
            str(hand_over.reason),
            accepted=done.accepted,
        )
    remove(path)
    if done.accepted:
        enqueue_once(bring_up_to_date)


def _account(hand_over: HandOver, file: HandedFile, done: Readmitted) -> FileAccount:
    wrong, before = len(done.still_wrong), len(done.corrected_before)
    notes = []
    if done.superseded:
        notes.append(f"{done.superseded:,} told again by a later file, whose rows stand")
    if before:
        notes.append(f"{before:,} corrected by somebody else meanwhile, left as they decided")
    said = [f"{digest[:12]}: {words}" for digest, words in done.still_wrong[:MOST_SAID]]
    if said:
        notes.append(f"still wrong: {'; '.join(said)}")
    if wrong > MOST_SAID:
        notes.append(f"and {wrong - MOST_SAID:,} more")
    return FileAccount(
        hand_over=hand_over,
        file=file.name,
        source="corrections",
        received=done.accepted + wrong + before + done.superseded,
        accepted=done.accepted,
        quarantined=wrong,
        unchanged=before + done.superseded,
        note="; ".join(notes),
    )


def _say(act: str, digests: Sequence[str], by: Doer, answer: Permission, reason: str, **detail: int) -> None:
    with transaction.atomic():
        record(act, by=by, answer=answer, subject_kind=ROW, subject_refs=digests, why=reason, detail=detail)
