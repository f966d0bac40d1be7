"""Settling: what two readers said apart, side by side; one proposes what counts, the other agrees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fourfold.home import WrongUseError
from fourfold.rules.questionnaires import Questionnaire
from fourfold.web.audit.actions import settling
from fourfold.web.audit.actions.reading import differences
from fourfold.web.audit.forms.reading import QuestionsForm, SettleScopeForm, typed
from fourfold.web.audit.models import Reading, SampledCrime, Settlement
from fourfold.web.audit.questions import period_words, questionnaire_of, reason_words, strata_of, told_answers
from fourfold.web.audit.scope import seen_reading
from fourfold.web.audit.states import CrimeState
from fourfold.web.audit.views.common import show, try_to_save
from fourfold.web.audit.views.reading import told_to
from fourfold.web.ui.fields import plain_text, whole_number


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: Any, key: int) -> HttpResponse:
    """Show both readers' answers, and propose or agree to what counts."""
    held = seen_reading(request, key)
    if held.crime.state != CrimeState.TO_SETTLE:
        messages.info(request, "There is nothing to settle about this crime.")
        return redirect("audit:mine")
    if request.method == "POST" and request.POST.get("do") == "agree":
        return _agree(request, held.crime)
    both = list(held.crime.readings.select_related("reader"))
    proposed = Settlement.objects.select_related("proposed_by").filter(crime=held.crime).first()
    asked = questionnaire_of(held.crime.sample)
    apart = differences(both[0], both[1])
    form = _form(request, held.crime, asked, apart, proposed)
    if request.method == "POST" and form.is_valid():
        done = try_to_save(
            request,
            form,
            lambda: _propose(request, held.crime, both, form),
            "Your proposal is kept. It counts when the other reader agrees.",
            lambda: SampledCrime.objects.get(pk=held.crime_id).version,
        )
        if done:
            return redirect("audit:settle", key)
    return _show(request, held, both, proposed, form, asked, apart)


def _form(
    request: Any, crime: SampledCrime, asked: Questionnaire, apart: list[str], proposed: Settlement | None
) -> Any:
    told = request.POST or None
    if "" in apart:
        initial = {"scope": proposed.scope_reason or "in", "words": proposed.scope_words} if proposed else {}
        return SettleScopeForm(told, asked=asked, version=crime.version, initial=initial)
    initial = typed(proposed.answers) if proposed else {}
    only = apart or [one.question for one in asked.questions]
    return QuestionsForm(told, asked=asked, only=only, version=crime.version, initial=initial)


def _propose(request: Any, crime: SampledCrime, both: list[Reading], form: Any) -> None:
    if isinstance(form, SettleScopeForm):
        told = form.cleaned_data
        reason = "" if told["scope"] == "in" else told["scope"]
        settling.propose(
            crime=crime.pk,
            answers=next(one.answers for one in both if not one.scope_reason),
            scope_reason=reason,
            scope_words=told["words"],
            by=request.user,
            **form.common,
        )
        return
    agreed: Mapping[str, Any] = both[0].answers
    settling.propose(crime=crime.pk, answers={**agreed, **form.answers}, by=request.user, **form.common)


def _agree(request: Any, crime: SampledCrime) -> HttpResponse:
    seen = whole_number(request.POST.get("seen", ""))
    try:
        settling.agree(
            crime=crime.pk,
            by=request.user,
            seen=seen,
            form_key=plain_text(request.POST.get("form_key", ""), 32),
        )
    except WrongUseError as error:
        messages.error(request, str(error))
        return redirect("audit:settle", crime.pk)
    messages.success(request, f"{crime.crime_ref} is settled.")
    return redirect("audit:mine")


def _show(
    request: Any,
    held: Reading,
    both: list[Reading],
    proposed: Settlement | None,
    form: Any,
    asked: Questionnaire,
    apart: list[str],
) -> HttpResponse:
    sample = held.crime.sample
    columns = [
        {
            "who": "You" if one.reader_id == request.user.pk else str(one.reader.name),
            "scope": reason_words(asked, "out_of_scope", one.scope_reason),
            "scope_words": one.scope_words,
            "answers": {row["question"]: row for row in told_answers(asked, one.answers)},
        }
        for one in both
    ]
    context = {
        "held": held,
        "crime": held.crime,
        "sample": sample,
        "form": form,
        "asked": asked,
        "apart": apart,
        "columns": columns,
        "is_scope": "" in apart,
        "proposed": proposed,
        "proposed_answers": told_answers(asked, proposed.answers) if proposed else [],
        "proposed_scope": reason_words(asked, "out_of_scope", proposed.scope_reason) if proposed else "",
        "may_agree": proposed is not None and proposed.proposed_by_id != request.user.pk,
        "evidence": told_to(request, held),
        "stratum": strata_of(sample).get(held.crime.stratum, held.crime.stratum),
        "period": period_words(sample),
    }
    return show(request, "settle.html", context)
