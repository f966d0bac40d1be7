"""An officer's day on the victim-care desk, in a real browser: with scripts, by keyboard alone, and without scripts."""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Callable
from datetime import date
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
STEPS = (
    "assess", "plan", "advice", "materials", "questionnaire", "watch", "details", "note", "close", "assign", "refer",
)  # fmt: skip
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


class Mouse:
    """Does a person's work with a mouse, with scripts or without."""

    def __init__(self, page: Any, check: Callable[[Any], None] | None = None) -> None:
        self.page = page
        self._check = check

    def check(self) -> None:
        """Look at the page with axe, which needs scripts."""
        if self._check:
            self._check(self.page)

    def press(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name, exact=True).first.click()

    def choose(self, name: str, group: str = "") -> None:
        place = self.page.get_by_role("group", name=group) if group else self.page
        place.get_by_label(name, exact=True).first.check()

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)


class Keyboard(Mouse):
    """Does the same with the keyboard alone: Tab, arrows, Space, Enter and letters."""

    def reach(self, target: Any) -> None:
        self.page.evaluate("document.activeElement.blur()")
        for _ in range(150):
            self.page.keyboard.press("Tab")
            if target.evaluate("one => one === document.activeElement"):
                shown = "one => getComputedStyle(one).outlineStyle + getComputedStyle(one).boxShadow"
                assert target.evaluate(shown) != "nonenone" or target.get_attribute("type") in (
                    "radio",
                    "checkbox",
                )
                return
        raise AssertionError(f"{target} cannot be reached by keyboard")

    def press(self, role: str, name: str) -> None:
        self.reach(self.page.get_by_role(role, name=name, exact=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def choose(self, name: str, group: str = "") -> None:
        place = self.page.get_by_role("group", name=group) if group else self.page
        target = place.get_by_label(name, exact=True).first
        if target.get_attribute("type") == "checkbox":
            self.reach(target)
            self.page.keyboard.press("Space")
            return
        first = place.get_by_role("radio").first
        checked = place.locator("input[type=radio]:checked")
        self.reach(checked.first if checked.count() else first)
        self.page.keyboard.press("Space")
        for _ in range(12):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} cannot be chosen by keyboard")

    def write(self, label: str, text: str) -> None:
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)


def open_case(hand: Mouse, name: str) -> None:
    """From Today by the list to a case."""
    hand.press("link", "Today")
    hand.press("link", "New referrals")
    hand.press("link", name)
    assert name in hand.page.get_by_role("heading", level=1).inner_text()


def record_contact(hand: Mouse) -> None:
    hand.press("button", "Record a contact")
    hand.choose("Reached and spoken to", "What came of it?")
    hand.write("What was said", "She has stopped paying. Her son will help.")
    hand.choose("Internet safety")
    hand.press("button", "Save contact")
    assert "The contact was saved" in hand.page.inner_text("main")


def assess(hand: Mouse) -> None:
    hand.press("link", "Assess vulnerability")
    page = hand.page
    for group in page.locator("main fieldset").all():
        legend = group.locator("legend").inner_text()
        hand.choose(
            "Yes" if "support service" in legend or "trust" in legend else "No", legend
        ) if group.get_by_label("No", exact=True).count() else hand.choose(
            group.locator("label").nth(1).inner_text(), legend
        )
    hand.press("button", "See what is suggested")
    assert "Suggested: continued support" in page.inner_text("#suggestion")
    hand.check()
    hand.choose("Continued support", "Level of support you decide on")
    hand.press("button", "Save assessment")
    assert "The assessment was saved" in page.inner_text("main")


def refer(hand: Mouse) -> None:
    hand.press("link", "Refer to a partner")
    hand.choose("Victim Support", "Refer to")
    hand.choose("The victim agrees", "On which ground?")
    hand.choose("I asked the victim, and they agree")
    hand.write("Why this referral is needed", "She asked for somebody to talk to.")
    hand.press("button", "Check what is shared")
    assert "Check what is shared with Victim Support" in hand.page.inner_text("h1")
    hand.check()
    hand.press("button", "Save the referral")
    assert "The referral to Victim Support was saved" in hand.page.inner_text("main")


