"""The Victims' Code desk in a real browser: a duty from late to met, escalation, the digest, compliance."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fourfold.home import Home

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "web"))

CRIME = "C/2/21"
LONG = "C/8/21"
POLICY = """escalate_late_days:
  title: Days after which a late duty is escalated
  values:
    - {value: 0, from: 2010-01-01, source: "A made-up force", status: made up}
worked_out_again_minutes:
  title: How long what was recorded waits
  values:
    - {value: 0, from: 2010-01-01, source: "A made-up force", status: made up}
digest_hour:
  title: Hour from which the digest is made
  values:
    - {value: 0, from: 2010-01-01, source: "A made-up force", status: made up}
"""


@pytest.fixture(scope="module")
def desk(serve: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A served home whose duties were taken up; the victim care officer works in the unit of the crimes too."""
    import duty_cases

    home = Home(tmp_path_factory.mktemp("duties") / "home")
    home.prepare()
    home.write_settings({"made_up": "true", "force": "aldermere", "force_name": "Westshire Police (made up)"})
    (home.policy / "victims_code_desk.yaml").write_text(POLICY, encoding="utf-8")
    duty_cases.fill_lake(home)
    return serve(home.path)


@pytest.fixture
def sign_in(desk: Any, open_page: Any) -> Callable[..., Any]:
    def start(width: int = 1280, scripts: bool = True, role: str = "victim-care") -> Any:
        page = open_page(width, scripts)
        page.goto(f"{desk.address}/sign-in/")
        page.get_by_label("Email address").fill(f"{role}@demo.example")
        page.get_by_label("Password").fill((desk.home / "demo-password").read_text().strip())
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{desk.address}/")
        until(
            page,
            lambda: (
                role != "victim-care"
                or page.get_by_role("link", name="Duties of which nobody can tell").count()
            ),
        )
        return page

    return start


def until(page: Any, holds: Callable[[], Any], seconds: int = 60) -> None:
    """Load the page again until something holds."""
    for _ in range(seconds * 2):
        if holds():
            return
        time.sleep(0.5)
        page.reload()
    raise AssertionError(f"it did not come in time: {page.inner_text('main')[:500]}")


