"""The three ways in which every task is done: with scripts, by keyboard alone, and without scripts."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Error

MOST_TABS, NEARLY = 250, 3
MOST_WAITS, SAYS_WITHIN, WAIT_MS = 400, 200, 150
FOLLOWS_MS = 3000
IS_FOCUSED = "one => one === document.activeElement"
STOPS_BEFORE = """target => {
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
  const stops = [...document.querySelectorAll(can)].filter((one) => !one.disabled && one.checkVisibility())
  const radios = new Set()
  const alone = stops.filter((one) => {
    if (one.type !== "radio" || one === target || one === document.activeElement) return true
    return !radios.has(one.name) && radios.add(one.name)
  })
  const from = alone.indexOf(document.activeElement), to = alone.indexOf(target)
  return to > from ? to - from - 1 : 0
}"""
SHOWS_FOCUS = """one => {
  const drawn = (style) => style.outlineStyle !== "none" && style.outlineWidth !== "0px" || style.boxShadow !== "none"
  const beside = one.parentElement.querySelector(`label[for="${one.id}"]`)
  return drawn(getComputedStyle(one)) || (beside && drawn(getComputedStyle(beside, "::before")))
}"""


class Hand:
    """Does a person's work with a mouse, with scripts or without; `made` is what it may work on."""

    scripts = True

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address

    def begin(self) -> None:
        """Begin where everybody begins, on Today."""
        self.page.goto(f"{self.address}/")

    def press(self, role: str, name: Any, within: str = "body", at: int = 0) -> None:
        """Follow a link or press a button."""
        self.page.locator(within).get_by_role(role, name=name, exact=True).nth(at).click()

    def choose(self, name: Any, group: Any = "") -> None:
        """Choose a radio or tick a checkbox."""
        place = self.page.get_by_role("group", name=group) if group else self.page.locator("main")
        place.get_by_label(name, exact=True).first.check()

    def tick(self, target: Any) -> None:
        """Tick a checkbox that is named by its row."""
        target.check()

    def write(self, label: Any, text: str, group: Any = "") -> None:
        """Write into a box."""
        place = self.page.get_by_role("group", name=group) if group else self.page.locator("main")
        place.get_by_label(label, exact=True).first.fill(text)

    def pick(self, label: Any, option: str) -> None:
        """Pick one of a list."""
        self.page.locator("main").get_by_label(label, exact=True).first.select_option(label=option)

    def unfold(self, name: str) -> None:
        """Open what is folded away."""
        self.page.locator("main summary", has_text=name).first.click()

    def day(self, on: tuple[int, int, int], group: Any = "") -> None:
        """Write a day into its three boxes."""
        for label, value in zip(("Day", "Month", "Year"), on, strict=True):
            self.write(label, str(value), group)

    def fetch(self, role: str, name: Any, within: str = "main") -> str:
        """Press what hands a file out, and return the file's name."""
        with self.page.expect_download() as handed:
            self.press(role, name, within)
        return str(handed.value.suggested_filename)

    def press_first(self, role: str, within: str) -> None:
        """Follow the first link, or press the first button, within something."""
        self.page.locator(within).get_by_role(role).first.click()

    def fetch_first(self, role: str, within: str) -> str:
        """Press what comes first within something and hands a file out; return the file's name."""
        with self.page.expect_download() as handed:
            self.press_first(role, within)
        return str(handed.value.suggested_filename)

    def fetch_to(self, role: str, name: Any, path: Path) -> None:
        """Press what hands a file out, and keep the file."""
        with self.page.expect_download() as handed:
            self.press(role, name, "main")
        handed.value.save_as(path)

    def attach(self, label: str, path: Path) -> None:
        """Choose a file; the window in which it is chosen is not the page's."""
        self.page.locator("main").get_by_label(label, exact=True).first.set_input_files(path)

    def until(self, words: str, again: str = "") -> None:
        """Wait for work in the background: by itself the page says so, or when it is loaded again."""
        for _ in range(MOST_WAITS):
            if words in self.page.locator("main").inner_text():
                return
            self.page.wait_for_timeout(WAIT_MS)
            link = self.page.get_by_role("link", name=again, exact=True)
            if again and not self.scripts and link.count():
                link.click()
        raise AssertionError(f"{words!r} was never said at {self.page.url}")

    def says(self, words: str) -> None:
        """Fail where the page does not come to say this."""
        told = ""
        for _ in range(SAYS_WITHIN):
            told = self.page.locator("main").inner_text()
            if words in told:
                return
            self.page.wait_for_timeout(WAIT_MS)
        raise AssertionError(f"{words!r} is not said at {self.page.url}: {told[:600]}")


