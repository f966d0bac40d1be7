"""How allauth is bent to a force: nobody signs themselves up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.shortcuts import render

from fourfold.web.accounts.sealing import cipher
from fourfold.web.accounts.second_factor import is_freshly_signed_in
from fourfold.web.trail.recording import record

SEALED_FOR = "second factors"


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


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keys of second factors are encrypted in the database, with a key that lies in the home."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Incorrect code or passkey. Try again, or use a recovery code.",
    }

    def encrypt(self, text: str) -> str:
        return cipher(SEALED_FOR).encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Return the key; one that was written before keys were encrypted is returned as it stands."""
        try:
            return cipher(SEALED_FOR).decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return encrypted_text

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Return what a passkey is called where its person gives no name."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        told: dict[str, str] = super().get_public_key_credential_rp_entity() | {"name": "Fourfold"}
        return told


class ForceServiceAdapter(DefaultSocialAccountAdapter):
    """A person known by the force's own sign-in service comes in only if the administrator added them."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """The force's own service vouches for the addresses it gives, unless it says that it does not."""
        return True

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        """Trail whom the service vouched for and who may not come in; refuse an address it does not vouch for."""
        told = sociallogin.account.extra_data
        claims = told.get("userinfo") or told.get("id_token") or {}
        if claims.get("email_verified") is False:
            _tell_refused("the service does not vouch for the address", sociallogin)
            raise ImmediateHttpResponse(
                render(request, "socialaccount/authentication_error.html", status=403)
            )
        if not sociallogin.is_existing:
            _tell_refused("not on the list of people", sociallogin)
        elif not sociallogin.user.is_active:
            _tell_refused("may not sign in", sociallogin)

    def on_authentication_error(self, request: Any, provider: Any, **told: Any) -> None:
        """Trail a sign-in that the service did not vouch for, without its words."""
        with transaction.atomic():
            record("sign_in_failed", by=None, detail={"by": "the force's service"})


def _tell_refused(why: str, sociallogin: Any) -> None:
    refs = [str(sociallogin.user.pk)] if sociallogin.is_existing else []
    with transaction.atomic():
        record(
            "sign_in_refused",
            by=None,
            subject_kind="user" if refs else "",
            subject_refs=refs,
            detail={"by": "the force's service", "because": why},
        )
