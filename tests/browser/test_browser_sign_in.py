"""Sign-in with a second factor, in a real browser, where the data are not made up."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable
from typing import Any

import pytest

PASSWORD = "four-fold-is-long-enough"


@pytest.fixture(scope="module")
def force(serve: Callable[..., Any]) -> Any:
    return serve(force_name="Westshire Police")


def code_of(key: str, at: float) -> str:
    """RFC 6238, written here again so that the test does not ask the library it tests."""
    digest = hmac.new(base64.b32decode(key), struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def give_password(page: Any, force: Any, password: str = PASSWORD) -> None:
    page.goto(f"{force.address}/sign-in/")
    page.get_by_label("Email address").fill("admin@force.example")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_the_second_factor_is_set_up_then_asked(
    force: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = open_page()
    page.goto(f"{force.address}/people/")
    assert page.url.endswith("/sign-in/?next=%2Fpeople%2F")
    check_axe(page)
    keep_picture(page, "sign-in")
    give_password(page, force, "not-the-password")
    assert "The email address or the password is wrong" in page.inner_text("main")
    check_axe(page)
    keep_picture(page, "sign-in-error")
    give_password(page, force)
    page.wait_for_url("**/account/second-factor/set-up/")
    check_axe(page)
    keep_picture(page, "set-up-second-factor")
    page.goto(f"{force.address}/people/")
    assert page.url.endswith("/account/second-factor/set-up/"), "no other page opens before it is set up"
    key = page.locator("[data-totp-key]").inner_text()
    page.get_by_label("6-digit code").fill("000000" if code_of(key, time.time()) != "000000" else "000001")
    page.get_by_role("button", name="Set up").click()
    assert page.get_by_role("alert").is_visible()
    check_axe(page)
    assert page.locator("[data-totp-key]").inner_text() == key
    page.get_by_label("6-digit code").fill(code_of(key, time.time()))
    page.get_by_role("button", name="Set up").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Your recovery codes"
    check_axe(page)
    keep_picture(page, "recovery-codes")
    recovery = page.locator(".ff-codes code").first.inner_text()
    assert page.complaints == []

    again = open_page(360)
    give_password(again, force)
    again.wait_for_url("**/sign-in/code/")
    check_axe(again)
    keep_picture(again, "second-factor-360")
    again.get_by_label("6-digit code").fill("12")
    again.get_by_role("button", name="Sign in").click()
    assert again.get_by_role("alert").is_visible()
    check_axe(again)
    again.get_by_label("6-digit code").fill(recovery)
    again.get_by_role("button", name="Sign in").click()
    again.wait_for_url(f"{force.address}/")
    assert "made up" not in again.inner_text("body")


def test_six_wrong_passwords_lock_the_account(
    force: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = open_page()
    for number in range(6):
        give_password(page, force, f"wrong-{number}")
    assert "This account is locked for 15 minutes" in page.inner_text("main")
    check_axe(page)
    keep_picture(page, "locked-out")
    give_password(page, force)
    assert "This account is locked" in page.inner_text("main"), (
        "the right password does not open a locked account"
    )