class Unscripted(Hand):
    """The same where the browser runs no scripts."""

    scripts = False


class Keyboard(Hand):
    """The same with the keyboard alone: Tab, arrows, Space, Enter and letters; what has the focus must show it."""

    def reach(self, target: Any) -> None:
        """Tab on from where the focus is, round the page where need be."""
        # What lies between is passed by unseen; from just before it, each stop is looked at.
        for _ in range(target.evaluate(STOPS_BEFORE) - NEARLY):
            self.page.keyboard.press("Tab")
        for _ in range(MOST_TABS):
            if target.evaluate(IS_FOCUSED):
                assert target.evaluate(SHOWS_FOCUS), f"{target} does not show that it has the focus"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached by keyboard at {self.page.url}")

    def fetch(self, role: str, name: Any, within: str = "main") -> str:
        self.reach(self.page.locator(within).get_by_role(role, name=name, exact=True).first)
        with self.page.expect_download() as handed:
            self.page.keyboard.press("Enter")
        return str(handed.value.suggested_filename)

    def fetch_first(self, role: str, within: str) -> str:
        self.reach(self.page.locator(within).get_by_role(role).first)
        with self.page.expect_download() as handed:
            self.page.keyboard.press("Enter")
        return str(handed.value.suggested_filename)

    def fetch_to(self, role: str, name: Any, path: Path) -> None:
        self.reach(self.page.locator("main").get_by_role(role, name=name, exact=True).first)
        with self.page.expect_download() as handed:
            self.page.keyboard.press("Enter")
        handed.value.save_as(path)

    def enter(self) -> None:
        """Press Enter, and wait for the page that follows where one does."""
        with contextlib.suppress(Error), self.page.expect_navigation(timeout=FOLLOWS_MS):
            self.page.keyboard.press("Enter")

    def press(self, role: str, name: Any, within: str = "body", at: int = 0) -> None:
        self.reach(self.page.locator(within).get_by_role(role, name=name, exact=True).nth(at))
        self.enter()

    def choose(self, name: Any, group: Any = "") -> None:
        place = self.page.get_by_role("group", name=group) if group else self.page.locator("main")
        target = place.get_by_label(name, exact=True).first
        if target.get_attribute("type") == "checkbox":
            self.reach(target)
            if not target.is_checked():
                self.page.keyboard.press("Space")
            return
        its_name = target.get_attribute("name")
        same = self.page.locator(f"main input[type=radio][name='{its_name}']")
        checked = self.page.locator(f"main input[type=radio][name='{its_name}']:checked")
        self.reach(checked.first if checked.count() else same.first)
        self.page.keyboard.press("Space")
        for _ in range(same.count()):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert target.is_checked(), f"{name} cannot be chosen by keyboard"

    def tick(self, target: Any) -> None:
        self.reach(target)
        self.page.keyboard.press("Space")
        assert target.is_checked()

    def write(self, label: Any, text: str, group: Any = "") -> None:
        place = self.page.get_by_role("group", name=group) if group else self.page.locator("main")
        self.reach(place.get_by_label(label, exact=True).first)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def pick(self, label: Any, option: str) -> None:
        target = self.page.locator("main").get_by_label(label, exact=True).first
        self.reach(target)
        self.page.keyboard.type(option)
        chosen = target.evaluate("one => one.selectedOptions[0].label.trim()")
        assert chosen == option, f"{option} cannot be picked by keyboard: {chosen}"

    def press_first(self, role: str, within: str) -> None:
        self.reach(self.page.locator(within).get_by_role(role).first)
        self.enter()

    def attach(self, label: str, path: Path) -> None:
        self.reach(self.page.locator("main").get_by_label(label, exact=True).first)
        super().attach(label, path)

    def unfold(self, name: str) -> None:
        self.reach(self.page.locator("main summary", has_text=name).first)
        self.page.keyboard.press("Enter")


HANDS: Mapping[str, type[Hand]] = {
    "with scripts": Hand,
    "by keyboard alone": Keyboard,
    "without scripts": Unscripted,
}
