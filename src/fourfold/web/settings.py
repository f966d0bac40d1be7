"""Django's settings, all drawn from the home (`FOURFOLD_HOME`) and its `fourfold.toml`."""

from __future__ import annotations

import os
import secrets
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF

from fourfold.home import CouldNotRunError, Home, WrongUseError

HOME = Home.choose()


def setting(key: str) -> str:
    """Return a setting's value, the environment before the file; empty where it is not set."""
    told = os.environ.get(f"FOURFOLD_{key.upper()}")
    return told if told is not None else HOME.settings.get(key, "")


def secret(name: str) -> str:
    """Return a secret kept in the home, made at first use and readable by its owner alone."""
    path = HOME.path / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise CouldNotRunError(
            f"The secret {name} cannot be written in {HOME.path}: {error.strerror}.",
            "Make the folder, or name another home with FOURFOLD_HOME.",
        ) from error
    made = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made + "\n")
    return made


SAFE_WAL = (3, 51, 3)
"""The first SQLite library whose write-ahead log cannot corrupt a database that several processes write."""


def sqlite_database(path: Path) -> dict[str, Any]:
    """Return Django's words for the register in a file.

    Transactions begin by taking the write lock, so that two writers wait for each other (30 s) in place
    of failing half-way.
    """
    journal = "WAL" if sqlite3.sqlite_version_info >= SAFE_WAL else "DELETE"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL;",
        },
    }


def postgresql_database(address: str) -> dict[str, Any]:
    """Return Django's words for `postgresql://person:password@host:port/name?sslmode=require`."""
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise WrongUseError(
            "The setting database is not an address of PostgreSQL.",
            "Write it as postgresql://person:password@host:5432/name, or leave it out for SQLite.",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


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


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


FORCE_NAME = setting("force_name")
PROXY_ENDS_TLS = setting("proxy") == "https"
MADE_UP = setting("made_up").lower() == "true"
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
BOUND_TO_LOOPBACK = os.environ.get("FOURFOLD_BOUND_TO", "127.0.0.1") in ("127.0.0.1", "localhost", "::1")
# Without a second factor only where nothing is real and nobody outside this machine can reach it.
SECOND_FACTOR_IS_OFF = MADE_UP and BOUND_TO_LOOPBACK and not PROXY_ENDS_TLS
METRICS_TOKEN = setting("metrics_token")

SECRET_KEY = secret("secret.key")
TRAIL_KEY = secret("trail.key").encode("ascii")
DEBUG = False
ALLOWED_HOSTS = [*LOOPBACK_HOSTS, *(host for host in setting("web_hosts").replace(",", " ").split())]
ROOT_URLCONF = "fourfold.web.urls"
WSGI_APPLICATION = "fourfold.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

DESKS: tuple[str, ...] = (
    "victim_care", "victims_code", "audit", "fraud", "business", "intake", "papers", "rules",
)  # fmt: skip
"""The apps of the desks, in the order of the navigation; none imports another."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    # What desks register with stands before them, so that it is there when they do.
    "fourfold.web.ui.apps.UiConfig",
    "fourfold.web.handover.apps.HandoverConfig",
    "fourfold.web.exports.apps.ExportsConfig",
    "fourfold.web.today.apps.TodayConfig",
    *(f"fourfold.web.{desk}" for desk in DESKS),
    "fourfold.web.api.apps.ApiConfig",
    "fourfold.web.trail.apps.TrailConfig",
    "fourfold.web.accounts.apps.AccountsConfig",
]

MIDDLEWARE = [
    "fourfold.web.ui.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fourfold.web.ui.headers.private_pages",
    "fourfold.web.accounts.session.keep_session",
    "allauth.account.middleware.AccountMiddleware",
    "fourfold.web.accounts.bringing_back.bring_back",
    "fourfold.web.access.AccessMiddleware",
    "axes.middleware.AxesMiddleware",
]

DATABASES = {
    "default": postgresql_database(setting("database"))
    if setting("database")
    else sqlite_database(HOME.path / "register.sqlite3")
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "fourfold.web.ui.environment.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "fourfold.web.accounts.page.page",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

STATIC_URL = "/static/"
STATIC_ROOT = HOME.path / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

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

# Sessions: half an hour without a request, then out; the pages warn five minutes before.
SESSION_COOKIE_AGE = 30 * 60
SESSION_WARNING_SECONDS = 5 * 60
SESSION_COOKIE_NAME = "fourfold_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PROXY_ENDS_TLS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = PROXY_ENDS_TLS
CSRF_FAILURE_VIEW = "fourfold.web.accounts.asking_to_sign_in.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers: nothing from another host, nothing inline but what carries this response's nonce.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        # A sign-in form that is answered by sending the browser on must name where it is sent.
        "form-action": [SELF, *([_origin(OIDC_SERVER)] if OIDC_IS_ON else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PROXY_ENDS_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

# Uploads: a form of 2 MB and 500 fields; a desk that takes files sets its own limit of rows and kinds.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_TEMP_DIR = HOME.path / "handed-in" / "arriving"
FILE_UPLOAD_HANDLERS = [
    "fourfold.web.intake.uploading.GuardedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
UPLOAD_LARGEST_BYTES = 200 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"impersonal": {"()": "fourfold.web.ui.logs.Impersonal"}},
    "formatters": {"lines": {"()": "fourfold.web.ui.logs.JsonLines"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["impersonal"]},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # axes and Django's security log name people and what they typed: the trail tells of sign-ins.
        "axes": {"handlers": ["nowhere"], "propagate": False},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["nowhere"], "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
    },
}
