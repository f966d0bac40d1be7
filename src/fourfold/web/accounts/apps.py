"""The app of people, units and sign-in."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "fourfold.web.accounts"
    label = "accounts"
    verbose_name = "People"
    prefix = ""
    navigation = (("People", "accounts:people"),)

    def ready(self) -> None:
        from fourfold.web.accounts import sign_in_trail
        from fourfold.web.accounts.lines import lines_of_administrator
        from fourfold.web.ui.lines import register_lines

        sign_in_trail.listen()
        register_lines("administrator", lines_of_administrator)
