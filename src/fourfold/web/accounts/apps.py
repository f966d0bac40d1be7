"""The app of people, units and sign-in."""

from __future__ import annotations

from django.apps import AppConfig, apps


class AccountsConfig(AppConfig):
    name = "fourfold.web.accounts"
    label = "accounts"
    verbose_name = "People"
    prefix = ""
    navigation = (("People", "accounts:people"),)

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from fourfold.web.accounts import sign_in_trail
        from fourfold.web.accounts.held import await_return, forget_old
        from fourfold.web.accounts.lines import lines_of_administrator, lines_of_policy
        from fourfold.web.ui.lines import register_lines

        sign_in_trail.listen()
        user_logged_in.connect(
            lambda sender, request, user, **told: await_return(request, user), weak=False, dispatch_uid="held"
        )
        # The hand-over stands above: what it asks from time to time is registered with its app, not imported.
        apps.get_app_config("handover").watches["held forms"] = lambda home: forget_old()
        register_lines("administrator", lines_of_administrator)
        for role in ("administrator", "data_protection"):
            register_lines(role, lines_of_policy)
