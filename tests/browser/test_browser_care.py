"""What is particular to the victim-care desk in a real browser; its pages and tasks are on the list of `every_page`."""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fourfold.home import Home

HEADINGS = [
    "NFRC reference", "Date reported", "NFIB code", "Victim type", "First names", "Last name", "Date of birth",
    "Email", "Phone", "Address", "Postcode", "Loss (GBP)", "Narrative",
]  # fmt: skip
NAMES = [
    ("Edith", "Marlowe"), ("Winifred", "Castleton"), ("Ivor", "Penhaligon"), ("علي", "حسن"), ("太郎", "山田"),
    ("Zoë 🌻", "O’Hara"), ("Bartholomew Maximilian Fitzgerald", "Featherstonehaugh-Cholmondeley-Wriothesley"),
]  # fmt: skip
LIMIT = """first_contact_due_days:
  title: Days to the first attempt
  values:
    - {value: 0, from: 2018-01-01, source: "A made-up force", status: made up}
"""


def write_list(path: Path) -> None:
    """Seven people of 80 who lost money to romance fraud, one of them told of twice, and one who gave no age."""
    told = [(f"NFRC2101{number:06d}", names, "03/05/1940") for number, names in enumerate(NAMES)]
    told += [("NFRC2102000000", NAMES[0], "03/05/1940"), ("NFRC2101000099", ("Nobody", "Knows"), "")]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        for number, (ref, (first, last), born) in enumerate(told):
            code = "NFIB3A" if ref == "NFRC2101000099" else "NFIB1D"
            row = [
                ref,
                f"{number + 1:02d}/02/2021",
                code,
                "Individual",
                first,
                last,
                born,
                f"v{number}@example.org",
            ]
            writer.writerow(
                [*row, f"01999 5550{number:02d}", "1 Quill Lane", "ZE1 9QQ", "4599", "They met on a site."]
            )


@pytest.fixture(scope="module")
def desk(serve: Callable[..., Any]) -> Any:
    """A served home whose list has been taken up by what runs beside the server."""
    from fourfold.pipeline.intake import take_in
    from fourfold.pipeline.refresh import refresh

    served = serve(made_up="true", force="kent", force_name="Westshire Police (made up)")
    home = Home(served.home)
    home.policy.mkdir(exist_ok=True)
    (home.policy / "victim_care.yaml").write_text(LIMIT, encoding="utf-8")
    write_list(home.path / "fraud.csv")
    assert not take_in(home, [home.path / "fraud.csv"]).has_problems
    refresh(home)
    return served


@pytest.fixture
def sign_in(desk: Any, open_page: Any) -> Callable[..., Any]:
    def start(width: int = 1280, scripts: bool = True, role: str = "victim-care") -> Any:
        page = open_page(width, scripts)
        page.goto(f"{desk.address}/sign-in/")
        page.get_by_label("Email address").fill(f"{role}@demo.example")
        page.get_by_label("Password").fill((desk.home / "demo-password").read_text().strip())
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{desk.address}/")
        for _ in range(60):
            if role != "victim-care" or page.get_by_role("link", name="Cases without an officer").count():
                return page
            if page.get_by_role("link", name="Your open cases").count():
                return page
            time.sleep(0.5)
            page.reload()
        raise AssertionError("the list was not taken up in time")

    return start


def test_what_is_typed_in_a_call_is_kept_while_the_connection_is_down(desk: Any, sign_in: Any) -> None:
    page = sign_in()
    page.goto(f"{desk.address}/victim-care/?q=山田")
    page.locator("tbody th a").first.click()
    page.get_by_role("button", name="Record a contact").click()
    page.wait_for_url("**/call/")
    here = page.url
    page.context.set_offline(True)
    page.get_by_label("What was said").fill("He is ringing")
    page.get_by_text("The draft is not kept").wait_for()
    page.context.set_offline(False)
    page.get_by_text(re.compile("Draft kept at")).wait_for()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0, "nothing is left on the machine"
    page.goto(f"{desk.address}/victim-care/")
    page.goto(here)
    assert page.get_by_label("What was said").input_value() == "He is ringing"


def test_a_form_that_outlives_its_session_keeps_its_text(desk: Any, sign_in: Any) -> None:
    page = sign_in()
    page.goto(f"{desk.address}/victim-care/?q=حسن")
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name="Add a note").click()
    page.get_by_label("Note", exact=True).fill("Long words of an officer")
    page.context.clear_cookies(name="fourfold_session")
    page.get_by_role("button", name="Save note").click()
    page.get_by_label("Email address").fill("victim-care@demo.example")
    page.get_by_label("Password").fill((desk.home / "demo-password").read_text().strip())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/note/")
    assert page.get_by_label("Note", exact=True).input_value() == "Long words of an officer"
    page.get_by_role("button", name="Save note").click()
    assert "Long words of an officer" in page.inner_text(".ff-timeline")


def test_an_analyst_sees_cases_without_anybodys_name(desk: Any, sign_in: Any, check_axe: Any) -> None:
    page = sign_in(role="analyst")
    page.goto(f"{desk.address}/victim-care/?state=all")
    told = page.inner_text("main")
    assert "(masked)" in told
    assert [name for pair in NAMES for name in pair if name in told] == []
    check_axe(page)
    page.locator("tbody th a").first.click()
    assert "(masked)" in page.inner_text("h1")
    assert page.get_by_role("button", name="Record a contact").count() == 0
    check_axe(page)


def test_the_second_of_two_officers_sees_both_versions_and_may_keep_their_own(
    desk: Any, sign_in: Any, check_axe: Any
) -> None:
    first, second = sign_in(), sign_in(360)
    first.goto(f"{desk.address}/victim-care/?state=all&q=O%27Hara")
    first.locator("tbody th a").first.click()
    case = first.url
    second.goto(f"{case}watch/")
    first.goto(f"{case}plan/")
    for page, part in ((first, "on"), (second, "until")):
        for box, value in (("day", "1"), ("month", "3"), ("year", "2031")):
            page.locator(f"#id_{part}_{box}").fill(value)
    first.get_by_label("Phone", exact=True).check()
    first.get_by_role("button", name="Save plan").click()
    second.get_by_label("Why", exact=True).fill("Her details were sold on")
    second.get_by_role("button", name="Save watch").click()
    told = second.inner_text("main")
    assert "This case was changed after you opened this form" in told
    assert "Contact plan: 1 March 2031, phone" in told
    assert second.get_by_label("Why", exact=True).input_value() == "Her details were sold on"
    check_axe(second)
    second.get_by_role("button", name="Save watch").click()
    assert "On watch until 1 March 2031" in second.inner_text("main")
    check_axe(second)
