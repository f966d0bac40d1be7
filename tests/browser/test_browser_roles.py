"""Each role signs in with password and code where the data are real, and does what it comes for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from serve_home import PASSWORD, TOTP_KEY
from test_browser_sign_in import code_of

from fourfold.home import Home

FIGURE = "/papers/figure/?name=fraud.reports%402021"


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., Any]) -> Any:
    """A small force whose data are not said to be made up, so that the second factor is asked for."""
    from fourfold.pipeline.demo import demonstrate

    home = Home(tmp_path_factory.mktemp("force") / "home")
    demonstrate(home, 0.01, 1, lambda words: None, lambda name: None)
    home.write_settings({"made_up": "false"})
    return serve(home.path)


@pytest.fixture
def signed_in(force: Any, open_page: Any, check_axe: Any) -> Callable[[str], Any]:
    """Sign a role in with password and code; the page knows its server's address."""

    def start(role: str) -> Any:
        page = open_page()
        page.goto(f"{force.address}/sign-in/")
        page.get_by_label("Email address").fill(f"{role}@force.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/sign-in/code/")
        check_axe(page)
        page.get_by_label("code").first.fill(code_of(TOTP_KEY, time.time()))
        page.get_by_role("button", name="Sign in").click()
        # The worker takes the force's cases up at this time, and SQLite lets one write at a time.
        page.wait_for_url(f"{force.address}/", timeout=120_000)
        assert "made up" not in page.inner_text("header")
        check_axe(page)
        page.address = force.address
        return page

    return start


def until_listed(page: Any) -> None:
    """Open the list of cases until the worker has taken them up."""
    until = time.monotonic() + 120
    while True:
        page.goto(f"{page.address}/victim-care/")
        if page.locator("main tbody tr").count():
            return
        assert time.monotonic() < until, "no case was taken up"
        page.wait_for_timeout(1000)


def test_a_victim_care_officer_takes_a_case_and_reads_what_was_told(signed_in: Any, check_axe: Any) -> None:
    page = signed_in("victim-care")
    until_listed(page)
    page.locator("main tbody th a").first.click()
    name = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Give it to me").click()
    assert "The case is yours" in page.inner_text("main")
    page.get_by_role("link", name="Add a note").click()
    page.locator("main textarea").first.fill("Rang the bank with her.")
    page.get_by_role("button", name="Save note").click()
    assert "Rang the bank with her." in page.inner_text("main")
    assert page.get_by_role("heading", level=1).inner_text() == name
    check_axe(page)


def test_an_analyst_corrects_a_row_that_broke_a_rule(signed_in: Any, check_axe: Any) -> None:
    page = signed_in("analyst")
    page.goto(f"{page.address}/intake/quarantine/?q=age")
    page.get_by_role("link", name="The age is not between 0 and 120").first.click()
    check_axe(page)
    page.locator("main tbody a").first.click()
    page.get_by_label("Age", exact=True).fill("71")
    page.get_by_label("Why the correction is right").fill("The list has a digit too many; the caller is 71")
    check_axe(page)
    page.get_by_role("button", name="Put the row back").click()
    assert "Corrected" in page.inner_text("main")
    check_axe(page)


def test_an_offender_manager_sees_who_is_listed_without_names(signed_in: Any, check_axe: Any) -> None:
    page = signed_in("offender-manager")
    until_listed(page)
    assert set(page.locator("main tbody th a").all_inner_texts()) == {"(masked)"}
    check_axe(page)
    page.goto(page.address + FIGURE)
    assert "masked" in page.locator("main tbody").last.inner_text()
    check_axe(page)


def test_an_auditor_follows_a_figure_to_its_records(signed_in: Any, check_axe: Any) -> None:
    page = signed_in("auditor")
    page.goto(page.address + FIGURE)
    assert page.locator("main tbody tr").count() > 0
    check_axe(page)
    assert page.goto(f"{page.address}/victim-care/").status in (200, 404)
    assert page.locator("main tbody tr").count() == 0, "nobody stands in a sample yet"


def test_a_performance_officer_tries_a_rule_and_reads_counts_alone(signed_in: Any, check_axe: Any) -> None:
    page = signed_in("performance")
    page.goto(f"{page.address}/rules/fraud_triage/")
    page.get_by_label("Age from which a victim is referred").fill("75")
    page.get_by_role("button", name="Try it out").click()
    assert "people would have been referred in a week on average" in page.inner_text("main")
    check_axe(page)
    page.goto(page.address + FIGURE)
    assert page.locator("main tbody tr").count() == 0
    check_axe(page)


def test_data_protection_sees_a_case_with_a_reason_and_who_saw_it(signed_in: Any, check_axe: Any) -> None:
    page = signed_in("data-protection")
    page.goto(f"{page.address}/victim-care/")
    page.get_by_label("Why", exact=False).first.fill("Subject access request 12 of 2026")
    check_axe(page)
    page.get_by_role("button", name="Go on").click()
    until_listed(page)
    page.locator("main tbody th a").first.click()
    check_axe(page)
    page.goto(f"{page.address}/trail/")
    row = page.locator("main tbody tr").first.inner_text()
    assert "Robin Data Protection" in row
    check_axe(page)


def test_an_administrator_adds_a_person_and_opens_no_case(signed_in: Any, check_axe: Any) -> None:
    page = signed_in("administrator")
    page.goto(f"{page.address}/people/add/")
    page.get_by_label("Full name").fill("Zoë Ødegård")
    page.get_by_label("Email address").fill("zoe@force.example")
    page.get_by_label("Password", exact=False).first.fill("another-long-password")
    page.get_by_label("Unit").select_option(label="Intelligence")
    page.get_by_label("Role").select_option("analyst")
    page.get_by_role("button", name="Add person").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Zoë Ødegård"
    check_axe(page)
    assert page.goto(f"{page.address}/victim-care/").status == 404
