"""Signing findings off, by another than who drew; sending crimes back; withdrawing a sample."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fourfold.home import WrongUseError
from fourfold.web.accounts.permission import NotAllowedError, check_may
from fourfold.web.audit.actions.changing import changing
from fourfold.web.audit.actions.giving import count_of
from fourfold.web.audit.models import FINDINGS_KEPT, Settlement
from fourfold.web.audit.states import CrimeStep, Step, check_crime

SIGNS = ("yes", "findings")
"""Answers of `approve` by which findings are signed off."""
SHORTEST_REASON = 10


def reason_in_words(words: str) -> str:
    """Return a reason; raises WrongUseError for one that says nothing."""
    told = words.strip()
    if len(told) < SHORTEST_REASON:
        raise WrongUseError(f"The reason must have {SHORTEST_REASON} characters or more.")
    return told


def check_signer(sample: Any, by: Any) -> None:
    """Raise NotAllowedError for someone who may not sign findings off, and WrongUseError for who drew the sample."""
    answer = check_may(by, "approve")
    if answer.scope not in SIGNS:
        raise NotAllowedError(answer, is_hidden=False)
    if by.pk == sample.drawn_by_id:
        raise WrongUseError("You drew this sample.", "Another auditor must sign its findings off.")


def approve(
    *, sample: int, findings: Mapping[str, Any], words: str = "", by: Any, seen: int, form_key: str = ""
) -> None:
    """Sign the findings off exactly as they were seen; they are kept with the sample from now on."""
    with changing(
        sample, by=by, step=Step.APPROVE, act="audit_findings_approved", permission="approve", seen=seen,
        form_key=form_key,
    ) as change:  # fmt: skip
        check_signer(change.sample, by)
        change.sample.approved_by, change.sample.approved_at = by, change.at
        change.sample.findings = {"kept_as": FINDINGS_KEPT, **findings}
        change.say("Findings approved", words.strip())
        change.decide("audit_approved", {"force": change.sample.force}, words)


def send_back(*, sample: int, crimes: Iterable[int], why: str, by: Any, seen: int, form_key: str = "") -> int:
    """Have crimes read again, with the reason: one that two read is settled anew, for its readers know each other's."""
    told = reason_in_words(why)
    with changing(
        sample, by=by, step=Step.SEND_BACK, act="audit_sent_back", permission="approve", seen=seen,
        form_key=form_key, why=told,
    ) as change:  # fmt: skip
        check_signer(change.sample, by)
        chosen = list(change.sample.crimes.select_for_update().filter(pk__in=list(crimes)))
        if not chosen:
            raise WrongUseError("No crime was chosen.", "Tick the crimes that must be read again.")
        for crime in chosen:
            step = CrimeStep.SETTLE_AGAIN if crime.is_twice else CrimeStep.READ_AGAIN
            crime.state = check_crime(step, crime.state)
            crime.version += 1
            crime.finished_at = None
            crime.save()
            if crime.is_twice:
                Settlement.objects.filter(crime=crime).update(agreed_by=None, agreed_at=None)
            else:
                crime.readings.update(in_at=None)
            change.refs.append(crime.crime_ref)
        change.sample.read_at = None
        change.say(f"{count_of(len(chosen), 'crime')} sent back to be read again", told)
    return len(chosen)


def withdraw(*, sample: int, why: str, by: Any, seen: int | None = None, form_key: str = "") -> None:
    """Withdraw a sample with the reason. It stays to be seen, so that nobody draws until a sample pleases."""
    told = reason_in_words(why)
    with changing(
        sample, by=by, step=Step.WITHDRAW, act="audit_withdrawn", seen=seen, form_key=form_key, why=told
    ) as change:
        was_drawn = change.sample.drawn_at is not None
        change.sample.withdrawn_why = told
        change.say("Withdrawn", told)
        if was_drawn:
            change.decide("audit_withdrawn", {"force": change.sample.force}, told)
