"""Sign-ins, sign-outs and their failures, told to the trail. What was typed is never kept."""

from __future__ import annotations

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction

from fourfold.web.trail.recording import record


def listen() -> None:
    """Connect the trail to what sign-in says."""
    user_logged_in.connect(_signed_in, dispatch_uid="trail")
    user_logged_out.connect(_signed_out, dispatch_uid="trail")
    user_login_failed.connect(_failed, dispatch_uid="trail")
    user_locked_out.connect(_locked_out, dispatch_uid="trail")
    authentication_failed.connect(_code_failed, dispatch_uid="trail")
    authenticator_added.connect(_factor_added, dispatch_uid="trail")
    password_changed.connect(_password_changed, dispatch_uid="trail")
    authenticator_removed.connect(_factor_removed, dispatch_uid="trail")


def _tell(act: str, by: Any, refs: list[str] | None = None) -> None:
    with transaction.atomic():
        record(act, by=by, subject_kind="user" if refs else "", subject_refs=refs or [])


def _signed_in(sender: Any, user: Any, request: Any = None, **told: Any) -> None:
    ways = [
        f"{one['method']} {one['type']}" if one.get("type") else str(one["method"])
        for one in (get_authentication_records(request, user) if request is not None else [])
    ]
    with transaction.atomic():
        record("signed_in", by=user, detail={"with": ways} if ways else {})


def _signed_out(sender: Any, user: Any, **told: Any) -> None:
    if user is not None:
        _tell("signed_out", user)


def _person_meant(typed: Any) -> list[str]:
    """Return the key of the person whose address was typed, so that an attack on them can be found."""
    found = get_user_model().objects.filter(email__iexact=str(typed or "")).values_list("pk", flat=True)
    return [str(key) for key in found]


def _failed(sender: Any, credentials: dict[str, Any], **told: Any) -> None:
    _tell("sign_in_failed", None, _person_meant(credentials.get("email")))


def _locked_out(sender: Any, username: str | None = None, **told: Any) -> None:
    _tell("locked_out", None, _person_meant(username))


def _code_failed(sender: Any, user: Any, **told: Any) -> None:
    _tell("second_factor_failed", None, [str(user.pk)])


def _factor_added(sender: Any, user: Any, **told: Any) -> None:
    _tell("second_factor_added", user, [str(user.pk)])


def _factor_removed(sender: Any, user: Any, **told: Any) -> None:
    _tell("second_factor_removed", user, [str(user.pk)])


def _password_changed(sender: Any, user: Any, **told: Any) -> None:
    _tell("password_changed", user, [str(user.pk)])
