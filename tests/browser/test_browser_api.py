"""Tokens in a real browser: made, shown once, used by a program over the wire, and revoked."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(scope="module")
def demo(serve: Callable[..., Any]) -> Any:
    return serve(made_up="true", force_name="Westshire Police (made up)")


def sign_in(page: Any, demo: Any, role: str) -> None:
    page.goto(f"{demo.address}/account/tokens/")
    page.get_by_label("Email address").fill(f"{role}@demo.example")
    page.get_by_label("Password").fill((demo.home / "demo-password").read_text().strip())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{demo.address}/account/tokens/")


def ask(demo: Any, text: str, path: str = "/api/figures") -> tuple[int, Any]:
    request = urllib.request.Request(demo.address + path, headers={"Authorization": f"Bearer {text}"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def checked(page: Any, check_axe: Any, keep_picture: Any, name: str) -> None:
    check_axe(page)
    keep_picture(page, name)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name


@pytest.mark.parametrize("width", [1280, 360])
def test_a_token_from_its_making_to_its_end(
    width: int, demo: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = open_page(width)
    sign_in(page, demo, "analyst")
    checked(page, check_axe, keep_picture, f"api-tokens-empty-{width}")
    page.get_by_role("button", name="Make a token").click()
    page.get_by_role("button", name="Make token").click()
    page.get_by_role("alert").wait_for()
    assert page.title().startswith("Error: ")
    checked(page, check_axe, keep_picture, f"api-token-error-{width}")
    page.get_by_role("link", name="Choose at least one thing").click()
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.get_by_label("Name", exact=True).fill("Tägliche Übersicht 📊 لوحة المعلومات " + str(width))
    page.get_by_label("Read papers and the figures in them").check()
    checked(page, check_axe, keep_picture, f"api-token-new-{width}")
    page.get_by_role("button", name="Make token").click()
    text = page.get_by_label("Token Tägliche").input_value()
    checked(page, check_axe, keep_picture, f"api-token-made-{width}")
    assert ask(demo, text)[0] == 200
    assert ask(demo, text, "/api/batches")[0] == 403
    page.reload()
    assert "made already" in page.inner_text("main")
    checked(page, check_axe, keep_picture, f"api-tokens-{width}")
    page.get_by_role("link", name="Revoke").first.click()
    checked(page, check_axe, keep_picture, f"api-token-revoke-{width}")
    page.get_by_role("button", name="Revoke this token").click()
    assert page.locator("tbody tr").first.get_by_text("Revoked").is_visible()
    status, told = ask(demo, text)
    assert (status, told["title"]) == (401, "The token is not in force")
    assert page.complaints == []


@pytest.mark.parametrize("width", [1280, 360])
def test_everyones_tokens(width: int, demo: Any, open_page: Any, check_axe: Any, keep_picture: Any) -> None:
    page = open_page(width)
    sign_in(page, demo, "administrator")
    page.goto(f"{demo.address}/people/tokens/")
    assert page.get_by_role("heading", level=1).inner_text() == "Everyone’s API tokens"
    checked(page, check_axe, keep_picture, f"api-everyone-{width}")


def test_a_token_by_keyboard_alone(demo: Any, open_page: Any) -> None:
    page = open_page()
    sign_in(page, demo, "performance")
    page.goto(f"{demo.address}/account/tokens/new/")
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type("Monthly return")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    assert page.get_by_label("Token Monthly return").input_value().startswith("fourfold_")


def test_a_token_without_scripts(demo: Any, open_page: Any) -> None:
    page = open_page(360, scripts=False)
    sign_in(page, demo, "auditor")
    page.get_by_role("button", name="Make a token").click()
    page.get_by_label("Name", exact=True).fill("Sample")
    page.get_by_label("Read papers and the figures in them").check()
    page.get_by_role("button", name="Make token").click()
    page.get_by_role("link", name="API tokens", exact=True).click()
    page.get_by_role("link", name="Revoke").click()
    page.get_by_role("button", name="Revoke this token").click()
    assert "Revoked" in page.inner_text("main")
