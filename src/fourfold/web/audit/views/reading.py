"""Reading: what was given to a person, one crime with what the record tells, answering it, out of scope, settling."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fourfold.web.accounts.permission import may
from fourfold.web.audit.actions import reading as doing
from fourfold.web.audit.downloads import FORMS
from fourfold.web.audit.drawing import force_words
from fourfold.web.audit.evidence import Evidence, evidence_of
from fourfold.web.audit.forms.lists import MineFilterForm
from fourfold.web.audit.forms.reading import QuestionsForm, ScopeForm, typed
from fourfold.web.audit.listing import given_to, my_state
from fourfold.web.audit.models import Draft, Reading, Sample
from fourfold.web.audit.questions import KEYS, period_words, questionnaire_of, strata_of, told_answers
from fourfold.web.audit.scope import seen_reading
from fourfold.web.audit.states import CrimeState, State
from fourfold.web.audit.views.common import show, trail, try_to_save
from fourfold.web.ui.fields import plain_text, whole_number
from fourfold.web.ui.keyset import Page, keyset_page
from fourfold.web.ui.lists import address, filter_tags, headings

LONGEST_NAME = 80
LONGEST = 2_000
NOT_TYPED = ("csrfmiddlewaretoken", "do", "number", "seen", "form_key")
MINE_COLUMNS = (("", "Crime"), ("", "Group"), ("", "Audit"), ("", "Given"), ("", "State"))
MINE_ORDER = ["id"]


@require_safe
def mine(request: Any) -> HttpResponse:
    """List the crimes that were given to the person."""
    form = MineFilterForm(request.GET)
    listed = Page([])
    every = Reading.objects.filter(reader=request.user)
    if form.is_valid():
        found = given_to(request.user, form.cleaned_data).select_related("crime__sample")
        listed = keyset_page(found, MINE_ORDER, request.GET.get("page", ""), among=every)
        trail(request, "sampled_crimes_listed", "crime", [one.crime.crime_ref for one in listed.rows])
    context = {
        "form": form,
        "tags": filter_tags(form, request.GET),
        "headings": headings(MINE_COLUMNS, request.GET, ""),
        "listed": listed,
        "rows": [_line(one) for one in listed.rows],
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
        "packs": packs(request.user),
    }
    return show(request, "mine.html", context)


def packs(person: Any) -> list[dict[str, Any]]:
    """Return the audits of which a person still has crimes to read, to be had as paper."""
    left = Reading.objects.filter(reader=person, in_at=None, crime__sample__state=State.BEING_READ)
    found = Sample.objects.filter(pk__in=left.values("crime__sample"))
    return [
        {"pk": one.pk, "audit": f"{one.title}, {period_words(one)}", "forms": list(FORMS.items())}
        for one in found
    ]


def _line(one: Reading) -> dict[str, Any]:
    sample = one.crime.sample
    word, colour = my_state(one)
    return {
        "pk": one.crime_id,
        "ref": one.crime.crime_ref,
        "stratum": strata_of(sample).get(one.crime.stratum, one.crime.stratum),
        "audit": f"{sample.title}, {period_words(sample)}",
        "given_at": one.given_at,
        "word": word,
        "colour": colour,
        "is_to_settle": one.crime.state == CrimeState.TO_SETTLE,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: Any, key: int) -> HttpResponse:
    """Show one crime with what the record tells, and hand in the answers to its questions."""
    held = seen_reading(request, key)
    if held.crime.state == CrimeState.TO_SETTLE:
        return redirect("audit:settle", key)
    asked = questionnaire_of(held.crime.sample)
    if request.method == "POST" and request.POST.get("do") == "draft":
        keep_draft(held, request.POST)
        messages.success(request, "The draft was kept. It is not handed in yet.")
        return redirect("audit:read", key)
    form = QuestionsForm(request.POST or None, asked=asked, version=held.version, initial=drafted(held))
    if request.method == "POST" and form.is_valid():
        done = try_to_save(
            request,
            form,
            lambda: doing.hand_in(reading=held.pk, answers=form.answers, by=request.user, **form.common),
            f"Your answers to {held.crime.crime_ref} are handed in.",
            lambda: Reading.objects.get(pk=held.pk).version,
        )
        if done:
            return _next(request)
    return crime_page(request, held, form)


def crime_page(request: Any, held: Reading, form: QuestionsForm) -> HttpResponse:
    """Return the page of a crime; that it was read is trailed."""
    sample, crime = held.crime.sample, held.crime
    told = told_to(request, held)
    has_changed = getattr(form, "changed", False)
    if has_changed:
        held.refresh_from_db()
    context = {
        "held": held,
        "crime": crime,
        "sample": sample,
        "form": form,
        "asked": form.asked,
        "keys": KEYS,
        "evidence": told,
        "stratum": strata_of(sample).get(crime.stratum, crime.stratum),
        "period": period_words(sample),
        "force": force_words(sample.force),
        "is_in": held.in_at is not None,
        "out": held.scope_reason,
        "standing": told_answers(form.asked, held.answers) if has_changed else None,
    }
    return show(request, "read.html", context)


def told_to(request: Any, held: Reading) -> Evidence:
    """Return what the record tells of a crime to whoever it was given to, and trail that they read it."""
    sees, reads = may(request.user, "see_victims"), may(request.user, "see_narratives")
    told = evidence_of(settings.HOME, held.crime.crime_ref, held.crime.sample.force, timezone.localdate())
    shown = Evidence(
        {**told.crime, "mo_text": told.crime.get("mo_text") if reads else None} if told.crime else {},
        told.people if sees else (),
        told.events,
        told.duties,
    )
    trail(
        request,
        "sampled_crime_opened",
        "crime",
        [held.crime.crime_ref],
        audit=held.crime.sample.ref,
        names=len(shown.people),
        narrative=bool(shown.crime.get("mo_text")),
    )
    return shown


def _next(request: Any) -> HttpResponse:
    """Go on to the next crime to be read, or back to the list."""
    following = given_to(request.user, {"state": "to_read"}).order_by(*MINE_ORDER).first()
    if following is None:
        return redirect("audit:mine")
    return redirect("audit:read", following.crime_id)


def drafted(held: Reading) -> dict[str, Any]:
    """Return what the reader typed and did not hand in, else what they handed in before."""
    draft = Draft.objects.filter(reading=held).first()
    if draft is not None:
        return {**draft.values, "draft_at": draft.at}
    return typed(held.answers)


def keep_draft(held: Reading, told: Any, number: int = 0) -> None:
    """Keep what was typed; an older one that comes late does not take the place of a newer one."""
    values = {
        plain_text(name, LONGEST_NAME): plain_text(told[name], LONGEST)
        for name in told
        if name not in NOT_TYPED
    }
    standing = Draft.objects.filter(reading=held).first()
    if standing is not None and number and standing.number > number:
        return
    Draft.objects.update_or_create(
        reading=held, defaults={"values": values, "number": number, "at": timezone.now()}
    )


@require_POST
def autosave(request: Any, key: int) -> HttpResponse:
    """Keep a draft that the page sends by itself; answers without a page."""
    held = seen_reading(request, key)
    keep_draft(held, request.POST, whole_number(request.POST.get("number", "")) or 0)
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
def scope(request: Any, key: int) -> HttpResponse:
    """Say that a crime is out of scope."""
    held = seen_reading(request, key)
    if held.crime.state == CrimeState.TO_SETTLE:
        return redirect("audit:settle", key)
    form = ScopeForm(request.POST or None, asked=questionnaire_of(held.crime.sample), version=held.version)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = try_to_save(
            request,
            form,
            lambda: doing.rule_out(
                reading=held.pk, reason=told["reason"], words=told["words"], by=request.user, **form.common
            ),
            f"{held.crime.crime_ref} is handed in as out of scope.",
            lambda: Reading.objects.get(pk=held.pk).version,
        )
        if done:
            return _next(request)
    trail(request, "sampled_crime_opened", "crime", [held.crime.crime_ref], page="scope")
    return show(request, "scope.html", {"held": held, "crime": held.crime, "form": form})