def look_behind(hand: Mouse) -> None:
    """The referral as it was made, and what the victim told, which only the case's own officer may read."""
    today = date.today()
    hand.press("link", f"Victim Support, {today.day} {today:%B %Y}")
    assert "She asked for somebody to talk to." in hand.page.inner_text("main")
    hand.check()
    hand.page.go_back()
    hand.press("link", "Read what the reports say")
    assert hand.page.url.endswith("/reports/")
    hand.check()
    hand.page.go_back()


def close(hand: Mouse) -> None:
    hand.press("link", "Close the case")
    hand.choose("Reached, support arranged with a partner", "How does the case end?")
    hand.write("What was done, and why it ends", "Advice given and support arranged.")
    hand.press("button", "Close the case")
    assert "The case is closed" in hand.page.inner_text("main")
    hand.check()
    timeline = hand.page.locator(".ff-timeline").inner_text()
    assert timeline.index("Closed: Reached, support arranged") < timeline.index(
        "Phone: reached and spoken to"
    )


@pytest.mark.parametrize(
    ("how", "scripts", "name"),
    [
        (Mouse, True, "Edith Marlowe"),
        (Keyboard, True, "Winifred Castleton"),
        (Mouse, False, "Ivor Penhaligon"),
    ],
    ids=["with scripts", "by keyboard alone", "without scripts"],
)
def test_an_officer_works_a_case_from_today_to_its_end(
    how: Any, scripts: bool, name: str, sign_in: Any, check_axe: Any
) -> None:
    page = sign_in(scripts=scripts)
    hand = how(page, check_axe if scripts else None)
    open_case(hand, name)
    hand.press("button", "Give it to me")
    assert "The case is yours" in page.inner_text("main")
    record_contact(hand)
    assess(hand)
    refer(hand)
    look_behind(hand)
    close(hand)
    hand.press("link", "Today")
    assert page.complaints == []


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_on_any_page_or_state(
    width: int, desk: Any, sign_in: Any, check_axe: Any, keep_picture: Any
) -> None:
    page = sign_in(width)
    check_axe(page)
    keep_picture(page, f"today-victim-care-{width}")
    page.goto(f"{desk.address}/victim-care/?state=all")
    cases = {link.inner_text(): link.get_attribute("href") for link in page.locator("tbody th a").all()}
    assert len(cases) == len(NAMES) + 1
    long, rtl = (
        next(where for name, where in cases.items() if part in name) for part in ("Bartholomew", "علي")
    )
    unclear = next(where for name, where in cases.items() if "Knows" in name)
    pages = {
        "triage-list": "/victim-care/",
        "triage-list-filtered": "/victim-care/?state=all&repeat=on&rule=romance",
        "triage-list-empty": "/victim-care/?q=nobody-at-all",
        "case": long,
        "case-right-to-left": rtl,
        "case-cannot-tell": unclear,
        "call": f"{rtl}call/",
        "stock": "/victim-care/stock/",
        "caseload": "/victim-care/caseload/",
        **{what: f"{long}{what}/" for what in STEPS},
        "judge": f"{unclear}judge/",
    }  # fmt: skip
    for name, where in pages.items():
        page.goto(f"{desk.address}{where}")
        check_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{name} is wider than the screen"
        )
        if name in ("triage-list", "case", "call", "assess"):
            keep_picture(page, f"{name}-{width}")
    for what, button in (("call", "Save contact"), ("refer", "Check what is shared"), ("note", "Save note")):
        page.goto(f"{desk.address}{long}{what}/")
        page.get_by_role("button", name=button).click()
        assert page.get_by_role("alert").is_visible()
        check_axe(page)
        keep_picture(page, f"{what}-error-{width}")
    assert page.complaints == []


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
