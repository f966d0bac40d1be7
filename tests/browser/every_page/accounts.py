"""Every page, state and task of people, sign-in and one's own account."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from every_page import ERROR, ORDINARY, REFUSED, Desk, Task, Visit, press

LONG = "Bartholomew Maximilian Fitzgerald Featherstonehaugh-Cholmondeley-Wriothesley"
TOTP_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WHO = "administrator"


def fill(home: Any, hands: Sequence[str]) -> Mapping[str, Any]:
    """Make people with long names and other scripts, one with every second factor, and one for each hand to change."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    from fourfold.web.accounts.demo import demo_password
    from fourfold.web.accounts.models import Membership, Unit, User

    unit, password = Unit.objects.get(code="intelligence"), demo_password(home)

    def add(name: str, email: str) -> Any:
        person = User.objects.create_user(f"{email}@demo.example", name, password)
        Membership.objects.create(person=person, unit=unit, role="analyst")
        return person

    long, right_to_left = add(LONG, "long-name-" * 5), add("نور الهدى 👩‍👧", "nur")
    holder = add("Holder of every factor", "factors")
    add("Tester of passwords", "tested")
    TOTP.activate(holder, TOTP_KEY)
    RecoveryCodes.activate(holder)
    add("Holder of a passkey", "keys")
    inactive = add("Left the force", "left")
    inactive.is_active = False
    inactive.save()
    made: dict[str, Any] = {
        "long_person": long.pk, "rtl_person": right_to_left.pk, "holder": holder.pk,
        "inactive": inactive.pk, "long_role": long.memberships.get().pk, "password": password,
    }  # fmt: skip
    for number, hand in enumerate(hands):
        made |= {
            f"{hand}|new_name": f"Zoë Ødegård {number}",
            f"{hand}|new_email": f"zoe{number}@force.example",
        }
        made |= {f"{hand}|new_unit": f"Unit of hand {number}", f"{hand}|own": f"own{number}@demo.example"}
        add(f"Owner {number}", f"own{number}")
    return made


def add_and_change_a_person(hand: Any, made: Any) -> None:
    hand.press("link", "People")
    hand.press("link", "Units", "main")
    hand.write("Name of the unit", made["new_unit"])
    hand.press("button", "Add unit")
    hand.says(made["new_unit"])
    hand.press("link", "People", "main")
    hand.press("button", "Add a person")
    hand.write("Full name", made["new_name"])
    hand.write("Email address", made["new_email"])
    hand.write("First password", "is-long-enough-for-all")
    hand.pick("Role", "Analyst")
    hand.pick("Unit", made["new_unit"])
    hand.press("button", "Add person")
    hand.pick("Role", "Auditor")
    hand.pick("Unit", made["new_unit"])
    hand.press("button", "Give role")
    hand.says("Auditor")
    hand.press_first("link", "main ul.govuk-list li:has-text('Auditor')")
    hand.press("button", "Take this role away")
    reference = f"K-{type(hand).__name__}"
    hand.write("Officer reference", reference)
    hand.press("button", "Save reference")
    hand.says(reference)
    hand.press("link", "Set a new password", "main")
    hand.write("New password", "another-long-password")
    hand.press("button", "Set password")
    hand.press("link", "Stop this person signing in", "main")
    hand.press("button", "Stop this person signing in")
    hand.says("Inactive")


def see_with_a_reason(hand: Any, made: Any) -> None:
    hand.page.goto(f"{hand.address}/victim-care/")
    hand.write("Why do you need to see this?", "Subject access request 12 of 2026")
    hand.press("button", "Go on")
    assert hand.page.url == f"{hand.address}/victim-care/"


def change_own_sign_in(hand: Any, made: Any) -> None:
    """Sign out, sign in as somebody else, change the password, set up a second factor and take it away again."""
    from test_browser_sign_in import code_of

    hand.press("link", "Sign out")
    hand.press("button", "Sign out")
    hand.page.goto(f"{hand.address}/sign-in/")
    hand.write("Email address", made["own"])
    hand.write("Password", made["password"])
    hand.press("button", "Sign in")
    hand.press("link", "Your account")
    hand.press("link", "Change your password", "main")
    hand.write("Your password now", made["password"])
    hand.write("New password, 12 characters or more", "a-new-and-long-password")
    hand.write("New password again", "a-new-and-long-password")
    hand.press("button", "Change password")
    hand.page.goto(f"{hand.address}/account/second-factor/")
    hand.press("button", "Set up an authenticator app")
    key = hand.page.locator("[data-totp-key]").inner_text()
    hand.write("6-digit code", code_of(key, time.time()))
    hand.press("button", "Set up")
    assert hand.page.get_by_role("heading", level=1).inner_text() == "Your recovery codes"
    code = hand.page.locator(".ff-codes code").first.inner_text()
    hand.page.goto(f"{hand.address}/account/second-factor/")
    hand.press("link", "Make new recovery codes", "main")
    hand.press("button", "Make new codes")
    assert code not in hand.page.inner_text("main")
    hand.page.goto(f"{hand.address}/account/second-factor/")
    hand.press("link", "Remove your authenticator app", "main")
    hand.press("button", "Remove")
    hand.says("It is not set up.")


