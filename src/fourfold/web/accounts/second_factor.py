"""Whether a person signed in with something beside a password."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

FRESH_SECONDS = 300

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes stand in for one, and are none by themselves."""


def is_freshly_signed_in(request: Any) -> bool:
    """Return whether the person gave a password or a code in the last 5 minutes."""
    if not request.user.is_authenticated:
        return False
    told = get_authentication_records(request, request.user)
    return any(time.time() - one["at"] < FRESH_SECONDS for one in told)


def has_second_factor(request: Any) -> bool:
    """Return whether this session may go on: the factor is off, set up, or asked by the force's own service."""
    if settings.SECOND_FACTOR_IS_OFF:
        return True
    if any(
        told.get("method") == "socialaccount" for told in get_authentication_records(request, request.user)
    ):
        return True
    return bool(is_mfa_enabled(request.user, KINDS))
