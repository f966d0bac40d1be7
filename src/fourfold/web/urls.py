"""Every address of the application: sign-in and health here, the rest from each app's own `urls`."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as force_answers
from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from fourfold.web.accounts import force_service, own_password
from fourfold.web.ui import health

handler400 = "fourfold.web.ui.errors.bad_request"
handler403 = "fourfold.web.ui.errors.forbidden"
handler404 = "fourfold.web.ui.errors.not_found"
handler500 = "fourfold.web.ui.errors.went_wrong"

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("sign-in/code-again/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/<str:provider_id>/start/", force_service.login, name="openid_connect_login"),
    path("sign-in/<str:provider_id>/callback/", force_service.callback, name="openid_connect_callback"),
    path("sign-in/force/error/", force_answers.login_error, name="socialaccount_login_error"),
    path("sign-in/force/cancelled/", force_answers.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/password/", own_password.change_password, name="account_change_password"),
    path("account/second-factor/", second_factor.index, name="mfa_index"),
    path("account/second-factor/set-up/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/passkeys/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("account/passkeys/set-up/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("sign-in/passkey-again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/recovery-codes/new/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("metrics", health.metrics, name="metrics"),
    *(
        path(config.prefix, include(f"{config.name}.urls"))
        for config in apps.get_app_configs()
        if hasattr(config, "prefix")
    ),
]
