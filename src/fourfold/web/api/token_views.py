"""The pages of tokens: one's own, a new one, revoking, and everyone's for who manages people."""

from __future__ import annotations

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fourfold.home import WrongUseError
from fourfold.web.accounts.matrix import shipped_matrix
from fourfold.web.accounts.permission import may
from fourfold.web.api.forms import TokenForm
from fourfold.web.api.models import ApiToken
from fourfold.web.api.tokens import make_token, revoke_token
from fourfold.web.ui.keyset import keyset_page
from fourfold.web.ui.lists import address

NEWEST_FIRST = ("-made_at", "-id")
STATES = {"in_force": ("In force", "green"), "expired": ("Expired", "grey"), "revoked": ("Revoked", "red")}


def _context(request: Any, rows: Any) -> dict[str, Any]:
    listed = keyset_page(rows, NEWEST_FIRST, request.GET.get("page", ""))
    return {
        "listed": listed,
        "earlier": address(request.GET, page=listed.earlier),
        "later": address(request.GET, page=listed.later),
        "states": STATES,
        "act_words": {act.key: act.words for act in shipped_matrix().acts.values()},
    }


@require_safe
def own_tokens(request: Any) -> HttpResponse:
    """List a person's own tokens, newest first."""
    context = _context(request, ApiToken.objects.filter(person=request.user))
    context["made_already"] = request.GET.get("made") == "already"
    return render(request, "api/tokens.html", context)


@require_safe
def all_tokens(request: Any) -> HttpResponse:
    """List everyone's tokens, for who manages people."""
    context = _context(request, ApiToken.objects.select_related("person"))
    context["may_change"] = request.answer.scope == "yes"
    return render(request, "api/all_tokens.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def new_token(request: Any) -> HttpResponse:
    """Make a token and show its text, this once."""
    form = TokenForm(request.POST if request.method == "POST" else None, person=request.user)
    if request.method == "POST" and form.is_valid():
        by_service = any(
            told.get("method") == "socialaccount"
            for told in get_authentication_records(request, request.user)
        )
        try:
            made = make_token(by=request.user, by_force_service=by_service, **form.cleaned_data)
        except WrongUseError as error:
            form.add_error(None, str(error))
        else:
            if made is None:
                return redirect(f"{reverse('api:tokens')}?made=already")
            return render(request, "api/token_made.html", {"made": made})
    return render(request, "api/new_token.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: Any, key: int) -> HttpResponse:
    """Ask, then end a token: one's own, or anyone's for who manages people."""
    token = get_object_or_404(ApiToken.objects.select_related("person"), pk=key)
    is_own = token.person_id == request.user.pk
    if not is_own and may(request.user, "manage_people").scope != "yes":
        raise Http404
    back = "api:tokens" if is_own else "api:all_tokens"
    if request.method == "POST":
        revoke_token(token=token, by=request.user)
        return redirect(back)
    return render(request, "api/revoke_token.html", {"token": token, "back": back, "is_own": is_own})
