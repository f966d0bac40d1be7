"""Trying a rule out and proposing a change. Nothing is kept until it is proposed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.home import FourfoldError, WrongUseError
from fourfold.pipeline.triable_rules import TRIABLE, TriableRule
from fourfold.pipeline.what_if_result import WhatIf
from fourfold.web.rules import actions, saying
from fourfold.web.rules.chart import weekly_chart
from fourfold.web.rules.forms import ProposeForm, TryForm, changes_of
from fourfold.web.rules.models import RuleProposal
from fourfold.web.trail.recording import record
from fourfold.web.ui.fields import plain_text


def today() -> date:
    found: date = timezone.localdate()
    return found


def rule_named(key: str) -> TriableRule:
    """Return a rule that may be tried; raises Http404 for another name."""
    if key not in TRIABLE:
        raise Http404
    return TRIABLE[key]


@require_safe
def rules(request: Any) -> HttpResponse:
    """List the rules that may be tried out, each with its values in force and what is proposed about it."""
    waiting = list(RuleProposal.objects.filter(state="proposed").values_list("rule", flat=True))
    listed = [
        {
            "rule": one,
            "values": [(c.label, told[c.name].words, told[c.name].source) for c in one.criteria],
            "waiting": waiting.count(one.key),
        }
        for one in TRIABLE.values()
        for told in [one.in_force(settings.HOME, today())]
    ]
    return render(request, "rules/rules.html", {"listed": listed})


@require_safe
def rule(request: Any, rule: str) -> HttpResponse:
    """Show a rule's criteria to change, and what the change would have done."""
    tried = rule_named(rule)
    asked = request.GET if request.GET.get("try") else None
    form = TryForm(tried, tried.in_force(settings.HOME, today()), asked)
    context: dict[str, Any] = {"rule": tried, "form": form, "in_force": form.in_force, "found": None}
    context["coming"] = tried.coming(settings.HOME, today())
    if asked is not None and form.is_valid():
        try:
            found = tried.try_out(settings.HOME, changed_values(form), today())
        except FourfoldError as error:
            context["fault"] = error
        else:
            with transaction.atomic():
                told = {
                    "rule": tried.key,
                    "values": {one.key: form.data.get(one.key, "")[:60] for one in tried.criteria},
                }
                record("rule_tried", by=request.user, answer=request.answer, detail=told)
            context |= result_context(found) | {
                "changes": changes_of(tried, form.in_force, form.cleaned_data),
                "propose_href": f"{reverse('rules:propose', args=[rule])}?{request.GET.urlencode()}",
            }
    return render(request, "rules/rule.html", context)


def changed_values(form: TryForm) -> dict[str, Any]:
    """Return the values that differ from the rule in force, by policy name."""
    return {one["name"]: one["value"] for one in changes_of(form.rule, form.in_force, form.cleaned_data)}


def result_context(found: WhatIf) -> dict[str, Any]:
    """Return what the template of a result needs."""
    rule = TRIABLE.get(found.rule)
    return {
        "found": found,
        "say": saying,
        "chart": weekly_chart(found),
        "definitions": rule.definitions if rule else (),
        "labels": {one.name: one.label for one in rule.criteria} if rule else {},
    }


def seen_of(found: WhatIf) -> str:
    """Return what a result rests on: it changes when records, policy or the day change what is shown."""
    return f"{found.manifest}/{found.policy}/{found.last_on}"


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: Any, rule: str) -> HttpResponse:
    """Ask for reason and day, then propose the change with the result that was seen."""
    tried = rule_named(rule)
    asked = TryForm(tried, tried.in_force(settings.HOME, today()), request.GET)
    back = f"{reverse('rules:rule', args=[rule])}?{request.GET.urlencode()}"
    standing = already_proposed(request)
    if standing is not None:
        return redirect("rules:change", standing.pk)
    if not asked.is_valid():
        return redirect(back)
    changes = changes_of(tried, asked.in_force, asked.cleaned_data)
    try:
        found = tried.try_out(settings.HOME, changed_values(asked), today())
    except FourfoldError:
        return redirect(back)
    form = ProposeForm(request.POST) if request.method == "POST" else ProposeForm.fresh(seen_of(found))
    if request.method == "POST" and form.is_valid():
        made = proposed(request, form, tried, changes, found)
        if made is not None:
            return redirect("rules:change", made.pk)
    context = {
        "rule": tried,
        "form": form,
        "changes": changes,
        "found": found,
        "say": saying,
        "back": back,
        "coming": tried.coming(settings.HOME, today()),
        "today": today(),
    }
    return render(request, "rules/propose.html", context)


def already_proposed(request: Any) -> RuleProposal | None:
    """Return the proposal that this very form made before: a double press, or the back button."""
    key = plain_text(request.POST.get("form_key", ""), 64)
    return RuleProposal.objects.filter(form_key=key, proposed_by=request.user).first() if key else None


def proposed(
    request: Any, form: ProposeForm, tried: TriableRule, changes: list[dict[str, Any]], found: WhatIf
) -> RuleProposal | None:
    """Propose; None with the fault at the form where that may not be."""
    told = form.cleaned_data
    if told["seen"] != seen_of(found):
        form.add_error(
            None,
            "The records or the policy changed while you were writing. Read the figures again, then propose.",
        )
        form.data = form.data.copy()
        form.data["seen"] = seen_of(found)
        return None
    try:
        actions.check_day(told["holds_from"], told["is_backdated"])
    except WrongUseError as error:
        form.add_error("holds_from", str(error))
        return None
    try:
        return actions.propose(
            rule=tried.key,
            changes=changes,
            result=found,
            holds_from=told["holds_from"],
            is_backdated=told["is_backdated"],
            reason=told["reason"],
            form_key=told["form_key"],
            by=request.user,
        )
    except WrongUseError as error:
        form.add_error(None, str(error))
        return None
