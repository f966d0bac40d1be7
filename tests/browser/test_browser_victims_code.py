"""What runs beside the server at the Victims' Code desk, in a real browser; pages and tasks are on the list of `every_page`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from fourfold.home import Home
from fourfold.rules.working_days import working_day_after

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "web"))

CRIME = "C/2/21"
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
    def start(width: int = 1280, role: str = "victim-care") -> Any:
        page = open_page(width)
        page.goto(f"{desk.address}/sign-in/")
        page.get_by_label("Email address").fill(f"{role}@demo.example")
        page.get_by_label("Password").fill((desk.home / "demo-password").read_text().strip())
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{desk.address}/")
        until(
            page,
            lambda: role != "victim-care" or page.get_by_role("link", name="Late duties").count(),
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


def test_a_duty_goes_from_unclear_to_met(desk: Any, sign_in: Any) -> None:
    """An entry that names no victim is said to be hers; lists and figures follow by themselves."""
    page = sign_in()
    page.goto(f"{desk.address}/victims-code/?list=unknown&q=C/6/21")
    row = page.locator("tbody tr", has_text="V6")
    assert "Cannot tell" in row.inner_text()
    row.get_by_role("link").click()
    duty = page.locator(".ff-duty", has_text="V6").filter(has_text="Tell the victim of an arrest")
    duty.get_by_role("link", name="Say which victim it was for").click()
    page.wait_for_url("**/record/**")
    page.locator("main .govuk-radios label", has_text="was for this person").first.click()
    page.get_by_role("button", name="Save", exact=True).click()
    assert "It was saved, and this page counts it already" in page.inner_text("main")
    assert "Met in time" in duty.inner_text()
    assert "Being worked out" in duty.inner_text()
    until(page, lambda: "Worked out with what was recorded: met in time" in duty.inner_text(), 120)
    assert "Being worked out" not in duty.inner_text()
    assert page.complaints == []


def test_a_late_duty_is_escalated_answered_and_stands_in_the_digest(desk: Any, sign_in: Any) -> None:
    page = sign_in()
    until(page, lambda: page.get_by_role("link", name="Escalated duties that wait for an answer").count())
    page.get_by_role("link", name="Escalated duties that wait for an answer").click()
    assert CRIME in page.inner_text("tbody")
    page.goto(f"{desk.address}/")
    if working_day_after(date.today() - timedelta(days=1), 1) == date.today():
        until(page, lambda: page.get_by_role("link", name="Digest of").count())
        page.get_by_role("link", name="Digest of").click()
        assert "Response North" in page.inner_text("main")
    else:
        assert not page.get_by_role("link", name="Digest of").count(), "none is made on days off"
    page.goto(f"{desk.address}/victims-code/crimes/{CRIME}/")
    page.get_by_role("link", name="Answer the escalation").first.click()
    page.get_by_label("What did you decide?").fill("The sergeant rings her today.")
    page.get_by_role("button", name="Save the answer").click()
    told = page.inner_text("main")
    assert "The answer was saved" in told
    assert "The sergeant rings her today." in told


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


def test_the_second_of_two_people_sees_both_versions(desk: Any, sign_in: Any) -> None:
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
    second.get_by_role("button", name="Vouch for the log").click()
    assert "It was saved" in second.inner_text("main")
