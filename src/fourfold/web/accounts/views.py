"""Pages about people: the list, one person, adding; and the session's own pages."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from fourfold.home import WrongUseError
from fourfold.web.accounts import people
from fourfold.web.accounts.forms import (
    OfficerRefForm,
    PasswordForm,
    PeopleFilterForm,
    PersonForm,
    ReasonForm,
    RoleForm,
    UnitForm,
)
from fourfold.web.accounts.models import Membership, Unit, User
from fourfold.web.accounts.permission import may, standing_matrix
from fourfold.web.accounts.reasons import keep_reason
from fourfold.web.accounts.second_factor import KINDS
from fourfold.web.trail.recording import record
from fourfold.web.ui.keyset import keyset_page
from fourfold.web.ui.lists import address, chosen_sort, filter_tags, headings

COLUMNS = (("name", "Name"), ("email", "Email address"), ("", "Roles"), ("added_at", "Added"), ("", "State"))
ORDERS = {
    order: [order, f"{'-' if order.startswith('-') else ''}id"]
    for column in ("name", "email", "added_at")
    for order in (column, f"-{column}")
}


def _chosen(form: PeopleFilterForm) -> QuerySet[User]:
    found = User.objects.prefetch_related("memberships__unit")
    if not form.is_valid():
        return found.none()
    asked = form.cleaned_data
    if asked["q"]:
        found = found.filter(Q(name__icontains=asked["q"]) | Q(email__icontains=asked["q"]))
    held = {name: asked[name] for name in ("role", "unit") if asked[name]}
    if held:
        found = found.filter(pk__in=Membership.objects.filter(**held).values("person_id"))
    if asked["state"]:
        found = found.filter(is_active=asked["state"] == "active")
    return found


@require_safe
def people_list(request: Any) -> HttpResponse:
    """List people, filtered, sorted, a page at a time."""
    form = PeopleFilterForm(request.GET)
    sort = chosen_sort(request.GET, ORDERS, "name")
    listed = keyset_page(_chosen(form), ORDERS[sort], request.GET.get("page", ""))
    return render(
        request,
        "accounts/people.html",
        {
            "form": form,
            "tags": filter_tags(form, request.GET),
            "headings": headings(COLUMNS, request.GET, sort),
            "listed": listed,
            "earlier": address(request.GET, page=listed.earlier),
            "later": address(request.GET, page=listed.later),
            "may_change": request.answer.scope == "yes",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Any) -> HttpResponse:
    """Add a person with their first role."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = people.add_person(by=request.user, **form.cleaned_data)
        except WrongUseError as error:
            form.add_error("email", str(error))
        else:
            return redirect("accounts:person", person.pk)
    return render(request, "accounts/add.html", {"form": form, "has_units": Unit.objects.exists()})


@require_safe
def person(request: Any, key: int) -> HttpResponse:
    """Show one person: their roles, their state, what can be changed."""
    return _person_page(request, get_object_or_404(User, pk=key))


def _person_page(request: Any, shown: User, form: Any = None, **more: Any) -> HttpResponse:
    context = {
        "shown": shown,
        "memberships": shown.memberships.select_related("unit"),
        "form": form or RoleForm(),
        "officer_form": OfficerRefForm(initial={"officer_ref": shown.officer_ref}),
        "has_second_factor": Authenticator.objects.filter(user=shown, type__in=KINDS).exists(),
        "may_change": request.answer.scope == "yes" and shown.pk != request.user.pk,
        "is_own": shown.pk == request.user.pk,
    }
    return render(request, "accounts/person.html", context | more)


@require_http_methods(["POST"])
def give_role(request: Any, key: int) -> HttpResponse:
    """Give the person a role."""
    shown = get_object_or_404(User, pk=key)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _person_page(request, shown, form)
    try:
        people.give_role(person=shown, by=request.user, **form.cleaned_data)
    except WrongUseError as error:
        form.add_error(None, str(error))
        return _person_page(request, shown, form)
    return redirect("accounts:person", shown.pk)


@require_http_methods(["POST"])
def officer_ref(request: Any, key: int) -> HttpResponse:
    """Say who the person is in the crime system."""
    shown = get_object_or_404(User, pk=key)
    form = OfficerRefForm(request.POST)
    if form.is_valid():
        try:
            people.set_officer_ref(person=shown, by=request.user, **form.cleaned_data)
        except WrongUseError as error:
            form.add_error("officer_ref", str(error))
        else:
            return redirect("accounts:person", shown.pk)
    return _person_page(request, shown, officer_form=form)


