"""The demo in a real browser: every role's first page, the people pages, the trail, and the error pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

ROLES = {
    "victim-care": "Rule changes that you propose",
    "analyst": "Files that were refused, rows set aside and sources that are late",
    "offender-manager": "Duties that are late, due or escalated",
    "auditor": "Duties that are late, due or escalated",
    "performance": "papers that await approval",
    "data-protection": "The last 7 days",
    "administrator": "People who may sign in",
}


@pytest.fixture(scope="module")
def demo(serve: Callable[..., Any]) -> Any:
    return serve(made_up="true", force_name="Westshire Police (made up)")


def sign_in(page: Any, demo: Any, role: str) -> None:
    page.goto(f"{demo.address}/")
    page.get_by_label("Email address").fill(f"{role}@demo.example")
    page.get_by_label("Password").fill((demo.home / "demo-password").read_text().strip())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{demo.address}/")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_first_page(role: str, demo: Any, open_page: Any) -> None:
    page = open_page()
    sign_in(page, demo, role)
    assert page.get_by_role("heading", level=1).inner_text() == "Today"
    assert ROLES[role] in page.inner_text("main")
    assert "The data are made up" in page.inner_text("header")
    assert "the second factor at sign-in is off" in page.inner_text("header")
    assert page.complaints == []


@pytest.mark.parametrize("width", [1280, 360])
def test_the_trail_answers_who_saw_and_what_was_done(
    width: int, demo: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = open_page(width)
    sign_in(page, demo, "data-protection")
    page.goto(f"{demo.address}/trail/")
    assert page.locator("tbody tr").count() > 0
    assert "OFFICIAL-SENSITIVE" in page.inner_text("header")
    check_axe(page)
    page.get_by_label("What was done").select_option("signed_in")
    page.get_by_label("Key of the person or case").fill("nobody")
    page.get_by_role("button", name="Filter").click()
    assert "Nothing in the trail is like that" in page.inner_text("main")
    page.get_by_role("link", name="Take off Key of the person or case: nobody").click()
    assert page.locator("tbody tr").count() > 0
    assert set(page.locator("tbody tr td:nth-child(4)").all_inner_texts()) == {"Signed in"}
    check_axe(page)
    keep_picture(page, f"trail-{width}")
    page.goto(f"{demo.address}/trail/?since_day=31&since_month=2&since_year=2026")
    assert page.get_by_role("link", name="From must be a real date, for example 27 3 2026").is_visible()
    check_axe(page)
    keep_picture(page, f"trail-error-{width}")


def test_errors_link_to_their_fields_and_keep_what_was_typed(
    demo: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = open_page()
    sign_in(page, demo, "administrator")
    page.goto(f"{demo.address}/people/add/")
    page.get_by_label("Full name").fill("مريم الزهراني")
    page.get_by_role("button", name="Add person").click()
    page.get_by_role("link", name="Enter an email address").click()
    assert page.evaluate("document.activeElement.id") == "id_email"
    assert page.get_by_label("Full name").input_value() == "مريم الزهراني"
    assert page.title().startswith("Error: ")
    check_axe(page)
    keep_picture(page, "add-error")


def test_a_person_is_added_and_given_a_role_by_keyboard_alone(
    demo: Any, open_page: Any, check_axe: Any
) -> None:
    page = open_page()
    sign_in(page, demo, "administrator")
    page.goto(f"{demo.address}/people/add/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'main-content'")
    for typed in ("Zoë Ødegård", "zoe@force.example", "another-long-password", "Ana", "Int"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/people/\d+/"))
    assert page.get_by_role("heading", level=1).inner_text() == "Zoë Ødegård"
    assert "Analyst, Intelligence" in page.inner_text("main")
    check_axe(page)


@pytest.mark.parametrize(("address", "status", "words"), [
    ("/nothing-here/", 404, "Page not found"),
    ("/trail/", 403, "You may not open this page"),
])  # fmt: skip
def test_error_pages_are_pages(
    address: str, status: int, words: str, demo: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = open_page()
    sign_in(page, demo, "analyst")
    assert page.goto(demo.address + address).status == status
    assert page.get_by_role("heading", level=1).inner_text() == words
    check_axe(page)
    keep_picture(page, f"error-{status}")


def test_all_of_it_works_without_scripts(demo: Any, open_page: Any, keep_picture: Any) -> None:
    page = open_page(360, scripts=False)
    sign_in(page, demo, "administrator")
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_label("Role").select_option("auditor")
    page.get_by_role("button", name="Filter").click()
    assert page.locator("tbody tr").count() == 2, "the demo has two auditors, for a second reading"
    page.get_by_role("link", name="Demo auditor", exact=True).click()
    page.get_by_role("link", name="Stop this person signing in").click()
    page.get_by_role("button", name="Stop this person signing in").click()
    assert "Inactive" in page.inner_text("main")
    page.get_by_role("link", name="Let this person sign in again").click()
    page.get_by_role("button", name="Let this person sign in again").click()
    assert "Active" in page.inner_text("main")
    keep_picture(page, "without-scripts")
    page.get_by_role("link", name="Stay signed in").click()
    page.get_by_role("button", name="Stay signed in").click()
    assert "/people/" in page.url
    assert page.locator("noscript meta[http-equiv=refresh]").count() <= 1
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    assert "You are signed out" in page.inner_text("main")


def test_the_warning_comes_before_the_session_ends(
    demo: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = open_page()
    page.clock.install()
    sign_in(page, demo, "analyst")
    page.clock.fast_forward("25:01")
    warning = page.get_by_role("alertdialog", name="You will be signed out in 5 minutes")
    assert warning.is_visible()
    keep_picture(page, "session-warning")
    page.get_by_role("button", name="Stay signed in").click()
    warning.wait_for(state="hidden")
    page.clock.fast_forward("30:01")
    assert page.get_by_role("link", name="Sign in again").is_visible()
