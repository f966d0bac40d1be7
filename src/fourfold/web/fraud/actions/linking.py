"""Deciding that two records are of one person, or of two: kept for ever, and undone by a later answer."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.link.answers import KIND, decision_value
from fourfold.web.accounts.permission import Answer, NotAllowedError, check_may
from fourfold.web.fraud.models import LinkAnswer
from fourfold.web.fraud.scope import is_of_unit
from fourfold.web.handover.deciding import decide
from fourfold.web.trail.recording import record

ACT = "review_links"
JOIN, PART, SKIP = "join", "part", "skipped"
Pair = tuple[tuple[str, str], tuple[str, str]]
"""Two records, each by table and reference, the lesser first."""


def pair_of(row: Any) -> Pair:
    """Return the pair of a row of `link_review`."""
    return in_order((row["record_a"], row["ref_a"]), (row["record_b"], row["ref_b"]))


def in_order(one: tuple[str, str], other: tuple[str, str]) -> Pair:
    return (one, other) if one <= other else (other, one)


def permitted(by: Any) -> Answer:
    """Return the answer by which somebody reviews pairs; raises NotAllowedError."""
    answer = check_may(by, ACT)
    if not is_of_unit(answer):
        raise NotAllowedError(answer, is_hidden=True)
    return answer


@transaction.atomic
def decide_pair(*, pair: Pair, told: str, by: Any) -> LinkAnswer:
    """Write down what a reviewer decided of a pair; the same sent twice is one answer.

    told: join, part, or skipped, which stays in the register. Raises NotAllowedError, and WrongUseError for another answer.
    """
    answer = permitted(by)
    if told not in (JOIN, PART, SKIP):
        raise WrongUseError("Decide whether the two are one person.", "Choose join, part or skip.")
    (record_a, ref_a), (record_b, ref_b) = pair = in_order(*pair)
    key = {"record_a": record_a, "ref_a": ref_a, "record_b": record_b, "ref_b": ref_b}
    every = list(LinkAnswer.objects.select_for_update().filter(**key, is_standing=True).order_by("-id"))
    same = (one for one in every if one.answer == told and one.reviewer_id == by.pk)
    # Whoever skips a pair that another has decided meanwhile does not unsay the decision.
    decided = (one for one in every if one.answer != SKIP and told == SKIP)
    stands: LinkAnswer | None = next(same, None) or next(decided, None)
    if stands is not None:
        return stands
    if told != SKIP:
        LinkAnswer.objects.filter(**key, is_standing=True).update(is_standing=False)
    made: LinkAnswer = LinkAnswer.objects.create(**key, answer=told, reviewer=by, at=timezone.now())
    if told != SKIP:
        value = decision_value(told == JOIN, *pair)
        decide(KIND, subject="person", subject_ref=ref_a, value=value, by=by, answer=answer)
    _tell(made, "pair_decided", by, answer)
    return made


@transaction.atomic
def undo_pair(*, by: Any) -> LinkAnswer | None:
    """Put the pair that this reviewer decided last back into the queue; None where there is none."""
    answer = permitted(by)
    last: LinkAnswer | None = (
        LinkAnswer.objects.select_for_update()
        .filter(reviewer=by, is_standing=True)
        .order_by("-at", "-id")
        .first()
    )
    if last is None:
        return None
    last.is_standing = False
    last.save(update_fields=["is_standing"])
    if last.answer != SKIP:
        taken_back(last, by, answer)
    _tell(last, "pair_undone", by, answer)
    return last


def taken_back(last: LinkAnswer, by: Any, answer: Answer) -> None:
    """Say to the lake that an answer no longer holds."""
    value = decision_value(None, (last.record_a, last.ref_a), (last.record_b, last.ref_b))
    decide(KIND, subject="person", subject_ref=last.ref_a, value=value, by=by, answer=answer)


@transaction.atomic
def give_back_skipped(*, by: Any) -> int:
    """Put the pairs that this reviewer skipped back into the queue and return how many."""
    permitted(by)
    given: int = LinkAnswer.objects.filter(reviewer=by, is_standing=True, answer=SKIP).update(
        is_standing=False
    )
    return given


def _tell(one: LinkAnswer, act: str, by: Any, answer: Answer) -> None:
    record(
        act,
        by=by,
        answer=answer,
        subject_kind="record",
        subject_refs=[one.ref_a, one.ref_b],
        detail={"answer": one.answer},
    )
