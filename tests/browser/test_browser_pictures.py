"""The demo as it is served, and the pictures of it that the documents show.

`make pictures` keeps them in docs/pictures; in every other run the pages are only looked at.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fourfold.home import Home

KEPT = os.environ.get("FOURFOLD_PICTURES")
LARGEST_BYTES = 250_000


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., Any]) -> Any:
    """A small made-up force, served as `fourfold demo` leaves it, its lists taken up."""
    from fourfold.pipeline.demo import demonstrate

    home = Home(tmp_path_factory.mktemp("demo") / "home")
    demonstrate(home, 0.01, 1, lambda words: None, lambda name: None)
    return serve(home.path)


def sign_in(page: Any, demo: Any, role: str) -> None:
    page.goto(f"{demo.address}/")
    page.get_by_label("Email address").fill(f"{role}@demo.example")
    page.get_by_label("Password").fill((demo.home / "demo-password").read_text().strip())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{demo.address}/")


def keep(page: Any, name: str, height: int = 1400, top: Any = None) -> None:
    """Keep what a window of this height shows, from `top` down, and fail where it is too large for a document."""
    if KEPT:
        Path(KEPT).mkdir(parents=True, exist_ok=True)
        path = Path(KEPT) / f"{name}.png"
        page.set_viewport_size({"width": 1280, "height": height})
        if top is not None:
            top.evaluate("one => one.scrollIntoView()")
        page.screenshot(path=str(path))
        assert path.stat().st_size < LARGEST_BYTES


def until_there(page: Any, address: str, words: str) -> None:
    """Open a page until it says what the work in the background brings."""
    until = time.monotonic() + 120
    while True:
        page.goto(address)
        if words in page.inner_text("main"):
            return
        assert time.monotonic() < until, f"{address} never said: {words}"
        page.wait_for_timeout(1000)


def test_victim_care_works_on_what_the_demo_brought(demo: Any, open_page: Any, check_axe: Any) -> None:
    page = open_page(1280)
    sign_in(page, demo, "victim-care")
    until_there(page, f"{demo.address}/victim-care/", "Victim of romance fraud")
    check_axe(page)
    keep(page, "triage-list")
    page.locator("main th a[href*='/victim-care/cases/']").first.click()
    assert "Working the case" in page.inner_text("main")
    check_axe(page)
    keep(page, "case")
    until_there(page, f"{demo.address}/", "New referrals")
    check_axe(page)
    keep(page, "today", height=900)
    assert page.complaints == []


def test_a_rule_is_tried_out_on_the_demo(demo: Any, open_page: Any, check_axe: Any) -> None:
    page = open_page(1280)
    sign_in(page, demo, "performance")
    page.goto(f"{demo.address}/rules/fraud_triage/")
    page.get_by_label("Age from which a victim is referred").fill("65")
    page.get_by_role("button", name="Try it out").click()
    assert "a week" in page.inner_text("main")
    check_axe(page)
    keep(page, "what-if", top=page.get_by_text("Tried out:"))
    assert page.complaints == []


def test_rows_in_quarantine_wait_for_the_analyst(demo: Any, open_page: Any, check_axe: Any) -> None:
    page = open_page(1280)
    sign_in(page, demo, "analyst")
    page.goto(f"{demo.address}/intake/quarantine/")
    assert page.locator("main tbody tr").count() > 0
    check_axe(page)
    keep(page, "quarantine")
    assert page.complaints == []
