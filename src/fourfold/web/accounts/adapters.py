"""How allauth is bent to a force: nobody signs themselves up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

from fourfold.web.accounts.second_factor import is_freshly_signed_in


class AccountAdapter(DefaultAccountAdapter):
    """People are added by the administrator."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is wrong.",
        "too_many_login_attempts": "There were too many attempts. Wait 15 minutes, then try again.",
    }

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        """Count nothing here: axes counts wrong passwords by person, in the database, for every process."""
        self._login_failed_rl_usage = None

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask for the password again before sign-in is changed, but not in the minutes after it was given."""
        return not is_freshly_signed_in(self.request)

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the pages that follow say what happened."""


class ForceServiceAdapter(DefaultSocialAccountAdapter):
    """A person known by the force's own sign-in service comes in only if the administrator added them."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """The force's own service vouches for the addresses it gives."""
        return True
