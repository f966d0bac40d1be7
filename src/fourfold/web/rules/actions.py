"""What people do with changes to rules: propose, approve, refuse, withdraw; each with its trail entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.pipeline.policy_text import NewValue
from fourfold.pipeline.rule_change import changed_policy, own_text, text_after
from fourfold.pipeline.what_if_result import WhatIf
from fourfold.web.accounts.matrix import ROLES
from fourfold.web.accounts.models import Unit, User
from fourfold.web.accounts.permission import Answer, NotAllowedError, check_may
from fourfold.web.handover.deciding import decide
from fourfold.web.handover.tasks import bring_up_to_date, enqueue_once
from fourfold.web.rules.models import RuleProposal
from fourfold.web.rules.states import state_after
from fourfold.web.trail.recording import record

ROLE_WORDS = {role.key: role.words for role in ROLES}
APPROVING = ("yes", "not_own")
"""Answers of the act `approve` that let somebody decide on a rule; others are for findings alone."""


class ChangedMeanwhileError(WrongUseError):
    """Somebody decided on the change while this person was looking at it."""

    def __init__(self, seen: int, now: RuleProposal) -> None:
        super().__init__(
            "Somebody else decided on this change while you were looking at it.", "Read what they decided."
        )
        self.seen = seen
        self.now = now


def propose(
    *,
    rule: str,
    changes: Sequence[Mapping[str, Any]],
    result: WhatIf,
    holds_from: date,
    is_backdated: bool,
    reason: str,
    form_key: str,
    by: User,
) -> RuleProposal:
    """Propose a change; the same form sent twice proposes once.

    `changes`: objects of name, title, value, words and was. Raises WrongUseError for a change without a value, a day
    that has passed and is not said to have, and values that the policy would not take from that day.
    """
    answer = check_may(by, "propose_rules")
    if not changes or not reason.strip():
        raise WrongUseError("A change needs at least one value and a reason.")
    check_day(holds_from, is_backdated)
    seen = own_text(settings.HOME.policy, rule)
    text_after(settings.HOME.policy, rule, new_values(changes, holds_from, "proposed"))
    proposal = RuleProposal(
        rule=rule,
        changes=[dict(one) for one in changes],
        result=result.to_plain(),
        policy_text=seen,
        holds_from=holds_from,
        is_backdated=is_backdated,
        reason=reason.strip(),
        form_key=form_key,
        proposed_by=by,
        proposed_as=as_whom(answer),
        proposed_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
            _tell("rule_change_proposed", proposal, by, answer, proposal.reason)
    except IntegrityError:
        # The same form came twice at one moment: the other one has it.
        made: RuleProposal = RuleProposal.objects.get(form_key=form_key, proposed_by=by)
        return made
    return proposal


def approve(*, proposal: RuleProposal, version: int, why: str, by: User) -> RuleProposal:
    """Approve a change and write it into the policy folder; both stand, or neither does.

    Raises NotAllowedError for the proposer, ChangedMeanwhileError, PolicyChangedError where the force's file is not
    the one seen at proposing, and WrongUseError for a step that may not be taken.
    """
    answer = check_second_person(proposal, by)
    _check_step(proposal, "approve", version, why)
    day = day_written(proposal)
    source = (
        f"Rule change {proposal.pk}, approved {timezone.localdate().isoformat()}: proposed by person "
        f"{proposal.proposed_by_id} ({proposal.proposed_as}), approved by person {by.pk} ({as_whom(answer)})"
        + (", backdated" if proposal.is_backdated else "")
    )
    values = new_values(proposal.changes, day, source, proposal.reason)
    with changed_policy(settings.HOME, proposal.rule, proposal.policy_text, values), transaction.atomic():
        _move(proposal, "approve", version, why, by, answer, held_from=day)
        _decide(proposal, why, by, answer)
        transaction.on_commit(lambda: enqueue_once(bring_up_to_date))
        _tell("rule_change_approved", proposal, by, answer, why)
    return proposal


@transaction.atomic
def refuse(*, proposal: RuleProposal, version: int, why: str, by: User) -> RuleProposal:
    """Refuse a change, with a reason. Raises as `approve`."""
    answer = check_second_person(proposal, by)
    _check_step(proposal, "refuse", version, why)
    _move(proposal, "refuse", version, why, by, answer)
    _decide(proposal, why, by, answer)
    _tell("rule_change_refused", proposal, by, answer, why)
    return proposal


@transaction.atomic
def withdraw(*, proposal: RuleProposal, version: int, why: str, by: User) -> RuleProposal:
    """Take one's own proposal back, with a reason. Raises NotAllowedError for anybody else's."""
    answer = check_may(by, "propose_rules")
    if proposal.proposed_by_id != by.pk:
        raise NotAllowedError(answer, is_hidden=False)
    _check_step(proposal, "withdraw", version, why)
    _move(proposal, "withdraw", version, why, by, answer)
    _tell("rule_change_withdrawn", proposal, by, answer, why)
    return proposal


def check_second_person(proposal: RuleProposal, by: User) -> Answer:
    """Return the permission to decide on a proposal; raises NotAllowedError for the one who proposed it."""
    answer = check_may(by, "approve")
    if answer.scope not in APPROVING or proposal.proposed_by_id == by.pk:
        raise NotAllowedError(answer, is_hidden=False)
    return answer


def may_decide(proposal: RuleProposal, by: User) -> bool:
    """Return whether this person may decide on this proposal."""
    try:
        check_second_person(proposal, by)
    except NotAllowedError:
        return False
    return True


def check_day(holds_from: date, is_backdated: bool) -> None:
    """Refuse a day that has passed, unless it is said to have, and a day to come that is said to have passed."""
    today = timezone.localdate()
    if holds_from < today and not is_backdated:
        raise WrongUseError(
            "The day from which the change holds has passed.",
            "Choose today or a later day, or say that it is to hold from a day that has passed.",
        )
    if is_backdated and holds_from >= today:
        raise WrongUseError("The day has not passed.", "Take the tick off, or choose a day that has passed.")


def day_written(proposal: RuleProposal) -> date:
    """Return the day from which a change would hold if it were approved now: never a past one unless that was said."""
    today: date = timezone.localdate()
    holds_from: date = proposal.holds_from
    return holds_from if proposal.is_backdated else max(holds_from, today)


def new_values(
    changes: Sequence[Mapping[str, Any]], holds_from: date, source: str, note: str = ""
) -> list[NewValue]:
    """Return the values of a change as they go into the policy file."""
    return [
        NewValue(one["name"].partition(".")[2], one["title"], one["value"], holds_from, source, note)
        for one in changes
    ]


def as_whom(answer: Answer) -> str:
    """Return role and unit in words."""
    unit = Unit.objects.filter(code=answer.unit).first()
    return ", ".join(
        part for part in (ROLE_WORDS.get(answer.role, answer.role), str(unit or answer.unit)) if part
    )


def _check_step(proposal: RuleProposal, step: str, version: int, why: str) -> None:
    if proposal.version != version:
        raise ChangedMeanwhileError(version, proposal)
    state_after(proposal.state, step)
    if not why.strip():
        raise WrongUseError("A decision needs a reason.")


def _move(
    proposal: RuleProposal,
    step: str,
    version: int,
    why: str,
    by: User,
    answer: Answer,
    held_from: date | None = None,
) -> None:
    """Take the step in the register, unless somebody was quicker."""
    facts = {
        "state": state_after(proposal.state, step),
        "decided_by": by,
        "decided_as": as_whom(answer),
        "decided_at": timezone.now(),
        "decided_why": why.strip(),
        "held_from": held_from,
        "version": version + 1,
    }
    if not RuleProposal.objects.filter(pk=proposal.pk, version=version).update(**facts):
        raise ChangedMeanwhileError(version, RuleProposal.objects.get(pk=proposal.pk))
    for name, value in facts.items():
        setattr(proposal, name, value)


def _decide(proposal: RuleProposal, why: str, by: User, answer: Answer) -> None:
    value = {
        "proposal": proposal.pk,
        "state": proposal.state,
        "changes": {one["name"]: one["value"] for one in proposal.changes},
        "holds_from": proposal.held_from.isoformat() if proposal.held_from else None,
        "proposed_by": str(proposal.proposed_by_id),
        "why_proposed": proposal.reason,
    }
    decide(
        "rule_change",
        subject="rule",
        subject_ref=proposal.rule,
        value=value,
        by=by,
        answer=answer,
        reason=why,
    )


def _tell(act: str, proposal: RuleProposal, by: User, answer: Answer, why: str) -> None:
    record(
        act,
        by=by,
        answer=answer,
        subject_kind="rule change",
        subject_refs=[str(proposal.pk)],
        why=why,
        detail={
            "rule": proposal.rule,
            "values": [one["name"] for one in proposal.changes],
            "from": str(proposal.holds_from),
        },
    )
