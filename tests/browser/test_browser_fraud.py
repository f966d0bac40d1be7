"""Review at the fraud desk by single keys: 300 decisions, none lost. Its pages and tasks are on the list of `every_page`."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from business_records import frame
from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.records import FraudReport
from fraud_records import VICTIMS, texts

DECISIONS = 300
RELOADED_EVERY = 60


@pytest.fixture(scope="module")
def desk(serve: Callable[..., Any]) -> Any:
    """A served home with enough fraud reports for a whole round of review."""
    from fourfold.pipeline.refresh import refresh

    served = serve(made_up="true", force="aldermere", force_name="Westshire Police (made up)")
    home = Home(served.home)
    with Lake(home.lake).load("tests") as load:
        load.replace_all(FraudReport.table, frame(FraudReport, [*texts(40, 280), *VICTIMS]))
    refresh(home)
    return served


@pytest.fixture
def sign_in(desk: Any, open_page: Any) -> Callable[..., Any]:
    def start() -> Any:
        page = open_page()
        page.goto(f"{desk.address}/sign-in/")
        page.get_by_label("Email address").fill("analyst@demo.example")
        page.get_by_label("Password").fill((desk.home / "demo-password").read_text().strip())
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{desk.address}/")
        for _ in range(120):
            page.goto(f"{desk.address}/fraud/repeat-victims/?q=R1")
            if page.get_by_text("Person, R1").count():
                return page
            time.sleep(0.5)
        raise AssertionError("the lists were not taken up in time")

    return start


def begin(page: Any, desk: Any, marker: str = "courier_fraud") -> None:
    """Draw a round of review, unless one is open."""
    page.goto(f"{desk.address}/fraud/markers/{marker}/review/")
    if not page.locator("[data-record]").count() and page.get_by_text("No round is drawn yet").count():
        page.goto(f"{desk.address}/fraud/markers/{marker}/")
        page.get_by_role("button", name="Draw a round of review").click()
        page.wait_for_url("**/review/")


def shown(page: Any) -> str:
    """The record that the queue shows; '' where it shows none."""
    heading = page.locator("[data-record]")
    return str(heading.inner_text()) if heading.count() else ""


def press(page: Any, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_300_decisions_by_single_key_and_none_is_lost_on_reload(desk: Any, sign_in: Any) -> None:
    page = sign_in()
    begin(page, desk)
    given: dict[str, str] = {}
    for number in range(1, DECISIONS + 1):
        record = shown(page)
        assert record, f"the queue ended after {number - 1} decisions"
        assert record not in given, "a record that was decided is shown again"
        given[record] = "y" if "detective" in page.inner_text(".ff-text") else "n"
        press(page, given[record])
        if number % RELOADED_EVERY == 0:
            before = shown(page)
            page.reload()
            assert (shown(page), progress(page)) == (before, number)
    assert progress(page) == DECISIONS
    press(page, "u")
    page.reload()
    assert progress(page) == DECISIONS - 1
    assert shown(page) in given
    press(page, given[shown(page)])
    assert progress(page) == DECISIONS
    page.goto(f"{desk.address}/fraud/markers/courier_fraud/")
    told = page.inner_text("main")
    assert sum(answer == "y" for answer in given.values()) == int(
        re.findall(r"Confirmed by a reader\s+(\d+)", told)[0]
    )
    assert sum(answer == "n" for answer in given.values()) == int(
        re.findall(r"Rejected by a reader\s+(\d+)", told)[0]
    )
    assert page.complaints == []


def progress(page: Any) -> int:
    return int(re.findall(r"(\d+) answers of this marker are yours", page.inner_text("[data-progress]"))[0])


def test_a_key_held_down_or_pressed_in_a_field_decides_nothing_more(desk: Any, sign_in: Any) -> None:
    page = sign_in()
    begin(page, desk, "recovery_fraud")
    first, before = shown(page), progress(page)
    page.keyboard.press("Control+s")
    page.keyboard.press("q")
    assert (shown(page), progress(page)) == (first, before)
    with page.expect_navigation():
        page.evaluate(
            "for (let n = 0; n < 5; n++) document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'n', bubbles: true}))"
        )
    assert progress(page) == before + 1
