"""Passkeys as a second factor, in a real browser with an authenticator of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

PASSWORD = "four-fold-is-long-enough"


@pytest.fixture(scope="module")
def force(serve: Callable[..., Any]) -> str:
    served = serve(force_name="Westshire Police")
    # A passkey belongs to a name; an address of numbers is none.
    return str(served.address.replace("127.0.0.1", "localhost"))


def with_authenticator(page: Any) -> tuple[Any, str]:
    """Give the browser an authenticator that says yes; return how to talk to it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def give_password(page: Any, force: str) -> None:
    page.goto(f"{force}/sign-in/")
    page.get_by_label("Email address").fill("admin@force.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_passkey_is_set_up_asked_for_and_removed(
    force: str, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = open_page()
    session, authenticator = with_authenticator(page)
    give_password(page, force)
    page.wait_for_url("**/account/second-factor/set-up/")
    page.get_by_role("link", name="Set up a passkey instead").click()
    check_axe(page)
    keep_picture(page, "passkey-set-up")
    page.get_by_label("Name of this passkey").fill("مفتاح العمل")
    page.get_by_role("button", name="Set up passkey").press("Enter")
    page.wait_for_url("**/account/recovery-codes/")
    credentials = session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert [one["rpId"] for one in credentials] == ["localhost"]

    page.goto(f"{force}/account/second-factor/")
    assert "مفتاح العمل" in page.inner_text("main")
    check_axe(page)
    keep_picture(page, "passkey-listed")
    page.get_by_role("link", name="Rename").click()
    check_axe(page)
    page.get_by_label("Name of this passkey").fill("Work laptop")
    page.get_by_role("button", name="Save name").click()
    assert "Work laptop" in page.inner_text("main")

    page.context.clear_cookies()
    give_password(page, force)
    page.wait_for_url("**/sign-in/code/")
    check_axe(page)
    keep_picture(page, "passkey-asked")
    page.goto(f"{force}/people/")
    assert "/sign-in/" in page.url, "the password alone opens nothing"
    page.goto(f"{force}/sign-in/code/")
    page.get_by_role("button", name="Use passkey").press("Enter")
    page.wait_for_url(f"{force}/")

    page.goto(f"{force}/account/second-factor/")
    assert "last used" in page.inner_text("main")
    page.get_by_role("link", name="Remove").last.click()
    check_axe(page)
    page.get_by_role("button", name="Remove passkey").click()
    assert page.url.endswith(("/account/second-factor/", "/account/second-factor/set-up/"))
    page.goto(f"{force}/people/")
    assert page.url.endswith("/account/second-factor/set-up/"), "without any factor no other page opens"
    assert page.complaints == []


def test_an_authenticator_that_says_no_is_told_and_a_code_still_does(
    force: str, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = open_page(360)
    session, authenticator = with_authenticator(page)
    give_password(page, force)
    page.wait_for_url("**/account/second-factor/set-up/")
    page.goto(f"{force}/account/passkeys/set-up/")
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": True})
    page.get_by_role("button", name="Set up passkey").click()
    page.wait_for_url("**/account/recovery-codes/")
    recovery = page.locator(".ff-codes code").first.inner_text()

    page.context.clear_cookies()
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": authenticator})
    with_authenticator(page)
    give_password(page, force)
    page.wait_for_url("**/sign-in/code/")
    page.get_by_role("button", name="Use passkey").click()
    fault = page.get_by_role("alert")
    fault.wait_for()
    assert "Try again" in fault.inner_text()
    check_axe(page)
    keep_picture(page, "passkey-refused-360")
    page.get_by_label("6-digit code").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{force}/")


def test_without_javascript_the_page_says_what_to_do(force: str, open_page: Any) -> None:
    page = open_page(scripts=False)
    give_password(page, force)
    assert page.url.endswith("/sign-in/code/")
    assert "A passkey needs JavaScript. Enter a code below." in page.inner_text("main")
    assert page.get_by_label("6-digit code").is_visible()
