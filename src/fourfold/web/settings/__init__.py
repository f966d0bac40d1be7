"""Django's settings, all drawn from the home (`FOURFOLD_HOME`) and its `fourfold.toml`; a module for each subject."""

from __future__ import annotations

from fourfold.web.settings.database import *
from fourfold.web.settings.headers import *
from fourfold.web.settings.logs import *
from fourfold.web.settings.sessions import *
from fourfold.web.settings.sign_in import *
from fourfold.web.settings.told import *
from fourfold.web.settings.told import HOME, LOOPBACK_HOSTS, secret, setting
from fourfold.web.settings.uploads import *

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