CHANGES = {
    "deactivate": (
        "Stop this person signing in",
        "They are signed out at their next request. Nothing is deleted.",
    ),
    "reactivate": ("Let this person sign in again", "They have the roles they had."),
    "second-factor": (
        "Take away this person's second factor",
        "Do this when a phone is lost, after you have made sure who is asking. They set up a new one at sign-in.",
    ),
    "role": ("Take this role away", "It ends at the person's next request."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Any, key: int, what: str, membership: int | None = None) -> HttpResponse:
    """Ask for confirmation of one change, then make it."""
    shown = get_object_or_404(User, pk=key)
    held = get_object_or_404(Membership, pk=membership, person=shown) if membership else None
    if what not in CHANGES or (what == "role") != (held is not None):
        raise Http404
    question, meaning = CHANGES[what]
    fault = ""
    if request.method == "POST":
        try:
            _make_change(what, shown, held, request.user)
        except WrongUseError as error:
            fault = str(error)
        else:
            return redirect("accounts:person", shown.pk)
    facts = {
        "shown": shown,
        "held": held,
        "question": question,
        "meaning": meaning,
        "what": what,
        "fault": fault,
    }
    return render(request, "accounts/change.html", facts)


def _make_change(what: str, shown: User, held: Membership | None, by: User) -> None:
    if held is not None:
        people.take_role(membership=held, by=by)
    elif what == "second-factor":
        people.take_second_factor(person=shown, by=by)
    else:
        people.set_active(person=shown, is_active=what == "reactivate", by=by)


@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: Any, key: int) -> HttpResponse:
    """Give another person a new password."""
    shown = get_object_or_404(User, pk=key)
    form = PasswordForm(request.POST or None, person=shown)
    if request.method == "POST" and form.is_valid():
        try:
            people.set_password(person=shown, password=form.cleaned_data["password"], by=request.user)
        except WrongUseError as error:
            form.add_error("password", str(error))
        else:
            return redirect("accounts:person", shown.pk)
    return render(request, "accounts/password_for.html", {"form": form, "shown": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def units(request: Any) -> HttpResponse:
    """List the units and add one."""
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.add_unit(name=form.cleaned_data["name"], by=request.user)
        except WrongUseError as error:
            form.add_error("name", str(error))
        else:
            return redirect("accounts:units")
    return render(request, "accounts/units.html", {"form": form, "units": Unit.objects.all()})


@require_http_methods(["GET", "HEAD", "POST"])
def reason(request: Any) -> HttpResponse:
    """Ask for the reason that an act needs, keep it for a while, and go on to the page."""
    act = request.GET.get("act", "")
    if act not in standing_matrix().acts or not may(request.user, act).needs_reason:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        keep_reason(request, act, why)
        with transaction.atomic():
            record(
                "reason_given", by=request.user, answer=may(request.user, act), why=why, detail={"act": act}
            )
        return redirect(_safe_next(request))
    words = standing_matrix().act(act).words
    return render(request, "accounts/reason.html", {"form": form, "words": words})


def _safe_next(request: Any) -> str:
    asked = request.GET.get("next", "/")
    is_safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=False)
    return asked if is_safe else "/"


@require_GET
def session_ending(request: Any) -> HttpResponse:
    """Warn that the session is about to end; opening this page at the warning time leaves five minutes."""
    return render(request, "accounts/session_ending.html", {"next": _safe_next(request)})


@require_http_methods(["POST"])
def stay(request: Any) -> HttpResponse:
    """Keep the session: any request does, and this one says where to go on."""
    request.session["seen_at"] = 0
    return redirect(_safe_next(request))


@require_safe
def account(request: Any) -> HttpResponse:
    """Show a person their own account: roles, password, second factor."""
    facts = {
        "memberships": request.user.memberships.select_related("unit"),
        "may_export": may(request.user, "export_rows").scope != "no",
    }
    return render(request, "accounts/account.html", facts)


@require_safe
def signed_out(request: Any) -> HttpResponse:
    """Say that the person is signed out."""
    return render(request, "accounts/signed_out.html")


def locked_out(request: Any, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """Return the page of an account that is locked for a while after too many failures."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
