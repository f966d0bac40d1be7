"""What a reader does: open a round, answer, skip, undo, settle; each a decision for the lake but a skip."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone

from fourfold.classify.readings import ANSWERS, REVIEW, UNDONE, review_value
from fourfold.classify.rounds import ROUND, Round, open_round
from fourfold.classify.settings import Settings, settings_on
from fourfold.home import WrongUseError
from fourfold.pipeline.fraud_facts import marker_rows
from fourfold.web.accounts.permission import check_may
from fourfold.web.fraud.models import Reading, ReviewRound
from fourfold.web.fraud.reading import SKIPPED, lot_of, may_still_read, readings_frame, round_of
from fourfold.web.handover.deciding import decide
from fourfold.web.trail.recording import record

ACT = "review_markers"
GIVEN = tuple(answer for answer in ANSWERS if answer != UNDONE)


def review_settings() -> Settings:
    """Return the choices that review goes by today."""
    return settings_on(timezone.localdate(), django_settings.HOME.policy)


@transaction.atomic
def begin_round(*, marker: str, by: Any) -> ReviewRound:
    """Draw a round over the records of a marker that nobody has read, and let it be the one that is read.

    Raises DataProblemError where the marker has no record that nobody has read.
    """
    answer = check_may(by, ACT)
    rows = marker_rows(django_settings.HOME, marker)
    read = readings_frame(marker).select("record_ref").unique()
    number = ReviewRound.objects.filter(marker=marker).count() + 1
    if rows.is_empty():
        raise WrongUseError(
            "No record is in the scope of this marker yet.", "Refresh after taking records in."
        )
    lot = open_round(rows, read, review_settings(), f"{marker}/{number}", secrets.randbelow(2**31))
    value = lot.as_value() | {"records": [list(one) for one in lot.records]}
    opened: ReviewRound = ReviewRound.objects.create(
        marker=marker,
        name=lot.name,
        record=rows["record"][0],
        value=value,
        opened_at=timezone.now(),
        opened_by=by,
    )
    decide(ROUND, subject="marker", subject_ref=marker, value=value, by=by, answer=answer)
    record(
        "round_opened",
        by=by,
        answer=answer,
        subject_kind="marker",
        subject_refs=[marker],
        detail={"round": lot.name, "records": len(lot.records)},
    )
    return opened


@transaction.atomic
def give_answer(*, marker: str, record_ref: str, told: str, by: Any) -> Reading:
    """Write down a reader's answer about a record of the marker's round; the same sent twice is one answer.

    told: yes, no, cannot_tell or skipped. Raises WrongUseError where there is no round, or the record is not one
    that this reader reads.
    """
    answer = check_may(by, ACT)
    opened = round_of(marker)
    if opened is None or told not in (*GIVEN, SKIPPED):
        raise WrongUseError("This is no answer to a record under review.", "Go back to the queue.")
    # One at a time: the standing answer is looked for and replaced in one step.
    ReviewRound.objects.select_for_update().get(pk=opened.pk)
    lot = lot_of(opened)
    if not may_still_read(lot, record_ref, by, review_settings()):
        raise WrongUseError("Somebody else has read this record meanwhile.", "The next one is shown.")
    return _write(opened, lot, record_ref, told, by, answer, settles=False)


@transaction.atomic
def settle(*, marker: str, record_ref: str, told: str, by: Any) -> Reading:
    """End a difference between two readers about a record, as they agreed. Raises WrongUseError for another answer."""
    answer = check_may(by, ACT)
    opened = round_of(marker)
    if opened is None or told not in GIVEN:
        raise WrongUseError("Choose what the record is.", "Choose one of the answers.")
    return _write(opened, lot_of(opened), record_ref, told, by, answer, settles=True)


def _write(
    opened: ReviewRound, lot: Round, ref: str, told: str, by: Any, answer: Any, settles: bool
) -> Reading:
    mine = Reading.objects.filter(marker=lot.marker, record_ref=ref, reader=by, is_standing=True)
    standing: Reading | None = mine.first()
    if standing is not None and (standing.answer, standing.settles) == (told, settles):
        return standing
    mine.update(is_standing=False)
    stratum = dict(lot.records).get(ref)
    chance = None if stratum is None else lot.chance(stratum)
    reading: Reading = Reading.objects.create(
        marker=lot.marker,
        record=opened.record,
        record_ref=ref,
        round=opened if stratum is not None else None,
        stratum=stratum,
        chance=chance,
        reader=by,
        answer=told,
        settles=settles,
        at=timezone.now(),
    )
    if told != SKIPPED:
        drawn = None if stratum is None or chance is None else (lot.name, stratum, chance)
        _decide(reading, told, drawn, answer)
    _tell(reading, "record_settled" if settles else "record_reviewed", answer)
    return reading


def _decide(reading: Reading, told: str, drawn: tuple[str, int, float] | None, answer: Any) -> None:
    value = review_value(reading.marker, told, str(reading.reader_id), drawn, reading.settles)
    decide(
        REVIEW,
        subject=reading.record,
        subject_ref=reading.record_ref,
        value=value,
        by=reading.reader,
        answer=answer,
    )


def _tell(reading: Reading, act: str, answer: Any) -> None:
    record(
        act,
        by=reading.reader,
        answer=answer,
        subject_kind=reading.record,
        subject_refs=[reading.record_ref],
        detail={"marker": reading.marker, "answer": reading.answer},
    )


@transaction.atomic
def undo(*, marker: str, by: Any) -> Reading | None:
    """Take the reader's last standing answer about this marker back and return it; None where there is none."""
    answer = check_may(by, ACT)
    last: Reading | None = (
        Reading.objects.select_for_update()
        .filter(marker=marker, reader=by, is_standing=True)
        .order_by("-at", "-id")
        .first()
    )
    if last is None:
        return None
    last.is_standing = False
    last.save(update_fields=["is_standing"])
    if last.answer != SKIPPED:
        drawn = (last.round.name, last.stratum, last.chance) if last.round is not None else None
        _decide(last, UNDONE, drawn, answer)
    _tell(last, "answer_undone", answer)
    return last


@transaction.atomic
def give_back_skipped(*, marker: str, by: Any) -> int:
    """Put what the reader skipped back into their queue and return how many records that were."""
    check_may(by, ACT)
    given: int = Reading.objects.filter(marker=marker, reader=by, is_standing=True, answer=SKIPPED).update(
        is_standing=False
    )
    return given
