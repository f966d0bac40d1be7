"""Assessing vulnerability and deciding the level of support."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.victim_care.actions.changing import Change, changing
from fourfold.web.victim_care.assessing import form_version, suggest
from fourfold.web.victim_care.catalogue import LEVELS, entries, level_label
from fourfold.web.victim_care.dues import end_tasks, support_referral_task
from fourfold.web.victim_care.models import Assessment, CaseTask, Draft
from fourfold.web.victim_care.states import Step


def assess(
    *,
    case: int,
    answers: Mapping[str, str],
    notes: str,
    level: str,
    differs_because: str,
    by: Any,
    seen: int,
    form_key: str = "",
) -> Assessment:
    """Keep an assessment with what the rules suggest and what the officer decides.

    Raises WrongUseError for a level that is on no list, or one that differs from the suggestion without a reason.
    """
    suggestion = suggest(answers)
    if level not in {one["key"] for one in entries(LEVELS)}:
        raise WrongUseError("Choose a level of support.")
    if level != suggestion.level and not differs_because.strip():
        raise WrongUseError(
            f"The answers suggest {suggestion.words.lower()}.", "Say why you decide otherwise."
        )
    because = differs_because.strip()
    with changing(
        case, by=by, step=Step.WORK, act="assessment_made", seen=seen, form_key=form_key, reason=because
    ) as change:
        assessment: Assessment = Assessment.objects.create(
            case=change.case,
            at=change.at,
            by=by,
            form_version=form_version(),
            answers=dict(answers),
            notes=notes.strip(),
            suggested=suggestion.level,
            suggested_because=list(suggestion.because),
            level=level,
            differs_because=because,
        )
        change.case.level = level
        _support(change, answers)
        differs = "" if level == suggestion.level else f", where {suggestion.words.lower()} was suggested"
        change.say("assessment", f"Assessed: {level_label(level).lower()}{differs}", because)
        change.decide(
            "assessment",
            {
                "level": level,
                "suggested": suggestion.level,
                "answers": dict(answers),
                "form_version": assessment.form_version,
            },
        )
        Draft.objects.filter(case=case, person=by, form="assess").delete()
    return assessment


def _support(change: Change, answers: Mapping[str, str]) -> None:
    """Start the clock of the referral to a support service where a need is found, once; end it where it is lifted."""
    case, need = change.case, answers.get("support_need")
    waiting = CaseTask.objects.filter(case=case, kind="support_referral", ended_at=None)
    if need == "no":
        end_tasks(case, ("support_referral",), change.at, "No need for support is found any more")
    elif (
        need == "yes"
        and not waiting.exists()
        and not case.referrals.filter(partner="victim_support").exists()
    ):
        support_referral_task(case, change.at, timezone.localdate(change.at)).save()
        change.say("support_need", "A need for support is found: the referral is due")
        change.decide("support_need_found", {"found": True})