def _sign_in_as(page: Any, email: str, password: str) -> None:
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def _wrong_password(page: Any) -> None:
    _sign_in_as(page, "tested@demo.example", "not-the-password")


def _locked(page: Any) -> None:
    for _ in range(6):
        page.goto(page.url)
        _sign_in_as(page, "tested@demo.example", "not-the-password")


PERSON = "/people/{long_person}/"
SECOND = "/account/second-factor/"
CHANGES = (("deactivate", "long_person"), ("second-factor", "holder"), ("reactivate", "inactive"))
NOBODY = ""
HOLDER, KEYS = "factors", "keys"
"""People with an authenticator app and recovery codes, and with a passkey, which belongs to a named host."""

DESK = Desk(
    visits=[
        Visit("accounts:people", ORDINARY, WHO, "/people/", LONG),
        Visit("accounts:people", "empty", WHO, "/people/?q=nobody-at-all", "Nobody on the list is like that"),
        Visit("accounts:people", ERROR, WHO, "/people/?state=banana", "There is a problem"),
        Visit("accounts:people", "only read", "data-protection", "/people/"),
        Visit("accounts:people", REFUSED, "analyst", "/people/", status=403),
        Visit("accounts:add", ORDINARY, WHO, "/people/add/"),
        Visit("accounts:add", ERROR, WHO, "/people/add/", "There is a problem", press("Add person")),
        Visit("accounts:person", ORDINARY, WHO, PERSON),
        Visit("accounts:person", "right to left", WHO, "/people/{rtl_person}/"),
        Visit("accounts:person", "inactive", WHO, "/people/{inactive}/", "Inactive"),
        Visit("accounts:person", "only read", "data-protection", PERSON),
        Visit("accounts:give_role", ERROR, WHO, PERSON, "There is a problem", press("Give role")),
        Visit("accounts:take_role", ORDINARY, WHO, f"{PERSON}role/{{long_role}}/"),
        Visit("accounts:set_password", ORDINARY, WHO, f"{PERSON}password/"),
        Visit("accounts:set_password", ERROR, WHO, f"{PERSON}password/", "There is a problem", press("Set password")),
        *(
            Visit("accounts:change", ORDINARY if what == "deactivate" else what, WHO, f"/people/{{{who}}}/change/{what}/")
            for what, who in CHANGES
        ),
        Visit("accounts:units", ORDINARY, WHO, "/units/"),
        Visit("accounts:units", ERROR, WHO, "/units/", "There is a problem", press("Add unit")),
        Visit("accounts:account", ORDINARY, WHO, "/account/"),
        Visit("accounts:reason", ORDINARY, "data-protection", "/reason/?act=see_narratives"),
        Visit("accounts:reason", ERROR, "data-protection", "/reason/?act=see_narratives", "There is a problem", press("Go on")),
        Visit("accounts:session_ending", ORDINARY, WHO, "/session/ending/"),
        Visit("accounts:signed_out", ORDINARY, NOBODY, "/signed-out/"),
        Visit("account_login", ORDINARY, NOBODY, "/sign-in/"),
        Visit("account_login", "session ended", NOBODY, "/sign-in/?ended=1", "You were signed out"),
        Visit("account_login", "form held", NOBODY, "/sign-in/?held=1", "What you typed is kept"),
        Visit("account_login", ERROR, NOBODY, "/sign-in/", "There is a problem", _wrong_password),
        Visit("account_login", "locked", NOBODY, "/sign-in/", "This account is locked", _locked),
        Visit("account_logout", ORDINARY, WHO, "/sign-out/"),
        Visit("account_inactive", ORDINARY, NOBODY, "/sign-in/inactive/"),
        Visit("account_reauthenticate", ORDINARY, WHO, "/sign-in/again/"),
        Visit("account_reauthenticate", ERROR, WHO, "/sign-in/again/", "There is a problem", press("Go on")),
        Visit("account_change_password", ORDINARY, WHO, "/account/password/"),
        Visit("account_change_password", ERROR, WHO, "/account/password/", "There is a problem", press("Change password")),
        Visit("mfa_authenticate", ORDINARY, NOBODY, "/sign-in/", "recovery code",
              lambda page: _sign_in_as(page, "factors@demo.example", page.password)),
        Visit("mfa_authenticate", ERROR, NOBODY, "/sign-in/", "There is a problem",
              lambda page: (_sign_in_as(page, "factors@demo.example", page.password),
                            page.get_by_label("6-digit code").fill("12"), press("Sign in")(page))),
        Visit("mfa_index", ORDINARY, WHO, SECOND, "It is not set up"),
        Visit("mfa_index", "app and codes", HOLDER, SECOND, "Make new recovery codes"),
        Visit("mfa_activate_totp", ORDINARY, WHO, f"{SECOND}set-up/"),
        Visit("mfa_activate_totp", ERROR, WHO, f"{SECOND}set-up/", "There is a problem", press("Set up")),
        Visit("mfa_index", "passkey", KEYS, SECOND, "مفتاح العمل"),
        Visit("mfa_deactivate_totp", ORDINARY, HOLDER, f"{SECOND}remove/"),
        Visit("mfa_reauthenticate", ORDINARY, HOLDER, "/sign-in/code-again/"),
        Visit("mfa_reauthenticate", ERROR, HOLDER, "/sign-in/code-again/", "There is a problem", press("Go on")),
        Visit("mfa_reauthenticate_webauthn", ORDINARY, KEYS, "/sign-in/passkey-again/"),
        Visit("mfa_add_webauthn", ORDINARY, WHO, "/account/passkeys/set-up/"),
        Visit("mfa_edit_webauthn", ORDINARY, KEYS, SECOND, "Rename a passkey", press("Rename مفتاح العمل", "link")),
        Visit("mfa_edit_webauthn", ERROR, KEYS, SECOND, "There is a problem",
              lambda page: (press("Rename مفتاح العمل", "link")(page), page.get_by_label("Name of this passkey").fill(""),
                            press("Save name")(page))),
        Visit("mfa_remove_webauthn", ORDINARY, KEYS, SECOND, "مفتاح العمل", press("Remove مفتاح العمل", "link")),
        Visit("mfa_view_recovery_codes", ORDINARY, HOLDER, "/account/recovery-codes/"),
        Visit("mfa_generate_recovery_codes", ORDINARY, HOLDER, "/account/recovery-codes/new/"),
        Visit("openid_connect_login", ORDINARY, NOBODY, "/sign-in/force/start/"),
        Visit("openid_connect_callback", ERROR, NOBODY, "/sign-in/force/callback/", "You could not be signed in", status=401),
        Visit("socialaccount_login_error", ORDINARY, NOBODY, "/sign-in/force/error/", status=401),
        Visit("socialaccount_login_cancelled", ORDINARY, NOBODY, "/sign-in/force/cancelled/"),
    ],
    tasks=[
        Task("add a unit and a person, give and take a role, set a password, stop somebody", WHO, add_and_change_a_person),
        Task("give the reason that seeing names needs", "data-protection", see_with_a_reason),
        Task("sign out and in, change one's password, set up a second factor and take it away", "offender-manager",
             change_own_sign_in),
    ],
    fill=fill,
    not_pages={
        "mfa_list_webauthn": "sends on to the second factor",
        "health_live": "whether the server lives, as JSON",
        "health_ready": "whether the server is ready, as JSON",
        "metrics": "counters for Prometheus",
        "accounts:stay": "sends on to the page that was open",
    },
    no_error={
        "accounts:take_role": "a confirmation, with nothing to fill in",
        "accounts:change": "a confirmation, with nothing to fill in",
        "account_logout": "a confirmation, with nothing to fill in",
        "mfa_deactivate_totp": "a confirmation, with nothing to fill in",
        "mfa_remove_webauthn": "a confirmation, with nothing to fill in",
        "mfa_generate_recovery_codes": "a confirmation, with nothing to fill in",
        "mfa_add_webauthn": "what the authenticator says is shown by test_browser_passkeys.py",
        "mfa_reauthenticate_webauthn": "what the authenticator says is shown by test_browser_passkeys.py",
        "openid_connect_login": "one button",
    },
    no_task={
        "mfa_list_webauthn": "sends on to the second factor",
        "openid_connect_callback": "the force's service sends people here: test_browser_force_service.py",
        "accounts:stay": "the warning comes after 25 minutes: test_browser_sign_in.py and the unit tests",
        "account_reauthenticate": "asked for five minutes after sign-in: shown by the unit tests",
        "mfa_authenticate": "test_browser_roles.py signs every role in with a code",
        "mfa_reauthenticate": "asked for five minutes after sign-in: shown by the unit tests",
        "mfa_add_webauthn": "a passkey needs scripts by its nature: test_browser_passkeys.py",
        "mfa_edit_webauthn": "a passkey needs scripts by its nature: test_browser_passkeys.py",
        "mfa_remove_webauthn": "a passkey needs scripts by its nature: test_browser_passkeys.py",
        "mfa_reauthenticate_webauthn": "a passkey needs scripts by its nature: test_browser_passkeys.py",
        "openid_connect_login": "needs the force's service: test_browser_force_service.py",
    },
)  # fmt: skip
