"""The rules desk in a real browser: from trying a rule out to a change approved by a second person."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from fourfold import policy
from fourfold.home import Home

sys.path.append(str(Path(__file__).parents[1] / "unit" / "web"))
from rules_desk import fill_lake

ASKED = "?try=1&romance_codes=NFIB1D&age_at_least={age}&risk_score_at_least=&risk_score_scale="
REASON = "Es gibt mehr Zeit als Fälle; 他们有更多时间 🙂, لديهم وقت"


@pytest.fixture(scope="module")
def demo(serve: Callable[..., Any]) -> Any:
    served = serve(made_up="true", force_name="Westshire Police (made up)")
    home = Home(served.home)
    fill_lake(home)
    (home.policy / "local_limits.yaml").write_text(
        "victim_care_hours_a_referral:\n  values:\n    - {value: 1.5, from: 2018-01-01, source: made up}\n",
        encoding="utf-8",
    )
    return served


def sign_in(page: Any, demo: Any, role: str) -> None:
    page.goto(f"{demo.address}/")
    page.get_by_label("Email address").fill(f"{role}@demo.example")
    page.get_by_label("Password").fill((demo.home / "demo-password").read_text().strip())
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{demo.address}/")


def fits(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def propose(page: Any, demo: Any, age: int, on: date) -> str:
    """Try an age out and propose it; return the address of the proposal."""
    page.goto(f"{demo.address}/rules/fraud_triage/{ASKED.format(age=age)}")
    page.get_by_role("button", name="Propose this change").click()
    page.get_by_label("Why should the rule change?").fill(REASON)
    for part, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_role("button", name="Propose the change").click()
    # What an earlier test approved may still be working its way through the records: then the page says so.
    for _ in range(10):
        if "changed while you were writing" not in page.inner_text("main"):
            break
        page.get_by_role("button", name="Propose the change").click()
    assert re.search(r"/rules/changes/\d+/$", page.url), page.inner_text("main")[:500]
    return str(page.url)


def test_the_link_of_an_error_leads_to_its_field(demo: Any, open_page: Any) -> None:
    page = open_page()
    sign_in(page, demo, "performance")
    page.goto(f"{propose(page, demo, 60, date(2098, 1, 11))}withdraw/")
    page.get_by_label("Why?").fill("short")
    page.get_by_role("button", name="Withdraw this change").click()
    page.get_by_role("link", name="The reason must be 10 characters or more").click()
    assert page.evaluate("document.activeElement.id") == "id_why"
    assert page.complaints == []


def test_from_trying_out_to_a_change_that_holds(
    demo: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    officer = open_page()
    sign_in(officer, demo, "victim-care")
    officer.get_by_role("link", name="Rules", exact=True).click()
    officer.get_by_role("link", name="Which fraud victims are referred to victim care").click()
    officer.get_by_label("Age from which a victim is referred").fill("65")
    officer.get_by_role("button", name="Try it out").click()
    assert "more people would have been referred in a week on average" in officer.inner_text("main")
    assert officer.get_by_role("img", name="Referrals by week under both rules").is_visible()
    officer.get_by_text("Show the table of weeks").click()
    assert officer.get_by_role("cell", name="not sent").count() == 0
    assert officer.locator("details table tbody tr").count() >= 52
    check_axe(officer)
    tomorrow = date.today() + timedelta(days=1)
    address = propose(officer, demo, 65, tomorrow)
    assert "Awaits approval" in officer.inner_text("main")
    assert officer.get_by_role("button", name="Approve this change").count() == 0

    second = open_page()
    sign_in(second, demo, "performance")
    second.get_by_role("link", name=re.compile("await")).click()
    second.goto(address)
    assert REASON in second.inner_text("main")
    second.get_by_role("button", name="Approve this change").click()
    check_axe(second)
    second.get_by_label("Why?").fill("The unit has the hours for it")
    second.get_by_role("button", name="Approve this change").click()
    assert "written into the policy" in second.get_by_role("alert").inner_text()
    check_axe(second)
    keep_picture(second, "rules-change-approved")
    held = policy.value_on("fraud_triage.age_at_least", tomorrow, Home(demo.home).policy)
    assert (held.value, held.note) == (65, REASON)
    officer.goto(f"{demo.address}/")
    assert "Approved" in officer.inner_text("main")
    # The page that was left open before: its decision comes too late and is not kept.
    second.goto(f"{address}refuse/")
    assert second.url == address
    assert [page.complaints for page in (officer, second)] == [[], []]


def test_two_versions_of_the_policy_file_are_shown(
    demo: Any, open_page: Any, check_axe: Any, keep_picture: Any
) -> None:
    proposer = open_page()
    sign_in(proposer, demo, "analyst")
    address = propose(proposer, demo, 61, date(2099, 5, 1))
    folder = Home(demo.home).policy
    own = folder / "fraud_triage.yaml"
    before = own.read_text(encoding="utf-8") if own.exists() else ""
    own.write_text(f"# Looked at in spring.\n{before}", encoding="utf-8")
    second = open_page(360)
    sign_in(second, demo, "performance")
    second.goto(f"{address}approve/")
    second.get_by_label("Why?").fill("The unit has the hours for it")
    second.get_by_role("button", name="Approve this change").click()
    assert "The policy has changed since this was proposed" in second.inner_text("h1")
    assert "Looked at in spring" in second.get_by_label("The file now").inner_text()
    assert second.locator("dl code").all_inner_texts() == ["# Looked at in spring."]
    check_axe(second)
    assert fits(second)
    keep_picture(second, "rules-file-changed-360")


def test_a_change_is_proposed_by_keyboard_alone(demo: Any, open_page: Any) -> None:
    page = open_page()
    sign_in(page, demo, "analyst")
    page.goto(f"{demo.address}/rules/fraud_triage/")
    page.locator("#id_age_at_least").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("64")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("age_at_least=64"))
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "Propose this change":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/propose/"))
    page.locator("#id_reason").focus()
    page.keyboard.type("There are hours to spare in the unit")
    for typed in ("1", "2", "2099"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/rules/changes/\d+/$"))
    assert "1 February 2099" in page.inner_text("main")


def test_all_of_it_works_without_scripts(demo: Any, open_page: Any) -> None:
    page = open_page(360, scripts=False)
    sign_in(page, demo, "analyst")
    page.goto(f"{demo.address}/rules/fraud_triage/")
    page.get_by_label("Age from which a victim is referred").fill("75")
    page.get_by_role("button", name="Try it out").click()
    assert "would have been on no list at all" in page.inner_text("main")
    address = propose(page, demo, 75, date(2099, 3, 1))
    page.get_by_role("button", name="Withdraw this change").click()
    page.get_by_label("Why?").fill("It would leave people unseen")
    page.get_by_role("button", name="Withdraw this change").click()
    page.wait_for_url(f"{address}?done=1")
    assert "Withdrawn" in page.inner_text("main")
    page.go_back()
    assert page.url.rstrip("/").startswith(address.rstrip("/"))
    page.goto(f"{address}withdraw/")
    assert page.url == address, "what is decided cannot be withdrawn again"
