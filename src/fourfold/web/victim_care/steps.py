"""The pages on which something is done on a case: for each, its form, the step it is, and the action it calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fourfold.web.victim_care.actions import contacting, ending, judging, keeping, noting
from fourfold.web.victim_care.forms import steps as forms
from fourfold.web.victim_care.states import Step

Save = Callable[[int, Any, Any], None]
"""Saves a valid form of a case, by a person."""


@dataclass(frozen=True)
class StepPage:
    """One page: its address, heading, button, form, step and action; `saved` says what was done."""

    slug: str
    title: str
    button: str
    form: type[forms.CaseForm]
    step: Step
    save: Save
    saved: str
    keeps_draft: bool = False


def _common(form: forms.CaseForm) -> dict[str, Any]:
    return {"seen": form.cleaned_data["seen"], "form_key": form.cleaned_data["form_key"]}


def _note(case: int, form: Any, by: Any) -> None:
    noting.add_note(case=case, text=form.cleaned_data["text"], by=by, form_key=form.cleaned_data["form_key"])


def _call(case: int, form: Any, by: Any) -> None:
    told = form.cleaned_data
    contacting.record_call(
        case=case,
        channel=told["channel"],
        result=told["result"],
        said=told["said"],
        topics=told["topics"],
        materials=form.materials,
        call_again_on=told["call_again_on"],
        by=by,
        form_key=told["form_key"],
    )


def _advice(case: int, form: Any, by: Any) -> None:
    told = form.cleaned_data
    contacting.give_advice(
        case=case, topics=told["topics"], note=told["note"], by=by, form_key=told["form_key"]
    )


def _materials(case: int, form: Any, by: Any) -> None:
    contacting.send_materials(
        case=case, materials=form.materials, by=by, form_key=form.cleaned_data["form_key"]
    )


def _plan(case: int, form: Any, by: Any) -> None:
    told = form.cleaned_data
    contacting.plan_contact(
        case=case, on=told["on"], channel=told["channel"], about=told["about"], by=by, **_common(form)
    )


def _assess(case: int, form: Any, by: Any) -> None:
    told = form.cleaned_data
    judging.assess(
        case=case,
        answers=form.answers,
        notes=told["notes"],
        level=told["level"],
        differs_because=told["differs_because"],
        by=by,
        **_common(form),
    )


def _questionnaire(case: int, form: Any, by: Any) -> None:
    keeping.keep_questionnaire(case=case, answers=form.answers, by=by, **_common(form))


def _watch(case: int, form: Any, by: Any) -> None:
    keeping.watch(
        case=case, until=form.cleaned_data["until"], why=form.cleaned_data["why"], by=by, **_common(form)
    )


def _details(case: int, form: Any, by: Any) -> None:
    told = form.cleaned_data
    details = {name: told[name] for name in keeping.CORRECTABLE}
    keeping.correct_details(case=case, details=details, why=told["why"], by=by, **_common(form))


def _close(case: int, form: Any, by: Any) -> None:
    told = form.cleaned_data
    ending.close(case=case, outcome=told["outcome"], why=told["why"], by=by, **_common(form))


def _reopen(case: int, form: Any, by: Any) -> None:
    ending.reopen(case=case, why=form.cleaned_data["why"], by=by, **_common(form))


def _decide(case: int, form: Any, by: Any) -> None:
    act = {
        "take_on": ending.take_on,
        "set_aside": ending.set_aside,
        "reopen": ending.reopen,
        "leave_closed": ending.leave_closed,
    }[form.cleaned_data["decision"]]
    act(case=case, why=form.cleaned_data["why"], by=by, **_common(form))


DECIDED = "The decision was saved."

ALL: tuple[StepPage, ...] = (
    StepPage("call", "Record a contact", "Save contact", forms.CallForm, Step.WORK, _call, "The contact was saved.", True),
    StepPage(
        "assess", "Assess vulnerability", "Save assessment", forms.AssessForm, Step.WORK, _assess,
        "The assessment was saved.", True,
    ),
    StepPage("plan", "Plan the next contact", "Save plan", forms.PlanForm, Step.WORK, _plan, "The plan was saved."),
    StepPage("advice", "Record advice", "Save advice", forms.AdviceForm, Step.WORK, _advice, "The advice was saved."),
    StepPage(
        "materials", "Send materials", "Save what was sent", forms.MaterialsForm, Step.WORK, _materials,
        "What was sent was saved.",
    ),
    StepPage(
        "questionnaire", "Romance-fraud questionnaire", "Save answers", forms.QuestionnaireForm, Step.WORK,
        _questionnaire, "The answers were saved.", True,
    ),
    StepPage(
        "watch", "Watch for being targeted again", "Save watch", forms.WatchForm, Step.WATCH, _watch,
        "The watch was saved.",
    ),
    StepPage(
        "details", "Correct contact details", "Save details", forms.DetailsForm, Step.NOTE, _details,
        "The details were saved.",
    ),
    StepPage("note", "Add a note", "Save note", forms.NoteForm, Step.NOTE, _note, "The note was saved."),
    StepPage("close", "Close the case", "Close the case", forms.CloseForm, Step.CLOSE, _close, "The case is closed."),
    StepPage(
        "reopen", "Open the case again", "Open the case again", forms.WhyForm, Step.REOPEN, _reopen,
        "The case is open again.",
    ),
    StepPage("judge", "Decide about this person", "Save decision", forms.JudgeForm, Step.TAKE_ON, _decide, DECIDED),
    StepPage(
        "look-again", "Decide about what came in", "Save decision", forms.LookAgainForm, Step.LEAVE_CLOSED, _decide,
        DECIDED,
    ),
)  # fmt: skip
"""Every such page but referral and allocation, which have their own."""

BY_SLUG: Mapping[str, StepPage] = {page.slug: page for page in ALL}
