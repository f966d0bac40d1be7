"""The pages on which something is recorded: opened, refused, saved, or shown beside what changed meanwhile."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fourfold.home import WrongUseError
from fourfold.pipeline.duty_crime import may_be_about
from fourfold.web.ui.environment import written_date
from fourfold.web.victims_code.actions import escalating, recording
from fourfold.web.victims_code.actions.changing import ChangedMeanwhileError, SavedAlreadyError, version_of
from fourfold.web.victims_code.crime import RECORDED, CrimeDuty, CrimePage
from fourfold.web.victims_code.forms import (
    AnswerForm,
    EscalateForm,
    RecordForm,
    SeenForm,
    VouchForm,
    WithdrawForm,
)
from fourfold.web.victims_code.models import DutyEvent, DutyRow
from fourfold.web.victims_code.scope import SeenCrime, seen_crime
from fourfold.web.victims_code.views.crime import page_of, trail_opened

BACK = "victims_code:crime"


@require_http_methods(["GET", "HEAD", "POST"])
def record_page(request: Any, key: str, ref: str) -> HttpResponse:
    """Record that a duty was done, was not, or for which victim it was."""
    crime, page, duty = _duty(request, key, ref)
    if not duty.may_be_recorded_on:
        messages.error(request, "Nothing can be recorded on this duty as it stands.")
        return redirect(BACK, ref)
    form = RecordForm(
        request.POST or None,
        version=version_of(ref),
        choices=what_choices(page, duty),
        began_on=duty.clock["started_on"],
    )
    if request.method == "POST" and form.is_valid():
        saved = try_to_save(request, form, lambda: _record(request, crime, page, duty, form))
        if saved:
            return redirect(BACK, ref)
    return _show(request, crime, page, form, "record", duty)


def what_choices(page: CrimePage, duty: CrimeDuty) -> list[tuple[str, str]]:
    """Return what can be recorded on a duty: entries to be named, each event that meets or lifts it, or that it was not."""
    assert duty.duty is not None
    choices = []
    if duty.clock["reason"] == "victim_not_named":
        choices += [
            (
                f"named:{one.event_id}",
                f"The entry “{one.words}” of {written_date(one.at)} was for this person",
            )
            for one in page.unnamed(duty)
        ]
    done = [(f"done:{event}", f"It was done: {_small(page, event)}") for event in duty.duty.satisfied_by]
    lifted = [
        (f"done:{event}", f"It is no longer owed: {_small(page, event)}") for event in duty.duty.lifted_by
    ]
    return [*choices, *done, *lifted, ("not_done", "It was not done")]


def _small(page: CrimePage, event: str) -> str:
    words = page.words.get(event, event.replace("_", " "))
    return words[:1].lower() + words[1:]


def _record(request: Any, crime: SeenCrime, page: CrimePage, duty: CrimeDuty, form: RecordForm) -> None:
    told, what = form.cleaned_data, str(form.cleaned_data["what"])
    assert duty.duty is not None
    is_done = what != "not_done"
    if form.names_victim:
        entry = next(one for one in page.unnamed(duty) if one.event_id == what.partition(":")[2])
        event, happened = entry.event_type, entry.at
        assert happened is not None
        words = f"{page.words[event]}, named as done for this person"
    else:
        event = what.partition(":")[2] if is_done else duty.duty.satisfied_by[0]
        happened = recording.moment(told["on"], told["at"], timezone.now())
        words = page.words.get(event, event)
    start, started_by = str(duty.clock["start_event_id"]), str(duty.clock["started_by"])
    is_event = any(one.event_id == start for one in page.entries)
    recording.record_duty(
        clock=duty.clock,
        key=duty.key,
        unit=crime.unit,
        told=recording.Told(
            event, words, timezone.localtime(happened),
            start if is_event and may_be_about(settings.HOME, event, started_by) else "",
        ),
        is_done=is_done,
        note=told["note"],
        by=request.user,
        seen=told["seen"],
        form_key=told["form_key"],
    )  # fmt: skip
    messages.success(request, "It was saved, and this page counts it already. Lists and figures follow once all "
                     "duties have been worked out again.")  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def vouch_page(request: Any, ref: str) -> HttpResponse:
    """Vouch that the contact log of a crime is complete."""
    crime = seen_crime(request, ref, "record_duties")
    page = page_of(request, crime)
    form = VouchForm(request.POST or None, version=version_of(ref))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data

        def save() -> None:
            recording.vouch(
                case_ref=ref, unit=crime.unit, until=told["until"], note=told["note"], by=request.user,
                seen=told["seen"], form_key=told["form_key"],
            )  # fmt: skip
            messages.success(
                request, "It was saved. What the log does not have up to then counts as not done."
            )

        if try_to_save(request, form, save):
            return redirect(BACK, ref)
    return _show(request, crime, page, form, "vouch", None)


@require_http_methods(["GET", "HEAD", "POST"])
def escalate_page(request: Any, key: str, ref: str) -> HttpResponse:
    """Escalate an open duty to the supervisor of its unit."""
    crime, page, duty = _duty(request, key, ref)
    row = _open_row(duty)
    form = EscalateForm(request.POST or None, version=version_of(ref))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data

        def save() -> None:
            escalating.escalate(
                row=row, why=told["why"], by=request.user, seen=told["seen"], form_key=told["form_key"]
            )
            messages.success(
                request, "The duty was escalated. It stands first on Today until somebody answers."
            )

        if try_to_save(request, form, save):
            return redirect(BACK, ref)
    return _show(request, crime, page, form, "escalate", duty)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: Any, key: str, ref: str) -> HttpResponse:
    """Say what was decided about an escalated duty."""
    crime, page, duty = _duty(request, key, ref)
    row = _open_row(duty)
    form = AnswerForm(request.POST or None, version=version_of(ref))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data

        def save() -> None:
            escalating.answer(
                row=row,
                decided=told["decided"],
                by=request.user,
                seen=told["seen"],
                form_key=told["form_key"],
            )
            messages.success(request, "The answer was saved.")

        if try_to_save(request, form, save):
            return redirect(BACK, ref)
    return _show(request, crime, page, form, "answer", duty)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_page(request: Any, decision: str, ref: str) -> HttpResponse:
    """Take back what was recorded at this desk by mistake."""
    crime = seen_crime(request, ref, "record_duties")
    page = page_of(request, crime)
    event = next((one for one in page.history if one.decision == decision and one.kind in RECORDED), None)
    if event is None:
        raise Http404
    form = WithdrawForm(request.POST or None, version=version_of(ref))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data

        def save() -> None:
            recording.withdraw(
                event=event, unit=crime.unit, why=told["why"], by=request.user, seen=told["seen"],
                form_key=told["form_key"],
            )  # fmt: skip
            messages.success(
                request, "It was taken back. Both what was recorded and that it was taken back are kept."
            )

        if try_to_save(request, form, save):
            return redirect(BACK, ref)
    return _show(request, crime, page, form, "withdraw", page.duty(event.key), event)


def _duty(request: Any, key: str, ref: str) -> tuple[SeenCrime, CrimePage, CrimeDuty]:
    crime = seen_crime(request, ref, "record_duties")
    page = page_of(request, crime)
    duty = page.duty(key)
    if duty is None:
        raise Http404
    return crime, page, duty


def _open_row(duty: CrimeDuty) -> DutyRow:
    if duty.row is None:
        raise Http404
    return duty.row


def try_to_save(request: Any, form: SeenForm, save: Callable[[], None]) -> bool:
    """Save, and return whether that is done with; else what is wrong stands on the form, to be shown again."""
    try:
        save()
    except SavedAlreadyError as error:
        messages.info(request, str(error))
    except WrongUseError as error:
        form.add_error(None, str(error))
        form.data = form.data.copy()
        form.data["form_key"] = uuid.uuid4().hex
        if isinstance(error, ChangedMeanwhileError):
            form.changed = error.events
            form.data["seen"] = str(error.version)
        return False
    return True


TITLES = {
    "record": ("Record what was done", "Save"),
    "vouch": ("Vouch for the contact log", "Vouch for the log"),
    "escalate": ("Escalate this duty", "Escalate"),
    "withdraw": ("Take back what was recorded", "Take it back"),
    "answer": ("Answer the escalation", "Save the answer"),
}


def _show(
    request: Any,
    crime: SeenCrime,
    page: CrimePage,
    form: SeenForm,
    which: str,
    duty: CrimeDuty | None,
    event: DutyEvent | None = None,
) -> HttpResponse:
    trail_opened(request, crime, page, which, **({"duty": duty.key} if duty else {}))
    title, button = TITLES[which]
    context = {
        "case_ref": crime.case_ref,
        "form": form,
        "changed": getattr(form, "changed", None),
        "duty": duty,
        "which": which,
        "event": event,
        "title": title,
        "button_words": button,
        "unclear": [one for one in page.duties if one.clock["state"] == "not_recorded"],
    }
    return render(request, "victims_code/doing.html", context)
