"""The fraud desk and business crime in a real browser: 300 decisions by key, axe at two widths, by keyboard, without scripts."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from business_records import CRIMES, EVENTS, PEOPLE, frame
from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.records import CaseEvent, Crime, FraudReport, PersonRole
from fraud_records import VICTIMS, texts

WIDTHS = (1280, 360)
DECISIONS = 300
RELOADED_EVERY = 60


@pytest.fixture(scope="module")
def desk(serve: Callable[..., Any]) -> Any:
    """A served home with crimes at shops, and enough fraud reports for a whole round of review."""
    from fourfold.pipeline.refresh import refresh

    served = serve(made_up="true", force="aldermere", force_name="Westshire Police (made up)")
    home = Home(served.home)
    with Lake(home.lake).load("tests") as load:
        for record, rows in ((Crime, CRIMES), (PersonRole, PEOPLE), (CaseEvent, EVENTS)):
            load.replace_all(record.table, frame(record, rows))
        load.replace_all(FraudReport.table, frame(FraudReport, [*texts(40, 280), *VICTIMS]))
    refresh(home)
    return served


@pytest.fixture
def sign_in(desk: Any, open_page: Any) -> Callable[..., Any]:
    def start(role: str = "analyst", width: int = 1280, scripts: bool = True) -> Any:
        page = open_page(width, scripts)
        page.goto(f"{desk.address}/sign-in/")
        page.get_by_label("Email address").fill(f"{role}@demo.example")
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


def look_at(page: Any, desk: Any, address: str, check_axe: Any, keep_picture: Any, name: str) -> None:
    page.goto(f"{desk.address}{address}")
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), (
        f"{address} is wider than the screen"
    )
    keep_picture(page, name)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_both_desks_passes_axe(
    width: int, desk: Any, sign_in: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = sign_in(width=width)
    begin(page, desk)
    pages = {
        "fraud": "/fraud/", "fraud-quarter": "/fraud/?span=quarter", "repeats": "/fraud/repeat-victims/",
        "repeats-none": "/fraud/repeat-victims/?q=nowhere", "topics": "/fraud/topics/", "markers": "/fraud/markers/",
        "marker": "/fraud/markers/courier_fraud/", "review": "/fraud/markers/courier_fraud/review/",
        "review-none": "/fraud/markers/recovery_fraud/review/", "differences": "/fraud/markers/courier_fraud/differences/",
        "new-marker": "/fraud/markers/new/", "links": "/fraud/links/", "business": "/business-crime/",
        "business-acpo": "/business-crime/?definition=acpo_2014", "premises": "/business-crime/premises/?definition=any",
        "premises-none": "/business-crime/premises/?q=nowhere", "staff": "/business-crime/staff/",
    }  # fmt: skip
    for name, address in pages.items():
        look_at(page, desk, address, check_axe, keep_picture, f"{name}-{width}")
    page.goto(f"{desk.address}/business-crime/premises/?definition=any")
    page.get_by_role("link", name=re.compile("Fennimart")).click()
    for name, link in (("one", ""), ("business-accounts", "Read what the crimes say")):
        if link:
            page.get_by_role("link", name=link).click()
        check_axe(page)
        keep_picture(page, f"{name}-{width}")
    page.goto(f"{desk.address}/fraud/repeat-victims/?q=R1")
    page.locator("tbody th a").first.click()
    check_axe(page)
    page.get_by_role("link", name="Read what the reports say").click()
    check_axe(page)
    page.goto(f"{desk.address}/fraud/topics/")
    page.locator("tbody th a").first.click()
    check_axe(page)
    keep_picture(page, f"topic-{width}")
    assert page.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_forms_in_error_and_a_hand_over_pass_axe(
    width: int, desk: Any, sign_in: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = sign_in(width=width)
    page.goto(f"{desk.address}/fraud/markers/new/")
    page.get_by_role("button", name="Show what it would find").click()
    page.wait_for_selector(".govuk-error-summary")
    check_axe(page)
    fill_marker(page)
    page.get_by_role("button", name="Show what it would find").click()
    page.wait_for_selector("text=would find")
    check_axe(page)
    keep_picture(page, f"new-marker-found-{width}")
    officer = sign_in(role="victim-care", width=width)
    officer.goto(f"{desk.address}/fraud/repeat-victims/hand-over/")
    check_axe(officer)
    keep_picture(officer, f"hand-over-{width}")
    officer.get_by_role("button", name="Hand over and save the file").click()
    officer.wait_for_selector(".govuk-error-summary")
    check_axe(officer)
    manager = sign_in(role="offender-manager", width=width)
    manager.goto(f"{desk.address}/business-crime/premises/")
    manager.get_by_role("link", name=re.compile("Fennimart")).click()
    manager.get_by_role("link", name="Write down advice that was given").click()
    check_axe(manager)
    manager.get_by_role("button", name="Write it down").click()
    manager.wait_for_selector(".govuk-error-summary")
    check_axe(manager)
    assert page.complaints == officer.complaints == manager.complaints == []


def fill_marker(page: Any) -> None:
    page.get_by_label("Name of the marker").fill("Police impostor")
    page.get_by_label("What it is", exact=True).fill("Somebody poses as police to collect a card.")
    page.get_by_label("What it is not", exact=True).fill("A real officer.")
    page.get_by_label("Codes in which it may lie").fill("NFIB90")
    page.get_by_label("Words that find it").fill("detective + courier")
    page.get_by_label("Ten examples").fill(", ".join(f"C{n:02d}" for n in range(10)))
    page.get_by_label("Who owns the definition").fill("Economic crime")


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


@pytest.mark.parametrize("scripts", [True, False], ids=["by keyboard alone", "without scripts"])
def test_review_works_without_single_keys(scripts: bool, desk: Any, sign_in: Any) -> None:
    page = sign_in(scripts=scripts)
    begin(page, desk, "recovery_fraud")
    for name in ("It is not", "Skip"):
        before = shown(page)
        activate(page, page.get_by_role("button", name=re.compile(f"^(\\w )?{name}$")), scripts)
        assert shown(page) != before
    activate(page, page.get_by_role("button", name="Put them back into the queue"), scripts)
    assert shown(page) == before
    activate(page, page.get_by_role("button", name=re.compile("^Undo it")), scripts)
    activate(page, page.get_by_role("button", name=re.compile("^Turn single keys off")), scripts)
    kept = shown(page)
    if scripts:
        page.keyboard.press("n")
        page.wait_for_timeout(300)
    assert shown(page) == kept
    activate(page, page.get_by_role("button", name="Turn single keys on"), scripts)


def activate(page: Any, target: Any, by_keyboard: bool) -> None:
    """Press a button: by Tab and Enter where scripts are on, by mouse where they are off."""
    if not by_keyboard:
        target.click()
        return
    page.evaluate("document.activeElement.blur()")
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            press(page, "Enter")
            return
    raise AssertionError("the button cannot be reached by keyboard")


def test_an_officer_hands_a_list_over_without_scripts(desk: Any, sign_in: Any) -> None:
    page = sign_in(role="victim-care", scripts=False)
    page.goto(f"{desk.address}/fraud/repeat-victims/hand-over/")
    page.get_by_label("R1", exact=True).check()
    page.get_by_label("Lawful ground for sharing").select_option("law_enforcement")
    page.get_by_label("Why are these people handed over?").fill("Targeted again")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Hand over and save the file").click()
    told = waiting.value.path().read_text(encoding="utf-8-sig")
    assert "Zebedia Quillfeather" in told
    assert "zq@example.org" not in told


def test_advice_is_written_down_by_keyboard_alone(desk: Any, sign_in: Any) -> None:
    page = sign_in(role="offender-manager")
    page.goto(f"{desk.address}/business-crime/premises/")
    activate(page, page.get_by_role("link", name=re.compile("Fennimart")), True)
    activate(page, page.get_by_role("link", name="Write down advice that was given"), True)
    for label, text in (
        ("Day", "1"),
        ("Month", "11"),
        ("Year", "2021"),
        ("What was advised?", "Move the till"),
    ):
        page.get_by_label(label, exact=True).focus()
        page.keyboard.type(text)
    activate(page, page.get_by_role("button", name="Write it down"), True)
    assert "The advice is written down" in page.inner_text("main")
