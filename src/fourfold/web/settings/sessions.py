"""How long somebody stays signed in, and what the browser keeps of it."""

from __future__ import annotations

from fourfold.web.settings.told import PROXY_ENDS_TLS

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
