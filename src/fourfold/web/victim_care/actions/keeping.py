"""Watching for a person being targeted again, correcting how they are reached, and the romance-fraud questionnaire."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from fourfold.home import WrongUseError
from fourfold.web.ui.environment import written_date
from fourfold.web.victim_care.actions.changing import changing
from fourfold.web.victim_care.assessing import form_version
from fourfold.web.victim_care.models import CaseWord, Draft
from fourfold.web.victim_care.naming import search_words
from fourfold.web.victim_care.states import Step

QUESTIONNAIRE = "victim_care_questionnaire.questions"
CORRECTABLE = ("phone", "email", "address", "postcode")


def watch(*, case: int, until: date | None, why: str, by: Any, seen: int, form_key: str = "") -> None:
    """Watch for a person being targeted again until a day, or end the watch (None).

    A report of the person that comes in until then is put before an officer, whether the case is open or closed.
    """
    if until is not None and until < timezone.localdate():
        raise WrongUseError("The watch must last until today or a later day.", "Enter another day.")
    with changing(
        case, by=by, step=Step.WATCH, act="watch_set", seen=seen, form_key=form_key, reason=why
    ) as change:
        change.case.watch_until = until
        words = (
            f"On watch for being targeted again until {written_date(until)}"
            if until
            else "The watch has ended"
        )
        change.say("watch", words, why)
        change.decide("watch", {"until": until.isoformat() if until else None})


def correct_details(
    *, case: int, details: Mapping[str, str], why: str, by: Any, seen: int, form_key: str = ""
) -> None:
    """Correct how a person is reached; it stays corrected when the list comes again. The lake keeps what was told."""
    with changing(
        case, by=by, step=Step.NOTE, act="details_corrected", seen=seen, form_key=form_key, reason=why
    ) as change:
        kept = change.case
        changed = [name for name in CORRECTABLE if details.get(name, "").strip() != getattr(kept, name)]
        if not changed:
            raise WrongUseError("Nothing was changed.", "Change a detail, or go back.")
        for name in changed:
            setattr(kept, name, details[name].strip())
        kept.corrected = {**kept.corrected, **{name: getattr(kept, name) for name in changed}}
        known = set(CaseWord.objects.filter(case=kept).values_list("word", flat=True))
        wanted = search_words(kept.name, kept.phone)
        CaseWord.objects.bulk_create(CaseWord(case=kept, word=word) for word in wanted - known)
        change.say("details", f"Details corrected: {', '.join(changed)}", why)
        change.decide(
            "details_corrected",
            {"fields": changed, "details": {name: getattr(kept, name) for name in changed}},
        )


def keep_questionnaire(
    *, case: int, answers: Mapping[str, Any], by: Any, seen: int, form_key: str = ""
) -> None:
    """Keep the answers of the romance-fraud questionnaire; an earlier one stays on the timeline."""
    told = {key: value for key, value in answers.items() if value not in (None, "")}
    if not told:
        raise WrongUseError("No question was answered.", "Answer at least one, or go back.")
    with changing(
        case, by=by, step=Step.WORK, act="questionnaire_kept", seen=seen, form_key=form_key
    ) as change:
        asked = len(answers)
        change.say(
            "questionnaire",
            f"Romance-fraud questionnaire: {len(told)} of {asked} questions answered",
            value={"answers": told, "form_version": form_version(QUESTIONNAIRE)},
        )
        change.decide("romance_questionnaire", {"answers": told, "form_version": form_version(QUESTIONNAIRE)})
        Draft.objects.filter(case=case, person=by, form="questionnaire").delete()
