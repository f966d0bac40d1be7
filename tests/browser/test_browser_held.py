"""A session that ends in the middle of a form, in a real browser, with and without JavaScript."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

EMAIL = "administrator@demo.example"


@pytest.fixture(scope="module")
def demo(serve: Callable[..., Any]) -> Any:
    return serve(force_name="Westshire Police (made up)", made_up="true")


def sign_in(page: Any, demo: Any) -> None:
    page.get_by_label("Email address").fill(EMAIL)
    page.get_by_label("Password").fill((demo.home / "demo-password").read_text().strip())
    page.get_by_role("button", name="Sign in").click()


def end_sessions(demo: Any) -> None:
    with sqlite3.connect(demo.home / "register.sqlite3", timeout=30) as register:
        register.execute("DELETE FROM django_session")


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)])
def test_what_was_typed_is_back_after_sign_in(
    width: int, scripts: bool, demo: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = open_page(width, scripts)
    page.goto(f"{demo.address}/people/add/")
    sign_in(page, demo)
    page.get_by_label("Full name").fill("نور الهدى 👩‍👧")
    page.get_by_label("Email address").fill("nur@force.example")
    page.get_by_label("First password").fill("is-never-held-anywhere")
    page.get_by_label("Role").select_option(label="Auditor")
    end_sessions(demo)
    page.get_by_role("button", name="Add person").click()
    assert "What you typed is kept for 15 minutes" in page.inner_text("main")
    if scripts:
        check_axe(page)
        keep_picture(page, f"held-sign-in-{width}")
    sign_in(page, demo)
    page.wait_for_url("**/people/add/")
    assert page.get_by_role("region", name="Not saved yet").is_visible()
    assert page.get_by_label("Full name").input_value() == "نور الهدى 👩‍👧"
    assert page.get_by_label("Email address").input_value() == "nur@force.example"
    assert page.get_by_label("First password").input_value() == ""
    assert page.get_by_label("Role").locator("option:checked").inner_text() == "Auditor"
    if scripts:
        check_axe(page)
    keep_picture(page, f"held-back-{width}")
    page.get_by_label("Unit").select_option(index=1)
    if scripts:  # the second width would add the same person again
        page.get_by_role("button", name="Add person").click()
        assert page.get_by_role("heading", level=1).inner_text() == "نور الهدى 👩‍👧"
    assert page.complaints == []