class Mouse:
    """Does a person's work with a mouse, with scripts or without."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name, exact=True).first.click()

    def choose(self, name: str) -> None:
        self.page.get_by_label(name, exact=True).check()

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)


class Keyboard(Mouse):
    """Does the same with the keyboard alone: Tab, arrows, Space, Enter and letters."""

    def reach(self, target: Any) -> None:
        self.page.evaluate("document.activeElement.blur()")
        for _ in range(150):
            self.page.keyboard.press("Tab")
            if target.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"{target} cannot be reached by keyboard")

    def press(self, role: str, name: str) -> None:
        self.reach(self.page.get_by_role(role, name=name, exact=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def choose(self, name: str) -> None:
        self.reach(self.page.get_by_role("radio").first)
        self.page.keyboard.press("Space")
        for _ in range(5):
            if self.page.get_by_label(name, exact=True).is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} cannot be chosen by keyboard")

    def write(self, label: str, text: str) -> None:
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)


WAYS = [(Mouse, True, "V6"), (Keyboard, True, "W6"), (Mouse, False, "V1")]


@pytest.mark.parametrize(
    ("how", "scripts", "victim"), WAYS, ids=["with scripts", "by keyboard alone", "without scripts"]
)
def test_a_duty_goes_from_late_to_met(how: Any, scripts: bool, victim: str, desk: Any, sign_in: Any) -> None:
    page = sign_in(scripts=scripts)
    hand = how(page)
    hand.press("link", "Duties of which nobody can tell")
    crime = "C/1/21" if victim == "V1" else "C/6/21"
    hand.write("Crime reference", crime)
    hand.press("button", "Filter")
    row = page.locator("tbody tr", has_text=victim)
    assert "Cannot tell" in row.inner_text()
    page.goto(f"{desk.address}{row.get_by_role('link').get_attribute('href')}")
    duty = page.locator(".ff-duty", has_text=victim).filter(has_text="Tell the victim of an arrest")
    words = "Record what was done" if victim == "V1" else "Say which victim it was for"
    target = duty.get_by_role("link", name=words)
    if how is Keyboard:
        hand.reach(target)
        page.keyboard.press("Enter")
    else:
        target.click()
    page.wait_for_url("**/record/**")
    hand.press("button", "Save")
    assert "There is a problem" in page.inner_text("main")
    hand.choose("It was done: victim updated")
    for box, value in (("Day", "15"), ("Month", "10"), ("Year", "2021")):
        hand.write(box, value)
    hand.write("Note", "Log of the public enquiry office")
    hand.press("button", "Save")
    assert "It was saved, and this page counts it already" in page.inner_text("main")
    duty = page.locator(".ff-duty", has_text=victim).filter(has_text="Tell the victim of an arrest")
    assert "Met in time" in duty.inner_text()
    assert "Being worked out" in duty.inner_text()
    until(page, lambda: "Worked out with what was recorded: met in time" in duty.inner_text(), 120)
    assert "Being worked out" not in duty.inner_text()
    assert page.complaints == []


def test_a_late_duty_is_escalated_answered_and_stands_in_the_digest(
    desk: Any, sign_in: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = sign_in()
    until(page, lambda: page.get_by_role("link", name="Escalated duties that wait for an answer").count())
    page.get_by_role("link", name="Escalated duties that wait for an answer").click()
    assert CRIME in page.inner_text("tbody")
    page.goto(f"{desk.address}/")
    until(page, lambda: page.get_by_role("link", name="Digest of").count())
    page.get_by_role("link", name="Digest of").click()
    assert "Response North" in page.inner_text("main")
    check_axe(page)
    keep_picture(page, "duties-digest-1280")
    page.goto(f"{desk.address}/victims-code/crimes/{CRIME}/")
    page.get_by_role("link", name="Answer the escalation").first.click()
    page.get_by_label("What did you decide?").fill("The sergeant rings her today.")
    page.get_by_role("button", name="Save the answer").click()
    told = page.inner_text("main")
    assert "The answer was saved" in told
    assert "The sergeant rings her today." in told
    check_axe(page)


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_on_any_page_or_state(
    width: int, desk: Any, sign_in: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = sign_in(width, role="auditor")
    check_axe(page)
    pages = {
        "list": "/victims-code/",
        "list-all": "/victims-code/?list=all",
        "list-filtered": "/victims-code/?list=unknown&unit=response-north&officer=AP1&enhanced=",
        "list-empty": "/victims-code/?q=nobody-at-all",
        "list-error": "/victims-code/?list=nonsense",
        "crime": f"/victims-code/crimes/{CRIME}/",
        "crime-long": f"/victims-code/crimes/{LONG}/",
        "digest-none": "/victims-code/digest/2000-01-01/",
        "compliance": "/victims-code/compliance/?first=2021-10&last=2021-12",
        "compliance-month": "/victims-code/compliance/?by=month",
        "compliance-empty": "/victims-code/compliance/?enhanced=yes",
        "compliance-error": "/victims-code/compliance/?first=2021-12&last=2021-10",
    }  # fmt: skip
    look(page, desk, pages, width, check_axe, keep_picture)
    page = sign_in(width)
    page.goto(f"{desk.address}/victims-code/?list=all&q={CRIME}")
    key = page.locator("tbody a").first.get_attribute("href").rpartition("duty-")[2]
    forms = {
        name: f"/victims-code/{name}/{key}/{CRIME}/" if name != "vouch" else f"/victims-code/vouch/{CRIME}/"
        for name in ("record", "vouch", "escalate")
    }
    look(page, desk, forms, width, check_axe, keep_picture)
    for name, where in forms.items():
        page.goto(f"{desk.address}{where}")
        page.locator("main form button").click()
        assert page.locator(".govuk-error-summary").is_visible()
        check_axe(page)
        keep_picture(page, f"duties-{name}-error-{width}")
    assert page.complaints == []


def look(page: Any, desk: Any, pages: dict[str, str], width: int, check_axe: Any, keep_picture: Any) -> None:
    """Open each page, have axe look at it, and see that it is no wider than the screen."""
    for name, where in pages.items():
        page.goto(f"{desk.address}{where}")
        check_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{name} is wider than the screen"
        )
        keep_picture(page, f"duties-{name}-{width}")


def test_a_right_to_left_name_stands_whole_for_who_may_see_it(
    desk: Any, sign_in: Any, check_axe: Any
) -> None:
    """A unit of a crime is given to a person; the name in it is isolated, so that it turns nothing around it."""
    page = sign_in(360, role="data-protection")
    page.goto(f"{desk.address}/victims-code/crimes/{LONG}/")
    page.get_by_label("Why").fill("Subject access request 12")
    page.get_by_role("button").last.click()
    page.wait_for_url("**/crimes/**")
    told = page.inner_text("main")
    assert "علي حسن" in told
    assert "Bartholomew Maximilian Fitzgerald" in told
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_form_that_outlives_its_session_keeps_its_text(desk: Any, sign_in: Any) -> None:
    page = sign_in()
    page.goto(f"{desk.address}/victims-code/vouch/{CRIME}/")
    page.get_by_label("How do you know?").fill("Read line by line")
    page.context.clear_cookies(name="fourfold_session")
    page.get_by_role("button", name="Vouch for the log").click()
    page.get_by_label("Email address").fill("victim-care@demo.example")
    page.get_by_label("Password").fill((desk.home / "demo-password").read_text().strip())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/vouch/**")
    assert page.get_by_label("How do you know?").input_value() == "Read line by line"


def test_the_second_of_two_people_sees_both_versions(desk: Any, sign_in: Any, check_axe: Any) -> None:
    first, second = sign_in(), sign_in(360)
    for page in (first, second):
        page.goto(f"{desk.address}/victims-code/vouch/{CRIME}/")
        for box, value in (("day", "1"), ("month", "11"), ("year", "2021")):
            page.locator(f"#id_until_{box}").fill(value)
    first.get_by_label("How do you know?").fill("First read it")
    second.get_by_label("How do you know?").fill("Second read it too")
    first.get_by_role("button", name="Vouch for the log").click()
    second.get_by_role("button", name="Vouch for the log").click()
    told = second.inner_text("main")
    assert "after you opened this form" in told
    assert "First read it" in told
    assert second.get_by_label("How do you know?").input_value() == "Second read it too"
    check_axe(second)
    second.get_by_role("button", name="Vouch for the log").click()
    assert "It was saved" in second.inner_text("main")
