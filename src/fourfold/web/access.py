"""Which acts every page needs, and the one door that asks before any page answers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from fourfold.policy import OwnPolicyError
from fourfold.web.accounts.asking_to_sign_in import to_sign_in
from fourfold.web.accounts.held import hold, page_of
from fourfold.web.accounts.permission import Answer, NotAllowedError, may, may_mend_policy, standing_matrix
from fourfold.web.accounts.reasons import reason_given
from fourfold.web.accounts.second_factor import has_second_factor
from fourfold.web.trail.recording import record
from fourfold.web.ui.access import LEAVING, OPEN, SIGNED_IN, Access
from fourfold.web.ui.errors import not_found, policy_fault, refused

log = logging.getLogger("fourfold.web.access")

SHARED: Mapping[str, Access] = {
    "account_login": OPEN,
    "account_logout": LEAVING,
    "account_inactive": OPEN,
    "account_reauthenticate": LEAVING,
    "account_change_password": LEAVING,
    "mfa_authenticate": OPEN,
    "mfa_index": LEAVING,
    "mfa_reauthenticate": LEAVING,
    "mfa_activate_totp": LEAVING,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_list_webauthn": LEAVING,
    "mfa_add_webauthn": LEAVING,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": LEAVING,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "openid_connect_login": OPEN,
    "openid_connect_callback": OPEN,
    "socialaccount_login_error": OPEN,
    "socialaccount_login_cancelled": OPEN,
    "health_live": OPEN,
    "health_ready": OPEN,
    "metrics": OPEN,
}
"""The pages of sign-in and of those who watch the machine; each app registers its own beside its URLs."""


@lru_cache(maxsize=1)
def registered() -> Mapping[str, Access]:
    """Return every page's access by view name: the shared ones and `ACCESS` of each app's `urls`.

    Raises WrongUseError, at start, for an act that the matrix does not know.
    """
    found = dict(SHARED)
    for config in apps.get_app_configs():
        if hasattr(config, "prefix"):
            found.update(import_module(f"{config.name}.urls").ACCESS)
    for access in found.values():
        if access.act:
            standing_matrix().act(access.act)
    return found


def allows_role(access: Access, role: str) -> bool:
    """Return whether a person with this role alone is let in to a page: what the register expects."""
    if not access.act:
        return True
    return access.allows(Answer(access.act, standing_matrix().act(access.act).scopes[role], ""))


class AccessMiddleware:
    """Lets a request through to its page only where the register says so, and trails what it refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Any, args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Return None to let the page answer, or the answer that stands in its place."""
        try:
            return self._let_through(request)
        except OwnPolicyError as error:
            return policy_at_fault(request, error)

    def _let_through(self, request: Any) -> HttpResponse | None:
        access = registered().get(request.resolver_match.view_name)
        if access is None:
            raise Http404
        if access.is_open:
            return None
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if not access.before_second_factor and not has_second_factor(request):
            return redirect("mfa_activate_totp")
        request.why = reason_given(request, access.act)
        if access.act:
            return self._ask(request, access)
        return None

    def _ask(self, request: Any, access: Access) -> HttpResponse | None:
        request.answer = may(request.user, access.act, why=request.why)
        if not access.allows(request.answer):
            is_hidden = standing_matrix().act(access.act).is_hidden_when_denied
            return deny(request, NotAllowedError(request.answer, is_hidden))
        if request.answer.needs_reason:
            # A reason runs out in the middle of a form, too: what was typed waits until it is given again.
            page = request.get_full_path() if hold(request) is None else page_of(request)
            asked = urlencode({"act": access.act, "next": page})
            return redirect(f"{reverse('accounts:reason')}?{asked}")
        return None

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        """Turn the refusal of an act inside a page into 404 or 403, and trail it; say what policy keeps a page away."""
        if isinstance(exception, OwnPolicyError):
            return policy_at_fault(request, exception)
        if not isinstance(exception, NotAllowedError):
            return None
        return deny(request, exception)


def policy_at_fault(request: Any, error: OwnPolicyError) -> HttpResponse:
    """Return the page of a force whose own policy cannot be used: what is wrong, to those who may mend it.

    Who that is goes by the shipped matrix: the force's own may be what is at fault. Nothing was saved.
    """
    log.error("the force's own policy cannot be used")
    return policy_fault(str(error) if may_mend_policy(request.user) else "")


def deny(request: Any, refusal: NotAllowedError) -> HttpResponse:
    """Trail a refusal and return what the person is shown."""
    match = request.resolver_match
    with transaction.atomic():
        record(
            "access_denied",
            by=request.user,
            subject_kind="page",
            subject_refs=[str(value) for value in match.kwargs.values()],
            detail={"page": match.view_name, "act": refusal.answer.act, "method": request.method},
        )
    if refusal.is_hidden:
        return not_found(request)
    return refused(request, standing_matrix().act(refusal.answer.act).words)
