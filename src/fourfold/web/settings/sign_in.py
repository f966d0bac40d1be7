"""Who may come in: passwords, the second factor, the force's own sign-in service, lock-out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from fourfold.home import WrongUseError
from fourfold.web.settings.told import setting


def sign_in_service(address: str) -> str:
    """Return the address of the force's sign-in service; raises WrongUseError for one that can be listened to."""
    parts = urlsplit(address)
    is_here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    if address and not (parts.scheme == "https" and parts.netloc) and not is_here:
        raise WrongUseError(
            "The setting oidc_server is not an address that begins with https.",
            "Write the address at which the force's sign-in service answers, with https://.",
        )
    return address


# Sign-in: allauth asks, axes locks out, the second factor is a time-based code (RFC 6238) or a passkey (WebAuthn).
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# Argon2id, the first choice of the Password Hashing Competition, 2015: hard to guess by hardware made for it, and checked in a
# part of the time. A password kept by the hasher before is checked by it once more, and kept anew at the next sign-in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "fourfold.web.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/signed-out/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# axes counts failures by person, in the database; the second factor keeps allauth's own limit.
ACCOUNT_RATE_LIMITS = {"login": False, "login_failed": "5/15m/key"}
MFA_ADAPTER = "fourfold.web.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Fourfold"
# A code that changes while it is typed or sent still counts: one step, as RFC 6238 (5.2) has it.
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "fourfold.web.accounts.adapters.ForceServiceAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
OIDC_NAME = setting("oidc_name") or "your force account"
OIDC_SERVER = sign_in_service(setting("oidc_server"))
OIDC_IS_ON = bool(OIDC_SERVER and setting("oidc_client_id"))
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "force",
                "name": OIDC_NAME,
                "client_id": setting("oidc_client_id"),
                "secret": setting("oidc_client_secret"),
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
        if OIDC_IS_ON
        else [],
    }
}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
# Counting by address too would let someone with many addresses try one person's password without end.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_USERNAME_CALLABLE = "fourfold.web.accounts.lock_out.person_tried"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "fourfold.web.accounts.views.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
