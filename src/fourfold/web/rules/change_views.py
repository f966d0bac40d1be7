"""The changes to rules: their list, one of them with the result it was proposed with, and deciding on it."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.home import CouldNotRunError, WrongUseError
from fourfold.pipeline.rule_change import PolicyChangedError
from fourfold.pipeline.triable_rules import TRIABLE
from fourfold.pipeline.what_if_result import WhatIf
from fourfold.web.accounts.permission import NotAllowedError, may
from fourfold.web.rules import actions
from fourfold.web.rules.forms import ChangesFilterForm, DecideForm, shown
from fourfold.web.rules.listing import COLUMNS, EXPORTED, NEWEST, ORDERS, chosen, exported, rule_title, said
from fourfold.web.rules.models import RuleProposal
from fourfold.web.rules.states import STATES, STEPS, can_step
from fourfold.web.rules.views import result_context
from fourfold.web.trail.recording import record
from fourfold.web.ui.exports import csv_response, xlsx_response
from fourfold.web.ui.keyset import Page, keyset_page
from fourfold.web.ui.lists import address, chosen_sort, filter_tags, headings

MARKING = "OFFICIAL"


@require_safe
def changes(request: Any) -> HttpResponse:
    """List the changes that were ever proposed, newest first unless sorted otherwise."""
    form = ChangesFilterForm(request.GET)
    sort = chosen_sort(request.GET, ORDERS, NEWEST)
    listed = Page([])
    if form.is_valid():
        listed = keyset_page(
            chosen(form.cleaned_data, request.user), ORDERS[sort], request.GET.get("page", "")
        )
    context = {
        "form": form,
        "tags": filter_tags(form, request.GET),
        "headings": headings(COLUMNS, request.GET, sort),
        "listed": listed,
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
        "states": STATES,
        "said": said,
        "rule_title": rule_title,
        "query": request.GET.urlencode(),
    }
    return render(request, "rules/changes.html", context)


@require_safe
def export(request: Any, form: str) -> HttpResponseBase:
    """Return the changes of the list as CSV or XLSX; that they were taken away is trailed."""
    if form not in ("csv", "xlsx"):
        raise Http404
    asked = ChangesFilterForm(request.GET)
    if not asked.is_valid():
        raise Http404
    found = chosen(asked.cleaned_data, request.user)
    with transaction.atomic():
        detail = {
            "list": "rule changes",
            "form": form,
            "filters": sorted(name for name, told in asked.cleaned_data.items() if told),
        }
        record("rows_exported", by=request.user, answer=request.answer, detail=detail)
    respond: Callable[..., HttpResponseBase] = csv_response if form == "csv" else xlsx_response
    return respond("Rule changes", EXPORTED, exported(found), MARKING)


@require_safe
def change(request: Any, key: int) -> HttpResponse:
    """Show one change: what, why, how it stands, and the result it was proposed with."""
    return change_page(request, proposal_of(key))


def proposal_of(key: int) -> RuleProposal:
    found: RuleProposal = get_object_or_404(
        RuleProposal.objects.select_related("proposed_by", "decided_by"), pk=key
    )
    return found


def change_page(request: Any, proposal: RuleProposal) -> HttpResponse:
    rule = TRIABLE.get(proposal.rule)
    waits = proposal.state == "proposed"
    context = {
        "proposal": proposal,
        "state": STATES[proposal.state],
        "title_of_rule": rule_title(proposal),
        "changes": proposal.changes,
        "may_decide": waits and actions.may_decide(proposal, request.user),
        "may_withdraw": waits and proposal.proposed_by_id == request.user.pk,
        "day_written": actions.day_written(proposal),
        "day_has_passed": waits and actions.day_written(proposal) != proposal.holds_from,
        "today": timezone.localdate(),
        "again_href": again(proposal) if rule else "",
        "done": request.GET.get("done") == "1",
    }
    return render(request, "rules/change.html", context | result_context(WhatIf.from_plain(proposal.result)))


def again(proposal: RuleProposal) -> str:
    """Return the address at which the same values are tried out on the records of today."""
    from django.utils.http import urlencode

    rule = TRIABLE[proposal.rule]
    values = proposal.result["tried"]["values"]
    told = {one["name"]: shown(one["value"]) for one in proposal.changes}
    asked = {
        one.key: told[one.name] if one.name in told else in_words(values, one.name) for one in rule.criteria
    }
    return f"{reverse('rules:rule', args=[rule.key])}?{urlencode({'try': '1', **asked})}"


def differences(seen: str, now: str) -> list[tuple[str, str]]:
    """Return the lines in which two texts differ, each with which of them has it."""
    words = {"-": "Only when it was proposed", "+": "Only now"}
    lines = difflib.ndiff(seen.splitlines(), now.splitlines())
    return [(words[line[0]], line[2:]) for line in lines if line[0] in words]


def in_words(values: dict[str, str], name: str) -> str:
    """Return the value of a criterion that the proposal left alone, as it is typed."""
    from django.conf import settings

    from fourfold import policy

    return (
        shown(policy.value_on(name, timezone.localdate(), settings.HOME.policy).value)
        if name in values
        else ""
    )


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: Any, key: int) -> HttpResponse:
    """Approve a change that somebody else proposed."""
    return decided(request, key, "approve", actions.approve)


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: Any, key: int) -> HttpResponse:
    """Refuse a change that somebody else proposed."""
    return decided(request, key, "refuse", actions.refuse)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Any, key: int) -> HttpResponse:
    """Take one's own proposal back."""
    return decided(request, key, "withdraw", actions.withdraw)


def decided(request: Any, key: int, step: str, act: Callable[..., RuleProposal]) -> HttpResponse:
    """Ask why, then take the step; what stands in the way is said and nothing is lost."""
    proposal = proposal_of(key)
    if step == "withdraw" and proposal.proposed_by_id != request.user.pk:
        raise NotAllowedError(may(request.user, "propose_rules"), is_hidden=False)
    if step != "withdraw":
        actions.check_second_person(proposal, request.user)
    if request.method != "POST" and not can_step(proposal.state, step):
        return redirect("rules:change", proposal.pk)
    form = DecideForm(request.POST or None, initial={"version": proposal.version})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            act(proposal=proposal, version=told["version"], why=told["why"], by=request.user)
        except PolicyChangedError as error:
            context = {
                "proposal": proposal,
                "error": error,
                "differences": differences(error.seen, error.now),
                "again_href": again(proposal),
            }
            return render(request, "rules/file_changed.html", context, status=409)
        except actions.ChangedMeanwhileError as error:
            context = {
                "proposal": error.now,
                "state": STATES[error.now.state],
                "step": STEPS[step],
                "why": told["why"],
            }
            return render(request, "rules/decided_meanwhile.html", context, status=409)
        except (WrongUseError, CouldNotRunError) as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{reverse('rules:change', args=[proposal.pk])}?done=1")
    context = {
        "form": form,
        "proposal": proposal,
        "step": STEPS[step],
        "title_of_rule": rule_title(proposal),
        "day_written": actions.day_written(proposal),
        "day_has_passed": actions.day_written(proposal) != proposal.holds_from,
    }
    return render(request, "rules/decide.html", context)
